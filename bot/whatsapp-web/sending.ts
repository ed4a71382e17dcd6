import { madeAt } from '../../db/ids.ts'
import type { Channel, Outgoing, SendResult } from '../channel.ts'
import { type Life, NothingDone, noAnswer } from './life.ts'
import type { openNewChats } from './new-chats.ts'
import { type createReceipts, remember } from './receipts.ts'
import { tooSlow, type WireOutgoing } from './wire.ts'

interface Parts {
  life: () => Life | undefined
  /** What to answer while nothing can be sent. */
  notNow: () => SendResult
  /** Whether the person behind a chat wrote first. */
  hasWritten(chat: string): Promise<boolean>
  newChats: ReturnType<typeof openNewChats>
  receipts: ReturnType<typeof createReceipts>
  callMs: number
  /** So long after a page is there it may not yet show all that went out before. */
  settledMs: number
}

interface Progress {
  /** Handed to a worker: from then on it may be out. */
  begunAt?: number
  /** Was asked for while nothing could be looked for: it is looked for before it is sent. */
  owed?: boolean
  /** The page did not answer in time and may still be at it: so long nothing there means nothing. */
  stalled?: { life: Life; until: number }
}

const findMs = 10_000
const lookAgainMs = 5_000
const dayMs = 86_400_000

/** Sends through the worker, and looks in the chat's own history where the outcome is not known. */
export function createSending(parts: Parts) {
  const { life, notNow, hasWritten, newChats, receipts, callMs, settledMs } = parts
  /** How far each message has come that is not known to be out, by our own id. */
  const under = new Map<string, Progress>()

  function isOut(key: string, id: string) {
    under.delete(id)
    receipts.isOut(key, id)
  }

  async function begin(own: Life, message: WireOutgoing): Promise<SendResult> {
    const known = message.chat.endsWith('@g.us') || (await hasWritten(message.chat).catch(() => undefined))
    if (known === undefined) return { status: 'retry', afterMs: lookAgainMs, reason: 'no database' }
    const result = await once(own, message, { mayBegin: known, callMs })
    const silent = !known && result.status === 'failed' && result.reason === 'policy'
    return silent && newChats.begin() ? once(own, message, { mayBegin: true, callMs }) : result
  }

  async function look(message: Outgoing): ReturnType<NonNullable<Channel['find']>> {
    const own = life()
    // Broken off before this process began: nobody knows when, but not before it was decided.
    const since = under.get(message.id)?.begunAt ?? decidedAt(message.id)
    const keys = await own?.call('find', { message: wired(message), since }, findMs).catch(() => undefined)
    if (!keys) return { status: 'unknown' }
    // The same words may have gone out before, as another message.
    const key = keys.find(key => message.editOf === key || (receipts.idOf(key) ?? message.id) === message.id)
    if (!key)
      return {
        status: mayStillCome(under.get(message.id), own) || isFresh(own, settledMs) ? 'unknown' : 'absent',
      }
    isOut(key, message.id)
    return { status: 'sent', externalId: key }
  }

  /** While nothing can be looked for, nothing is sent either; and then the look comes first. */
  async function find(message: Outgoing): ReturnType<typeof look> {
    const before = under.get(message.id)
    if (before && !before.begunAt && !before.owed) return { status: 'absent' }
    const found = await look(message)
    if (found.status !== 'unknown') return found
    remember(under, message.id, { ...before, owed: true })
    return { status: 'absent' }
  }

  async function send(message: Outgoing): Promise<SendResult> {
    const { id } = message
    const own = life()
    const before = under.get(id) ?? {}
    remember(under, id, before)
    if (!own) return notNow()
    const missed = before.owed ? await look(message) : undefined
    if (missed?.status === 'sent') return { status: 'accepted', externalId: missed.externalId }
    if (missed?.status === 'unknown') return { status: 'retry', afterMs: lookAgainMs, reason: 'no look' }
    remember(under, id, { begunAt: before.begunAt ?? Date.now() })
    const result = await begin(own, wired(message))
    if (result.status === 'unknown' && (result.reason === noAnswer || result.reason === tooSlow))
      remember(under, id, { ...under.get(id), stalled: { life: own, until: Date.now() + callMs } })
    const found = result.status === 'unknown' ? await look(message) : undefined
    if (found?.status === 'sent') return { status: 'accepted', externalId: found.externalId }
    if (result.status === 'accepted') isOut(result.externalId, id)
    else if (result.status === 'retry') remember(under, id, { ...before, owed: false })
    else if (result.status === 'failed') under.delete(id)
    return result
  }

  return { find, send }
}

async function once(
  own: Life,
  message: WireOutgoing,
  { mayBegin, callMs }: { mayBegin: boolean; callMs: number },
): Promise<SendResult> {
  try {
    return await own.call('send', { message, mayBegin }, callMs)
  } catch (error) {
    const { message: reason } = error as Error
    return error instanceof NothingDone ? { status: 'retry', reason } : { status: 'unknown', reason }
  }
}

/** A clock that was set back leaves ids of its future behind: then a day is looked through. */
function decidedAt(id: string): number {
  const made = madeAt(id)
  return made > Date.now() ? Date.now() - dayMs : made
}

const firstAskedAt = new WeakMap<Life, number>()

function isFresh(own: Life | undefined, settledMs: number): boolean {
  if (!own) return false
  const since = firstAskedAt.get(own) ?? Date.now()
  firstAskedAt.set(own, since)
  return Date.now() - since < settledMs
}

function mayStillCome({ stalled }: Progress = {}, own: Life | undefined): boolean {
  return stalled !== undefined && stalled.life === own && Date.now() < stalled.until
}

function wired({ id, chat, text, media, location, editOf }: Outgoing): WireOutgoing {
  return { id, chat, text, ...(media && { media }), ...(location && { location }), ...(editOf && { editOf }) }
}
