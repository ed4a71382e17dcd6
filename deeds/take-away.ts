import type { Store } from '../db/client.ts'
import { editSent } from '../db/outbox.ts'
import { getPerson } from '../db/people.ts'
import { removeSent } from '../db/removals.ts'
import { cardRef, endedCard, pieceRef, removedPiece, seenPieceRef, seenRef } from '../domain/cards.ts'
import type { Message } from '../domain/message.ts'

interface Ended {
  request: { id: string; number: number }
  reason: 'closed' | 'released'
  at: Date
}

/**
 * Takes a request out of its helper's chat: the card says so instead of the address, and the voices, photos and words
 * that were passed on beside it disappear.
 */
export async function takeFromHelper(
  store: Store,
  assignment: { id: string; volunteerId: string },
  ended: Ended,
) {
  const names = { card: cardRef(assignment.id), pieces: pieceRef(assignment.id, '') }
  await takeAway(store, assignment.volunteerId, { ...ended, ...names })
}

/** The same for a coordinator who has looked at the request. */
export async function takeFromCoordinator(store: Store, personId: string, ended: Ended) {
  const { id } = ended.request
  const names = { card: seenRef(id, personId), pieces: seenPieceRef(id, personId, '') }
  await takeAway(store, personId, { ...ended, ...names })
}

async function takeAway(
  store: Store,
  personId: string,
  { request, reason, at, card, pieces }: Ended & { card: string; pieces: string },
) {
  const { language } = await getPerson(store, personId)
  // The language goes along, not the person: who is being erased has nothing else sent to them.
  const inTheirs = (message: Message): Message => ({ ...message, ...(language && { language }) })
  await editSent(store, card, { message: inTheirs(endedCard(request, reason)), at })
  await removeSent(store, pieces, { message: inTheirs(removedPiece(request)), at })
}
