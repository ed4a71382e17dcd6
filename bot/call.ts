import { findCaller, wasSaid } from '../db/calls.ts'
import type { Store } from '../db/client.ts'
import { enqueue } from '../db/outbox.ts'
import { findLastInbound } from '../db/undelivered.ts'
import { part } from '../domain/message.ts'
import type { Operator } from '../handlers/dialog.ts'
import type { Inbound } from './channel.ts'

const hourMs = 3_600_000

/**
 * A phone that rings for us is picked up by nobody. Who wrote first, and may be written to freely, is told how to be
 * heard, at most once an hour; of anybody else nothing is kept. A ring is no message: it answers no question.
 */
export async function onCall(
  store: Store,
  { channel, sender, at }: Inbound,
  { operator, freeHours = Infinity }: { operator: Operator; freeHours?: number | undefined },
) {
  const ids = [sender.id, ...(sender.otherId ? [sender.otherId] : [])]
  const caller = await findCaller(store, { channel, ids, phone: sender.phone })
  const wroteAt = caller && (await findLastInbound(store, { channel, chat: caller.chat }))
  if (!wroteAt || at.getTime() - wroteAt.getTime() >= freeHours * hourMs) return
  const hour = Math.floor(at.getTime() / hourMs)
  const keyOf = (hour: number) => `call:${caller.personId}:${hour}`
  if (await wasSaid(store, [keyOf(hour - 1), keyOf(hour)], new Date(at.getTime() - hourMs))) return
  const message = { parts: [part('call.unanswered', { phone: operator.phone, hours: operator.hours })] }
  await enqueue(store, { channel, ...caller, message, at, dedupeKey: keyOf(hour) })
}
