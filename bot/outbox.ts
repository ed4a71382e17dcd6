import { setTimeout as sleep } from 'node:timers/promises'
import type { Store } from '../db/client.ts'
import { leaveGroup, moveGroup } from '../db/groups.ts'
import {
  findSentId,
  type LeasedRow,
  leaseOutbox,
  markFailed,
  markSent,
  markUnknown,
  moveChat,
  postpone,
  recoverExpired,
} from '../db/outbox.ts'
import { setReachable } from '../db/people.ts'
import { findReaders } from '../db/readers.ts'
import type { Language } from '../domain/language.ts'
import type { Channel, ChannelName, Outgoing, SendResult } from './channel.ts'
import type { Log } from './logger.ts'
import { render } from './render.ts'

export interface Sender {
  /** There may be something to send. */
  wake(): void
  /** Sends all that is due and returns when nothing is left to do now. */
  drain(): Promise<void>
  stop(): Promise<void>
}

const batchMax = 30
const leaseMs = 60_000
const pollMs = 1000
const attemptsMax = 8
const backoffMs = [2_000, 10_000, 30_000, 120_000, 600_000]

/** Sends what was decided, one message a chat at a time, in the order of deciding. */
export function startSender(parts: {
  store: Store
  channels: ReadonlyMap<ChannelName, Channel>
  log: Log
  now: () => Date
  /** False in tests, which call `drain` themselves. */
  automatic: boolean
}): Sender {
  let woken: () => void = () => {}
  let stopped = false

  async function round(channel: Channel): Promise<number> {
    const { store, now } = parts
    const at = now()
    const until = new Date(at.getTime() + leaseMs)
    const rows = await leaseOutbox(store, { channel: channel.name, at, until, limit: batchMax })
    const readers = await findReaders(store, rows)
    await Promise.all(rows.map(row => deliver(parts, channel, row, readers.get(row.id) ?? 'ru')))
    return rows.length
  }

  async function drain() {
    await recoverExpired(parts.store, parts.now())
    for (const channel of parts.channels.values()) while ((await round(channel)) > 0);
  }

  async function run() {
    while (!stopped) {
      const waiting = new Promise<void>(resolve => {
        woken = resolve
      })
      try {
        await drain()
      } catch (error) {
        parts.log.error({ err: error }, 'sending stopped, will try again')
        await sleep(pollMs)
      }
      if (!stopped) await Promise.race([waiting, sleep(pollMs, undefined, { ref: false })])
    }
  }

  const running = parts.automatic ? run() : Promise.resolve()
  return {
    wake: () => woken(),
    drain,
    async stop() {
      stopped = true
      woken()
      await running
    },
  }
}

type Parts = { store: Store; log: Log; now: () => Date }

async function deliver(parts: Parts, channel: Channel, row: LeasedRow, language: Language) {
  const { store, now, log } = parts
  const editOf = row.editId ?? (row.editRef ? await findSentId(store, row.editRef) : undefined)
  if (row.editRef && !editOf) return markFailed(store, row.id, 'nothing to edit', now())
  let result: SendResult
  try {
    result = await sendAll(
      channel,
      render({ ...row, ...(editOf && { editOf }) }, language, channel.capabilities),
    )
  } catch (error) {
    log.warn({ outboxId: row.id, err: error }, 'sending broke off')
    result = { status: 'unknown', reason: 'error' }
  }
  await settle(parts, channel, row, result)
}

async function sendAll(channel: Channel, messages: readonly Outgoing[]): Promise<SendResult> {
  let result: SendResult = { status: 'failed', reason: 'invalid', detail: 'nothing to say' }
  for (const message of messages) {
    result = await channel.send(message)
    if (result.status !== 'accepted') return result
  }
  return result
}

/** What a refusal means decides what follows: never a blind retry. */
async function settle(parts: Parts, channel: Channel, row: LeasedRow, result: SendResult) {
  const { store, log } = parts
  const at = parts.now()
  if (result.status === 'accepted') return markSent(store, row, result.externalId, at)
  if (result.status === 'unknown')
    return row.attempts >= attemptsMax
      ? markFailed(store, row.id, 'unknown', at)
      : markUnknown(store, row.id, at)
  if (result.status === 'retry') return retry(parts, row, result, at)
  if (result.status === 'moved') {
    await moveGroup(store, { channel: channel.name, chat: row.chat }, result.chat)
    await moveChat(store, channel.name, row.chat, result.chat)
    return postpone(store, row.id, at, 'moved')
  }
  if (result.reason === 'unchanged') return markSent(store, row, row.editId ?? '', at)
  if (result.reason === 'blocked') {
    await setReachable(store, { channel: channel.name, externalId: row.chat }, false)
    await leaveGroup(store, { channel: channel.name, chat: row.chat })
  }
  if (result.reason === 'invalid') log.error({ outboxId: row.id, detail: result.detail }, 'message refused')
  return markFailed(store, row.id, result.reason, at)
}

async function retry(parts: Parts, row: LeasedRow, result: { afterMs?: number; reason: string }, at: Date) {
  if (row.attempts >= attemptsMax) return markFailed(parts.store, row.id, result.reason, at)
  const pause = result.afterMs ?? backoffMs[Math.min(row.attempts, backoffMs.length) - 1] ?? 2_000
  return postpone(parts.store, row.id, new Date(at.getTime() + pause), result.reason)
}
