import type { Store } from '../db/client.ts'
import { listCoordinatorsOf } from '../db/coordinators.ts'
import { getElder } from '../db/elders.ts'
import { editSent, enqueue, tellPerson } from '../db/outbox.ts'
import { getRequest, markPosted, type Request } from '../db/requests.ts'
import { listGroupsOf } from '../db/volunteers.ts'
import {
  categoryLabel,
  closedPost,
  groupPost,
  postRef,
  reopenedPost,
  takenPost,
  urgencyLabel,
} from '../domain/cards.ts'
import { part } from '../domain/message.ts'
import { zoneOf } from '../domain/places.ts'
import { isQuietHours, nextLocalTime } from '../domain/time.ts'

/**
 * Brings an open request before those who can help: the district's groups, or, where it must not be posted or
 * nobody would read it, the coordinators. True if a group hears of it.
 */
export async function announce(
  store: Store,
  request: Request,
  how: { at: Date; elderAgreed: boolean },
): Promise<boolean> {
  const groups =
    request.route === 'group' && how.elderAgreed ? await listGroupsOf(store, request.districtId) : []
  const notBefore = earliest(request, how.at)
  // Once a round: a delivery or a process more makes no second post.
  const round = request.postedAt ? `:${how.at.getTime()}` : ''
  for (const group of groups) {
    const ref = postRef(request.id, group.id)
    // A request that comes back is posted anew, where it is seen; the old post says so and has no button.
    await editSent(store, ref, { message: reopenedPost(request), at: how.at })
    await enqueue(store, {
      channel: group.channel,
      chat: group.chat,
      message: groupPost(request),
      at: how.at,
      notBefore,
      ref,
      dedupeKey: `post:${request.id}:${group.id}${round}`,
      resend: false,
    })
  }
  if (groups.length > 0) await markPosted(store, request.id, how.at)
  else await tellCoordinators(store, request, how.at)
  return groups.length > 0
}

/** A request that is open again goes where it went before, but nowhere without the older person's own yes. */
export async function announceAgain(store: Store, requestId: string, at: Date): Promise<boolean> {
  const request = await getRequest(store, requestId)
  const { agreed } = await getElder(store, request.elderId)
  return announce(store, request, { at, elderAgreed: agreed })
}

/** Every post about the request becomes "taken". */
export async function showTaken(store: Store, request: Request, firstName: string, at: Date) {
  for (const group of await listGroupsOf(store, request.districtId)) {
    await editSent(store, postRef(request.id, group.id), { message: takenPost(request, firstName), at })
  }
}

/** Every post about the request says how it ended. */
export async function showClosed(store: Store, request: Request, outcome: string, at: Date) {
  for (const group of await listGroupsOf(store, request.districtId)) {
    await editSent(store, postRef(request.id, group.id), { message: closedPost(request, outcome), at })
  }
}

/** Tells the nearest coordinators that a request needs them. Of a restricted one only cleared people hear. */
export function tellCoordinators(store: Store, request: Request, at: Date, key = 'coord.new') {
  return tellThose(store, request, { at, key, place: request })
}

/** The same, one level up: the region's own coordinators, or those above. */
export function tellRegion(store: Store, request: Request, at: Date, key: string) {
  return tellThose(store, request, { at, key, place: { regionId: request.regionId, districtId: null } })
}

async function tellThose(
  store: Store,
  request: Request,
  { at, key, place }: { at: Date; key: string; place: { regionId: string; districtId: string | null } },
) {
  const values = {
    num: request.number,
    cat: categoryLabel(request.category),
    when: urgencyLabel[request.urgency],
    district: { district: request.districtId },
  }
  const options = [{ id: `open:${request.id}`, label: { key: 'queue.show' } }]
  for (const personId of await listCoordinatorsOf(store, place, request.route === 'restricted')) {
    await tellPerson(store, personId, {
      message: { parts: [part(key, values)], options },
      at,
      notBefore: earliest(request, at),
    })
  }
}

/** What can wait is not said at night. */
export function afterQuietHours(at: Date, regionId: string | null): Date {
  const zone = zoneOf(regionId ?? '')
  return isQuietHours(at, zone) ? nextLocalTime(at, zone, '08:00') : at
}

/** At night only what is needed today is said. */
function earliest(request: Request, at: Date): Date {
  return request.urgency === 'today' ? at : afterQuietHours(at, request.regionId)
}
