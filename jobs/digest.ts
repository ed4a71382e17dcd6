import { transact } from '../db/client.ts'
import { listAllCoordinators } from '../db/coordinators.ts'
import { beginDigest, countDay } from '../db/digest.ts'
import { tellPerson } from '../db/outbox.ts'
import { digestMessage } from '../domain/digest-message.ts'
import { zoneOf } from '../domain/places.ts'
import { localDay, localMinutes } from '../domain/time.ts'
import type { Job } from './job.ts'

/** Local time of day, in minutes, from which the morning's digest is due: 08:30. */
const digestAtMinutes = 8 * 60 + 30

/** To every coordinator the day of their territory, once a local day; a late start still sends it. */
export const digest: Job = {
  name: 'digest',
  cron: '* * * * *',
  async run(store, at) {
    let sent = 0
    for (const { personId, roles } of await listAllCoordinators(store)) {
      const [first, ...rest] = roles
      const zone = zoneOf(first?.regionId ?? '')
      if (!first || localMinutes(at, zone) < digestAtMinutes) continue
      const done = await transact(store, async inner => {
        if (!(await beginDigest(inner, { personId, day: localDay(at, zone), at }))) return false
        const facts = await countDay(inner, [first, ...rest], { at, zone })
        return tellPerson(inner, personId, { message: digestMessage(facts), at })
      })
      if (done) sent += 1
    }
    return { sent }
  },
}
