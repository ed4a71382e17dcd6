import { fillers, negations } from '../domain/filler-words.ts'
import { type Likeness, likeness } from '../domain/likeness.ts'
import { phrases, type Token } from '../domain/words.ts'
import {
  beginningsOf,
  isSmall,
  type KnownWord,
  type Pattern,
  type Vocabulary,
  vocabularyOf,
} from './option-words.ts'
import type { Option } from './prompt.ts'

/** `rest`: telling words that say nothing about the option; `said`: words that do; `sure`: none too small or unlike. */
export interface Weight {
  rest: number
  said: number
  sure: boolean
}

/**
 * What the words of a message say about the options. `denied`: only refused («не сегодня»).
 */
export type Named =
  | ({ kind: 'one'; option: Option } & Weight)
  | { kind: 'several' }
  | { kind: 'denied'; option: Option }
  | undefined

interface Match {
  at: number
  likeness: Likeness
  /** Further places where it stands as well. */
  again: number[]
}

interface Hit extends Match {
  option: number
  /** Words in the phrase when all of it was said, else 0: «очень хорошо» beats «хорошо». */
  phrase: number
  bare: boolean
  denied: boolean
  weak: boolean
}

/** The option a message names with the words of its label or its keywords, whatever their endings. */
export function findNamed(tokens: readonly Token[], options: readonly Option[]): Named {
  const refused = refusals(tokens)
  const hits = options.flatMap((option, index) => hitsOn(vocabularyOf(option), index, tokens, refused))
  if (hits.length === 0) return undefined
  const meant = hits.filter(hit => !hit.denied)
  const telling = strongest(meant, tokens)
  const winner = pick(telling)
  const option = options[winner ?? -1]
  if (option)
    return {
      kind: 'one',
      option,
      ...weigh(
        meant.filter(hit => hit.option === winner),
        tokens,
      ),
    }
  if (meant.length > 0) return afterBut(tokens, options) ?? mostly(telling, tokens, options)
  const denied = options[pick(hits) ?? -1]
  return denied && { kind: 'denied', option: denied }
}

/** Words of several options without an «и» between them: probably the one with most. */
function mostly(hits: readonly Hit[], tokens: readonly Token[], options: readonly Option[]): Named {
  const joined = tokens.some(token => joints.has(token.text))
  const option = joined ? undefined : options[pick(hits, true) ?? -1]
  return option ? { kind: 'one', option, rest: tokens.length, sure: false, said: 0 } : { kind: 'several' }
}

function weigh(hits: readonly Hit[], tokens: readonly Token[]): Weight {
  const covered = new Set(hits.map(hit => hit.at))
  const rest = tokens.filter(({ kind, sound }, at) => {
    return kind !== 'sign' && !covered.has(at) && !fillers.has(sound) && !weakWords.has(sound)
  })
  return { rest: rest.length, sure: hits.some(hit => hit.likeness > 1 && !hit.weak), said: covered.size }
}

/** «Помогли, но не до конца»: what stands behind the «но» is the answer. */
function afterBut(tokens: readonly Token[], options: readonly Option[]): Named {
  const turn = tokens.findLastIndex(token => turns.has(token.text))
  const named = turn > 0 ? findNamed(tokens.slice(turn + 1), options) : undefined
  return named?.kind === 'one' ? named : undefined
}

/** Only phrases with a word that was said are looked at. */
function hitsOn(
  vocabulary: Vocabulary,
  option: number,
  tokens: readonly Token[],
  refused: ReadonlySet<number>,
): Hit[] {
  const matches = new Map<string, Match>()
  const touched = new Set<Pattern>()
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'word' || token.attached) continue
    for (const beginning of beginningsOf(token.sound)) {
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
  return [...touched].flatMap(pattern => hitsOf(pattern, option, tokens, matches, refused))
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
      phrase: all ? pattern.sounds.length : 0,
      bare: pattern.bare,
      denied: all ? refusal && !ownRefusal : refused.has(match.at),
      weak: isWeak(pattern, all, sound),
    }
  })
}

/** «Morning» is only what is left of «this morning». */
function isWeak(pattern: Pattern, all: boolean, sound: string): boolean {
  if (all && pattern.sounds.length > 1) return false
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

/** Whole phrases and keywords if there are any, else single words of labels, else words that often say nothing. */
function strongest(hits: readonly Hit[], tokens: readonly Token[]): readonly Hit[] {
  const firm = hits.filter(hit => !hit.weak)
  // «Машина до больницы»: where somebody goes is no answer while another word is one.
  const things = firm.filter(hit => !places.some(place => tokens[hit.at]?.sound.startsWith(place)))
  const whole = things.filter(hit => hit.phrase > 0 && hit.likeness > 1)
  return [whole, things, firm, hits].find(some => some.length > 0) ?? hits
}

/**
 * Each word speaks for the options it fits best; the one with the most wins if no other has a word of its own.
 * `most`: one that merely has twice as many words as any other, worth asking about.
 */
function pick(hits: readonly Hit[], most = false): number | undefined {
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
  if (own.size > 1) return most ? leaderOf(own) : undefined
  if (own.size > 0) return [...own.keys()][0]
  const highest = Math.max(...shared.values())
  const leaders = [...shared].flatMap(([option, count]) => (count === highest ? [option] : []))
  // «Correct» stands for itself before it stands for «correct it».
  const bare = leaders.filter(option => hits.some(hit => hit.option === option && hit.bare && hit.phrase > 0))
  return [leaders, bare].find(some => some.length === 1)?.[0]
}

function leaderOf(counts: ReadonlyMap<number, number>): number | undefined {
  const [first, second] = [...counts].sort(([, a], [, b]) => b - a)
  return first && second && first[1] >= 2 * second[1] ? first[0] : undefined
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
const turns = new Set(['но', 'однако', 'только', 'бирак', 'тек', 'but', 'only', 'лучше', 'rather', 'better'])
const joints = new Set([
  ',',
  '+',
  '/',
  'и',
  'или',
  'да',
  'жане',
  'мен',
  'пен',
  'бен',
  'немесе',
  'and',
  'or',
  'также',
  'тоже',
])
const places = phrases(
  'емхана, аурухана, поликлиник, больниц, госпитал, диспансер, прием, анализ, процедур, обследован, врачу, дәрігерге, ' +
    'қабылдауға, цон, собес, акимат, әкімдік, банк, почт, вокзал, кладбищ, hospital, clinic',
)
const denials = new Set(phrases('нет, жоқ, no'))
const needs = new Set(phrases('надо, нужно, нужны, нужна, нужен'))
/** Words that often say nothing by themselves: «нет, сегодня», «да, исправить», «екі күннен кейін». */
const weakWords = new Set(
  phrases(
    'да, нет, ага, иә, жоқ, ок, хорошо, жақсы, жарайды, yes, no, ok, сам, сама, самой, все, кейін, потом, скоро, дом, ' +
      'дома, дому, үй, үйде, home, подожду, ждать, күтемін, күте тұрамын, wait, мой, моя, моей, свой, своя, ' +
      'менің, өзімнің, өз, my, own, mine, flat, house, квартира, квартире, квартиру, пәтер',
  ),
)
