import { fillers, intensifiers, interrogatives } from '../domain/filler-words.ts'
import { distance, type Likeness, likeness } from '../domain/likeness.ts'
import { phrases, soundsOf, spellings, type Token } from '../domain/words.ts'
import { labelWords, type Option } from './prompt.ts'

/** What the words of a message say about the options. `denied`: only refused («не сегодня»). */
export type Named =
  | { kind: 'one'; option: Option; whole: boolean }
  | { kind: 'several' }
  | { kind: 'denied'; option: Option }
  | undefined

/** A phrase that stands for an option; `partial` ones (labels) also count by single words. */
interface Pattern {
  sounds: readonly string[]
  partial: boolean
}

interface Hit {
  option: number
  at: number
  likeness: Likeness
  /** Words in the phrase when all of it was said, else 0: «очень хорошо» beats «хорошо». */
  phrase: number
  denied: boolean
  weak: boolean
}

/** The option a message names with the words of its label or its keywords, whatever their endings. */
export function findNamed(tokens: readonly Token[], options: readonly Option[]): Named {
  const vocabulary = options.map(patternsOf)
  const refused = refusals(tokens)
  const hits = vocabulary.flatMap((patterns, option) =>
    patterns.flatMap(pattern => hitsOf(pattern, tokens, refused).map(hit => ({ ...hit, option }))),
  )
  const meant = hits.filter(hit => !hit.denied)
  const winner = pick(strongest(meant))
  if (winner !== undefined) return one(winner, tokens, meant, options)
  if (meant.length > 0) return { kind: 'several' }
  const denied = options[pick(hits) ?? -1]
  return denied && { kind: 'denied', option: denied }
}

/** The option whose word is nearest to a misspelt one, if no other is as near. */
export function findMisspelt(tokens: readonly Token[], options: readonly Option[]): Option | undefined {
  const words = tokens.filter(token => token.kind === 'word' && !fillers.has(token.sound))
  if (words.length === 0 || words.length > 4) return undefined
  const nearness = options.map(option => {
    const known = patternsOf(option).flatMap(pattern => pattern.sounds)
    return Math.max(...words.flatMap(word => known.map(sound => closeness(word.sound, sound))), 0)
  })
  const best = Math.max(...nearness, 0)
  return best > 0 && nearness.filter(near => near === best).length === 1
    ? options[nearness.indexOf(best)]
    : undefined
}

/** The only option that has a word beginning like this. */
export function findBegun(sound: string, options: readonly Option[]): Option | undefined {
  const begun = options.filter(option =>
    patternsOf(option).some(pattern => pattern.sounds.some(known => known.startsWith(sound))),
  )
  return sound.length >= 3 && begun.length === 1 ? begun[0] : undefined
}

/** Options whose label or keyword is exactly what was said, word by word. */
export function findWhole(sounds: readonly string[], options: readonly Option[]): Option[] {
  const said = sounds.join(' ')
  return options.filter(option =>
    [option.label, option.short ?? '', ...(option.keywords ?? [])].some(
      words => said !== '' && phrases(labelWords(words).replaceAll(',', ' ')).includes(said),
    ),
  )
}

const known = new WeakMap<Option, Pattern[]>()

function patternsOf(option: Option): Pattern[] {
  const patterns = known.get(option) ?? readPatterns(option)
  known.set(option, patterns)
  return patterns
}

function readPatterns(option: Option): Pattern[] {
  const labels = [option.label, option.short ?? ''].map(label => ({
    words: labelWords(label),
    partial: true,
  }))
  const keywords = (option.keywords ?? []).map(words => ({ words, partial: false }))
  return [...labels, ...keywords].flatMap(({ words, partial }) =>
    spellings(words).flatMap(spelling => {
      const all = soundsOf(spelling)
      const telling = all.filter(sound => !fillers.has(sound) || intensifiers.has(sound))
      const sounds = telling.some(sound => !empty.has(sound)) ? telling : all
      return sounds.length > 0 ? [{ sounds, partial }] : []
    }),
  )
}

function hitsOf(
  pattern: Pattern,
  tokens: readonly Token[],
  refused: ReadonlySet<number>,
): Omit<Hit, 'option'>[] {
  const found = pattern.sounds.map(sound => nearestToken(sound, tokens))
  const all = found.every(match => match !== undefined) && inOrder(pattern.sounds, found)
  if (!all && !pattern.partial) return []
  const ownRefusal = pattern.sounds.some(sound => negations.has(sound) || sound === 'no')
  return found.flatMap(match => {
    if (match === undefined) return []
    const sound = tokens[match.at]?.sound ?? ''
    if (!all && (negations.has(sound) || weakWords.has(sound) || sound.length < 2)) return []
    return {
      ...match,
      phrase: all ? pattern.sounds.length : 0,
      denied: refused.has(match.at) && !(all && ownRefusal),
      weak: (!all || pattern.sounds.length === 1) && (weakWords.has(sound) || fillers.has(sound)),
    }
  })
}

