import { setTimeout as sleep } from 'node:timers/promises'
import { failureKind, type Store } from '../db/client.ts'
import type { LeasedRow } from '../db/leases.ts'
import { findSentId } from '../db/sending.ts'
import type { Channel, ChannelName, Outgoing, SendResult } from './channel.ts'
import type { Log } from './logger.ts'
import type { Marks } from './marks.ts'
import type { Pace } from './pace.ts'
import { render, renderRemoval } from './render.ts'
import { type Outcome, settle } from './settle.ts'
import type { Witness } from './status/witness.ts'
import { knock } from './window.ts'

export interface Parts {
  store: Store
  log: Log
  now: () => Date
  pace: Pace
  /** Where a file that came in on another channel is fetched from. */
  channels: ReadonlyMap<ChannelName, Channel>
  witness?: Witness | undefined
  marks: Marks
  /** How often it was looked for what waits. */
  looks(): number
}

/** Pieces are sent on while the lease surely lasts; the rest waits for its next turn. */
const piecesMs = 15_000
/** A failure that is the deed's own fault will be the same the next time. */
const faultsMax = 3
const insistEveryMs = 1_000

/**
 * Sends one leased message and writes down what came of it; true if its chat may have more to come. Never throws: the
 * lease ends by itself.
 */
export async function deliver(parts: Parts, channel: Channel, row: LeasedRow): Promise<boolean> {
  try {
    const outcome = await attempt(parts, channel, row)
    const result = outcome.status === 'failed' ? outcome.reason : outcome.status
    parts.witness?.({ what: 'sent', channel: channel.name, result })
    return await insist(() => settle(parts, channel, row, outcome))
  } catch (error) {
    parts.log.error({ outboxId: row.id, err: error }, 'what came of a message could not be written down')
    parts.witness?.({ what: 'outage' })
    return true
  }
}

async function attempt(parts: Parts, channel: Channel, row: LeasedRow): Promise<Outcome> {
  const pieces = row.message.pieces ?? []
  if (row.unreadable) return { status: 'failed', reason: 'invalid', detail: 'unreadable', pieces }
  const editOf = row.editId ?? (row.editRef ? await findSentId(parts.store, row.editRef) : undefined)
  if (row.editRef && !editOf)
    return { status: 'failed', reason: 'unchanged', detail: 'nothing to edit', pieces }
  if (row.message.remove) {
    return { ...(await trying(parts, row, channel.remove(removalOf(row, editOf)))), pieces }
  }
  if (isStale(parts, channel, row)) return { status: 'failed', reason: 'unchanged', detail: 'stale', pieces }
  const edits = editOf !== undefined && channel.capabilities.edit
  const { uneditable } = row.message
  const stands = editOf !== undefined && !edits
  // A card that edits itself would come again and again.
  if (stands && !uneditable)
    return { status: 'failed', reason: 'unchanged', detail: 'cannot be edited here', pieces }
  const remove = () => trying(parts, row, channel.remove(removalOf(row, editOf)))
  if (stands && uneditable === 'gone') return { ...(await remove()), pieces }
  const waits = channel.capabilities.freeHours === undefined ? undefined : await knock(parts, channel, row)
  if (waits) return { ...waits, pieces }
  if (stands) {
    const removed = await remove()
    if (removed.status === 'retry') return { ...removed, pieces }
  }
  let messages: Outgoing[]
  try {
    const group = row.personId === null
    messages = render({ ...row, group, ...(edits && { editOf }) }, row.language, channel.capabilities)
  } catch (error) {
    parts.log.error({ outboxId: row.id, err: error }, 'a message could not be made')
    return { status: 'failed', reason: 'invalid', pieces }
  }
  const outcome = await sendPieces(parts, channel, row, messages)
  return stands ? { ...outcome, replaced: editOf } : outcome
}

/**
 * After an hour without a connection old questions do not come one after another: the chat has something newer to say.
 * Where a question is edited away this never shows.
 */
