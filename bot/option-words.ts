import { fillers, intensifiers, interrogatives, negations } from '../domain/filler-words.ts'
import { phrases, soundsOf, spellings } from '../domain/words.ts'
import { labelWords, type Option } from './prompt.ts'

/** A phrase that stands for an option; `partial` ones (labels) also count by single words. */
export interface Pattern {
  whole: string
  /** Its telling words, without courtesies and small words. */
  sounds: readonly string[]
  partial: boolean
}

export function patternsOf(option: Option): Pattern[] {
  const patterns = known.get(option) ?? readPatterns(option)
  known.set(option, patterns)
  return patterns
}

/** The words that stand for an option by themselves: in a phrase a word may mean the opposite. */
export function wordsOf(option: Option): string[] {
  return patternsOf(option)
    .filter(
      pattern =>
        pattern.sounds.length === 1 ||
        (pattern.partial && !pattern.sounds.some(sound => negations.has(sound))),
    )
    .flatMap(pattern => pattern.sounds)
}

/** Options whose label or keyword is exactly what was said, word by word. */
export function findWhole(sounds: readonly string[], options: readonly Option[]): Option[] {
  const said = sounds.join(' ')
  return options.filter(option => patternsOf(option).some(pattern => pattern.whole === said))
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
      return sounds.length > 0 ? [{ whole: all.join(' '), sounds, partial }] : []
    }),
  )
}

/** Reading a long list of keywords costs more than comparing with it, and options are used again and again. */
const known = new WeakMap<Option, Pattern[]>()

/** They point at nothing: a keyword cut down to these is compared word for word. */
const empty = new Set([...negations, ...intensifiers, ...interrogatives, ...phrases('будет, как, қалай')])
