import { endAskings } from '../db/asking.ts'
import type { Store } from '../db/client.ts'
import { editSent } from '../db/outbox.ts'
import { type Message, part } from '../domain/message.ts'
import { askRef } from '../domain/message-names.ts'

/** Whoever was asked in private need not answer any more: the question loses its buttons and says so. */
export async function thankAsked(
  store: Store,
  request: { id: string; number: number },
  how: { key: 'ask.taken' | 'ask.closed'; at: Date },
) {
  const message: Message = { parts: [part(how.key, { num: request.number })], uneditable: 'gone' }
  for (const personId of await endAskings(store, request.id))
    await editSent(store, askRef(request.id, personId), { message, at: how.at, personId })
}
