import type { Store } from '../db/client.ts'
import { listCoordinatorsOf } from '../db/coordinators.ts'
import { getElder } from '../db/elders.ts'
import { editSent, enqueue, tellPerson } from '../db/outbox.ts'
import { removeSent } from '../db/removals.ts'
import { getRequest, markPosted, type Request } from '../db/requests.ts'
import { type Group, listGroupsOf } from '../db/volunteers.ts'
import { watchAnew } from '../db/watch.ts'
import {
  categoryLabel,
  closedPost,
  groupPost,
  reopenedPost,
  takenPost,
  urgencyLabel,
} from '../domain/cards.ts'
import { part } from '../domain/message.ts'
import { postRef } from '../domain/message-names.ts'
import { zoneOf } from '../domain/places.ts'
import { afterQuiet } from '../domain/watch.ts'
import { askNext } from './ask-next.ts'
import { thankAsked } from './end-askings.ts'
import { showLiving } from './living-card.ts'

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
  for (const group of groups) {
    // A request that comes back is posted anew, where it is seen; the old post says so and has no button.
    const old = { message: reopenedPost(request), at: how.at }
    await editSent(store, postRef(request.id, group.id), old)
    await post(store, request, group, how.at)
  }
  if (groups.length > 0) await markPosted(store, request.id, how.at)
  else await tellCoordinators(store, request, how.at)
  if (request.route === 'group' && how.elderAgreed) await askWave(store, request, groups, how.at)
  return groups.length > 0
}

const wave = { where: 'district', limit: 5 } as const

/**
 * Who helps by a messenger where groups are rare, and has none there, would hear of nothing: a few are asked at once, in
 * private, and the first has it. At night only of what is for today; the clock asks on.
 */
async function askWave(store: Store, request: Request, groups: readonly Group[], at: Date) {
  const on = [...(store.channels ?? [])].flatMap(([name, channel]) =>
    channel.groups === 'usual' || groups.some(group => group.channel === name) ? [] : [name],
  )
  if (on.length === 0 || earliest(request, at) > at) return
  await askNext(store, request, { ...wave, on, at })
}

async function post(store: Store, request: Request, group: Group, at: Date) {
  // Once a round: a delivery or a process more makes no second post.
  const round = request.postedAt ? `:${at.getTime()}` : ''
  await enqueue(store, {
    channel: group.channel,
    chat: group.chat,
    message: groupPost(request),
    at,
    notBefore: earliest(request, at),
    ref: postRef(request.id, group.id),
    dedupeKey: `post:${request.id}:${group.id}${round}`,
    resend: false,
  })
}

/**
 * A request that is open again, or that can be posted only now, goes where it went before, but nowhere without the
 * older person's own yes. Its time to wait begins anew.
 */
export async function announceAgain(store: Store, requestId: string, at: Date): Promise<boolean> {
  const request = await getRequest(store, requestId)
  const { agreed } = await getElder(store, request.elderId)
  await watchAnew(store, requestId, at)
  const posted = await announce(store, request, { at, elderAgreed: agreed })
  await showLiving(store, requestId, at)
  return posted
}

/**
 * Nobody has taken it: the post comes anew, where it is seen, and the old one goes, since nothing has happened to it
 * that the group should read. Where there is no group, nobody hears of it here.
 */
export async function repost(store: Store, request: Request, at: Date): Promise<void> {
  const groups = await listGroupsOf(store, request.districtId)
  for (const group of groups) {
    const old = { message: reopenedPost(request), at }
    await removeSent(store, postRef(request.id, group.id), old)
    await post(store, request, group, at)
  }
  if (groups.length > 0) await markPosted(store, request.id, at)
}

/** Every post about the request becomes "taken", and so does every question to a volunteer. */
export async function showTaken(store: Store, request: Request, firstName: string, at: Date) {
  await thankAsked(store, request, { key: 'ask.taken', at })
  for (const group of await listGroupsOf(store, request.districtId)) {
    await editSent(store, postRef(request.id, group.id), { message: takenPost(request, firstName), at })
  }
}

/** Every post about the request says how it ended, and every question to a volunteer. */
export async function showClosed(store: Store, request: Request, outcome: string, at: Date) {
  await thankAsked(store, request, { key: 'ask.closed', at })
  for (const group of await listGroupsOf(store, request.districtId)) {
    await editSent(store, postRef(request.id, group.id), { message: closedPost(request, outcome), at })
  }
}

/**
 * Tells the nearest coordinators that a request needs them, and says how many there are. Of a restricted one only
 * cleared people hear.
 */
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
): Promise<number> {
  const values = {
    num: request.number,
    cat: categoryLabel(request.category),
    when: urgencyLabel[request.urgency],
    district: { district: request.districtId },
  }
  const options = [{ id: `open:${request.id}`, label: { key: 'queue.show' } }]
  const clearedOnly = request.route === 'restricted'
  const message = { parts: [part(key, values)], options }
  let told = 0
  for (const personId of await listCoordinatorsOf(store, place, { at, clearedOnly }))
    if (await tellPerson(store, personId, { message, at, notBefore: earliest(request, at) })) told += 1
  return told
}

/** Volunteers hear of nothing that is for specialists, and of nobody who has not agreed. */
export async function isForVolunteers(store: Store, { route, elderId }: Request): Promise<boolean> {
  return route === 'group' && (await getElder(store, elderId)).agreed
}

/** What can wait is not said at night. */
export function afterQuietHours(at: Date, regionId: string | null): Date {
  return afterQuiet(at, zoneOf(regionId ?? ''))
}

/** At night only what is needed today is said; but to who is on the way nothing waits. */
export function earliest({ urgency, onWayAt, regionId }: Request, at: Date): Date {
  return urgency === 'today' || onWayAt ? at : afterQuietHours(at, regionId)
}
