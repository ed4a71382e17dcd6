import { alarmsIn, conceptsIn } from './danger-alarms.ts'
import { withoutErrands } from './danger-errands.ts'
import { alarmMinOfRest, readsCalm, secondOpinion } from './danger-opinion.ts'
import type { Rule } from './danger-rules.ts'
import { charsReadMax, wordsOf } from './danger-text.ts'
import { remembered } from './remember.ts'

/** `life`: show 103 and 112. `abuse`: violence, captivity, extortion or fraud under way; show 102 and 111. */
export const dangers = ['life', 'abuse'] as const
export type Danger = (typeof dangers)[number]

/**
 * A hint, never a diagnosis: a false alarm costs one message, a missed one may cost a life. One message is looked at
 * several times, as it comes in and as a part of the need; no more texts are remembered than belong to one need.
 */
export const findDanger: (text: string) => Danger | undefined = remembered(8, find, charsReadMax)

function find(text: string): Danger | undefined {
  const called = numberCalled(text)
  if (called) return called
  const words = wordsOf(text)
  if (words.length === 0) return undefined
  const concepts = conceptsIn(words)
  const ruled = ruledBy(alarmsIn(words, concepts))
  if (ruled) return readsCalm(words, concepts) ? undefined : ruled
  return secondOpinion(words, concepts) ?? besideErrands(text)
}

function ruledBy(alarms: readonly Rule[]): Danger | undefined {
  return alarms.find(rule => rule.danger === 'life')?.danger ?? alarms[0]?.danger
}

/** «Муж бьёт, нужны продукты»: of the rest so little is left that a second opinion must be surer. */
function besideErrands(text: string): Danger | undefined {
  const rest = withoutErrands(text)
  if (rest === '') return undefined
  const words = wordsOf(rest)
  if (words.length === 0) return undefined
  const concepts = conceptsIn(words)
  return ruledBy(alarmsIn(words, concepts)) ?? secondOpinion(words, concepts, alarmMinOfRest)
}

const calledCharsMax = 40

/** Nothing but the number of a service: the person is already calling for it. */
function numberCalled(text: string): Danger | undefined {
  // Each of them begins with a one.
  if (text.length > calledCharsMax || !text.includes('1')) return undefined
  const bare = text.replace(/[^\d\p{L}]/gu, '')
  if (['103', '112', '101', '104'].includes(bare)) return 'life'
  return ['102', '111'].includes(bare) ? 'abuse' : undefined
}