/** «Қате жоқ» is not «жоқ, қате»: words that refuse must stand as they stand in the phrase. */
function inOrder(sounds: readonly string[], found: readonly ({ at: number } | undefined)[]): boolean {
  if (!sounds.some(sound => negations.has(sound) || weakWords.has(sound))) return true
  const places = found.map(match => match?.at ?? -1)
  return places.every((at, index) => index === 0 || at > (places[index - 1] ?? -1))
}

function nearestToken(
  sound: string,
  tokens: readonly Token[],
): { at: number; likeness: Likeness } | undefined {
  let best: { at: number; likeness: Likeness } | undefined
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'word') continue
    const near = token.attached ? 0 : compare(token, sound)
    if (near > (best?.likeness ?? 0)) best = { at, likeness: near }
  }
  return best
}

function compare(token: Token, sound: string): Likeness {
  const near = likeness(token.sound, sound)
  // A courtesy or a small word stands for itself only, never for a longer word with the same root.
  const small = [token.sound, sound].some(either => fillers.has(either) || negations.has(either))
  return near < 3 && small ? 0 : near
}

/** Whole phrases and keywords if there are any, else single words of labels, else words that often say nothing. */
function strongest(hits: readonly Hit[]): readonly Hit[] {
  const firm = hits.filter(hit => !hit.weak)
  const whole = firm.filter(hit => hit.phrase > 0 && hit.likeness > 1)
  return [whole, firm, hits].find(some => some.length > 0) ?? hits
}

/** Each word speaks for the options it fits best; the one with the most wins if no other has a word of its own. */
function pick(hits: readonly Hit[]): number | undefined {
  const own = new Map<number, number>()
  const shared = new Map<number, number>()
  for (const at of new Set(hits.map(hit => hit.at))) {
    const here = hits.filter(hit => hit.at === at)
    const strength = (hit: Hit) => hit.likeness * 10 + hit.phrase
    const top = Math.max(...here.map(strength))
    const winners = new Set(here.filter(hit => strength(hit) === top).map(hit => hit.option))
    const tally = winners.size === 1 ? own : shared
    for (const option of winners) tally.set(option, (tally.get(option) ?? 0) + 1)
  }
  if (own.size > 0) return own.size === 1 ? [...own.keys()][0] : undefined
  const most = Math.max(...shared.values())
  const leaders = [...shared].filter(([, count]) => count === most)
  return leaders.length === 1 ? leaders[0]?.[0] : undefined
}

function one(
  winner: number,
  tokens: readonly Token[],
  hits: readonly Hit[],
  options: readonly Option[],
): Named {
  const option = options[winner]
  const covered = new Set(hits.filter(hit => hit.option === winner).map(hit => hit.at))
  const whole = tokens.every(
    (token, at) => token.kind !== 'word' || covered.has(at) || fillers.has(token.sound),
  )
  return option && { kind: 'one', option, whole }
}

/** Words under a «не», up to two behind it, or before «не надо» and «керек емес». */
function refusals(tokens: readonly Token[]): Set<number> {
  const refused = new Set<number>()
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1]
    const reachesBack = after.has(token.sound) || (isNegation(token) && needs.has(next?.sound ?? ''))
    if (reachesBack) for (const back of [at - 1, at - 2]) if (tokens[back]?.kind === 'word') refused.add(back)
    if (!isNegation(token) || after.has(token.sound)) continue
    for (const ahead of [at + 1, at + 2]) {
      if (tokens[ahead]?.kind !== 'word') break
      refused.add(ahead)
    }
  }
  return refused
}

/** «No» sounds like the Russian «но», which refuses nothing. */
function isNegation(token: Token): boolean {
  return negations.has(token.sound) || token.text === 'no'
}

function closeness(said: string, known: string): number {
  const length = Math.max(said.length, known.length)
  if (said.length < 4 || known.length < 4 || (length < 6 && said[0] !== known[0])) return 0
  const apart = distance(said, known)
  return apart <= Math.floor(length / 4) ? 1 - apart / length : 0
}

const after = new Set(phrases('емес'))
const negations = new Set([...phrases('не, без, not, dont, didnt'), ...after])
const empty = new Set([...negations, ...intensifiers, ...interrogatives, ...phrases('будет')])
const needs = new Set(phrases('надо, нужно, нужны, нужна, нужен'))
/** Words that often say nothing by themselves: «нет, сегодня», «да, исправить», «екі күннен кейін». */
const weakWords = new Set(
  phrases(
    'да, нет, ага, иә, жоқ, ок, хорошо, жақсы, жарайды, yes, no, ok, сам, сама, самой, все, кейін, потом, скоро',
  ),
)
