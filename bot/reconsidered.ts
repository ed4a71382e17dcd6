import type { Control } from '../domain/control-words.ts'
import { asksBack, fillers, negations, withoutHedges } from '../domain/filler-words.ts'
import { isSpelledNumber } from '../domain/numerals.ts'
import { phrases } from '../domain/words.ts'
import type { Answer, Reading } from './answer.ts'
import { conjunctions } from './both-options.ts'
import { findLikely, type Likely } from './likely-option.ts'
import { findNamed } from './named-option.ts'

/** What the rules leave open, the sayings of others may settle; they never make a consent. */
export function reconsidered(answer: Answer, reading: Reading): Answer {
  const { text, tokens, sounds, question } = reading
  if (answer.kind === 'outOfRange' || tellsNothing(reading)) return answer
  const likely = findLikely(tokens, question.options)
  const id = 'id' in answer ? answer.id : undefined
  const firm = answer.kind === 'choice'
  if (!likely || (firm && (likely.id === id || likely.lead < leadMin.overRules))) return answer
  if (question.free && likely.lead < leadMin.certain) return answer
  const ahead = (least: number) => likely.lead >= least
  if (likely.kind === 'text')
    return likely.id === 'text' && id && !firm && ahead(leadMin.text) ? { kind: 'text', text } : answer
  if (likely.kind === 'control')
    return ahead(id || likely.id === 'cancel' ? leadMin.controlOverOption : leadMin.control)
      ? { kind: 'control', control: likely.id as Control }
      : answer
  // It knows no «не»: «не сегодня» is not today.
  const denied = sounds.some(sound => negations.has(sound)) && findNamed(tokens, question.options)
  if (denied && denied.kind === 'denied' && denied.option.id === likely.id) return answer
  // Two were named: the likelier one is worth asking about, and no more; but not of «хлеб и лекарства».
  if (answer.kind === 'ambiguous')
    return ahead(leadMin.askOther) && !tokens.some(({ text }) => conjunctions.has(text))
      ? { kind: 'confirm', id: likely.id }
      : answer
  const refusal = question.strict && likely.id === question.options[1]?.id
  const least = likely.id === id ? leadMin.same : id || refusal ? leadMin.over : leadMin.alone
  if (!firm && ahead(least) && !isGuarded(likely, reading)) return { kind: 'choice', id: likely.id }
  return ahead(id ? leadMin.askOther : leadMin.ask) ? { kind: 'confirm', id: likely.id } : answer
}

/** «Да, если бесплатно», «согласна, но без адреса». */
export function isConditional(sounds: readonly string[]): boolean {
  return sounds.some(sound => conditions.has(sound) && !(sound === 'no' && sounds[0] === 'no'))
}

/** How far ahead the likeliest must be, found on answers that had not been counted. */
const leadMin = {
  same: 0.5,
  alone: 3.5,
  ask: 0.7,
  askOther: 2.5,
  text: 1.5,
  control: 2,
  controlOverOption: 5,
  over: 5,
  overRules: 8,
  certain: 10,
}

/** Nothing but numbers and small words. */
function tellsNothing({ text, sounds }: Reading): boolean {
  return isSpelledNumber(text) || sounds.every(sound => fillers.has(sound))
}

/** A consent is never guessed, and who asks, wavers or sets a condition must be very plain. */
function isGuarded({ id, lead }: Likely, { tokens, text, sounds, question }: Reading): boolean {
  const { options, strict, yesNo } = question
  const first = id === options[0]?.id
  if (strict && (first || !yesNo)) return true
  if (lead >= leadMin.certain) return false
  if (withoutHedges(tokens).hedged || (yesNo && first && isConditional(sounds))) return true
  // «Поясните, кто это прочтёт» asks, and is «подробнее» all the same.
  const replies = options.findIndex(option => option.id === id) < 2
  return asksBack(sounds) && (yesNo ? replies : text.includes('?'))
}

const conditions = new Set(phrases('если, только, но, однако, егер, бірақ, тек, if, but, only, unless'))
