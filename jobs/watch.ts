import { type Store, transact } from '../db/client.ts'
import { listWatched, planWatch, takeWatched, type Watched } from '../db/watch.ts'
import { zoneOf } from '../domain/places.ts'
import { claimedLadder, type Due, doneLadder, dueTime, openLadder } from '../domain/watch.ts'
import type { Job } from './job.ts'
import { claimedDeeds } from './watch-claimed.ts'
import { doneDeeds } from './watch-done.ts'
import { openDeeds } from './watch-open.ts'

const portion = 500

/**
 * Looks at every request that has waited long enough in its status and does the next step for it, each in its own
 * transaction and once, however many processes look. Its cost grows with what is due, not with what is stored.
 */
export const watch: Job = {
  name: 'watch',
  cron: '* * * * *',
  async run(store, at) {
    const done: Record<string, number> = {}
    const failures: unknown[] = []
    for (const id of await listWatched(store, at, portion)) {
      try {
        const step = await transact(store, inner => look(inner, id, at))
        if (step) done[step] = (done[step] ?? 0) + 1
      } catch (error) {
        failures.push(error)
      }
    }
    // One request's trouble does not cost the others their turn.
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} requests were not looked at`)
    return done
  },
}

/** The name of the step that was done, if one was. */
async function look(store: Store, id: string, at: Date): Promise<string | undefined> {
  const watched = await takeWatched(store, id, at)
  if (!watched) return undefined
  const ladder = ladderOf(watched)
  const { request, since, step } = watched
  const now = step > 0 ? ladder[step - 1] : undefined
  const next = ladder[step]
  const urgent = request.urgency === 'today'
  const zone = zoneOf(request.districtId)
  // Planned first: a deed that changes the status begins a new ladder.
  await planWatch(
    store,
    id,
    next && { step: step + 1, at: dueTime(next, { since, before: now, at, urgent, zone }) },
  )
  if (now) await deedOf(now.step)(store, request, at)
  return now?.step
}

function ladderOf({ request }: Watched): readonly Due<keyof typeof deeds>[] {
  if (request.status === 'open') return openLadder(request.category, request.urgency, request.route)
  if (request.status === 'claimed') return claimedLadder(request.urgency)
  return request.status === 'done' ? doneLadder : []
}

const deeds = { ...openDeeds, ...claimedDeeds, ...doneDeeds }

function deedOf(step: keyof typeof deeds) {
  return deeds[step]
}
