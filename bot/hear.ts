import type { MessageOption, Part } from '../domain/message.ts'
import { isSpelledNumber } from '../domain/numerals.ts'
import type { Said } from '../domain/said.ts'
import { tellsSomething } from '../domain/small-talk.ts'
import type { Accept, Choice, QuestionMore } from '../handlers/dialog.ts'

/** How the words of an answer are understood against a question's options. */
export type Understand = (said: Said, options: readonly MessageOption[], more: AskedMore) => Understood

export interface AskedMore {
  yesNo: boolean
  /** True if the question also takes words of its own. */
  free: boolean
  keywords: ReadonlyMap<string, readonly string[]>
  maybe?: string
}

export type Understood =
  | { chosen: string }
  | { free: true }
  | { control: string }
  | { retry: Part; maybe?: string }

type Offered = { choices: readonly Choice<string>[]; accept: unknown; more: QuestionMore }

export interface Asked<T> {
  choices: readonly Choice<string>[]
  accept: Accept<T> | undefined
  more: QuestionMore
}

export type Answer<T> = { chosen: string } | { said: T }
export type Heard<T> =
  | (Answer<T> & { aside?: unknown })
  | { control: string }
  | { retry: Part; maybe?: string; aside?: unknown }

/** What was said, as an answer to this question. `aside` takes what is too good to be refused. */
export function hear<T>(
  said: Said,
  asked: Asked<T>,
  how: { understand: Understand; maybe: string | undefined; aside: Accept<unknown> | undefined },
): Heard<T> {
  const understood = read(said, asked, how)
  if ('control' in understood) return understood
  // «Маме нужны лекарства, валидол» names a kind of help and tells the need at once.
  const told = !asked.more.yesNo && tellsSomething(said, storyWordsMin) ? how.aside?.(said) : undefined
  const story = told && 'value' in told ? { aside: told.value } : {}
  if ('chosen' in understood) return { ...understood, ...story }
  if ('retry' in understood && understood.maybe) return { ...understood, ...story }
  const taken = 'free' in understood ? asked.accept?.(said) : understood
  if (taken && 'value' in taken) return { said: taken.value }
  const refused = taken ?? { retry: { key: asked.accept ? 'err.kind' : 'err.unknown' } }
  const kept = asideAfter.has(refused.retry.key) ? how.aside?.(said) : undefined
  return kept && 'value' in kept ? { retry: { key: 'aside.kept' }, aside: kept.value } : refused
}

/** An answer whose option a deploy has taken away counts as not given. */
export function stillOffered(answer: Answer<unknown>, { choices, accept, more }: Offered): boolean {
  if ('said' in answer) return accept !== undefined
  return optionsOf([...choices, ...(more.also ?? [])]).some(option => option.id === answer.chosen)
}

export function optionsOf(choices: readonly Choice<string>[]): MessageOption[] {
  return choices.map(choice =>
    typeof choice === 'string'
      ? { id: choice, label: { key: choice } }
      : { id: choice.id, label: choice.label },
  )
}

/** More than an option's own words. */
const storyWordsMin = 5

/** Refusals that only say that something else was expected. */
const asideAfter = new Set(['err.unknown', 'err.press', 'err.kind', 'err.wantText'])

/**
 * A number counts in the list that is shown; words also name what is understood without being shown, unless they are
 * words understood at every step.
 */
function read(
  said: Said,
  { choices, accept, more }: Asked<unknown>,
  { understand, maybe }: { understand: Understand; maybe: string | undefined },
): Understood {
  const among = (offered: readonly Choice<string>[]) =>
    understand(said, optionsOf(offered), {
      yesNo: more.yesNo ?? false,
      free: accept !== undefined,
      keywords: keywordsOf(offered),
      ...(maybe && { maybe }),
    })
  const shown = among(choices)
  const inWords = said.type === 'text' && !/\p{N}/u.test(said.text) && !isSpelledNumber(said.text)
  return more.also && inWords && !('control' in shown) ? among([...choices, ...more.also]) : shown
}

function keywordsOf(choices: readonly Choice<string>[]): Map<string, readonly string[]> {
  return new Map(
    choices.map(choice => (typeof choice === 'string' ? [choice, []] : [choice.id, choice.keywords ?? []])),
  )
}
