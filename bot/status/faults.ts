import type { Store } from '../../db/client.ts'
import { enqueue } from '../../db/outbox.ts'
import { type Part, part, type Value } from '../../domain/message.ts'
import { homeZone } from '../../domain/time.ts'
import type { Log } from '../logger.ts'
import type { Standing } from './contact.ts'
import type { Witness } from './witness.ts'

const lookEveryMs = 30_000
/** The same fault is told no oftener, with how often it was. */
const quietMs = 3_600_000
/** A restart is no news. */
const downMs = 5 * 60_000

interface Fault {
  words(times: Times): Part
  count: number
  from: Date
  at: Date
}

type Times = Record<'count' | 'from' | 'at', Value>

export interface Faults {
  witness: Witness
  /** Looks how the channels are and writes down what is to be told. */
  look(): Promise<void>
  stop(): void
}

/**
 * Tells the chat that the operator has named what goes wrong: how often and when, never with whom. What happens while
 * the database is away is kept in mind, and told when it is back.
 */
export function watchFaults(parts: {
  store: Store
  log: Log
  now: () => Date
  wake(): void
  /** A Telegram chat. */
  chat: string
  standings(): Readonly<Record<string, Standing | undefined>>
}): Faults {
  const { store, log, now, wake, chat, standings } = parts
  const noted = new Map<string, Fault>()
  const toldAt = new Map<string, number>()
  /** Since when each channel is down, as it was told. */
  const downSince = new Map<string, number>()

  function note(kind: string, words: Fault['words'], from = now()) {
    const fault = noted.get(kind) ?? { words, count: 0, from, at: from }
    noted.set(kind, { ...fault, count: fault.count + 1, at: now() })
  }

  function noteChannels(at: Date) {
    for (const [name, standing] of Object.entries(standings())) {
      if (!standing || standing.state === 'ready' || standing.state === 'unknown') continue
      const since = standing.since.getTime()
      if (at.getTime() - since < downMs || downSince.get(name) === since) continue
      downSince.set(name, since)
      note(`channel ${name}`, wordsFor(name, standing.state), standing.since)
    }
  }

  async function tell(kind: string, fault: Fault, at: Date) {
    const last = toldAt.get(kind)
    if (last !== undefined && at.getTime() - last < quietMs) return
    const message = { parts: [fault.words(timesOf(fault))] }
    // Of several processes, and of one that starts again and again, one tells it.
    const dedupeKey = `fault:${kind}:${Math.floor(at.getTime() / quietMs)}`
    await enqueue(store, { channel: 'telegram', chat, message, at, dedupeKey })
    toldAt.set(kind, at.getTime())
    // What was noted while it was being written down is told the next time.
    const newer = noted.get(kind)
    if (!newer || newer === fault) noted.delete(kind)
    else noted.set(kind, { ...newer, count: newer.count - fault.count, from: newer.at })
    wake()
  }

  async function look() {
    const at = now()
    noteChannels(at)
    for (const [kind, fault] of [...noted]) await tell(kind, fault, at)
  }

  // Says that it works, and that it had stopped before.
  note('started', ({ at }) => part('fault.started', { at }))
  const looking = () => look().catch(error => log.error({ err: error }, 'nobody could be told of a fault'))
  const timer = setInterval(looking, lookEveryMs).unref()
  return {
    witness(told) {
      const words = wordsOf(told)
      if (words) note(...words)
    },
    look,
    stop: () => clearInterval(timer),
  }
}

function wordsOf(told: Parameters<Witness>[0]): [kind: string, words: Fault['words']] | undefined {
  if (told.what === 'message' && told.outcome === 'parked')
    return ['parked', ({ count, at }) => part('fault.parked', { count, at })]
  if (told.what === 'givenUp') return ['givenUp', ({ count, at }) => part('fault.givenUp', { count, at })]
  if (told.what === 'unheard') return ['unheard', ({ count, at }) => part('fault.unheard', { count, at })]
  if (told.what === 'job' && told.outcome === 'failed')
    return [`job ${told.job}`, ({ count, at }) => part('fault.job', { job: told.job, count, at })]
  if (told.what === 'outage') return ['database', ({ from, at }) => part('fault.database', { from, at })]
  return undefined
}

/** What a human must do for WhatsApp is said as to its coordinators. */
function wordsFor(name: string, state: 'pairing' | 'blocked' | 'down'): Fault['words'] {
  if (state === 'pairing') return () => part('wa.pair')
  if (state === 'blocked') return () => part('wa.blocked')
  return ({ from }) => part('fault.channel', { channel: platforms[name] ?? name, from })
}

function timesOf({ count, from, at }: Fault): Times {
  const moment = (time: Date) => ({ moment: time.toISOString(), zone: homeZone })
  return { count, from: moment(from), at: moment(at) }
}

const platforms: Readonly<Record<string, string>> = { telegram: 'Telegram', whatsapp: 'WhatsApp' }
