import { phrases } from '../domain/words.ts'
import type { Reading } from './answer.ts'
import { findWhole } from './option-words.ts'
import type { Option } from './prompt.ts'

/** A yes that asks, or is said with a shrug: what a yes closes is hard to open again. */
export function isDoubtedYes(id: string, { text, sounds, question }: Reading): boolean {
  const [yes] = question.yesNo ? question.options : yesAndNo(question.options)
  if (yes?.id !== id) return false
  // «1?» and «иә ма?» are no consent.
  const asks = text.includes('?') || particles.has(sounds.at(-1) ?? '')
  return (question.strict === true && asks) || sounds.some(sound => shrugging.has(sound))
}

/** Options that «да» and «нет» stand for, where the question is not a plain yes or no. */
export function yesAndNo(options: readonly Option[]): [Option | undefined, Option | undefined] {
  const only = (word: string) => {
    const [option, ...others] = findWhole([word], options)
    return others.length === 0 ? option : undefined
  }
  return [only('da'), only('net')]
}

const particles = new Set(phrases('ма, ме, ба, бе, па, пе, ли'))
/** «Вроде помогли», «наверное приду», «көмектескен сияқты». */
const shrugging = new Set(
  phrases(
    'вроде, наверное, наверно, скорее, кажется, похоже, видимо, возможно, вероятно, пожалуй, думаю, может, шығар, ' +
      'болар, сияқты, мүмкін, бәлкім, maybe, probably, perhaps, think, guess, seems',
  ),
)
