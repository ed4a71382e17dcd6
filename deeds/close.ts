import { lostKinds } from '../db/alerts.ts'
import { record } from '../db/audit.ts'
import { type Assignment, endAssignment, findLivingAssignment } from '../db/claims.ts'
import type { Store } from '../db/client.ts'
import { listDisclosed } from '../db/disclosures.ts'
import { noteContact } from '../db/forgotten.ts'
import { noteMinutes } from '../db/hours.ts'
import { tellPerson } from '../db/outbox.ts'
import { closeRequest, type Request } from '../db/requests.ts'
import { askNote, noteRef } from '../domain/cards.ts'
import { type Part, part } from '../domain/message.ts'
import type { Confirmation, Outcome } from '../domain/request.ts'
import { helpMinutes } from '../domain/volunteer.ts'
import { settleAlertsOf } from './alert-settled.ts'
import { afterQuietHours, showClosed } from './announce.ts'
import { endQuestion } from './end-question.ts'
import { showLiving } from './living-card.ts'
import { takeFromCoordinator, takeFromHelper } from './take-away.ts'

/** Who closes, and when: a person in their scene, or nobody, when it is the clock. */
export interface Closer {
  store: Store
  at: Date
  me: { id: string } | null
}

export interface Closing {
  outcome: Outcome
  confirmation?: Confirmation
  /** A code for the record; words of a person go to `words`, which is kept encrypted. */
  reason: string
  words?: string
}

/**
 * Closes a request with all that follows: the helper's bond ends, the address disappears from their chat, the posts
 * say how it ended. False if it was closed before.
 */
export async function closeWith(scene: Closer, request: Request, closing: Closing): Promise<boolean> {
  const { store, me, at } = scene
  const closed = await closeRequest(store, request.id, {
    outcome: closing.outcome,
    ...(closing.confirmation && { confirmation: closing.confirmation }),
    ...(closing.words && { reason: closing.words }),
    by: me?.id ?? null,
    at,
  })
  if (!closed) return false
  const assignment = await findLivingAssignment(store, { requestId: request.id })
  if (assignment) {
    await endAssignment(store, { assignmentId: assignment.id, reason: closing.reason, at, reopen: false })
    if (closing.outcome === 'fulfilled') await noteHelp(scene, request, assignment, closing)
    await takeFromHelper(store, assignment, { request, reason: 'closed', at })
    if (assignment.volunteerId !== me?.id) await tellHelper(scene, assignment.volunteerId, request, closing)
  }
  if (closing.confirmation !== 'requester') {
    const status = closing.outcome === 'fulfilled' ? 'st.done' : `st.${closing.outcome}`
    await endQuestion(store, request, { status, at })
  }
  await forgetAddress(scene, request)
  await settleAlertsOf(store, request.id, { kinds: settledByClosing, by: me?.id ?? null, at })
  await showClosed(store, request, closing.outcome === 'fulfilled' ? 'done' : closing.outcome, at)
  const note = { outcome: closing.outcome, reason: closing.reason }
  await record(store, {
    at,
    act: 'request.closed',
    actorId: me?.id ?? null,
    subjectId: request.id,
    regionId: request.regionId,
    note,
  })
  return true
}

/** Long enough after the thanks to stand below them. */
const noteAfterMs = 3_000

/** Help was given: how long it took; and where somebody confirmed it, that the older person was seen. */
async function noteHelp({ store, at }: Closer, request: Request, assignment: Assignment, closing: Closing) {
  const doneAt = request.doneAt ?? at
  await noteMinutes(store, assignment.id, helpMinutes({ ...assignment, onWayAt: request.onWayAt, doneAt }))
  if (closing.confirmation !== 'door' && closing.confirmation !== 'requester') return
  await noteContact(store, request.elderId, doneAt)
  const message = askNote(request)
  // Who stands at the door is awake; who is not there may sleep.
  const soon = new Date(at.getTime() + noteAfterMs)
  const notBefore = closing.confirmation === 'door' ? soon : afterQuietHours(soon, request.regionId)
  await tellPerson(store, assignment.volunteerId, { message, at, notBefore, ref: noteRef(request.id) })
}

/** Who has been called about these was called for this request; low ratings and calls for a person go on. */
const settledByClosing = ['consent', 'unhelped', 'problem', ...lostKinds] as const

/**
 * Coordinators who opened the request lose their copy of the address and of what came with it too, and the family's
 * cards the door code; of who is erased meanwhile they say no name.
 */
export async function forgetAddress({ store, at }: Closer, request: Request) {
  for (const personId of await listDisclosed(store, request))
    await takeFromCoordinator(store, personId, { request, reason: 'closed', at })
  await showLiving(store, request.id, at)
}

/** The asker takes the request back, with a reason. */
export function closeForRequester(scene: Closer, request: Request, reason: string): Promise<boolean> {
  return closeWith(scene, request, { outcome: 'cancelled', reason })
}

async function tellHelper(scene: Closer, volunteerId: string, request: Request, closing: Closing) {
  const words: Part =
    closing.outcome === 'fulfilled'
      ? part('task.thanks', { num: request.number })
      : part('task.closed', { num: request.number, status: { key: `st.${closing.outcome}` } })
  await tellPerson(scene.store, volunteerId, { message: { parts: [words] }, at: scene.at })
}
