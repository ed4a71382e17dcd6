import type { Store } from '../db/client.ts'
import { editSent } from '../db/outbox.ts'
import type { Request } from '../db/requests.ts'
import { type Message, part } from '../domain/message.ts'
import { confirmRef } from '../domain/message-names.ts'

/**
 * Whether help was given is no longer asked: the question says where the request stands instead, and cannot be
 * answered any more. `request` as it was before; only of a request called done was it asked.
 */
export async function endQuestion(
  store: Store,
  request: Request,
  { status, at }: { status: string; at: Date },
): Promise<void> {
  if (request.status !== 'done') return
  const parts = [part('st.line', { num: request.number, status: { key: status } })]
  const message: Message = { parts, uneditable: 'gone' }
  await editSent(store, confirmRef(request.id), { message, at, personId: request.requesterId })
}
