import { urgencies } from '../domain/categories.ts'
import type { MessageOption, Part } from '../domain/message.ts'
import { isSpelledNumber } from '../domain/numerals.ts'
import type { Said } from '../domain/said.ts'
import { tellsSomething } from '../domain/small-talk.ts'
import type { Accept, Choice, QuestionMore } from '../handlers/dialog.ts'
import { tellsMore, tellsNeed } from './need-words.ts'

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
  if ('chosen' in understood)
    return { ...understood, ...kept(said, how, besideAnswer(said, asked, understood)) }
  if ('retry' in understood && understood.maybe) {
    const scrap = kept(said, how, asksWhen(asked) && tellsNeed(said))
    if ('aside' in scrap) return { retry: { key: 'aside.kept' }, ...scrap }
    return { ...understood, ...kept(said, how, besideAnswer(said, asked, understood)) }
  }
  const taken = 'free' in understood ? asked.accept?.(said) : understood
  if (taken && 'value' in taken) return { said: taken.value }
  const refused = taken ?? { retry: { key: asked.accept ? 'err.kind' : 'err.unknown' } }
  const { key } = refused.retry
  const aside = kept(said, how, isTold(said, asked, key))
  if (!('aside' in aside)) return refused
  // «Дрова и хлеб» is kept, and one of the two must still be chosen.
  return key === 'err.two' ? { ...refused, ...aside } : { retry: { key: 'aside.kept' }, ...aside }
}

function kept(
  said: Said,
  { aside }: { aside: Accept<unknown> | undefined },
  worth: boolean,
): { aside?: unknown } {
  const told = worth ? aside?.(said) : undefined
  return told && 'value' in told ? { aside: told.value } : {}
}

/** «Маме нужны лекарства» only names a kind of help; «валидол» and «хлеб и молоко» tell the need at once. */
function besideAnswer(said: Said, asked: Asked<unknown>, understood: Understood): boolean {
  if (asked.more.yesNo) return false
  if (tellsSomething(said, storyWordsMin)) return true
  if ('chosen' in understood) {
    if (asksKind(asked)) return isKind(understood.chosen) && tellsMore(said)
    return asksWhen(asked) && tellsNeed(said, true)
  }
  return asksKind(asked) && tellsMore(said) && tellsNeed(said)
}

/** Not understood, but told: a story where a button was due, or a scrap of the need. */
function isTold(said: Said, { more }: Asked<unknown>, refusal: string): boolean {
  if (asideAfter.has(refusal)) return tellsSomething(said) || (!more.yesNo && tellsNeed(said))
  return !more.yesNo && scrapAfter.has(refusal) && tellsNeed(said, refusal === 'place.none')
}

const idOf = (choice: Choice<string>) => (typeof choice === 'string' ? choice : choice.id)
const idsOf = ({ choices }: Asked<unknown>) => choices.map(idOf)
const asksKind = (asked: Asked<unknown>) => idsOf(asked).some(isKind)
const asksWhen = (asked: Asked<unknown>) => idsOf(asked).some(id => urgencies.some(urgency => urgency === id))
const isKind = (option: string) => option.startsWith('cat.') && option !== 'cat.more'

/** An answer whose option a deploy has taken away counts as not given. */
export function stillOffered(answer: Answer<unknown>, { choices, accept, more }: Offered): boolean {
  if ('said' in answer) return accept !== undefined
  const isChosen = (choice: Choice<string>) => idOf(choice) === answer.chosen
  return choices.some(isChosen) || (more.also?.some(isChosen) ?? false)
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
/** Refusals of an answer; a need in it is kept all the same. */
const scrapAfter = new Set(['err.two', 'err.range', 'place.none'])

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
  return more.also && isInWords(said) && !('control' in shown) ? among([...choices, ...more.also]) : shown
}

function isInWords(said: Said): boolean {
  return said.type === 'text' && !/\p{N}/u.test(said.text) && !isSpelledNumber(said.text)
}

function keywordsOf(choices: readonly Choice<string>[]): Map<string, readonly string[]> {
  return new Map(
    choices.map(choice => (typeof choice === 'string' ? [choice, []] : [choice.id, choice.keywords ?? []])),
  )
}
