import { fillers } from '../domain/filler-words.ts'
import { distance } from '../domain/likeness.ts'
import { numberWords } from '../domain/numerals.ts'
import type { Token } from '../domain/words.ts'
import { wordsOf } from './option-words.ts'
import { numbersOf, type Option } from './prompt.ts'

/** The option whose word is nearest to a misspelt one, if no other is as near. */
export function findMisspelt(tokens: readonly Token[], options: readonly Option[]): Option | undefined {
  const words = tokens.filter(token => token.kind === 'word' && !fillers.has(token.sound))
  if (words.length === 0 || words.length > 4) return undefined
  const nearness = options.map(option => {
    const near = wordsOf(option).flatMap(known => words.map(word => closeness(word.sound, known)))
    return Math.max(...near, 0)
  })
  const best = Math.max(...nearness, 0)
  return best > 0 && nearness.filter(near => near === best).length === 1
    ? options[nearness.indexOf(best)]
    : undefined
}

/** The only option that has a word beginning like this. */
export function findBegun(sound: string, options: readonly Option[]): Option | undefined {
  const begun = options.filter(option => wordsOf(option).some(known => known.startsWith(sound)))
  return sound.length >= 3 && begun.length === 1 ? begun[0] : undefined
}

/** The option whose number word was misspelt. */
export function findMisspeltNumber(
  sounds: readonly string[],
  options: readonly Option[],
): Option | undefined {
  const [sound = ''] = sounds
  if (sounds.length !== 1 || sound.length < 5) return undefined
  const near = [...numberWords()].filter(([word]) => distance(sound, word) === 1).map(([, value]) => value)
  const agreed = near.every(value => value === near[0]) ? near[0] : undefined
  return agreed === undefined ? undefined : options[numbersOf(options).indexOf(agreed)]
}

function closeness(said: string, known: string): number {
  const length = Math.max(said.length, known.length)
  if (said.length < 5 || known.length < 5 || (length < 6 && said[0] !== known[0])) return 0
  const apart = distance(said, known)
  return apart <= Math.floor(length / 4) ? 1 - apart / length : 0
}
