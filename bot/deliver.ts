import { setTimeout as sleep } from 'node:timers/promises'
import { type Store, transact } from '../db/client.ts'
import { leaveGroup, moveGroup } from '../db/groups.ts'
import { setReachable } from '../db/people.ts'
import {
  findSentId,
  type LeasedRow,
  markFailed,
  markSent,
  markUnknown,
  moveChat,
  postpone,
} from '../db/sending.ts'
import { tellLost } from '../deeds/lost.ts'
import type { Channel, Outgoing, SendResult } from './channel.ts'
import type { Log } from './logger.ts'
import type { Pace } from './pace.ts'
import { render, renderRemoval } from './render.ts'

interface Parts {
  store: Store
  log: Log
  now: () => Date
  pace: Pace
}

/** What came of one try. `pieces` are the ids of what is out of a message too long for one. */
type Outcome = SendResult & { pieces: readonly string[] }

/** Pieces are sent on while the lease surely lasts; the rest waits for its next turn. */
const piecesMs = 15_000
const backoffMs = [2_000, 10_000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000]
const refusalsMax = 10
/** Longer than a night without a connection; after that nobody waits for the message any more. */
const patienceMs = 36 * 3_600_000

/**
 * Sends one leased message and writes down what came of it; true if it is out. Never throws: the lease ends by
 * itself.
 */
export async function deliver(parts: Parts, channel: Channel, row: LeasedRow): Promise<boolean> {
  try {
    const outcome = await attempt(parts, channel, row)
    await insist(() => settle(parts, channel, row, outcome))
    return outcome.status === 'accepted'
  } catch (error) {
    parts.log.error({ outboxId: row.id, err: error }, 'what came of a message could not be written down')
    return false
  }
}

async function attempt(parts: Parts, channel: Channel, row: LeasedRow): Promise<Outcome> {
  const pieces = row.message.pieces ?? []
  const editOf = row.editId ?? (row.editRef ? await findSentId(parts.store, row.editRef) : undefined)
  if (row.editRef && !editOf)
    return { status: 'failed', reason: 'unchanged', detail: 'nothing to edit', pieces }
  if (row.message.remove) {
    const removal = renderRemoval({ ...row, messages: editOf?.split(' ') ?? [] })
    return { ...(await trying(parts, row, channel.remove(removal))), pieces }
  }
  // What rings is sent anew; the rest is left, or a card that edits itself would come again and again.
  if (editOf && !channel.capabilities.edit)
    return { status: 'failed', reason: 'unchanged', detail: 'this channel cannot edit', pieces }
  let messages: Outgoing[]
  try {
    messages = render({ ...row, ...(editOf && { editOf }) }, row.language, channel.capabilities)
  } catch (error) {
    parts.log.error({ outboxId: row.id, err: error }, 'a message could not be made')
    return { status: 'failed', reason: 'invalid', pieces }
  }
  return sendPieces(parts, channel, row, messages)
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
    const result = await trying(parts, row, channel.send(message))
    const already = result.status === 'failed' && result.reason === 'unchanged' && message.editOf
    if (result.status !== 'accepted' && !already) return { ...result, pieces }
    pieces.push(result.status === 'accepted' ? result.externalId : (message.editOf ?? ''))
    sent += 1
  }
  return { status: 'accepted', externalId: pieces.join(' '), pieces }
}

function trying({ log }: Parts, row: LeasedRow, call: Promise<SendResult>): Promise<SendResult> {
  return call.catch((error): SendResult => {
    log.warn({ outboxId: row.id, err: error }, 'sending broke off')
    return { status: 'unknown', reason: 'error' }
  })
}

/** What a refusal means decides what follows: never a blind retry. */
async function settle(parts: Parts, channel: Channel, row: LeasedRow, outcome: Outcome) {
  const { store, log } = parts
  const at = parts.now()
  if (outcome.status === 'accepted') return markSent(store, row, outcome.externalId, at)
  if (outcome.status === 'unknown' && !row.resend) {
    log.warn({ outboxId: row.id }, 'nobody knows whether this arrived, and it must not twice')
    return lose(store, row, at, inner => markUnknown(inner, row.id, at))
  }
  if (outcome.status === 'unknown' || outcome.status === 'retry') return again(parts, row, outcome, at)
  if (outcome.status === 'moved') return move(store, channel, row, outcome.chat, at)
  if (outcome.reason === 'invalid') log.error({ outboxId: row.id, detail: outcome.detail }, 'message refused')
  if (outcome.reason === 'stays') log.warn({ outboxId: row.id }, 'not all could be taken out of a chat')
  // The person, or the whole chat, is out of reach; a message that is gone says nothing about its chat.
  const edit = row.editId ?? row.editRef
  const { reason } = outcome
  return lose(store, row, at, async inner => {
    if (reason === 'blocked' || (reason === 'gone' && !edit)) {
      await setReachable(inner, { channel: channel.name, externalId: row.chat }, false)
      await leaveGroup(inner, { channel: channel.name, chat: row.chat })
    }
    await markFailed(inner, row.id, reason, at)
  })
}

/** Writes down that nobody will send it again; whoever must know of that is told in the same transaction. */
function lose(store: Store, row: LeasedRow, at: Date, write: (inner: Store) => Promise<void>) {
  return transact(store, async inner => {
    await write(inner)
    await tellLost(inner, row.ref, at)
  })
}

async function again(
  { store, log }: Parts,
  row: LeasedRow,
  outcome: Extract<Outcome, { status: 'unknown' | 'retry' }>,
  at: Date,
) {
  const asked = outcome.status === 'retry' ? outcome.afterMs : undefined
  const refused = outcome.status === 'retry' && asked === undefined
  if ((refused && row.attempts >= refusalsMax) || at.getTime() - row.createdAt.getTime() > patienceMs) {
    log.error({ outboxId: row.id, attempts: row.attempts }, 'a message was given up')
    return lose(store, row, at, inner => markFailed(inner, row.id, outcome.reason, at))
  }
  const step = Math.min(row.attempts, backoffMs.length) - 1
  const nextAt = new Date(at.getTime() + (asked ?? backoffMs[step] ?? 2_000))
  const { pieces } = outcome
  const message = pieces.length > 0 ? { message: { ...row.message, pieces } } : {}
  return postpone(store, row.id, { nextAt, failure: outcome.reason, ...message })
}

/** The group has another id. An edit has nothing to change there. */
async function move(store: Store, channel: Channel, row: LeasedRow, to: string, at: Date) {
  await transact(store, async inner => {
    await moveGroup(inner, { channel: channel.name, chat: row.chat }, to)
    await moveChat(inner, channel.name, row.chat, to)
    if (row.editId ?? row.editRef) return markFailed(inner, row.id, 'moved', at)
    return postpone(inner, row.id, { nextAt: at, failure: 'moved' })
  })
}

/** A database that stumbles once must not make a sent message come twice. */
async function insist(work: () => Promise<void>) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === 3) throw error
      await sleep(attempt * 200)
    }
  }
}
