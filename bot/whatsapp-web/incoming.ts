import { setTimeout as sleep } from 'node:timers/promises'
import type { Inbound, Receive } from '../channel.ts'
import type { Log } from '../logger.ts'
import { createTurns } from '../turns.ts'
import { phoneOf } from './content.ts'
import type { Life } from './life.ts'
import type { Arrived } from './wire.ts'

const againMs = 3_000
const phoneMs = 5_000
const knownMax = 20_000

/**
 * Brings what arrived to the bot, each chat's messages in their order, and says so when its effects are committed.
 * Where the database is out of reach, it waits: WhatsApp does not deliver again by itself.
 */
export function createIncoming({ life, log }: { life: () => Life | undefined; log: Log }) {
  let receive: Receive | undefined
  let stopped = false
  const turns = createTurns()
  const underWay = new Set<string>()
  /** The phone behind a LID: asked once, for asking often is held against a number. */
  const phones = new Map<string, string | undefined>()

  /** Who only talks in a group is not asked for: the group may be large. */
  async function phoneBehind({ sender: { id }, chat }: Arrived): Promise<string | undefined> {
    if (!id.endsWith('@lid') || phones.has(id)) return phoneOf(id) ?? phones.get(id)
    const mayAsk = chat.kind === 'private'
    const found = await life()
      ?.call('phone', { id, mayAsk }, phoneMs)
      .catch(() => undefined)
    if (phones.size >= knownMax) phones.clear()
    if (found || (found === null && mayAsk)) phones.set(id, found ?? undefined)
    return found ?? undefined
  }

  async function deliver(arrived: Arrived) {
    const phone = await phoneBehind(arrived)
    const sender = { ...arrived.sender, ...(phone && { phone }) }
    const inbound: Inbound = { ...arrived, channel: 'whatsapp', sender, at: new Date(arrived.at) }
    while (!stopped) {
      try {
        await receive?.(inbound)
        return life()?.received(arrived.externalId)
      } catch (error) {
        log.warn({ err: error }, 'a message from WhatsApp waits, will try again')
        await sleep(againMs)
      }
    }
  }

  return {
    start(to: Receive) {
      receive = to
      stopped = false
    },
    async stop() {
      stopped = true
      await turns.over()
    },
    take(arrived: Arrived) {
      // What was told before a restart of the browser may be told again after it.
      if (underWay.has(arrived.externalId)) return
      underWay.add(arrived.externalId)
      void turns
        .take(arrived.chat.id, () => deliver(arrived))
        .finally(() => underWay.delete(arrived.externalId))
    },
  }
}
