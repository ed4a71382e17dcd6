import { alarmsIn, conceptsIn } from './danger-alarms.ts'
import { secondOpinion } from './danger-opinion.ts'
import { wordsOf } from './danger-text.ts'

/** `life`: show 103 and 112. `abuse`: violence, captivity, extortion or fraud under way; show 102 and 111. */
export const dangers = ['life', 'abuse'] as const
export type Danger = (typeof dangers)[number]

/** A hint, never a diagnosis: a false alarm costs one message, a missed one may cost a life. */
export function findDanger(text: string): Danger | undefined {
  const called = numberCalled(text)
  if (called) return called
  const words = wordsOf(text)
  if (words.length === 0) return undefined
  const concepts = conceptsIn(words)
  const alarms = alarmsIn(words, concepts)
  if (alarms.some(rule => rule.danger === 'life')) return 'life'
  if (alarms.length > 0) return 'abuse'
  return secondOpinion(words, concepts)
}

/** Nothing but the number of a service: the person is already calling for it. */
function numberCalled(text: string): Danger | undefined {
  const bare = text.replace(/[^\d\p{L}]/gu, '')
  if (['103', '112', '101', '104'].includes(bare)) return 'life'
  return ['102', '111'].includes(bare) ? 'abuse' : undefined
}
