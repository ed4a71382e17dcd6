import { type Category, type Route, routeOf } from './categories.ts'
import { dangersIn, withoutAlarms } from './danger-told.ts'
import { type Known, redact } from './redact.ts'
import { remembered } from './remember.ts'

/** What a volunteers' group may read of a need: no person, no place, and no sentence that raised the alarm. */
export function publicWords(messages: readonly string[], known: Partial<Known>): string {
  return shown(JSON.stringify([messages, known]))
}

/** The summary and the sending of a request read the same words; no more are remembered than are being told now. */
const shown = remembered(
  8,
  asked => {
    const [messages, known] = JSON.parse(asked) as [string[], Partial<Known>]
    return redact(withoutAlarms(messages), known)
  },
  10_000,
)

/**
 * Where a need goes. Whoever tells that somebody hurts or robs them is for cleared people alone, whatever else they
 * need; a danger to life keeps nobody from being helped.
 */
export function routeOfNeed(category: Category, messages: readonly string[]): Route {
  return dangersIn(messages).has('abuse') ? 'restricted' : routeOf(category)
}
