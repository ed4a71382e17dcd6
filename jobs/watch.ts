import { listOverdueAlerts } from '../db/alerts.ts'
import { failureKind, type Store, transact } from '../db/client.ts'
import type { Request } from '../db/requests.ts'
import { listWatched, planWatch, takeWatched } from '../db/watch.ts'
import { isForVolunteers } from '../deeds/announce.ts'
import { zoneOf } from '../domain/places.ts'
import {
  afterQuiet,
  claimedLadder,
  type Due,
  doneLadder,
  dueTime,
  mayWake,
  openLadder,
} from '../domain/watch.ts'
import type { Job, JobSettings } from './job.ts'
import { watchCall } from './watch-calls.ts'
import { claimedDeeds } from './watch-claimed.ts'
import { doneDeeds } from './watch-done.ts'
import { openDeeds, unheard } from './watch-open.ts'

const portion = 500

/**
 * Looks at every call that nobody has answered in time, and at every request that has waited long enough in its
 * status, and does the next step for it, each in its own transaction and once, however many processes look. Its cost
 * grows with what is due, not with what is stored.
 */
export const watch: Job = {
  name: 'watch',
  cron: '* * * * *',
  async run(store, at, settings) {
    const done: Record<string, number> = {}
    const failures: unknown[] = []
    const calls = await listOverdueAlerts(store, at, portion)
    const requests = await listWatched(store, at, portion)
    const looks = [
      ...calls.map(id => (inner: Store) => watchCall(inner, id, at)),
      ...requests.map(id => (inner: Store) => look(inner, id, at, settings)),
    ]
    for (const each of looks) {
      try {
        const step = await transact(store, each)
        if (step) done[step] = (done[step] ?? 0) + 1
      } catch (error) {
        // Somebody was pressing a button about it at this very moment: the next minute looks again.
        if (failureKind(error) !== 'conflict') failures.push(error)
      }
    }
    // One request's trouble does not cost the others their turn.
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} requests or calls were not looked at`)
    return done
  },
}

/** The name of the step that was done, if one was. */
async function look(
  store: Store,
  id: string,
  at: Date,
  settings: JobSettings | undefined,
): Promise<string | undefined> {
  const watched = await takeWatched(store, id, at)
  if (!watched) return undefined
  const { request, since, step } = watched
  const ladder = await ladderOf(store, request)
  const now = step > 0 ? ladder[step - 1] : undefined
  const next = ladder[step]
  const wakes = mayWake(request, at)
  const zone = zoneOf(request.districtId)
  const calm = wakes ? at : afterQuiet(at, zone)
  if (now && calm > at) {
    // It was planned for the evening, and nobody looked before the night: a restart, an outage.
    await planWatch(store, id, { step, at: calm })
    return undefined
  }
  // Planned first: a deed that changes the status begins a new ladder.
  const planned = next && { step: step + 1, at: dueTime(next, { since, before: now, at, wakes, zone }) }
  await planWatch(store, id, planned)
  const done = now && (await deeds[now.step](store, request, at, settings))
  return done === unheard ? unheard : now?.step
}

async function ladderOf(store: Store, request: Request): Promise<readonly Due<keyof typeof deeds>[]> {
  if (request.status === 'open')
    return openLadder(request.category, request.urgency, await isForVolunteers(store, request))
  if (request.status === 'claimed') return claimedLadder(request.urgency)
  return request.status === 'done' ? doneLadder : []
}

const deeds = { ...openDeeds, ...claimedDeeds, ...doneDeeds }
