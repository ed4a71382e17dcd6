import { isAsked } from '../db/asking.ts'
import { listAttachments } from '../db/attachments.ts'
import { record } from '../db/audit.ts'
import {
  type Assignment,
  claimRequest,
  endAssignment,
  findLivingAssignment,
  markOnWay,
} from '../db/claims.ts'
import { holdCapacity } from '../db/duty.ts'
import { getElder } from '../db/elders.ts'
import { findGroup, listGroupDistricts } from '../db/groups.ts'
import { editSent, tellPerson } from '../db/outbox.ts'
import { findRequest, getRequest, holdRequest, type Request } from '../db/requests.ts'
import { addDistrict, findVolunteer, isOwnNeed } from '../db/volunteers.ts'
import { watchAnew } from '../db/watch.ts'
import { settleAlertsOf } from '../deeds/alert-settled.ts'
import { earliest, isForVolunteers, showTaken } from '../deeds/announce.ts'
import { tellFound } from '../deeds/asker.ts'
import { helperCard, refreshCard } from '../deeds/helper-card.ts'
import { showLiving } from '../deeds/living-card.ts'
import { tellOrAlert } from '../deeds/lost.ts'
import { type Held, seekAnother } from '../deeds/seek-another.ts'
import { firstNameOf, preview } from '../domain/cards.ts'
import { type Message, part } from '../domain/message.ts'
import { cardRef, pieceRef, previewRef, stillRef } from '../domain/message-names.ts'
import { claimsMax } from '../domain/volunteer.ts'
import type { Reaction, Scene, Tap, TapReply } from './dialog.ts'
import { alertCoordinators } from './human.ts'

/**
 * "I will do it": in a group or in private. Who is not an approved volunteer yet is led into a private chat and
 * comes back to this request after the approval.
 */
export const claim: Reaction = async tap => {
  // First the request, then the volunteer: whoever locks both does it in this order.
  const request = await holdRequest(tap.store, tap.words[0] ?? '')
  if (!request || !(await isForVolunteers(tap.store, request))) return { notice: part('claim.gone') }
  const refused = await refusal(tap, request, 'c')
  if (refused) return refused
  const { store, me, at } = tap
  const assignment = await claimRequest(store, {
    requestId: request.id,
    volunteerId: me.id,
    via: 'claim',
    at,
  })
  if (!assignment) return lost(tap, request)
  await record(store, {
    at,
    act: 'request.claimed',
    actorId: me.id,
    subjectId: request.id,
    regionId: request.regionId,
  })
  await handOver(tap, request, assignment, { id: me.id, name: me.name })
  return { notice: part('claim.yours', { num: request.number }) }
}

/** "More": the village and the words, in private, before one decides. */
export const more: Reaction = async tap => {
  const request = await findRequest(tap.store, tap.words[0] ?? '')
  if (!request || !(await isForVolunteers(tap.store, request))) return { notice: part('claim.gone') }
  const refused = await refusal(tap, request, 'm')
  if (refused) return refused
  if (request.status !== 'open') return { notice: part('claim.taken') }
  const elder = await getElder(tap.store, request.elderId)
  const ref = previewRef(request.id, tap.me.id)
  await tellPerson(tap.store, tap.me.id, { message: preview(request, elder), at: tap.at, ref })
  return { notice: part('post.sent') }
}

/** All that follows when a volunteer is responsible, by their own act or by a coordinator's. */
export async function handOver(
  scene: Scene,
  request: Request,
  assignment: Assignment,
  helper: { id: string; name: string | null; notBefore?: Date },
) {
  const { store, at } = scene
  const { notBefore = at } = helper
  const vol = firstNameOf(helper.name)
  const attached = await listAttachments(store, request.id)
  await tellOrAlert(store, helper.id, {
    message: await helperCard(store, request, assignment),
    at,
    notBefore,
    ref: cardRef(assignment.id),
    resend: false,
  })
  for (const { id, channel, content } of attached) {
    if (content.type !== 'media') continue
    // A helper may hold several: a voice must say which one it belongs to.
    const parts = [part('claim.file', { num: request.number })]
    const message = { parts, media: { channel, kind: content.kind, file: content.file } }
    await tellPerson(store, helper.id, { message, at, notBefore, ref: pieceRef(assignment.id, id) })
  }
  await tellFound(store, request.id, at)
  await settleAlertsOf(store, request.id, { kinds: ['lostPost'], by: helper.id, at })
  await showTaken(store, request, vol, at)
}

export const onWay: Reaction = async tap => {
  const held = await heldBy(tap)
  if (!held) return { notice: part('task.notYours') }
  const { store, me, at } = tap
  if (!(await markOnWay(store, held.request.id, at))) return { notice: part('task.onwayAlready') }
  // Who presses this has the card.
  await settleAlertsOf(store, held.request.id, { kinds: ['lostCard'], by: me.id, at })
  await record(store, {
    at,
    act: 'request.onWay',
    actorId: me.id,
    subjectId: held.request.id,
    regionId: held.request.regionId,
  })
  await showLiving(store, held.request.id, at)
  await refreshCard(store, held.request.id, at)
  return { notice: part('task.onway') }
}

