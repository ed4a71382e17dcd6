import { listAttachments } from '../db/attachments.ts'
import type { Assignment } from '../db/claims.ts'
import { findLivingAssignment } from '../db/claims.ts'
import type { Store } from '../db/client.ts'
import { getElder } from '../db/elders.ts'
import { listClaimsFor, listNotes } from '../db/notes.ts'
import { editSent, rewriteWaiting } from '../db/outbox.ts'
import { getRequest, type Request } from '../db/requests.ts'
import { claimCard } from '../domain/cards.ts'
import type { Message } from '../domain/message.ts'
import { cardRef } from '../domain/message-names.ts'

/** The card of who holds a claim: name, address, words, places, and what helpers before left for the next one. */
export async function helperCard(store: Store, request: Request, assignment: Assignment): Promise<Message> {
  const elder = await getElder(store, request.elderId)
  const attached = await listAttachments(store, request.id)
  const pins = attached.flatMap(({ content }) => (content.type === 'location' ? [content] : []))
  const notes = (await listNotes(store, request.elderId)).map(({ words }) => words)
  return claimCard(request, elder, { ...assignment, pins, notes })
}

/** A note came or went: it does so on the cards of those who hold a claim at this moment too. */
export async function refreshCards(store: Store, elderId: string, at: Date) {
  for (const requestId of await listClaimsFor(store, elderId))
    await refreshCard(store, requestId, at, { uneditable: 'anew' })
}

/** The card of who holds this request, as it is now. */
export async function refreshCard(
  store: Store,
  requestId: string,
  at: Date,
  how: Pick<Message, 'uneditable'> = {},
) {
  const assignment = await findLivingAssignment(store, { requestId })
  if (!assignment) return
  const card = await helperCard(store, await getRequest(store, requestId), assignment)
  const message = { ...card, ...how }
  const ref = cardRef(assignment.id)
  // What still waits goes out as it is now: a card that was withdrawn would never bring the address.
  if (await rewriteWaiting(store, ref, card)) return
  await editSent(store, ref, { message, at, personId: assignment.volunteerId })
}
