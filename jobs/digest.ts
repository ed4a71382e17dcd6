import { type Store, transact } from '../db/client.ts'
import { listAllCoordinators } from '../db/coordinators.ts'
import { beginDigest, countDay, digestBegun } from '../db/digest.ts'
import { tellPerson } from '../db/outbox.ts'
import { digestMessage } from '../domain/digest-message.ts'
import { zoneOf } from '../domain/places.ts'
import type { Role } from '../domain/roles.ts'
import { localDay, localMinutes } from '../domain/time.ts'
import type { Job } from './job.ts'

/** Local time of day, in minutes, from which the morning's digest is due, and from which it comes too late. */
const digestFromMinutes = 8 * 60 + 30
const digestToMinutes = 21 * 60

/** To every coordinator the day of their territory, once a local day; a late start still sends it, but not at night. */
export const digest: Job = {
  name: 'digest',
  cron: '* * * * *',
  async run(store, at) {
    let sent = 0
    const failures: unknown[] = []
    for (const { personId, roles } of await listAllCoordinators(store)) {
      try {
        if (await sendDigest(store, { personId, roles, at })) sent += 1
      } catch (error) {
        failures.push(error)
      }
    }
    // One coordinator's trouble does not cost the others their morning.
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} digests were not made`)
    return { sent }
  },
}

async function sendDigest(
  store: Store,
  { personId, roles, at }: { personId: string; roles: readonly Role[]; at: Date },
): Promise<boolean> {
  const [first, ...rest] = roles
  const zone = zoneOf(first?.regionId ?? '')
  const minutes = localMinutes(at, zone)
  if (!first || minutes < digestFromMinutes || minutes >= digestToMinutes) return false
  const day = localDay(at, zone)
  if (await digestBegun(store, personId, day)) return false
  return transact(store, async inner => {
    if (!(await beginDigest(inner, { personId, day, at }))) return false
    const facts = await countDay(inner, [first, ...rest], { at, zone })
    return tellPerson(inner, personId, { message: digestMessage(facts), at })
  })
}
