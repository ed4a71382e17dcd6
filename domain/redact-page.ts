import { fold } from './fold.ts'
import { remembered } from './remember.ts'

/** A request cut into words, numbers and signs, each with what a rule decided about it. */
export interface Token {
  readonly kind: 'word' | 'number' | 'sign' | 'mask'
  readonly text: string
  /** The folded word, or the plain digits of a number. */
  readonly key: string
  readonly start: number
  readonly end: number
  /** No space before it. */
  readonly joined: boolean
  readonly newLine: boolean
  /** Written like a name: a capital letter and then small ones. */
  readonly title: boolean
  /** Opens a sentence or a line, where a capital letter says nothing. */
  readonly opens: boolean
  /** What was asked about the word alone, shared by all tokens of the same text. */
  readonly facts: unknown[]
  hidden: boolean
  /** A quantity, a time or a date of need: only an address may still hide it. */
  kept: boolean
}

export type Page = readonly Token[]
export const mask = '•••'

const pieces =
  /•••|(?:пр|б|к|м|мк|мик|кв|ж|д|с|у|р)[-/](?:т|кт|д|р|с[іиы](?:нде(?:г[іи])?)?|н[еа]?|он[еа]?|ра|ре|л|м|лы|о|ка)(?![\p{L}\p{N}])|\p{L}(?:[\p{L}\p{M}\u200B\u200C\u2060\uFEFF\u00AD]|\u200D)*|[\p{Nd}\p{No}](?:[\p{Nd}\p{No}\u200B\u200C\u2060\uFEFF\u00AD]|\uFE0E|\uFE0F|\u20E3|\u200D)*|[^\s]/giu

export function readPage(text: string): Page {
  const page: Token[] = []
  let end = 0
  for (const found of text.matchAll(pieces)) {
    const gap = text.slice(end, found.index)
    page.push(tokenOf(found[0], found.index, gap, page))
    end = found.index + found[0].length
  }
  return page
}

export function hide(page: Page, from: number, to = from + 1): void {
  for (let at = Math.max(0, from); at < to; at++) {
    const token = page[at]
    if (token !== undefined) token.hidden = true
  }
}

export const isWord = (token: Token | undefined): token is Token & { kind: 'word' } => token?.kind === 'word'
export const isNumber = (token: Token | undefined): token is Token & { kind: 'number' } =>
  token?.kind === 'number'
export const isSign = (token: Token | undefined, signs: string): boolean =>
  token?.kind === 'sign' && signs.includes(token.text)

/** The text again, with one mask for each run of hidden tokens. */
export function writePage(text: string, page: Page): string {
  let written = ''
  let from = 0
  let at = 0
  while (at < page.length) {
    const token = page[at]
    if (token === undefined || !secret(token)) {
      at++
      continue
    }
    const last = endOfRun(page, at)
    written += text.slice(from, token.start) + mask
    from = page[last]?.end ?? token.end
    at = last + 1
  }
  return written + text.slice(from)
}

const secret = (token: Token) => token.hidden || token.kind === 'mask'
const linking = /^[,;:/()\-–—"'’«»№#*+_|&\\]$/u

function endOfRun(page: Page, first: number): number {
  let last = first
  for (let at = first + 1; at < page.length && at - last <= 4; at++) {
    const token = page[at]
    if (token === undefined || token.newLine) break
    if (secret(token)) last = at
    else if (token.kind !== 'sign' || !linking.test(token.text)) break
  }
  return last
}

function tokenOf(text: string, start: number, gap: string, before: readonly Token[]): Token {
  const newLine = gap !== '' && gap !== ' ' && /[\n\r\u2028\u2029]/u.test(gap)
  const opens = before.length === 0 || newLine || opensSentence(before)
  const joined = gap === '' && start > 0
  const { kind, key, title, facts } = glance(text)
  const end = start + text.length
  return { kind, text, key, start, end, joined, newLine, title, opens, facts, hidden: false, kept: false }
}

interface Glance {
  readonly kind: Token['kind']
  readonly key: string
  readonly title: boolean
  readonly facts: unknown[]
}

/** What a piece is by itself, wherever it stands. */
const glance = remembered(20_000, (text: string): Glance => {
  const kind = kindOf(text)
  return { kind, key: keyOf(kind, text), title: kind === 'word' && /^\p{Lu}\P{Lu}+$/u.test(text), facts: [] }
})

/** A question about a word alone, answered once for every word: the answer stays with what is known of it. */
export function ofWord<Answer>(read: (token: Token) => Answer): (token: Token) => Answer {
  const question = questions++
  return token => {
    const found = token.facts[question] as Answer | undefined
    if (found !== undefined) return found
    const answer = read(token)
    token.facts[question] = answer
    return answer
  }
}
let questions = 0

function kindOf(text: string): Token['kind'] {
  if (text === mask) return 'mask'
  if (/^\p{L}/u.test(text)) return 'word'
  return /^[\p{Nd}\p{No}]/u.test(text) && digitsOf(text) !== '' ? 'number' : 'sign'
}

function keyOf(kind: Token['kind'], text: string): string {
  if (kind === 'number') return digitsOf(text)
  return kind === 'word' ? fold(text) : text
}

function digitsOf(text: string): string {
  return [...text.normalize('NFKC')].map(digitOf).join('')
}

/** The digit of any script: each script's ten digits stand in a row, so the zero is found by stepping back. */
function digitOf(sign: string): string {
  if (sign >= '0' && sign <= '9') return sign
  if (!/\p{Nd}/u.test(sign)) return ''
  const code = sign.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++
  return String(value)
}

const shortened =
  /^(?:ул|пр|просп|пер|д|кв|г|с|п|пос|ст|стр|корп|к|мкр|мкрн|эт|под|обл|р|тел|т|им|уч|дер|сот|бул|пл|кор|пәт|уй|а|ав|ave|apt|st|no|mr|mrs|ms|dr|ж|нәр|үй|наб|бл)$/u

function opensSentence(before: readonly Token[]): boolean {
  const last = before.at(-1)
  if (last === undefined) return true
  if (last.kind === 'word' || last.kind === 'number') return false
  const word = before.at(-2)
  if (last.text === '.')
    return !(isWord(word) && (shortened.test(word.text.toLowerCase()) || word.text.length === 1))
  if ('«"“„('.includes(last.text)) return before.length === 1 || opensSentence(before.slice(-3, -1))
  return (
    '!?…•*→▪'.includes(last.text) ||
    (/[-–—]/u.test(last.text) && (before.length === 1 || last.newLine)) ||
    (last.kind === 'sign' && /\p{Extended_Pictographic}/u.test(last.text))
  )
}