/** Gives the request back: it is open again, and everybody concerned is told. */
export const release: Reaction = async tap => {
  const held = await heldBy(tap)
  if (!held) return { notice: part('task.notYours') }
  const { store, me, at } = tap
  const { assignment, request } = held
  if (!(await endAssignment(store, { assignmentId: assignment.id, reason: 'released', at, reopen: true })))
    return { notice: part('task.notYours') }
  await record(store, {
    at,
    act: 'request.released',
    actorId: me.id,
    subjectId: request.id,
    regionId: request.regionId,
  })
  await seekAnother(store, { request, assignment }, { at, notBefore: earliest(request, at) })
  tap.say('release.ok')
  return { notice: part('release.ok') }
}

/** A silent helper says that they are still on it: the time until it goes back begins anew. */
export const still: Reaction = async tap => {
  const held = await heldBy(tap)
  if (!held) return { notice: part('task.notYours') }
  const { store, me, at } = tap
  const { assignment, request } = held
  if (request.status !== 'claimed') return { notice: part('confirm.late') }
  await watchAnew(store, request.id, at)
  const fact = { actorId: me.id, subjectId: request.id, regionId: request.regionId }
  await record(store, { at, act: 'request.kept', ...fact })
  const message: Message = { parts: [part('silent.kept', { num: request.number })], uneditable: 'gone' }
  await editSent(store, stillRef(assignment.id), { message, at, personId: me.id })
  return { notice: part('silent.kept', { num: request.number }) }
}

/** Something is wrong at the door: a coordinator is called, the claim stays. */
export const problem: Reaction = async tap => {
  const held = await heldBy(tap)
  if (!held) return { notice: part('task.notYours') }
  tap.begin('problem', { request: held.request.id })
  return undefined
}

export async function callAboutProblem(scene: Scene, requestId: string, words: string): Promise<null> {
  await alertCoordinators(scene, { kind: 'problem', requestId, words })
  return null
}

/** The living assignment named in the button, if it is this person's. */
export async function heldBy(tap: Tap): Promise<Held | undefined> {
  const assignment = await findLivingAssignment(tap.store, { id: tap.words[0] ?? '', volunteerId: tap.me.id })
  return assignment && { assignment, request: await getRequest(tap.store, assignment.requestId) }
}

/**
 * Why this person may not have the request, if so. Who asked for it, or stands behind the older person, knows both
 * pairs of the door code and would confirm themselves: somebody else comes.
 */
async function refusal(tap: Tap, request: Request, prefix: string): Promise<TapReply | undefined> {
  const { store, me } = tap
  if (await isOwnNeed(store, me.id, request)) return { notice: part('claim.own') }
  const newcomer = welcome(tap, request, prefix)
  if (newcomer) return newcomer
  const capacity = await holdCapacity(store, me.id)
  // Suspended since this message came in.
  if (capacity === 'notApproved') return { notice: part('vol.suspended') }
  if (!(await helpsThere(tap, request))) return { notice: part('claim.elsewhere') }
  const wantsMore = prefix === 'c' && request.status === 'open'
  return capacity === 'full' && wantsMore ? { notice: part('claim.full', { n: claimsMax }) } : undefined
}

/** Leads those who cannot claim yet to where they can. `prefix` keeps the two start codes apart. */
function welcome(tap: Tap, request: Request, prefix: string): TapReply | undefined {
  const { me, chat } = tap
  const code = `${prefix}-${request.id}`
  if (chat.kind === 'group' && (!me.reachable || me.volunteer === null)) return { openPrivate: code }
  if (me.volunteer === 'approved') return undefined
  if (me.volunteer === null) {
    tap.begin('volunteer', { request: request.id })
    return {}
  }
  return { notice: part(`vol.${me.volunteer}`) }
}

/**
 * A volunteer helps in the districts they named. Whoever presses inside a district's own group was let in there by
 * its people: the district becomes one of theirs. Whom we asked ourselves may come from a neighbouring district this
 * once. Another region's coordinators have approved nobody here.
 */
async function helpsThere(tap: Tap, request: Request): Promise<boolean> {
  const { store, me, chat } = tap
  const volunteer = await findVolunteer(store, me.id)
  if (volunteer?.regionId !== request.regionId) return false
  if (volunteer.districtIds.includes(request.districtId)) return true
  if (await isAsked(store, { requestId: request.id, personId: me.id })) return true
  const group =
    chat.kind === 'group' ? await findGroup(store, { channel: chat.channel, chat: chat.id }) : undefined
  const heard = group?.active ? await listGroupDistricts(store, group.id) : []
  if (!heard.includes(request.districtId)) return false
  await addDistrict(store, me.id, request.districtId)
  return true
}

async function lost(tap: Tap, { id }: Request): Promise<TapReply> {
  const request = await getRequest(tap.store, id)
  const assignment = await findLivingAssignment(tap.store, { requestId: request.id })
  if (assignment?.volunteerId === tap.me.id) return { notice: part('claim.yours', { num: request.number }) }
  return { notice: part(request.status === 'closed' ? 'claim.gone' : 'claim.taken') }
}
