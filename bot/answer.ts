import { beginsWithYesNo, type Control, findControl, findYesNo, leansTo } from '../domain/control-words.ts'
import { asksBack, courtesies, withoutHedges } from '../domain/filler-words.ts'
import { tellsAmount } from '../domain/need-words.ts'
import { phrases, type Token, tokenize, withKazakhOr } from '../domain/words.ts'
import { contradictsItself, wavers } from './contradicted.ts'
import { isDoubtedYes, yesAndNo } from './doubted-yes.ts'
import { halfDone } from './half-done.ts'
import { findMisspelt } from './misspelt-option.ts'
import { findNamed, type Weight } from './named-option.ts'
import { byNumber, findNumber } from './numbered-option.ts'
import { findWhole } from './option-words.ts'
import type { Option, Question } from './prompt.ts'
import { isConditional, reconsidered } from './reconsidered.ts'
import { countedStars } from './stars.ts'
import { withPlainTimes } from './timed-option.ts'
import { wantsMore } from './wants-more.ts'

export type Answer =
  | { kind: 'choice'; id: string }
  | { kind: 'control'; control: Control }
  /** Probably this one: ask. */
  | { kind: 'confirm'; id: string }
  | { kind: 'ambiguous' }
  | { kind: 'outOfRange' }
  | { kind: 'text'; text: string }
  | { kind: 'none' }

const wordsInShortAnswerMax = 8
/** Words beside those of an option that still leave no doubt. */
const foreignMax = 3
/** Beyond this it is a story, not an answer. */
const answerCharsMax = 300

/** What a typed answer to a question with options means. Danger words are looked for elsewhere, before this. */
export function understand(input: string, question: Question): Answer {
  const text = withoutInvisible(input).trim()
  if (/^(?:\s|\u200D|\uFE0E|\uFE0F|\u20E3)*$/u.test(text)) return { kind: 'none' }
  const lower = text.toLowerCase()
  const exact = question.options.find(option => plainLabel(option) === lower)
  if (exact) return choice(exact)
  if (isBackDigit(text)) return { kind: 'control', control: 'back' }
  if (text.length > answerCharsMax) return { kind: 'text', text }
  if (/^\d{1,4}$/.test(text)) return byNumber(Number(text), question.options)
  const stars = countedStars(text, question.options)
  const starred = stars && byNumber(stars.value, question.options)
  if (stars && starred) return stars.sure ? starred : soften(starred)
  const tokens = withPlainTimes(withKazakhOr(tokenize(text), text), question.options)
  const sounds = tokens.flatMap(token => (token.kind === 'word' ? [token.sound] : []))
  const reading = { text, tokens, sounds, question }
  if (wavers(tokens)) return { kind: 'ambiguous' }
  const answer =
    partly(reading) ??
    contradicting(reading) ??
    firmly(reading) ??
    reconsidered(fearing(reading) ?? roughly(reading) ?? { kind: 'text', text }, reading)
  return answer.kind === 'choice' && isDoubtedYes(answer.id, reading)
    ? { ...answer, kind: 'confirm' }
    : answer
}

/** Where there are no buttons, "back" stands below a question as 0. */
export function isBackDigit(text: string): boolean {
  return /^[0oо]\uFE0F?\u20E3?[.)!]*$/iu.test(text.trim().normalize('NFKC'))
}

export interface Reading {
  text: string
  tokens: readonly Token[]
  sounds: string[]
  question: Question
}

function contradicting({ tokens, question }: Reading): Answer | undefined {
  return contradictsItself(tokens, question.options) ? { kind: 'ambiguous' } : undefined
}

function firmly({ text, tokens, sounds, question }: Reading): Answer | undefined {
  const { options } = question
  const spoken = tokens.every(token => token.kind === 'word' || token.kind === 'sign')
  const whole = spoken
    ? (single(findWhole(sounds, options)) ?? single(findWhole(politeless(sounds), options)))
    : undefined
  if (whole) return choice(whole)
  const yesNo = question.yesNo && findYesNo(text)
  const meant = yesNo && options[yesNo === 'yes' ? 0 : 1]
  if (meant) return choice(meant)
  const control = findControl(text, 'exact')
  const named = control === 'language' ? findNamed(tokens, options) : undefined
  if (named?.kind === 'one') return choice(named.option)
  if (control) return { kind: 'control', control }
  const [yes, no] = question.yesNo ? [] : yesAndNo(options)
  const replied = yes && no && findYesNo(text)
  return replied && choice(replied === 'yes' ? yes : no)
}

/** Where «частично» is an answer, what was half done is that one and never a yes. */
function partly({ text, question }: Reading): Answer | undefined {
  const part = single(findWhole(inPart, question.options))
  const half = part && halfDone(text)
  return half && (half === 'part' ? choice(part) : confirm(part))
}

const inPart = phrases('частично')

/** Who fears to be cheated, or asks what for, wants to be told more; only a plain no is a no. */
function fearing({ text, sounds, question }: Reading): Answer | undefined {
  if (!question.strict || !wantsMore(politeless(sounds))) return undefined
  const more = single(findWhole(['zaqem'], question.options))
  const no = question.yesNo && beginsWithYesNo(sounds) === 'no' ? question.options[1] : undefined
  if (more && no) return text.includes('?') ? confirm(no) : choice(no)
  return more && choice(more)
}

