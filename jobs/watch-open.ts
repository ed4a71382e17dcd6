import { record } from '../db/audit.ts'
import type { Store } from '../db/client.ts'
import type { Request } from '../db/requests.ts'
import { isForVolunteers, repost, tellCoordinators, tellRegion } from '../deeds/announce.ts'
import { askNext } from '../deeds/ask-next.ts'
import type { OpenStep } from '../domain/watch.ts'

type Deed = (store: Store, request: Request, at: Date) => Promise<unknown>

/** Nobody has taken it: each step reaches further. */
export const openDeeds: Readonly<Record<OpenStep, Deed>> = {
  post: repost,
  ask: (store, request, at) => askNext(store, request, { at, where: 'district', limit: 1 }),
  neighbours: (store, request, at) => askNext(store, request, { at, where: 'region', limit: 3 }),
  district: async (store, request, at) => {
    await escalated(store, request, at, 'district')
    const asked = await isForVolunteers(store, request)
    await tellCoordinators(store, request, at, asked ? 'coord.stuck' : 'coord.waits')
  },
  region: async (store, request, at) => {
    await escalated(store, request, at, 'region')
    await tellRegion(store, request, at, 'coord.stuck.region')
  },
}

function escalated(store: Store, request: Request, at: Date, to: string) {
  const fact = { subjectId: request.id, regionId: request.regionId, note: { to } }
  return record(store, { at, act: 'request.escalated', actorId: null, ...fact })
}
