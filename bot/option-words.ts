import { fillers, intensifiers, interrogatives, negations } from '../domain/filler-words.ts'
import { lettersOf, reduced } from '../domain/likeness.ts'
import { plainNumber } from '../domain/numerals.ts'
import { phrases, soundsOf, spellings, tokenize } from '../domain/words.ts'
import { labelWords, type Option } from './prompt.ts'

/** A phrase that stands for an option; `partial` ones (labels) also count by single words. */
export interface Pattern {
  whole: string
  /** Its telling words, without courtesies and small words. */
  sounds: readonly string[]
  partial: boolean
  /** Nothing was left out: «correct», not «correct it». */
  bare: boolean
}

/** A word of an option's phrases and the phrases it stands in. `small` ones stand only for themselves. */
export interface KnownWord {
  sound: string
  small: boolean
  patterns: Pattern[]
}

/** A word that stands for an option by itself, made ready for comparing with a misspelt one. */
export interface LoneWord {
  sound: string
  reduced: string
  letters: number
}

export interface Vocabulary {
  wholes: ReadonlySet<string>
  /** By their first letters: only words that begin alike can be forms of each other. */
  words: ReadonlyMap<string, readonly KnownWord[]>
  /** By their length. */
  lone: readonly (readonly LoneWord[])[]
  /** Numbers its label holds beside its own. */
  numbers: ReadonlySet<number>
}

export function vocabularyOf(option: Option): Vocabulary {
  const read = known.get(option)
  if (read) return read
  const vocabulary = readVocabulary(option)
  known.set(option, vocabulary)
  return vocabulary
}

/** Options whose label or keyword is exactly what was said, word by word. */
export function findWhole(sounds: readonly string[], options: readonly Option[]): Option[] {
  const said = sounds.join(' ')
  const vocabularies = vocabulariesOf(options)
  return options.filter((_, at) => vocabularies[at]?.wholes.has(said))
}

/** Many rules look at the same question one after another: the last one's words are at hand. */
export function vocabulariesOf(options: readonly Option[]): readonly Vocabulary[] {
  if (options !== last.options) last = { options, vocabularies: options.map(vocabularyOf) }
  return last.vocabularies
}

let last: { options: readonly Option[]; vocabularies: readonly Vocabulary[] } = {
  options: [],
  vocabularies: [],
}

/** Where the words that may be forms of this one are found in a vocabulary. */
export function beginningsOf(sound: string): string[] {
  return sound.length > 2 ? [sound.slice(0, 3), sound.slice(0, 2)] : [sound]
}

/** Reading a long list of keywords costs more than comparing with it, and options are used again and again. */
const known = new WeakMap<Option, Vocabulary>()

function readVocabulary(option: Option): Vocabulary {
  const patterns = readPatterns(option)
  const bySound = new Map<string, KnownWord>()
  const words = new Map<string, KnownWord[]>()
  for (const pattern of patterns) {
    for (const sound of new Set(pattern.sounds)) {
      const word = bySound.get(sound) ?? { sound, small: isSmall(sound), patterns: [] }
      if (word.patterns.length === 0) {
        bySound.set(sound, word)
        const beginning = sound.slice(0, 3)
        words.set(beginning, [...(words.get(beginning) ?? []), word])
      }
      word.patterns.push(pattern)
    }
  }
  const wholes = new Set(patterns.map(pattern => pattern.whole))
  return {
    wholes,
    words,
    lone: loneWords(patterns),
    numbers: numbersIn(labelWords(option.label)),
  }
}

export function isSmall(sound: string): boolean {
  return fillers.has(sound) || negations.has(sound)
}

function numbersIn(label: string): Set<number> {
  return new Set(tokenize(label).flatMap(token => plainNumber(token) ?? []))
}

/** In a phrase a word may mean the opposite; the words of a label mean what it means. */
function loneWords(patterns: readonly Pattern[]): LoneWord[][] {
  const lone = patterns
    .filter(
      ({ sounds, partial }) =>
        sounds.length === 1 || (partial && !sounds.some(sound => negations.has(sound))),
    )
    .flatMap(pattern => pattern.sounds)
  const byLength: LoneWord[][] = []
  for (const sound of new Set(lone)) {
    const word = { sound, reduced: reduced(sound), letters: lettersOf(reduced(sound)) }
    for (let length = byLength.length; length <= sound.length; length++) byLength.push([])
    byLength[sound.length]?.push(word)
  }
  return byLength
}

function readPatterns(option: Option): Pattern[] {
  const label = { words: labelWords(option.label), partial: true }
  const keywords = (option.keywords ?? []).map(words => ({ words, partial: false }))
  const patterns = [label, ...keywords].flatMap(({ words, partial }) =>
    spellings(words).flatMap(spelling => {
      const all = soundsOf(spelling)
      const telling = all.filter(sound => !fillers.has(sound) || kept.has(sound))
      const sounds = telling.some(sound => !empty.has(sound)) ? telling : all
      const bare = sounds.length === all.length
      return sounds.length > 0 ? [{ whole: all.join(' '), sounds, partial, bare }] : []
    }),
  )
  return [...new Map(patterns.map(pattern => [`${pattern.whole}/${pattern.partial}`, pattern])).values()]
}

/** Small words that change what a phrase says. */
const turns = phrases('но, бірақ, but')
const kept = new Set([...intensifiers, ...turns])

/** They point at nothing: a keyword cut down to these is compared word for word. */
const empty = new Set([
  ...turns,
  ...negations,
  ...intensifiers,
  ...interrogatives,
  ...phrases('будет, как, қалай, через, соң, дейін'),
])
