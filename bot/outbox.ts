import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode, failureKind, type Store, transact } from '../db/client.ts'
import { giveBackLease, type Lease, type LeasedRow, leaseOutbox, recoverExpired } from '../db/leases.ts'
import { tellLost } from '../deeds/lost.ts'
import type { Channel, ChannelName } from './channel.ts'
import { deliver } from './deliver.ts'
import type { Log } from './logger.ts'
import { openMarks } from './marks.ts'
import { openPace } from './pace.ts'
import type { Witness } from './status/witness.ts'

export interface Sender {
  /** There may be something to send. */
  wake(): void
  /** Sends all that may go now and returns when nothing is left to do now. */
  drain(): Promise<void>
  stop(): Promise<void>
}

interface Parts {
  store: Store
  channels: ReadonlyMap<ChannelName, Channel>
  log: Log
  now: () => Date
  /** False in tests, which call `drain` themselves. */
  automatic: boolean
  /** True if no other process can be sending from this database: then what is half sent at the start is ours. */
  alone?: boolean
  witness?: Witness
}

const atOnceMax = 30
const leaseMs = 60_000
const pollMs = 1000
const recoverEveryMs = 5000

/** Sends what was decided: one message a chat at a time, in the order of deciding; chats side by side. */
export function startSender(parts: Parts): Sender {
  const lanes = [...parts.channels.values()].map(channel => openLane(parts, channel))
  const bell = newBell()
  let stopped = false

  async function run(lane: Lane) {
    let { rung } = bell
    while (!stopped) {
      if (!lane.due()) {
        await pause(lane, rung)
        continue
      }
      rung = bell.rung
      await lane.begin().catch(async error => {
        const away = failureKind(error) === 'outage'
        parts.log[away ? 'debug' : 'error']({ err: error }, 'sending stopped, will try again')
        parts.witness?.({ what: 'outage', code: errorCode(error) })
        await sleep(pollMs)
        lane.look()
      })
    }
    await Promise.all(lane.busy)
  }

  async function pause(lane: Lane, rung: Promise<void>) {
    const over = new AbortController()
    const ms = Math.min(pollMs, lane.waitMs())
    const timer = sleep(ms, undefined, { ref: false, signal: over.signal }).catch(() => {})
    const look = Promise.race([rung, timer]).then(lane.look)
    await Promise.race([look, ...lane.busy])
    over.abort()
  }

  const running = parts.automatic ? lanes.map(run) : []
  return {
    wake: bell.ring,
    async drain() {
      await Promise.all(lanes.map(drainLane))
    },
    async stop() {
      stopped = true
      bell.ring()
      await Promise.all(running)
    },
  }
}

async function drainLane(lane: Lane) {
  lane.look()
  while (lane.due() || lane.busy.size > 0) {
    if (lane.due()) await lane.begin()
    else await Promise.race(lane.busy)
  }
}

interface Lane {
  /** There may be something to send. */
  look(): void
  due(): boolean
  /** Takes up what may be sent now. */
  begin(): Promise<void>
  readonly busy: ReadonlySet<Promise<void>>
  /** Until the pace lets more go. */
  waitMs(): number
}

/** One channel's sending. A chat that does not answer keeps its own place and holds up nobody else. */
function openLane({ store, channels, log, now, alone, witness }: Parts, channel: Channel): Lane {
  const pace = openPace(channel.capabilities.pace)
  const busy = new Set<Promise<void>>()
  /** Ours, whatever their leases say: with the database away what came of them is still to be written down. */
  const held = new Set<string>()
  const leases = openLeases(store, channel.name)
  let recoveredAt = 0
  let due = true
  /** True while there was more of what nobody waits for than could go. */
  let idleWaits = false
  let looks = 0
  const marks = openMarks(store, () => looks)

  async function recover(at: Date) {
    if (Math.abs(at.getTime() - recoveredAt) < recoverEveryMs) return
    const leasedBefore = alone && recoveredAt === 0 ? new Date(at.getTime() + 2 * leaseMs) : at
    recoveredAt = at.getTime()
    await recoverIn({ store, log, witness }, channel, { at, leasedBefore, except: [...held] })
  }

  async function begin() {
    const at = now()
    due = false
    looks += 1
    await leases.giveBack()
    await recover(at)
    const limit = Math.min(atOnceMax - busy.size, pace.room(at))
    if (limit <= 0) return
    const idleLimit = Math.min(limit, pace.idleRoom(at))
    const rows = await leases.take({ at, limit, idleLimit, except: pace.resting(at) })
    if (rows.length === limit) due = true
    if (idleLimit > 0) idleWaits = rows.filter(({ idle }) => idle).length === idleLimit || due
    // Only now do they leave: the lease has taken its time.
    const leaving = now()
    for (const row of rows) {
      const edit = Boolean(row.editId ?? row.editRef)
      pace.took({ chat: row.chat, group: row.personId === null, edit, idle: row.idle }, leaving)
      held.add(row.id)
      const sending = send(row).finally(() => {
        held.delete(row.id)
        busy.delete(sending)
      })
      busy.add(sending)
    }
  }

  /**
   * Who looks while a chat is spoken to does not see what else waits for it: that is told at its end. Where every place
   * was taken, somebody may wait for this one.
   */
  async function send(row: LeasedRow) {
    const parts = { store, channels, log, now, pace, witness, marks, looks: () => looks }
    const more = await deliver(parts, channel, row)
    if (more || busy.size >= atOnceMax) due = true
  }

  return {
    look: () => {
      due = true
    },
    due: () => due,
    begin,
    busy,
    waitMs: () => Math.min(pace.waitMs(now()), idleWaits ? pace.idleWaitMs(now()) : Infinity),
  }
}

/** A lease whose answer was lost on the way may have been given: it goes back before the next is taken. */
function openLeases(store: Store, channel: string) {
  const unheard: Lease[] = []
  return {
    async take(what: Omit<Parameters<typeof leaseOutbox>[1], keyof Lease>) {
      const until = new Date(what.at.getTime() + leaseMs)
      const lease: Lease = { channel, until, mark: Math.floor(Math.random() * 1_000_000) }
      try {
        return await leaseOutbox(store, { ...what, ...lease })
      } catch (error) {
        unheard.push(lease)
        throw error
      }
    },
    async giveBack() {
      for (let before = unheard.at(-1); before; before = unheard.at(-1)) {
        await giveBackLease(store, before)
        unheard.splice(unheard.indexOf(before), 1)
      }
    },
  }
}

/** What a sender that died has left half sent. */
export async function recoverIn(
  { store, log, witness }: { store: Store; log: Log; witness: Witness | undefined },
  { name, find }: Pick<Channel, 'name' | 'find'>,
  expired: { at: Date; leasedBefore: Date; except: string[] },
) {
  const left = await transact(store, async inner => {
    const found = await recoverExpired(inner, { channel: name, ...expired, findable: find !== undefined })
    for (const { ref } of found.left) await tellLost(inner, ref, expired.at)
    return found.left.length
  })
  for (let n = 0; n < left; n++) witness?.({ what: 'givenUp', channel: name })
  if (left > 0)
    log.warn({ left }, 'a sender died: nobody knows whether these arrived, and they must not twice')
}

/** A bell that anybody may ring; who waits takes `rung` first, so that no ring is missed. */
function newBell() {
  let wake: () => void = () => {}
  let rung: Promise<void> = Promise.resolve()
  const hang = () => {
    rung = new Promise(resolve => {
      wake = resolve
    })
  }
  hang()
  return {
    get rung() {
      return rung
    },
    ring: () => {
      const ringing = wake
      hang()
      ringing()
    },
  }
}
