import type { LeasedRow } from '../db/leases.ts'
import { findLastInbound } from '../db/undelivered.ts'
import { templateOf } from '../domain/templates.ts'
import type { Channel, SendResult } from './channel.ts'
import { type Parts, trying } from './deliver.ts'

/** How often it is looked whether the person has written meanwhile; their message wakes what waits at once. */
const lookAgainMs = 6 * 3_600_000

/**
 * Where free words may be written only for a while after a person's own, a template asks them to write, once, and the
 * message waits for that. Undefined if it may go out now.
 */
export async function knock(
  parts: Parts,
  channel: Channel,
  row: LeasedRow,
): Promise<(SendResult & { knocked?: true }) | undefined> {
  const { freeHours } = channel.capabilities
  if (freeHours === undefined || row.personId === null) return undefined
  const wroteAt = await findLastInbound(parts.store, row)
  const closesAt = (wroteAt?.getTime() ?? 0) + freeHours * 3_600_000
  if (parts.now().getTime() < closesAt) return undefined
  const waits = { status: 'retry', afterMs: lookAgainMs, reason: 'window' } as const
  if (row.message.knocked) return waits
  const template = { ...templateOf(row.message), language: row.language }
  const message = { id: `${row.id}.t`, chat: row.chat, text: '', template }
  const result = await trying(parts, row, channel.send(message))
  // What nobody knows to have arrived is not sent twice: the person sees one such message at the most.
  if (result.status === 'accepted' || result.status === 'unknown') return { ...waits, knocked: true }
  // A template that the platform does not know is as good as none.
  const unknown = result.status === 'failed' && result.reason === 'invalid'
  return unknown ? { status: 'failed', reason: 'window' } : result
}
