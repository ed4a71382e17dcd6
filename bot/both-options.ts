import type { Token } from '../domain/words.ts'
import type { Hit } from './heard-option.ts'
import { isThing } from './ranked-option.ts'

/** «И мне, и сестре», «дәрі де нан да»: both are wanted, however little one of them says. */
export function isBoth(hits: readonly Hit[], tokens: readonly Token[]): boolean {
  const ahead = hits.filter(({ at }) => pairing.has(tokens[at - 1]?.text ?? ''))
  if (tokens.some(({ text }) => bothWords.has(text))) return new Set(hits.map(hit => hit.option)).size > 1
  const behind = hits.filter(({ at }) => pairingBehind.has(tokens[at + 1]?.text ?? ''))
  if (tokens.some(({ text }, at) => conjunctions.has(text) && isBetween(at, hits, tokens))) return true
  return [ahead, behind].some(some => {
    return (
      some.length > 1 &&
      some.every(({ option, at }) => some.some(other => other.option !== option && other.at !== at))
    )
  })
}

/** «Врача и такси», «сегодня-завтра»: the words on both sides speak for nothing in common. */
function isBetween(joint: number, hits: readonly Hit[], tokens: readonly Token[]): boolean {
  const either = alternatives.has(tokens[joint]?.text ?? '')
  const optionsAt = (at: number) => {
    const firm = hits.filter(hit => {
      return hit.at === at && !hit.denied && hit.likeness > 1 && (either || !hit.weak || isSaidWhole(hit))
    })
    const telling = either || isThing(tokens[at]?.sound ?? '')
    return new Set(telling ? firm.map(hit => hit.option) : [])
  }
  const before = optionsAt(joint - 1)
  const next = optionsAt(joint + 1)
  // «Мне и моей сестре».
  const after = next.size > 0 ? next : optionsAt(joint + 2)
  return before.size > 0 && after.size > 0 && ![...before].some(option => after.has(option))
}

export const conjunctions: ReadonlySet<string> = new Set([
  'и',
  'или',
  'либо',
  'плюс',
  '-',
  '/',
  'жане',
  'немесе',
  'алде',
  'мен',
  'пен',
  'бен',
  'and',
  'or',
])
/** «Мне» is a small word, and all of a keyword. */
const isSaidWhole = ({ likeness, phrase }: Hit) => likeness === 3 && phrase === 1

/** «Мне или маме»: here small words count as well. */
const alternatives = new Set(['или', 'либо', 'немесе', 'алде', 'or'])
const bothWords = new Set(['both', 'оба', 'обе', 'обоим', 'обеим', 'екеуи', 'екеуин', 'екеуине'])
const pairing = new Set(['и', 'или', 'либо'])
const pairingBehind = new Set(['де', 'да', 'те', 'та', 'ма', 'ме', 'ба', 'бе', 'па', 'пе'])
