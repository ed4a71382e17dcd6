import { mentionIn } from '../domain/numerals.ts'
import { phrases, soundsOf, type Token } from '../domain/words.ts'
import { findWhole } from './option-words.ts'
import type { Option } from './prompt.ts'

/**
 * Lengths of time put as the plain words options are known by: «через 2 часа» is today, «2-3 күнде» tomorrow,
 * «5 дней» later. Only where the options tell these three apart.
 */
export function withPlainTimes(tokens: readonly Token[], options: readonly Option[]): readonly Token[] {
  if (!tokens.some(token => unitOf(token.sound) !== undefined)) return tokens
  if (!plainTimes.every(word => findWhole([word], options).length === 1)) return tokens
  const kept: Token[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]
    if (token === undefined) continue
    const unit = unitOf(token.sound)
    const ahead = unit && amountAhead(tokens, at)
    const amount = ahead?.amount ?? (unit && takeAmount(kept))
    if (unit === undefined || amount === undefined) kept.push(token)
    else kept.push({ kind: 'word', text: token.text, sound: plainTime(unit, amount), attached: false })
    if (ahead) at = ahead.end
    while (amount !== undefined && afterwards.has(tokens[at + 1]?.sound ?? '')) at++
  }
  return kept
}

type Unit = 'minutes' | 'hours' | 'days' | 'long'

/** A known form, or a long one with any ending: «сағаттың». */
function unitOf(sound: string): Unit | undefined {
  return units.get(sound) ?? stems.find(([stem]) => sound.startsWith(stem))?.[1]
}

/** Removes the number before a unit, as «2», «два-три» or «пару»; «через час» counts as one, «в 3 часа» does not. */
function takeAmount(before: Token[]): number | undefined {
  let end = before.length
  let amount: number | undefined
  while (end > 0) {
    const token = before[end - 1]
    const value = token && amountIn(token)
    const dash = token?.kind === 'sign' && /^[-–—,]$/.test(token.text) && amount !== undefined
    if (value === undefined && !dash && !(token && joints.has(token.sound) && amount !== undefined)) break
    amount = Math.max(amount ?? 0, value ?? 0)
    end--
  }
  const lead = before[end - 1]?.sound ?? ''
  if (amount !== undefined && clockBefore.has(lead)) return undefined
  if (amount === undefined && !throughBefore.has(lead)) return undefined
  before.length = throughBefore.has(lead) ? end - 1 : end
  return amount ?? 1
}

/** «Дней через десять», «недели две». */
function amountAhead(tokens: readonly Token[], at: number): { amount: number; end: number } | undefined {
  const end = throughBefore.has(tokens[at + 1]?.sound ?? '') ? at + 2 : at + 1
  const number = tokens[end]
  const amount = number?.kind === 'word' && !number.attached ? mentionIn(number)?.value : undefined
  const digits = end === at + 2 && number?.kind === 'number' ? Number(number.text) : undefined
  const value = amount ?? digits
  return value === undefined ? undefined : { amount: value, end }
}

function amountIn(token: Token): number | undefined {
  if (articles.has(token.sound)) return 1
  return few.has(token.sound) ? 2 : mentionIn(token)?.value
}

function plainTime(unit: Unit, amount: number): string {
  const [today = '', soon = '', later = ''] = plainTimes
  if (unit === 'minutes') return today
  if (unit === 'hours') return amount <= hoursInDay ? today : soon
  return unit === 'days' && amount <= soonDaysMax ? soon : later
}

const hoursInDay = 24
const soonDaysMax = 3
const plainTimes = soundsOf('сегодня завтра несрочно')
const units: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ...named('minutes', 'минут, минуты, минуту, минуток, минуттан, minute, minutes'),
  ...named('hours', 'час, часа, часов, часик, часок, сағат, сағаттан, сағатта, hour, hours'),
  ...named(
    'days',
    'дня, дней, день, дни, денька, денек, деньков, сутки, суток, күн, күнде, күннен, күнге, күннің, day, days',
  ),
  ...named(
    'long',
    'недели, недель, недельку, недельки, неделю, неделя, неделе, месяц, месяце, месяца, месяцев, год, апта, аптадан, аптада, ай, айдан, айда, week, weeks, ' +
      'month, months',
  ),
])
const afterwards = new Set(phrases('соң, кейін, ішінде, ішіндегі, дейін, спустя, later, time, from, now'))
const few = new Set(phrases('пару, пара, несколько, бірнеше, бірер, couple, few, полтора, пол, жарты, half'))
const stems: readonly (readonly [string, Unit])[] = [
  ...named('minutes', 'минут'),
  ...named('hours', 'сағат'),
  ...named('long', 'апта, недел, месяц'),
]
const articles = new Set(['a', 'an'])
const joints = new Set(phrases('или, немесе, of, or'))
const clockBefore = new Set(phrases('в, к, с, до, at, by, сағат, саат'))
const throughBefore = new Set(
  phrases(
    'через, за, in, within, ближайший, ближайшие, ближайших, следующий, следующем, следующую, следующей, следующего, будущем, будущей, той, келесі, келер, ' +
      'алдағы, ендігі, next, following',
  ),
)

function named(unit: Unit, words: string): [string, Unit][] {
  return phrases(words).map(sound => [sound, unit])
}
