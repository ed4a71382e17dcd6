import { type Store, transact } from '../db/client.ts'
import { listAllCoordinators } from '../db/coordinators.ts'
import { beginDigest, listBegun, listDigestSettings } from '../db/digest-runs.ts'
import { type Reader, tellDigest, tellWeek, zoneOfRoles } from '../deeds/digest.ts'
import { digestFromMinutes, digestToMinutes } from '../domain/digest.ts'
import { localDay, localMinutes } from '../domain/time.ts'
import type { Job } from './job.ts'

/**
 * To every coordinator the day of their territory at the hour they chose, once a local day; a late start still sends
 * it, but not at night. On Mondays the week before comes with it, for those who have more than a district.
 */
export const digest: Job = {
  name: 'digest',
  cron: '* * * * *',
  async run(store, at) {
    const done = { sent: 0, weekly: 0 }
    const failures: unknown[] = []
    for (const run of await listDue(store, at)) {
      try {
        if (await transact(store, inner => send(inner, run))) done[run.weekly ? 'weekly' : 'sent'] += 1
      } catch (error) {
        failures.push(error)
      }
    }
    // One coordinator's trouble does not cost the others their morning.
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} digests were not made`)
    return done
  },
}

interface Run {
  reader: Reader
  personId: string
  /** What is begun once: the local day, or the week by its Monday. */
  day: string
  weekly: boolean
}

async function listDue(store: Store, at: Date): Promise<Run[]> {
  const settingsOf = await listDigestSettings(store)
  const runs: Run[] = []
  for (const { personId, roles } of await listAllCoordinators(store, at)) {
    const zone = zoneOfRoles(roles)
    const minutes = localMinutes(at, zone)
    const { paused, atMinutes } = settingsOf(personId)
    if (paused || minutes < Math.max(atMinutes, digestFromMinutes) || minutes >= digestToMinutes) continue
    const day = localDay(at, zone)
    const reader = { personId, roles, at }
    runs.push({ reader, personId, day, weekly: false })
    const wide = roles.some(role => !role.districtId)
    if (wide && isMonday(day)) runs.push({ reader, personId, day: `week ${day}`, weekly: true })
  }
  const begun = await listBegun(store, runs)
  return runs.filter(run => !begun(run))
}

/** Noted and told in one transaction: a process that dies in between has done neither. */
async function send(store: Store, { reader, personId, day, weekly }: Run): Promise<boolean> {
  if (!(await beginDigest(store, { personId, day, at: reader.at }))) return false
  return weekly ? tellWeek(store, reader) : tellDigest(store, reader)
}

function isMonday(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).getUTCDay() === 1
}