function roughly(reading: Reading): Answer | undefined {
  const { text, sounds, question } = reading
  const { options } = question
  const { tokens, hedged } = withoutHedges(reading.tokens)
  const long = sounds.length > wordsInShortAnswerMax
  const asking = asksBack(sounds) && (text.includes('?') || question.yesNo === true)
  const toUs = speaksOfUs(sounds)
  const doubtful = long || hedged || asking || toUs || (question.yesNo === true && isConditional(sounds))
  // «2 пачки» is an amount, not the second option.
  const numbered = tellsAmount(text) ? undefined : findNumber(tokens, options)
  if (numbered && !long) return doubtful ? soften(numbered) : numbered
  const named = findNamed(tokens, options)
  if (named?.kind === 'one' && named.guessed && (question.strict || long)) return { kind: 'ambiguous' }
  if (named?.kind === 'one' && (isStory(named, long) || (question.strict && isFaint(named)))) return undefined
  if (named?.kind === 'one') {
    const [yes, no] = question.yesNo ? options : []
    // «Келісім жоқ» holds the word of the yes and still refuses: never take it for a consent.
    if (no && named.option === yes && sounds.some(sound => refusals.has(sound))) return confirm(no)
    // «Что за согласие?» wants to be told.
    if (question.strict && wondering(sounds) && named.option === yes)
      return confirm(single(findWhole(['zaqem'], options)) ?? yes)
    const unsure = doubtful || isUnsure(named, question, yes)
    return unsure ? confirm(named.option) : choice(named.option)
  }
  if (hedged) return undefined
  if (named?.kind === 'several') return long ? undefined : { kind: 'ambiguous' }
  return long ? undefined : (opening(reading, named?.option) ?? misspelt(reading, named?.option))
}

/** Much was said beside the words of the option, or only something like them. A consent is never guessed. */
function isUnsure(
  { option, rest, assents, foreign, said, sure }: Weight & { option: Option },
  { strict, yesNo }: Question,
  yes: Option | undefined,
): boolean {
  if (strict && !yesNo && rest > 0) return true
  if (strict && option === yes && rest > assents) return true
  return foreign > foreignMax || (foreign > 1 && foreign >= 2 * said) || (!sure && foreign > 0)
}

/** A long message of which the option is but a small part tells something else. */
function isStory({ foreign, said }: Weight, long: boolean): boolean {
  return long && foreign > storyForeignMin && foreign > storyShare * said
}

/** One small word among others is no consent at all. */
function isFaint({ sure, foreign, said }: Weight): boolean {
  return !sure && foreign > 1 && said === 1
}

const storyForeignMin = 5
const storyShare = 4

/** A yes or no with more behind it: «да, спросите дочь»; «да, если бесплатно» is asked again. */
function opening({ tokens, sounds, question }: Reading, denied: Option | undefined): Answer | undefined {
  const [yes, no] = question.options
  if (!question.yesNo || !yes || !no) return undefined
  if (denied) return confirm(denied === yes ? no : yes)
  const said = beginsWithYesNo(sounds)
  const meant = said && (said === 'yes' ? yes : no)
  if (!meant) return undefined
  const first = tokens.findIndex(token => token.kind === 'word' && !courtesies.has(token.sound))
  const apart = tokens[first + 1]?.kind === 'sign' && !isConditional(sounds)
  return apart && !(question.strict && meant === yes) ? choice(meant) : confirm(meant)
}

function misspelt(
  { text, tokens, sounds, question }: Reading,
  denied: Option | undefined,
): Answer | undefined {
  const options = question.options.filter(option => option !== denied)
  const control = findControl(text)
  if (control) return { kind: 'control', control }
  const [yes, no] = question.yesNo ? question.options : yesAndNo(question.options)
  const leaning = yes && no ? leansTo(sounds) : undefined
  if (leaning)
    return (leaning === 'yes' ? yes : no) === denied
      ? undefined
      : confirm((leaning === 'yes' ? yes : no) as Option)
  if (asksBack(sounds) || speaksOfUs(sounds)) return undefined
  const near = findMisspelt(tokens, options)
  return near && confirm(near)
}

const refusals = new Set(phrases('нет, неа, не, жоқ, емес, no, not, dont, never, против, отказ, қарсы'))

function speaksOfUs(sounds: readonly string[]): boolean {
  return sounds.length > 1 && addressing.has(sounds.find(sound => !courtesies.has(sound)) ?? '')
}

/** A message that begins so speaks about us: mostly a question. */
const addressing = new Set(phrases('вы, ты, у вас, сіз, сіздер, сендер, you, are, do'))

function wondering(sounds: readonly string[]): boolean {
  return matters.has(sounds.find(sound => !courtesies.has(sound)) ?? '')
}

const matters = new Set(phrases('что, какое, какие, зачем, почему, кто, қандай, неге, кім, what, why, who'))

function soften(answer: Answer): Answer {
  return answer.kind === 'choice' ? { kind: 'confirm', id: answer.id } : answer
}

function choice(option: Option): Answer {
  return { kind: 'choice', id: option.id }
}

function confirm(option: Option): Answer {
  return { kind: 'confirm', id: option.id }
}

function single(options: readonly Option[]): Option | undefined {
  return options.length === 1 ? options[0] : undefined
}

function politeless(sounds: readonly string[]): string[] {
  return sounds.filter(sound => !courtesies.has(sound))
}

/** The same options are read again and again. */
const plainLabels = new WeakMap<Option, string>()

function plainLabel(option: Option): string {
  const known = plainLabels.get(option)
  if (known !== undefined) return known
  const label = withoutInvisible(option.label).trim().toLowerCase()
  plainLabels.set(option, label)
  return label
}

function withoutInvisible(text: string): string {
  return text.replace(/[\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u00AD]/gu, '')
}
