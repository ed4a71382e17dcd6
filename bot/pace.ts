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
  /** Chats that have had their share for now. */
  resting(at: Date): string[]
  mayGo(chat: string, at: Date): boolean
  /** Notes one call to the platform. */
  took(call: { chat: string; group: boolean; edit: boolean }, at: Date): void
  /** Until more may go than now. Infinity if nothing is held back. */
  waitMs(at: Date): number
}

interface Window extends Rate {
  chat: string | undefined
  times: number[]
}

/**
 * Keeps one process below the platform's limits. Bursts are free while the span has room, so an answer goes out at
 * once. It is asked before a message is leased, so that nothing that waits for its turn is held by a lease.
 */
export function openPace(rates: Rates): Pace {
  const windows = new Map<string, Window>()

  function look(key: string, at: number): Window | undefined {
    const window = windows.get(key)
    if (!window) return undefined
    // Times ahead of now are left from before the clock was set back.
    window.times = window.times.filter(time => time > at - window.perMs && time <= at)
    if (window.times.length === 0) windows.delete(key)
    return window
  }

  function note(key: string, rate: Rate, at: number, chat?: string) {
    if (rate.max === Infinity) return
    const window = windows.get(key) ?? { ...rate, chat, times: [] }
    window.times.push(at)
    windows.set(key, window)
  }

  function full(at: number): Window[] {
    const seen = [...windows.keys()].flatMap(key => look(key, at) ?? [])
    return seen.filter(window => window.times.length >= window.max)
  }

  return {
    room: at => rates.all.max - (look('all', at.getTime())?.times.length ?? 0),
    resting: at => [...new Set(full(at.getTime()).flatMap(window => window.chat ?? []))],
    mayGo: (chat, at) => !full(at.getTime()).some(window => (window.chat ?? chat) === chat),
    took({ chat, group, edit }, at) {
      const time = at.getTime()
      note('all', rates.all, time)
      if (edit && group) note(`edits ${chat}`, rates.group, time, chat)
      if (edit) return
      note(`chat ${chat}`, rates.chat, time, chat)
      if (group) note(`group ${chat}`, rates.group, time, chat)
    },
    waitMs(at) {
      const time = at.getTime()
      return Math.min(...full(time).map(({ times, max, perMs }) => (times.at(-max) ?? time) + perMs - time))
    },
  }
}
