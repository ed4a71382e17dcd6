import { fillers } from '../domain/filler-words.ts'
import { distance, lettersApart, lettersOf, reduced } from '../domain/likeness.ts'
import { numberWords } from '../domain/numerals.ts'
import type { Token } from '../domain/words.ts'
import { type LoneWord, vocabularyOf } from './option-words.ts'
import { numbersOf, type Option } from './prompt.ts'

/** The option whose word is nearest to a misspelt one, if no other is as near. */
export function findMisspelt(tokens: readonly Token[], options: readonly Option[]): Option | undefined {
  const said = tokens.filter(token => token.kind === 'word' && !fillers.has(token.sound))
  if (said.length === 0 || said.length > 4) return undefined
  const words = said.filter(token => token.sound.length >= 5).map(token => heard(token.sound))
  let nearest: Option | undefined
  let best = 0
  for (const option of options) {
    const near = nearness(words, vocabularyOf(option).lone)
    if (near === best) nearest = undefined
    if (near > best) [nearest, best] = [option, near]
  }
  return nearest
}

/** The only option that has a word beginning like this. */
export function findBegun(sound: string, options: readonly Option[]): Option | undefined {
  if (sound.length < 3) return undefined
  const begun = options.filter(option =>
    vocabularyOf(option).lone.some(known => known.sound.startsWith(sound)),
  )
  return begun.length === 1 ? begun[0] : undefined
}

/** The option whose number word was misspelt. */
export function findMisspeltNumber(
  sounds: readonly string[],
  options: readonly Option[],
): Option | undefined {
  const [sound = ''] = sounds
  if (sounds.length !== 1 || sound.length < 5) return undefined
  const near = [...numberWords()]
    .filter(([word]) => Math.abs(word.length - sound.length) < 2 && distance(sound, word) === 1)
    .map(([, value]) => value)
  const agreed = near.every(value => value === near[0]) ? near[0] : undefined
  return agreed === undefined ? undefined : options[numbersOf(options).indexOf(agreed)]
}

function heard(sound: string): LoneWord {
  const plain = reduced(sound)
  return { sound, reduced: plain, letters: lettersOf(plain) }
}

function nearness(said: readonly LoneWord[], known: readonly LoneWord[]): number {
  let best = 0
  for (const one of said) for (const other of known) best = Math.max(best, closeness(one, other))
  return best
}

/** As people write by ear: unstressed vowels count as the same, then letters are compared. */
function closeness(said: LoneWord, known: LoneWord): number {
  const length = Math.max(said.sound.length, known.sound.length)
  const most = Math.floor(length / 4)
  if (known.sound.length < 5 || Math.abs(said.sound.length - known.sound.length) > most) return 0
  if (length < 6 && said.reduced[0] !== known.reduced[0]) return 0
  if (lettersApart(said.letters, known.letters) > 2 * most) return 0
  const apart = distance(said.reduced, known.reduced)
  return apart <= most ? 1 - apart / length : 0
}
