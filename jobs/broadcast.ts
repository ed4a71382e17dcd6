import { listGoing } from '../db/broadcasts.ts'
import { transact } from '../db/client.ts'
import { feed } from '../deeds/broadcast.ts'
import type { Job } from './job.ts'

/** Keeps the outbox supplied with what is broadcast, portion by portion; whichever process comes first does it. */
export const broadcast: Job = {
  name: 'broadcast',
  cron: '*/10 * * * * *',
  async run(store, at) {
    let written = 0
    const failures: unknown[] = []
    for (const id of await listGoing(store)) {
      try {
        written += await transact(store, inner => feed(inner, id, at))
      } catch (error) {
        failures.push(error)
      }
    }
    // One broadcast's trouble does not stop the others.
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} broadcasts did not go on`)
    return { written }
  },
}
