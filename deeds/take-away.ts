import type { Store } from '../db/client.ts'
import { editSent } from '../db/outbox.ts'
import { getPerson } from '../db/people.ts'
import { listPreviewNames, removeSent } from '../db/removals.ts'
import { endedCard, removedPiece } from '../domain/cards.ts'
import { type Message, part } from '../domain/message.ts'
import {
  cardRef,
  type MessageName,
  pieceRef,
  seenPieceRef,
  seenRef,
  stillRef,
} from '../domain/message-names.ts'

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
  // Whether they are still on it is no longer asked either.
  const cards = [cardRef(assignment.id), stillRef(assignment.id)]
  const names = { cards, pieces: pieceRef(assignment.id, '') }
  await takeAway(store, assignment.volunteerId, { ...ended, ...names })
}

/** The same for a coordinator who has looked at the request. */
export async function takeFromCoordinator(store: Store, personId: string, ended: Ended) {
  const { id } = ended.request
  const names = { cards: [seenRef(id, personId)], pieces: seenPieceRef(id, personId, '') }
  await takeAway(store, personId, { ...ended, ...names })
}

async function takeAway(
  store: Store,
  personId: string,
  { request, reason, at, cards, pieces }: Ended & { cards: readonly MessageName[]; pieces: MessageName },
) {
  const { language } = await getPerson(store, personId)
  // The language goes along, not the person: who is being erased has nothing else sent to them.
  const inTheirs = (message: Message): Message => ({ ...message, ...(language && { language }) })
  for (const card of cards) await editSent(store, card, { message: inTheirs(endedCard(request, reason)), at })
  await removeSent(store, pieces, { message: inTheirs(removedPiece(request)), at })
}

/** The village and the public words go from the chats of volunteers who looked before the claim. */
export async function takePreviews(
  store: Store,
  request: { id: string; number: number; districtId: string },
  at: Date,
) {
  for (const name of await listPreviewNames(store, request))
    await removeSent(store, name, { message: removedPiece(request), at })
}

/** What a flow has told last of other people. Afterwards nobody needs to read it, and a chat is kept for ever. */
export async function takeTold(store: Store, name: MessageName, at: Date) {
  await removeSent(store, name, { message: { parts: [part('told.gone')] }, at })
}
