import { findLivingAssignment } from '../db/claims.ts'
import type { Store } from '../db/client.ts'
import { type Elder, getElder } from '../db/elders.ts'
import { findMood } from '../db/notes.ts'
import { editSent, tellPerson } from '../db/outbox.ts'
import { getPerson } from '../db/people.ts'
import { getRequest, type Request } from '../db/requests.ts'
import { firstNameOf, otherThanAsker } from '../domain/cards.ts'
import { type LivingCard, livingCard, livingRef } from '../domain/living-card.ts'
import type { Message } from '../domain/message.ts'

/** The request has changed: its cards say so where they stand, without a sound. */
export async function showLiving(store: Store, requestId: string, at: Date) {
  for (const { personId, request, message } of await livingCardsOf(store, requestId, at)) {
    const ref = livingRef(requestId, personId)
    const held = await editSent(store, ref, { at, ...(await addressed(store, request, personId, message)) })
    // A card that nobody has seen yet goes out as it is now.
    if (held) await tellPerson(store, personId, { message, at, notBefore: held, ref })
  }
}

/** At the end the language goes along, not the person: who is being erased has nothing else sent to them. */
async function addressed(store: Store, request: Request, personId: string, message: Message) {
  if (request.status !== 'closed') return { message, personId }
  const { language } = await getPerson(store, personId)
  return { message: { ...message, ...(language && { language }) } }
}

export type LivingCardOf = LivingCard & { personId: string; request: Request; message: Message }

/** One card for who asked, one for the older person in their own chat: nobody else learns the code. */
export async function livingCardsOf(store: Store, requestId: string, at: Date): Promise<LivingCardOf[]> {
  const request = await getRequest(store, requestId)
  const elder = await getElder(store, request.elderId)
  const helper = await helperOf(store, request)
  const mood = request.status === 'closed' ? await findMood(store, requestId) : null
  return readersOf(request, elder).map(({ personId, ...reader }) => {
    const card = { request, elder, reader, helper, mood, at }
    return { ...card, personId, message: livingCard(card) }
  })
}

async function helperOf(store: Store, { id, status }: Request): Promise<LivingCard['helper']> {
  if (status !== 'claimed' && status !== 'done') return undefined
  const assignment = await findLivingAssignment(store, { requestId: id })
  if (!assignment) return undefined
  const { name } = await getPerson(store, assignment.volunteerId)
  // Who has erased themselves after the help has no name.
  return name ? { vol: firstNameOf(name), code: assignment.doorCode } : undefined
}

function readersOf(request: Request, elder: Elder) {
  const asker = { personId: request.requesterId, asked: true, other: otherThanAsker(request, elder) }
  // Nobody writes to the older person before they said yes, nor of a matter that others at home shall not read.
  const told = elder.agreed && request.route !== 'restricted'
  const own = told && elder.personId !== request.requesterId ? elder.personId : null
  return own ? [asker, { personId: own, asked: false, other: undefined }] : [asker]
}
