import { fillers } from '../domain/filler-words.ts'
import { distance, lettersApart, lettersOf, reduced } from '../domain/likeness.ts'
import type { Token } from '../domain/words.ts'
import { type LoneWord, type Vocabulary, vocabularyOf } from './option-words.ts'
import type { Option } from './prompt.ts'

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
