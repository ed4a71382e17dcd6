import { fillers, negations } from '../domain/filler-words.ts'
import { type Likeness, likeness } from '../domain/likeness.ts'
import { phrases, type Token } from '../domain/words.ts'
import { type Pattern, patternsOf } from './option-words.ts'
import type { Option } from './prompt.ts'

/** What the words of a message say about the options. `denied`: only refused («не сегодня»). */
export type Named =
  | { kind: 'one'; option: Option }
  | { kind: 'several' }
  | { kind: 'denied'; option: Option }
  | undefined

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
  const meantOption = options[winner ?? -1]
  if (meantOption) return { kind: 'one', option: meantOption }
  if (meant.length > 0) return afterBut(tokens, options) ?? { kind: 'several' }
  const denied = options[pick(hits) ?? -1]
  return denied && { kind: 'denied', option: denied }
}

/** «Помогли, но не до конца»: what stands behind the «но» is the answer. */
function afterBut(tokens: readonly Token[], options: readonly Option[]): Named {
  const turn = tokens.findLastIndex(token => turns.has(token.text))
  const named = turn > 0 ? findNamed(tokens.slice(turn + 1), options) : undefined
  return named?.kind === 'one' ? named : undefined
}

function hitsOf(
  pattern: Pattern,
  tokens: readonly Token[],
  refused: ReadonlySet<number>,
): Omit<Hit, 'option'>[] {
  const found = pattern.sounds.map(sound => nearestToken(sound, tokens))
  const all = found.every(match => match !== undefined) && inOrder(pattern.sounds, found)
  if (!all && !pattern.partial) return []
  const refusal = found.some(match => match !== undefined && refused.has(match.at))
  const ownRefusal = pattern.sounds.some(sound => negations.has(sound))
  return found.flatMap(match => {
    if (match === undefined) return []
    const sound = tokens[match.at]?.sound ?? ''
    if (!all && (negations.has(sound) || weakWords.has(sound) || sound.length < 2)) return []
    return {
      ...match,
      phrase: all ? pattern.sounds.length : 0,
      denied: all ? refusal && !ownRefusal : refused.has(match.at),
      weak: (!all || pattern.sounds.length === 1) && (weakWords.has(sound) || fillers.has(sound)),
    }
  })
}

/** «Қате жоқ» is not «жоқ, қате»: words that refuse must stand as they stand in the phrase. */
function inOrder(sounds: readonly string[], found: readonly ({ at: number } | undefined)[]): boolean {
  if (!sounds.some(sound => negations.has(sound) || denials.has(sound))) return true
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

/** Words under a «не», up to two behind it, or before «не надо» and «керек емес». */
function refusals(tokens: readonly Token[]): Set<number> {
  const refused = new Set<number>()
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1]
    const reachesBack = after.has(token.sound) || (negations.has(token.sound) && needs.has(next?.sound ?? ''))
    if (reachesBack) for (const back of [at - 1, at - 2]) if (tokens[back]?.kind === 'word') refused.add(back)
    if (!negations.has(token.sound) || after.has(token.sound)) continue
    for (const ahead of [at + 1, at + 2]) {
      if (tokens[ahead]?.kind !== 'word') break
      refused.add(ahead)
    }
  }
  return refused
}

const after = new Set(phrases('емес'))
/** Folded, not as sounds: «но» sounds like the English no. */
const turns = new Set(['но', 'однако', 'только', 'бирак', 'тек', 'but', 'only'])
const denials = new Set(phrases('нет, жоқ, no'))
const needs = new Set(phrases('надо, нужно, нужны, нужна, нужен'))
/** Words that often say nothing by themselves: «нет, сегодня», «да, исправить», «екі күннен кейін». */
const weakWords = new Set(
  phrases(
    'да, нет, ага, иә, жоқ, ок, хорошо, жақсы, жарайды, yes, no, ok, сам, сама, самой, все, кейін, потом, скоро, дом, ' +
      'дома, дому, үй, үйде, home',
  ),
)
