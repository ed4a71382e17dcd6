import { fillers, negations } from '../domain/filler-words.ts'
import { type Likeness, likeness } from '../domain/likeness.ts'
import { phrases, type Token } from '../domain/words.ts'
import {
  beginningsOf,
  isSmall,
  type KnownWord,
  type Pattern,
  type Vocabulary,
  vocabulariesOf,
} from './option-words.ts'
import type { Option } from './prompt.ts'

interface Match {
  at: number
  likeness: Likeness
  /** Further places where it stands as well. */
  again: number[]
}

/** A word of a message that speaks for an option. */
export interface Hit extends Match {
  option: number
  /** Words in the phrase when all of it was said, else 0: «очень хорошо» beats «хорошо». */
  phrase: number
  bare: boolean
  denied: boolean
  weak: boolean
}

/** Every word of a message that speaks for one of the options. */
export function findHits(tokens: readonly Token[], options: readonly Option[]): Hit[] {
  const refused = refusals(tokens)
  const words = tokens.flatMap((token, at) => {
    return token.kind === 'word' && !token.attached
      ? [{ at, token, beginnings: beginningsOf(token.sound) }]
      : []
  })
  return vocabulariesOf(options).flatMap((vocabulary, index) => {
    const { matches, touched } = matchesIn(vocabulary, words)
    return [...touched].flatMap(pattern => hitsOf(pattern, index, tokens, matches, refused))
  })
}

interface SaidWord {
  at: number
  token: Token
  beginnings: readonly string[]
}

/** Only phrases with a word that was said are looked at. */
function matchesIn(vocabulary: Vocabulary, said: readonly SaidWord[]) {
  const matches = new Map<string, Match>()
  const touched = new Set<Pattern>()
  for (const { at, token, beginnings } of said) {
    for (const beginning of beginnings) {
      for (const word of vocabulary.words.get(beginning) ?? []) {
        const near = compare(token, word)
        const known = matches.get(word.sound)
        if (near > 0 && near === known?.likeness) known.again.push(at)
        if (near <= (known?.likeness ?? 0)) continue
        matches.set(word.sound, { at, likeness: near, again: [] })
        for (const pattern of word.patterns) touched.add(pattern)
      }
    }
  }
  return { matches, touched }
}

function hitsOf(
  pattern: Pattern,
  option: number,
  tokens: readonly Token[],
  matches: ReadonlyMap<string, Match>,
  refused: ReadonlySet<number>,
): Hit[] {
  const anywhere = pattern.sounds.map(sound => matches.get(sound))
  const ordered = inOrder(pattern.sounds, anywhere)
  const found = ordered ?? anywhere
  const all = ordered?.every(match => match !== undefined) ?? false
  if (!all && !pattern.partial) return []
  const refusal = found.some(match => match !== undefined && refused.has(match.at))
  const ownRefusal = pattern.sounds.some(sound => negations.has(sound))
  return found.flatMap(match => {
    if (match === undefined) return []
    const sound = tokens[match.at]?.sound ?? ''
    if (!all && (negations.has(sound) || weakWords.has(sound) || sound.length < 2)) return []
    return {
      ...match,
      option,
      phrase: all ? new Set(pattern.sounds).size : 0,
      bare: pattern.bare,
      denied: all ? refusal && !ownRefusal : refused.has(match.at),
      weak: isWeak(pattern, all, sound),
    }
  })
}

/** «Morning» is only what is left of «this morning». */
function isWeak(pattern: Pattern, all: boolean, sound: string): boolean {
  if (all && new Set(pattern.sounds).size > 1) return false
  return weakWords.has(sound) || fillers.has(sound) || !(pattern.bare || pattern.partial)
}

/**
 * «Қате жоқ» is not «жоқ, қате»: words that refuse must stand as they stand in the phrase, and close to it. Undefined
 * if they do not.
 */
function inOrder(
  sounds: readonly string[],
  found: readonly (Match | undefined)[],
): (Match | undefined)[] | undefined {
  if (!sounds.some(sound => negations.has(sound) || denials.has(sound))) return [...found]
  const placed: (Match | undefined)[] = []
  let before = -1
  for (const match of found) {
    const at =
      match && [match.at, ...match.again].find(place => place > before && (before < 0 || place - before < 4))
    if (match === undefined || at === undefined) return undefined
    placed.push({ ...match, at })
    before = at
  }
  return placed
}

function compare(token: Token, { sound, small }: KnownWord): Likeness {
  const near = likeness(token.sound, sound)
  // A courtesy or a small word stands for itself only, never for a longer word with the same root.
  return near < 3 && near > 0 && (small || isSmall(token.sound)) ? 0 : near
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
      const word = tokens[ahead]
      if (word?.kind !== 'word') break
      refused.add(ahead)
      if (!fillers.has(word.sound) && verbEnding.test(word.sound)) break
    }
  }
  return refused
}

/** A verb takes its «не» all to itself: «не ходит, пожаловаться». */
const verbEnding = /(?:it|et|iut|ut|at|iat|il|al|li)$/

const after = new Set(phrases('емес'))
const denials = new Set(phrases('нет, жоқ, no'))
const needs = new Set(phrases('надо, нужно, нужны, нужна, нужен'))
/** Words that often say nothing by themselves: «нет, сегодня», «да, исправить», «екі күннен кейін». */
export const weakWords = new Set(
  phrases(
    'да, нет, ага, иә, жоқ, ок, хорошо, жақсы, жарайды, yes, no, ok, сам, сама, самой, все, кейін, потом, скоро, дом, ' +
      'дома, дому, үй, үйде, home, подожду, ждать, күтемін, күте тұрамын, wait, мой, моя, моей, свой, своя, ' +
      'менің, өзімнің, өз, my, own, mine, утром, днем, вечером, в обед, түсте, кешке, таңертең, кешкісін, morning, afternoon, evening, flat, house, квартира, квартире, квартиру, пәтер',
  ),
)
