import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode, type OpenDatabase, type Store } from '../db/client.ts'
import { listWaiting } from '../db/sending.ts'
import type { Channel, ChannelName, Receive } from './channel.ts'
import type { Standing } from './status/contact.ts'
import type { Witness } from './status/witness.ts'
import type { Whatsapp } from './whatsapp/open.ts'

export interface Health {
  /** The same `receive`, and when something last came in is remembered. */
  hearing(receive: Receive): Receive
  /** Remembers when something last went out. */
  witness: Witness
  /** How it all is, for whoever watches the process: nothing of a person, and no secret. */
  look(): Promise<Look>
  /** From now on nothing new is wanted: whoever shares out the work shall ask others. */
  stopping(): void
}

export interface Look {
  /** It can take messages in. A platform that does not answer changes nothing in that. */
  ready: boolean
  since: Date
  database: { kind: OpenDatabase['kind']; state: 'ready' | 'down'; answeredInMs?: number; reason?: string }
  /** In all channels; null where the database does not tell. */
  waiting: number | null
  oldestSeconds: number | null
  channels: Record<string, ChannelLook>
}

/** What is not known is left out: the playground has no platform that could fail. */
export interface ChannelLook extends Partial<Standing> {
  lastInboundAt: Date | null
  lastSentAt: Date | null
  waiting: number | null
  oldestSeconds: number | null
  refused?: number
  settings?: object
}

/** Longer than any healthy answer, shorter than a watcher's own patience. */
const usualDatabaseMs = 2_000

export function createHealth(parts: {
  store: Store
  kind: OpenDatabase['kind']
  channels: ReadonlyMap<ChannelName, Channel>
  telegram: { standing(): Standing } | undefined
  whatsapp: Pick<Whatsapp, 'standing' | 'settings' | 'refused'> | undefined
  now: () => Date
  databaseMs?: number
}): Health {
  const { store, kind, channels, telegram, whatsapp, now, databaseMs = usualDatabaseMs } = parts
  const heardAt = new Map<ChannelName, Date>()
  const sentAt = new Map<ChannelName, Date>()
  const since = now()
  let stopping = false

  function lookAt(name: ChannelName, queue: Waiting | undefined): ChannelLook {
    const own = {
      lastInboundAt: heardAt.get(name) ?? null,
      lastSentAt: sentAt.get(name) ?? null,
      waiting: queue?.waiting ?? null,
      oldestSeconds: queue?.oldestSeconds ?? null,
    }
    if (name === 'telegram') return { ...telegram?.standing(), ...own }
    if (name !== 'whatsapp' || !whatsapp) return own
    const { settings, refused } = whatsapp
    return { ...whatsapp.standing(), ...own, refused: refused?.() ?? 0, settings }
  }

  return {
    hearing: receive => inbound => {
      heardAt.set(inbound.channel, now())
      return receive(inbound)
    },
    witness(told) {
      if (told.what === 'sent' && told.result === 'accepted') sentAt.set(told.channel, now())
    },
    async look() {
      const { queues, ...database } = await askDatabase(store, now(), databaseMs)
      const all = [...channels.keys()].map(name => [name, lookAt(name, queues && waitingOf(queues, name))])
      const waits = queues && [...queues.values()]
      return {
        ready: !stopping && database.state === 'ready',
        since,
        database: { kind, ...database },
        waiting: waits ? waits.reduce((sum, { waiting }) => sum + waiting, 0) : null,
        oldestSeconds: waits ? Math.max(0, ...waits.map(queue => queue.oldestSeconds)) : null,
        channels: Object.fromEntries(all),
      }
    },
    stopping() {
      stopping = true
    },
  }
}

interface Waiting {
  waiting: number
  oldestSeconds: number
}

function waitingOf(queues: ReadonlyMap<string, Waiting>, name: ChannelName): Waiting {
  return queues.get(name) ?? { waiting: 0, oldestSeconds: 0 }
}

/** Asks for what waits, and learns on the way whether the database answers and how fast. */
async function askDatabase(store: Store, at: Date, withinMs: number) {
  const begunAt = performance.now()
  const patience = new AbortController()
  const late = sleep(withinMs, 'no answer' as const, { signal: patience.signal })
  try {
    const found = await Promise.race([listWaiting(store, at), late])
    if (found === 'no answer') return { state: 'down' as const, reason: found }
    const queues = new Map(
      found.map(({ channel, waiting, oldestAt }): [string, Waiting] => {
        const oldestMs = Math.max(0, at.getTime() - oldestAt.getTime())
        return [channel, { waiting, oldestSeconds: Math.round(oldestMs / 1000) }]
      }),
    )
    return { state: 'ready' as const, answeredInMs: Math.round(performance.now() - begunAt), queues }
  } catch (error) {
    return { state: 'down' as const, reason: errorCode(error) ?? 'unknown' }
  } finally {
    patience.abort()
  }
}
