import type { Said } from '../domain/said.ts'

/** `alarm`: the words were a cry for help, and a coordinator has them. */
export type Input = { option: string } | { said: Said; alarm?: boolean }

/** All that is kept of a half-finished dialog. */
export interface Saved {
  /** What the flow was begun with. */
  given: Record<string, string>
  /** Answers by the key of their question, results of deeds with a leading `!`, in the order they came. */
  answers: Record<string, unknown>
  /** Answers of a form that its person has stepped back over: they come back when the way leads here again. */
  past?: Record<string, unknown>
  /** What was told where a button was expected; the flow may use it. */
  asides?: unknown[]
  /** An answer whose question is no longer the next one, because a new one came before it. */
  late?: { key: string; input: Input }
  said: string[]
  /** The key of the question that waits. */
  open?: string
  /** Counts accepted answers, so that an old button is known as old. */
  step: number
  /** Answers in a row that were not understood. */
  misses: number
  /** The option that a misspelt answer probably meant; a plain yes takes it. */
  maybe?: string
}

export function newSaved(given: Record<string, string> = {}): Saved {
  return { given, answers: {}, said: [], step: 0, misses: 0 }
}

export function keepAnswer(saved: Saved, key: string, answer: unknown) {
  // Deleted first: the order of the keys is the order of the answers.
  delete saved.answers[key]
  saved.answers[key] = answer
}

/** True if a question, not only a deed, stands answered. */
export function hasAnswers(saved: Saved): boolean {
  return Object.keys(saved.answers).some(isQuestion)
}

/**
 * Forgets the questions that led to a change and those to be asked anew. A step back over this place brings the
 * changed answers back instead of losing them.
 */
export function reopen(saved: Saved, through: readonly string[], changed: readonly string[]) {
  const entries = Object.entries(saved.answers).filter(([key]) => !through.includes(key))
  const lost: Lost[] = entries.flatMap(([key, answer], index) =>
    changed.includes(key) ? [[index, key, answer]] : [],
  )
  saved.answers = Object.fromEntries(entries.filter(([key]) => !changed.includes(key)))
  saved.answers[`${reopened}${saved.step}`] = lost
  saved.step += 1
  delete saved.past
}

/**
 * Takes back the last answered question and all that was done after it. In a form the answer is put aside, not
 * lost. False at the first question.
 */
export function stepBack(saved: Saved, form: boolean): boolean {
  const entries = Object.entries(saved.answers)
  for (let last = entries.pop(); last; last = entries.pop()) {
    const [key, answer] = last
    if (key.startsWith(reopened)) return settle(saved, unchanged(entries, answer as Lost[]), undefined)
    if (!isQuestion(key)) continue
    return settle(saved, entries, form ? { ...saved.past, [key]: answer } : undefined)
  }
  return false
}

/**
 * A question answered anew needs its old answer no more. A choice in a loop leads another way, to the next page or
 * out of it, so that what was answered further on in that loop must not come back by itself.
 */
export function forgetPast(saved: Saved, key: string, chosen: boolean) {
  const { past } = saved
  if (!past) return
  const [base = key] = key.split('#')
  for (const old of Object.keys(past))
    if (old === key || (chosen && old.split('#')[0] === base)) delete past[old]
}

const reopened = '!again.'
type Lost = [index: number, key: string, answer: unknown]
type Entries = [string, unknown][]

function isQuestion(key: string): boolean {
  return !key.startsWith('!')
}

/** The answers as they stood before the change, without the notes that asked for it. */
function unchanged(entries: Entries, lost: readonly Lost[]): Entries {
  const before = [...entries]
  while (before.at(-1)?.[0].startsWith('!note.')) before.pop()
  for (const [index, key, answer] of lost) before.splice(index, 0, [key, answer])
  return before
}

function settle(saved: Saved, entries: Entries, past: Saved['past']): true {
  saved.answers = Object.fromEntries(entries)
  saved.step += 1
  saved.misses = 0
  delete saved.maybe
  delete saved.past
  if (past) saved.past = past
  return true
}
