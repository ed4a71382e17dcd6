import type { Call } from '../fake-telegram/wire.ts'
import type { Stage } from './stage.ts'

/** One message as the platform took it. */
export interface Said {
  readonly text: string
  /** All of it, to see whether another is the same. */
  readonly whole: string
  /** Its place among all calls. */
  readonly nth: number
  readonly at: Date
  readonly fault: Call['fault']
}

/** A message that came again, and the one it repeats. */
export interface Repeat {
  readonly first: Said
  readonly again: Said
  /** From the first's arrival to the strike that kept it from being written down. */
  readonly windowMs: number
}

/** What the platform let through, by chat and in order. */
export function saidByChat({ telegram }: Stage): Map<string, Said[]> {
  const chats = new Map<string, Said[]>()
  telegram.calls.forEach(({ ok, method, payload, fault, at }, nth) => {
    if (!ok || !isSaying(method)) return
    const chat = String(payload.chat_id)
    const text = String(payload.text ?? payload.caption ?? '')
    const whole = JSON.stringify([text, payload.reply_markup ?? null])
    const before = chats.get(chat) ?? []
    before.push({ text, whole, nth, at, fault })
    chats.set(chat, before)
  })
  return chats
}

/** Calls that processes may have under way together: whatever came before these was written down long ago. */
const underWayMax = 150

/**
 * Messages that came twice because a process died, or did not hear the answer, between the platform's taking the first
 * and its own writing that down. Nothing else is said in a chat meanwhile, so the two stand side by side.
 */
export function repeatsOf(stage: Stage, said: readonly Said[]): Repeat[] {
  return said.flatMap((again, n) => {
    const first = said[n - 1]
    if (first?.whole !== again.whole) return []
    const strike = stage.strikes.find(
      ({ callsBefore, callsAfter }) =>
        first.nth < callsAfter && callsBefore <= again.nth && callsBefore - first.nth < underWayMax,
    )
    if (!strike && !first.fault) return []
    const windowMs = strike ? Math.max(0, strike.at.getTime() - first.at.getTime()) : 0
    return [{ first, again, windowMs }]
  })
}

/** Contents that a message was given by an edit and had had before: an old edit that was made again. */
export function editsThatCameBack({ telegram }: Stage): string[] {
  const had = new Map<string, string[]>()
  return telegram.calls.flatMap(({ method, ok, payload }) => {
    if (!ok || !isEdit(method)) return []
    const message = `${payload.chat_id}/${payload.message_id}`
    const content = JSON.stringify([payload.text ?? payload.caption, payload.reply_markup])
    const before = had.get(message) ?? []
    had.set(message, [...before, content])
    return before.includes(content) ? [`${message} ${content}`] : []
  })
}

export const isEdit = (method: string) => /^editMessage/i.test(method)
const isSaying = (method: string) => /^send(?!ChatAction)/i.test(method)
