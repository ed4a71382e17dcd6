import { tooManyRequests } from './refusal.ts'
import type { ChatState } from './world.ts'

export interface Rates {
  /** A short burst is forgiven, a lasting stream above one a second is not. */
  chatBurst: number
  chatPerSecond: number
  groupPerMinute: number
  groupEditsPerMinute: number
  overallPerSecond: number
}

export const telegramRates: Rates = {
  chatBurst: 5,
  chatPerSecond: 1,
  groupPerMinute: 20,
  groupEditsPerMinute: 20,
  overallPerSecond: 30,
}

export type Weight = 'send' | 'edit' | 'free'

/** Counts what reaches Telegram. A refused call is not counted: the real service is less kind. */
export class RateLimits {
  readonly rates: Rates
  readonly #times = new Map<string, number[]>()

  constructor(rates: Rates) {
    this.rates = rates
  }

  take(chat: ChatState, weight: Weight, now: Date): void {
    if (weight === 'free') return
    const at = now.getTime()
    const windows = this.#windows(chat, weight)
    const waits = windows.map(window => this.#waitMs(window, at))
    const wait = Math.max(...waits)
    if (wait > 0) throw tooManyRequests(Math.max(1, Math.ceil(wait / 1000)))
    for (const window of windows) this.#times.get(window.key)?.push(at)
  }

  #windows(chat: ChatState, weight: Weight): Window[] {
    const { chatBurst, chatPerSecond, groupPerMinute, groupEditsPerMinute, overallPerSecond } = this.rates
    const overall = { key: 'all', max: overallPerSecond, spanMs: 1000 }
    if (weight === 'edit')
      return chat.kind === 'private'
        ? [overall]
        : [overall, { key: `edits ${chat.id}`, max: groupEditsPerMinute, spanMs: 60_000 }]
    const perChat = { key: `chat ${chat.id}`, max: chatBurst, spanMs: (chatBurst / chatPerSecond) * 1000 }
    return chat.kind === 'private'
      ? [overall, perChat]
      : [overall, perChat, { key: `group ${chat.id}`, max: groupPerMinute, spanMs: 60_000 }]
  }

  #waitMs({ key, max, spanMs }: Window, at: number): number {
    const recent = (this.#times.get(key) ?? []).filter(time => time > at - spanMs)
    this.#times.set(key, recent)
    if (recent.length < max) return 0
    return (recent.at(-max) ?? at) + spanMs - at
  }
}

interface Window {
  key: string
  max: number
  spanMs: number
}
