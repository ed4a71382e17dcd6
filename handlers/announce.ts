import type { Store } from '../db/client.ts'
import { listCoordinatorsOf } from '../db/coordinators.ts'
import { editSent, enqueue, tellPerson } from '../db/outbox.ts'
import { markPosted, type Request } from '../db/requests.ts'
import { listGroupsOf } from '../db/volunteers.ts'
import { categoryLabel, closedPost, groupPost, postRef, takenPost, urgencyLabel } from '../domain/cards.ts'
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
  // A request that comes back is posted anew under its own name, so that the old post is the one that changes.
  const round = request.reopenedAt ? `:${request.reopenedAt.getTime()}` : ''
  for (const group of groups) {
    await enqueue(store, {
      channel: group.channel,
      chat: group.chat,
      message: groupPost(request),
      at: how.at,
      notBefore,
      ref: postRef(request.id, group.id),
      dedupeKey: `post:${request.id}:${group.id}${round}`,
      resend: false,
    })
  }
  if (groups.length > 0) await markPosted(store, request.id, how.at)
  else await tellCoordinators(store, request, how.at)
  return groups.length > 0
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
export async function tellCoordinators(store: Store, request: Request, at: Date, key = 'coord.new') {
  const values = {
    num: request.number,
    cat: categoryLabel(request.category),
    when: urgencyLabel[request.urgency],
    district: { district: request.districtId },
  }
  const options = [{ id: `open:${request.id}`, label: { key: 'queue.show' } }]
  for (const personId of await listCoordinatorsOf(store, request, request.route === 'restricted')) {
    await tellPerson(store, personId, {
      message: { parts: [part(key, values)], options },
      at,
      notBefore: earliest(request, at),
    })
  }
}

/** At night only what is needed today is said. */
function earliest(request: Request, at: Date): Date {
  const zone = zoneOf(request.regionId)
  return request.urgency !== 'today' && isQuietHours(at, zone) ? nextLocalTime(at, zone, '08:00') : at
}
