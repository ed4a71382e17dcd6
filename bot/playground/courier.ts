import type { PlaygroundStore } from '../../db/playground.ts'
import type { Update } from '../../db/playground-updates.ts'
import type { Content, Inbound, Receipt, Receive } from '../channel.ts'
import { createTurns } from '../turns.ts'

export type Courier = ReturnType<typeof createCourier>

const retryAfterMs = 3_000

/** Carries what people did to the bot, again and again until the bot has taken it in. */
export function createCourier(store: PlaygroundStore) {
  const underWay = new Set<string>()
  const turns = createTurns()
  let receive: Receive | undefined
  let timer: NodeJS.Timeout | undefined

  /** Nothing is answered when the bot could not take it in; it is tried again later. */
  async function deliver(update: Update): Promise<Receipt | undefined> {
    underWay.add(update.id)
    return turns.take(update.person.id, () => handOver(update)).finally(() => underWay.delete(update.id))
  }

  async function handOver(update: Update): Promise<Receipt | undefined> {
    if (!receive) return undefined
    try {
      const receipt = await receive(toInbound(update))
      await store.markDelivered(update.id)
      return receipt
    } catch {
      // The bot reports its own failures; here it only means that the update is still pending.
      retryLater()
      return undefined
    }
  }

  function retryLater(): void {
    if (!receive || timer) return
    timer = setTimeout(() => {
      timer = undefined
      deliverPending().catch(retryLater)
    }, retryAfterMs)
    timer.unref()
  }

  async function deliverPending(): Promise<void> {
    for (const update of await store.pending()) {
      if (!underWay.has(update.id)) await deliver(update)
    }
  }

  return {
    deliver,
    async start(receiver: Receive): Promise<void> {
      receive = receiver
      await deliverPending()
    },
    stop(): void {
      receive = undefined
      clearTimeout(timer)
      timer = undefined
    },
  }
}

function toInbound({ id, chat, person, at, content }: Update): Inbound {
  return {
    channel: 'playground',
    externalId: id,
    chat: { id: chat.id, kind: chat.kind, ...(chat.kind === 'group' && { title: chat.title }) },
    sender: { id: person.id, name: person.name, language: person.language },
    at,
    // Stored by `say.ts`, which writes nothing else.
    content: content as Content,
  }
}