function isStale(
  { now }: Parts,
  { capabilities }: Channel,
  { message, more, createdAt }: LeasedRow,
): boolean {
  const ageMs = now().getTime() - createdAt.getTime()
  return capabilities.options !== 'rows' && message.question !== undefined && more && ageMs > staleMs
}

const staleMs = 30 * 60_000

function removalOf(row: LeasedRow, editOf: string | undefined) {
  return renderRemoval({ ...row, messages: editOf?.split(' ') ?? [] })
}

async function sendPieces(
  parts: Parts,
  channel: Channel,
  row: LeasedRow,
  messages: readonly Outgoing[],
): Promise<Outcome> {
  const { now, pace } = parts
  const begunAt = now().getTime()
  const pieces = [...(row.message.pieces ?? [])]
  let sent = 0
  for (const message of messages.slice(pieces.length)) {
    const at = now()
    if (sent > 0) {
      if (at.getTime() - begunAt > piecesMs || !pace.mayGo(row.chat, at))
        return { status: 'retry', afterMs: 0, reason: 'the next piece waits for its turn', pieces }
      pace.took({ chat: row.chat, group: row.personId === null, edit: Boolean(message.editOf) }, at)
    }
    const result = await trying(parts, row, sendOnce(parts, channel, row, message))
    const already = result.status === 'failed' && result.reason === 'unchanged' && message.editOf
    if (result.status !== 'accepted' && !already) return { ...result, pieces }
    pieces.push(result.status === 'accepted' ? result.externalId : (message.editOf ?? ''))
    sent += 1
  }
  return { status: 'accepted', externalId: pieces.join(' '), pieces }
}

/** Where the platform can be asked, nothing is sent again before it was looked for. */
async function sendOnce(
  parts: Parts,
  channel: Channel,
  row: LeasedRow,
  message: Outgoing,
): Promise<SendResult> {
  if (message.remove) return takeOut(channel, message)
  if (row.attempts > 1 && channel.find) {
    const found = await channel.find(message)
    if (found.status === 'sent') return { status: 'accepted', externalId: found.externalId }
    // What may come twice is rather sent again than lost.
    if (found.status === 'unknown' && !row.resend)
      return { status: 'unknown', reason: 'cannot be looked for' }
  }
  const ready = message.media ? await withBytes(parts, channel, row, message).catch(unfetched) : message
  // Nothing has been sent yet.
  return ready ? channel.send(ready) : { status: 'retry', reason: 'file' }

  function unfetched(error: unknown) {
    parts.log.warn({ outboxId: row.id, err: error }, 'a file could not be fetched')
  }
}

/** A voice that came in on another messenger is taken over from there. */
async function withBytes(
  { channels }: Parts,
  channel: Channel,
  { message: { media: from } }: LeasedRow,
  message: Outgoing,
): Promise<Outgoing> {
  const { media } = message
  const origin = from && from.channel !== channel.name ? channels.get(from.channel as ChannelName) : undefined
  if (!media || !('ref' in media) || !origin) return message
  const bytes = await origin.download(media.ref)
  return {
    ...message,
    media: { kind: media.kind, mime: media.ref.mime ?? 'application/octet-stream', bytes },
  }
}

function takeOut(channel: Channel, { id, chat, editOf = '', text }: Outgoing): Promise<SendResult> {
  return channel.remove({ id, chat, messages: [editOf], instead: text })
}

export function trying({ log }: Parts, row: LeasedRow, call: Promise<SendResult>): Promise<SendResult> {
  return call.catch((error): SendResult => {
    log.warn({ outboxId: row.id, err: error }, 'sending broke off')
    return { status: 'unknown', reason: 'error' }
  })
}

/**
 * A database that stumbles, or is away for an hour, must not make a sent message come twice: what came of it is kept in
 * mind until it can be written down.
 */
async function insist<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= faultsMax && failureKind(error) === 'fault') throw error
      await sleep(Math.min(attempt * 200, insistEveryMs))
    }
  }
}
