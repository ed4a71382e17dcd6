import { type Store, transact } from '../db/client.ts'
import { leaveGroup, moveGroup } from '../db/groups.ts'
import type { LeasedRow } from '../db/leases.ts'
import { keepOffer } from '../db/offers.ts'
import { markFailed, markSent, markUnknown, moveChat, postpone, renameSent } from '../db/sending.ts'
import { sendElsewhere } from '../db/undelivered.ts'
import { noteStopped } from '../deeds/deputies.ts'
import { tellLost } from '../deeds/lost.ts'
import { type Channel, type FailureReason, type SendResult, tooFast } from './channel.ts'
import type { Parts } from './deliver.ts'
import { offered } from './render.ts'

/**
 * What came of one try. `pieces` are the ids of what is out of a message too long for one; `knocked` if a template
 * has asked the person to write; `replaced` is the id of what was said anew.
 */
export type Outcome = SendResult & { pieces: readonly string[]; knocked?: true; replaced?: string }

const backoffMs = [2_000, 10_000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000]
const refusalsMax = 10
/** So often it is looked for, and sent again where it is not found, before a person must look. */
const unknownMax = 4
/** Longer than a night without a connection; after that nobody waits for the message any more. */
export const patienceMs = 36 * 3_600_000
/** Nobody who has another messenger waits longer for one that takes nothing. */
const elsewhereMs = 2 * 60_000

/** What a refusal means decides what follows: never a blind retry. True if the chat may have more to come. */
export async function settle(
  parts: Parts,
  channel: Channel,
  row: LeasedRow,
  outcome: Outcome,
): Promise<boolean> {
  const at = parts.now()
  if (outcome.status === 'accepted') return sent(parts, channel, row, { outcome, at })
  await notSent(parts, channel, row, outcome, at)
  return true
}

async function notSent(
  parts: Parts,
  channel: Channel,
  row: LeasedRow,
  outcome: Exclude<Outcome, { status: 'accepted' }>,
  at: Date,
) {
  const { store, log } = parts
  const lookedFor = channel.find !== undefined && row.attempts >= unknownMax
  if (outcome.status === 'unknown' && (lookedFor || (!row.resend && !channel.find))) {
    log.warn({ outboxId: row.id }, 'nobody knows whether this arrived, and it must not twice')
    await lose(store, row, at, inner => markUnknown(inner, row.id, at))
    return parts.witness?.({ what: 'givenUp', channel: channel.name })
  }
  if (outcome.status === 'unknown' || outcome.status === 'retry')
    return again(parts, channel, row, { outcome, at })
  if (outcome.status === 'moved') return move(store, channel, row, outcome.chat, at)
  if (outcome.reason === 'invalid') log.error({ outboxId: row.id, detail: outcome.detail }, 'message refused')
  if (outcome.reason === 'stays') log.warn({ outboxId: row.id }, 'not all could be taken out of a chat')
  await refused(parts, channel, row, outcome.reason, at)
  if (outcome.reason === 'invalid') parts.witness?.({ what: 'givenUp', channel: channel.name })
}

/**
 * The person, or the whole chat, is out of reach; a message that is gone says nothing about its chat. What was for a
 * person goes to their other messenger, if they have one.
 */
function refused({ store }: Parts, channel: Channel, row: LeasedRow, reason: FailureReason, at: Date) {
  const edit = row.editId ?? row.editRef
  const unreachable = reason === 'blocked' || (reason === 'gone' && !edit)
  return transact(store, async inner => {
    if (unreachable) {
      await noteStopped(inner, { channel: channel.name, externalId: row.chat }, at)
      await leaveGroup(inner, { channel: channel.name, chat: row.chat })
    }
    const elsewhere = unreachable || reason === 'policy' || reason === 'window'
    await giveUp(inner, row, { reason, elsewhere, at })
  })
}

/** Goes to the person's other messenger, which is true, or whoever must know that it is lost hears of it. */
export async function giveUp(
  store: Store,
  row: Pick<LeasedRow, 'id' | 'ref'>,
  { reason, elsewhere, at }: { reason: string; elsewhere: boolean; at: Date },
): Promise<boolean> {
  if (elsewhere && (await sendElsewhere(store, row.id, at))) return true
  await markFailed(store, row.id, reason, at)
  await tellLost(store, row.ref, at)
  return false
}

/** Where options are lines of text, what they were is kept for the number that will be typed. */
function sent(
  { store, marks, looks }: Parts,
  channel: Channel,
  row: LeasedRow,
  { outcome, at }: { outcome: { externalId: string; replaced?: string }; at: Date },
): Promise<boolean> {
  const { capabilities } = channel
  const group = row.personId === null
  const options = capabilities.options === 'rows' ? [] : offered(row.message, group)
  // A post in a group is known by its request's number.
  const byNumber = options.length > 0 && !(group && row.ref)
  const { externalId, replaced } = outcome
  const mark = { id: row.id, externalId, keepBody: capabilities.reports ?? false }
  if (!byNumber && !replaced) return marks.write(mark, at)
  const before = looks()
  return transact(store, async inner => {
    const more = await markSent(inner, [mark], at)
    if (replaced) await renameSent(inner, row, { from: replaced, to: externalId, at })
    if (byNumber) {
      const { question } = row.message
      const messageId = externalId.split(' ').at(-1) ?? ''
      await keepOffer(inner, row, { messageId, options, at, ...(question && { question }) })
    }
    return more.get(row.id) || looks() > before
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
  { store, log, pace, witness }: Parts,
  channel: Channel,
  row: LeasedRow,
  { outcome, at }: { outcome: Extract<Outcome, { status: 'unknown' | 'retry' }>; at: Date },
) {
  const asked = outcome.status === 'retry' ? outcome.afterMs : undefined
  const refused = outcome.status === 'retry' && asked === undefined
  if ((refused && row.attempts >= refusalsMax) || at.getTime() - row.createdAt.getTime() > patienceMs) {
    log.error({ outboxId: row.id, attempts: row.attempts }, 'a message was given up')
    await transact(store, inner => giveUp(inner, row, { reason: outcome.reason, elsewhere: true, at }))
    return witness?.({ what: 'givenUp', channel: channel.name })
  }
  // Never handed over, so it cannot come to both. What waits for the person's own word, or for its next piece, stays.
  const untouched = asked !== undefined && row.attempts === 1 && outcome.pieces.length === 0
  const waits = untouched && outcome.reason !== 'window' && !row.idle && !row.message.question
  const old = at.getTime() - row.createdAt.getTime() >= elsewhereMs
  if (waits && old && (await transact(store, inner => sendElsewhere(inner, row.id, at)))) return
  const step = Math.min(row.attempts, backoffMs.length) - 1
  const nextAt = new Date(at.getTime() + (asked ?? backoffMs[step] ?? 2_000))
  // Whatever takes this one's place there must wait as long.
  if (outcome.reason === tooFast) pace.rest(row.chat, nextAt)
  const { pieces, knocked } = outcome
  const kept = { ...row.message, ...(pieces.length > 0 && { pieces }), ...(knocked && { knocked }) }
  const message = pieces.length > 0 || knocked ? { message: kept } : {}
  // Who asks us to come again has done nothing: an hour of that must not use up what a broken sending is allowed.
  return postpone(store, row.id, {
    nextAt,
    failure: outcome.reason,
    untried: asked !== undefined,
    ...message,
  })
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
