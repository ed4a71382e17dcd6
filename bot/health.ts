import type { Store } from '../db/client.ts'
import { listWaiting } from '../db/sending.ts'
import type { Channel, ChannelName, Receive } from './channel.ts'
import type { Whatsapp } from './whatsapp/open.ts'

export interface Health {
  /** The same `receive`, and when something last came in is remembered. */
  hearing(receive: Receive): Receive
  /** How the channels are, for whoever watches the process: nothing of a person, and no secret. */
  look(): Promise<object>
}

export function createHealth(parts: {
  store: Store
  channels: ReadonlyMap<ChannelName, Channel>
  whatsapp: Pick<Whatsapp, 'standing' | 'settings' | 'refused'> | undefined
  now: () => Date
}): Health {
  const { store, channels, whatsapp, now } = parts
  const heardAt = new Map<ChannelName, Date>()
  // The others are there from the start, or the process is not.
  const begun = { state: 'ready', since: now() }

  return {
    hearing: receive => inbound => {
      heardAt.set(inbound.channel, now())
      return receive(inbound)
    },
    async look() {
      const at = now()
      const queues = await listWaiting(store, at)
      const all = [...channels.keys()].map(name => {
        const queue = queues.find(({ channel }) => channel === name)
        const oldestMs = queue ? at.getTime() - queue.oldestAt.getTime() : 0
        const own = {
          ...(name === 'whatsapp' ? whatsapp?.standing() : begun),
          lastInboundAt: heardAt.get(name) ?? null,
          waiting: queue?.waiting ?? 0,
          oldestSeconds: Math.round(oldestMs / 1000),
        }
        const more = { refused: whatsapp?.refused?.() ?? 0, settings: whatsapp?.settings }
        return [name, name === 'whatsapp' ? { ...own, ...more } : own]
      })
      const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0)
      return { waiting, channels: Object.fromEntries(all) }
    },
  }
}
