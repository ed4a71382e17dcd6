/** At most `max` in any span of `perMs`. */
export interface Rate {
  max: number
  perMs: number
}

/** What a platform puts up with from one bot: in all, in one chat, in one group, and in edits within a group. */
export interface Rates {
  all: Rate
  chat: Rate
  group: Rate
}

export interface Pace {
  /** How many messages may go now. */
  room(at: Date): number
  /**
   * How many of these may be such as nobody waits for. They go evenly at the full rate instead of in heaps, so that
   * room for an answer comes free all the time.
   */
  idleRoom(at: Date): number
  /** Chats that have had their share for now. */
  resting(at: Date): string[]
  mayGo(chat: string, at: Date): boolean
  /** The platform wants nothing for this chat until then, whichever message it is. */
  rest(chat: string, until: Date): void
  /** Notes one call to the platform. */
  took(call: { chat: string; group: boolean; edit: boolean; idle?: boolean }, at: Date): void
  /** Until more may go than now. Infinity if nothing is held back. */
  waitMs(at: Date): number
  /** Until one more idle message may go. */
  idleWaitMs(at: Date): number
}

interface Window extends Rate {
  chat: string | undefined
  times: number[]
}

/** A little slower than all may go together: else a moment once lost could never be made good. */
const idleShare = 1.008
/** How many idle messages may catch up at once after a moment in which none went. */
const idleAtOnceMax = 10
const sweepEveryMs = 60_000

/**
 * Keeps one process below the platform's limits. Bursts are free while the span has room, so an answer goes out at
 * once. It is asked before a message is leased, so that nothing that waits for its turn is held by a lease.
 */
export function openPace(rates: Rates): Pace {
  const { note, fullAt, allIn } = openWindows()
  const idleEveryMs = rates.all.max === Infinity ? 0 : (idleShare * rates.all.perMs) / rates.all.max
  /** Idle messages may go one by one from this time on, each taking its share of it. */
  let idleFrom = 0

  function idleSince(at: number): number {
    const earliest = at - idleAtOnceMax * idleEveryMs
    return idleFrom < earliest || idleFrom > at + idleEveryMs ? earliest : idleFrom
  }

  const rests = new Map<string, number>()
  const restingIn = (at: number) => stillAfter(rests, at)

  const room = (at: Date) => rates.all.max - allIn(at.getTime())

  return {
    room,
    idleRoom(at) {
      if (idleEveryMs === 0) return Infinity
      const time = at.getTime()
      return Math.min(room(at), Math.floor((time - idleSince(time)) / idleEveryMs))
    },
    resting(at) {
      const full = fullAt(at.getTime()).flatMap(window => window.chat ?? [])
      return [...new Set([...full, ...restingIn(at.getTime()).map(([chat]) => chat)])]
    },
    mayGo(chat, at) {
      const full = fullAt(at.getTime()).some(window => (window.chat ?? chat) === chat)
      return !full && !restingIn(at.getTime()).some(([resting]) => resting === chat)
    },
    rest: (chat, until) => void rests.set(chat, until.getTime()),
    took({ chat, group, edit, idle }, at) {
      const time = at.getTime()
      if (idle) idleFrom = idleSince(time) + idleEveryMs
      note('all', rates.all, time)
      if (edit && group) note(`edits ${chat}`, rates.group, time, chat)
      if (edit) return
      note(`chat ${chat}`, rates.chat, time, chat)
      if (group) note(`group ${chat}`, rates.group, time, chat)
    },
    idleWaitMs(at) {
      const time = at.getTime()
      return Math.max(0, idleSince(time) + idleEveryMs - time)
    },
    waitMs(at) {
      const time = at.getTime()
      const rested = restingIn(time).map(([, until]) => until - time)
      const free = fullAt(time).map(({ times, max, perMs }) => (times.at(-max) ?? time) + perMs - time)
      return Math.min(...free, ...rested)
    },
  }
}

/** What was called lately, in all and by chat. */
function openWindows() {
  const windows = new Map<string, Window>()
  /** Which of them may be full: of thousands of chats it is a few. */
  const tired = new Set<string>()
  let sweptAt = 0

  function note(key: string, rate: Rate, at: number, chat?: string) {
    if (rate.max === Infinity) return
    const window = living(windows, key, at) ?? { ...rate, chat, times: [] }
    window.times.push(at)
    windows.set(key, window)
    if (window.times.length >= window.max) tired.add(key)
    if (Math.abs(at - sweptAt) < sweepEveryMs) return
    sweptAt = at
    for (const other of windows.keys()) living(windows, other, at)
  }

  function fullAt(at: number): Window[] {
    const found: Window[] = []
    for (const key of tired) {
      const window = living(windows, key, at)
      if (window && window.times.length >= window.max) found.push(window)
      else tired.delete(key)
    }
    return found
  }

  const allIn = (at: number) => living(windows, 'all', at)?.times.length ?? 0
  return { note, fullAt, allIn }
}

/** Which of these have not come yet; what is over is forgotten. */
function stillAfter(times: Map<string, number>, at: number): [string, number][] {
  for (const [key, time] of times) if (time <= at) times.delete(key)
  return [...times]
}

/** A window with the calls that still count; one without any is forgotten. */
function living(windows: Map<string, Window>, key: string, at: number): Window | undefined {
  const window = windows.get(key)
  if (!window) return undefined
  const { times, perMs } = window
  const [first = at] = times
  if (first > at - perMs && (times.at(-1) ?? at) <= at && times.length > 0) return window
  // Times ahead of now are left from before the clock was set back.
  window.times = window.times.filter(time => time > at - window.perMs && time <= at)
  if (window.times.length === 0) windows.delete(key)
  return window
}
