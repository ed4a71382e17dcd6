import { fillers } from '../domain/filler-words.ts'
import { distance, heardAs, lettersApart, lettersOf, reduced } from '../domain/likeness.ts'
import { numberHeard, numberWords } from '../domain/numerals.ts'
import type { Token } from '../domain/words.ts'
import { type LoneWord, type Vocabulary, vocabularyOf } from './option-words.ts'
import { numbersOf, type Option } from './prompt.ts'

/** The option whose word is nearest to a misspelt one, if no other is as near. */
export function findMisspelt(tokens: readonly Token[], options: readonly Option[]): Option | undefined {
  const said = tokens.filter(token => token.kind === 'word' && !fillers.has(token.sound))
  if (said.length === 0 || said.length > 4) return undefined
  const words = said.filter(token => token.sound.length >= 5).map(token => heard(token.sound))
  let nearest: Option | undefined
  let best = 0
  for (const option of options) {
    const near = nearness(words, vocabularyOf(option).lone, best)
    if (near === best) nearest = undefined
    if (near > best) [nearest, best] = [option, near]
  }
  return nearest
}

/** The only option that has a word beginning like this. */
export function findBegun(sound: string, options: readonly Option[]): Option | undefined {
  if (sound.length < 3) return undefined
  const begun = options.filter(option => begins(vocabularyOf(option), sound))
  return begun.length === 1 ? begun[0] : undefined
}

/** The only option that has a phrase of several words with one letter changed: «vary good». */
export function findMisspeltPhrase(
  sounds: readonly string[],
  options: readonly Option[],
): Option | undefined {
  const said = heardAs(sounds.join(' '))
  if (sounds.length < 2 || said.length < 7 || said.length > phraseMax) return undefined
  const letters = lettersOf(said)
  const near = options.filter(option => {
    const { phrases } = vocabularyOf(option)
    return [-1, 0, 1].some(more =>
      phrases[said.length + more]?.some(
        known => lettersApart(known.letters, letters) <= 2 && distance(said, known.heard) <= 1,
      ),
    )
  })
  return near.length === 1 ? near[0] : undefined
}

const phraseMax = 30

/** The only option with a short word one letter away: «мнн» for «мне». Only among few words: short ones are alike. */
export function findShort(sound: string, options: readonly Option[]): Option | undefined {
  if (sound.length < 2 || sound.length > 4 || options.length > shortOptionsMax) return undefined
  const near = options.filter(option => {
    const { lone } = vocabularyOf(option)
    return [-1, 0, 1].some(more =>
      lone[sound.length + more]?.some(
        known =>
          known.sound.length > 2 &&
          known.sound.startsWith(sound.slice(0, sound.length > 2 ? 1 : 2)) &&
          distance(sound, known.sound) === 1,
      ),
    )
  })
  return near.length === 1 ? near[0] : undefined
}

const shortOptionsMax = 5

/** The option whose number word was misspelt. */
export function findMisspeltNumber(
  sounds: readonly string[],
  options: readonly Option[],
): Option | undefined {
  const [sound = ''] = sounds
  if (sounds.length !== 1 || sound.length < 5) return undefined
  const heard = numberHeard(sound)
  if (heard !== undefined) return options[numbersOf(options).indexOf(heard)]
  const near = [...numberWords()]
    .filter(([word]) => Math.abs(word.length - sound.length) < 2 && distance(sound, word) === 1)
    .map(([, value]) => value)
  const agreed = near.every(value => value === near[0]) ? near[0] : undefined
  return agreed === undefined ? undefined : options[numbersOf(options).indexOf(agreed)]
}

function begins({ lone }: Vocabulary, sound: string): boolean {
  return lone.some(
    (words, length) => length >= sound.length && words.some(word => word.sound.startsWith(sound)),
  )
}

function heard(sound: string): LoneWord {
  const plain = reduced(sound)
  return { sound, reduced: plain, letters: lettersOf(plain) }
}

/** Nothing further away than `found` is looked at closely. */
function nearness(said: readonly LoneWord[], known: Vocabulary['lone'], found: number): number {
  let best = found
  let met = 0
  for (const one of said) {
    const { length } = one.sound
    for (let other = Math.max(5, Math.floor(length * 0.8)); other <= length * 1.34; other++) {
      for (const word of known[other] ?? []) {
        met = Math.max(met, closeness(one, word, best))
        best = Math.max(best, met)
      }
    }
  }
  return met
}

/** As people write by ear: unstressed vowels count as the same, then letters are compared. */
function closeness(said: LoneWord, known: LoneWord, atLeast: number): number {
  const length = Math.max(said.sound.length, known.sound.length)
  const most = Math.floor(length / 4)
  if (length < 6 && said.reduced[0] !== known.reduced[0]) return 0
  const longer = Math.abs(said.reduced.length - known.reduced.length)
  const least = Math.max(longer, Math.ceil(lettersApart(said.letters, known.letters) / 2))
  if (least > most || 1 - least / length < atLeast) return 0
  const apart = distance(said.reduced, known.reduced)
  return apart <= most ? 1 - apart / length : 0
}
