import type { Concepts } from './danger-match.ts'
import type { Signs } from './danger-signs.ts'
import { signsOf } from './danger-signs.ts'
import type { Word } from './danger-text.ts'
import { alarming, hurtful } from './danger-weights.ts'
import type { Danger } from './danger-words.ts'

/** Weights by box, one letter each: 'P' is nothing, each step up or down the alphabet one `step` more or less. */
export type Weights = { letters: string; step: number; bias: number }

/** Set by cross-validation in bench/danger-train.ts: a miss costs more than one needless question. */
export const alarmMin = -0.5
/** The more pieces, the more chances to be wrong: a long message must be surer. */
const alarmMinOfMany = 0.75
/** Of a message whose errands are left out little remains, and little reads alarming. */
export const alarmMinOfRest = 2.5

/** One word alone is a name, a place or a button; where it is an alarm, the rules know it. */
const wordsMin = 2

/** What labelled messages teach beside the rules: how alarming this one reads, and which number to show. */
export function secondOpinion(
  words: readonly Word[],
  concepts: Concepts,
  least = alarmMin,
): Danger | undefined {
  if (words.filter(word => word.value === undefined).length < wordsMin) return undefined
  const pieces = signsOf(words, concepts)
  const piece = worst(pieces)
  if (!piece || piece.alarm < (pieces.length > 1 ? alarmMinOfMany : least)) return undefined
  return weigh(piece.signs, hurtful) > 0 ? 'abuse' : 'life'
}

/**
 * «Гори оно синим пламенем это ваше приложение»: what a rule names and all the rest belies. Of the messages in
 * danger that were not learnt from, none reads so calm.
 */
export function readsCalm(words: readonly Word[], concepts: Concepts): boolean {
  if (words.length < wordsOfCalmMin) return false
  return (worst(signsOf(words, concepts))?.alarm ?? 0) < calmMax
}

const wordsOfCalmMin = 5
const calmMax = -4

function worst(pieces: Signs[]): { signs: Signs; alarm: number } | undefined {
  const weighed = pieces.map(signs => ({ signs, alarm: weigh(signs, alarming) }))
  return weighed.sort((one, other) => other.alarm - one.alarm)[0]
}

export function weigh(signs: Signs, weights: Weights): number {
  return weights.bias + weights.step * (share(signs.spelling, weights) + share(signs.meaning, weights))
}

function share(signs: readonly number[], weights: Weights): number {
  let sum = 0
  for (const box of signs) sum += stepsOf(weights.letters.charCodeAt(box))
  return sum / Math.sqrt(signs.length || 1)
}

const nothing = 'P'.charCodeAt(0)
const backslash = '\\'.charCodeAt(0)
const tilde = '~'.charCodeAt(0)
export const stepsMax = 40

/** A backslash cannot stand in the data as itself, so a tilde stands for it. */
function stepsOf(code: number): number {
  return (code === tilde ? backslash : code) - nothing
}

export function letterOf(steps: number): string {
  const code = nothing + steps
  return String.fromCharCode(code === backslash ? tilde : code)
}
