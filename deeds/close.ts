import { lostKinds } from '../db/alerts.ts'
import { record } from '../db/audit.ts'
import { endAssignment, findLivingAssignment } from '../db/claims.ts'
import type { Store } from '../db/client.ts'
import { listDisclosed } from '../db/disclosures.ts'
import { noteContact } from '../db/forgotten.ts'
import { noteMinutes } from '../db/hours.ts'
import { tellPerson } from '../db/outbox.ts'
import { closeRequest, type Request } from '../db/requests.ts'
import { afterHelp } from '../domain/after-help.ts'
import { part } from '../domain/message.ts'
import { noteRef } from '../domain/message-names.ts'
import type { Confirmation, Outcome } from '../domain/request.ts'
import { helpMinutes } from '../domain/volunteer.ts'
import { settleAlertsOf } from './alert-settled.ts'
import { afterQuietHours, earliest, showClosed } from './announce.ts'
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
  const doneAt = request.doneAt ?? at
  const assignment = await findLivingAssignment(store, { requestId: request.id })
  if (assignment) {
    await endAssignment(store, { assignmentId: assignment.id, reason: closing.reason, at, reopen: false })
    const { startedAt, volunteerId } = assignment
    const minutes = helpMinutes({ startedAt, onWayAt: request.onWayAt, doneAt })
    if (closing.outcome === 'fulfilled') await noteMinutes(store, assignment.id, minutes)
    await takeFromHelper(store, assignment, { request, reason: 'closed', at })
    await tellHelper(scene, volunteerId, request, closing)
  }
  // Whoever says that help was given says that somebody was there.
  if (closing.outcome === 'fulfilled') await noteContact(store, request.elderId, doneAt)
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

async function tellHelper({ store, at, me }: Closer, helperId: string, request: Request, closing: Closing) {
  const { id: requestId, number, regionId } = request
  const { outcome, confirmation = null } = closing
  if (outcome === 'fulfilled' && (confirmation === 'door' || confirmation === 'requester')) {
    const message = afterHelp({ requestId, number, confirmation, mood: null, noted: false })
    // Who stands at the door is awake; who is not there may sleep.
    const notBefore = confirmation === 'door' ? at : afterQuietHours(at, regionId)
    await tellPerson(store, helperId, { message, at, notBefore, ref: noteRef(requestId) })
  } else if (helperId !== me?.id) {
    const status = { key: `st.${outcome}` }
    const words =
      outcome === 'fulfilled'
        ? part('task.thanks', { num: number })
        : part('task.closed', { num: number, status })
    // Who would go tonight is spared the way; thanks can wait.
    const notBefore = outcome === 'fulfilled' ? afterQuietHours(at, regionId) : earliest(request, at)
    await tellPerson(store, helperId, { message: { parts: [words] }, at, notBefore })
  }
}
