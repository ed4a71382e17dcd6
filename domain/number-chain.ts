import { type NumberWord, numberWords } from './number-words.ts'
import { isNumber, isWord, type Page, type Token } from './redact-page.ts'

/** One number of a chain: how many digits it stands for and the sign that joins it to the one before. */
export interface Link {
  readonly from: number
  readonly to: number
  readonly digits: string
  readonly glue: string
  readonly spoken: NumberWord | undefined
}

/** The numbers that follow each other from here, figures and spoken words alike. */
export function chainFrom(page: Page, first: number): Link[] {
  const chain: Link[] = []
  let at = first
  let glue = ''
  while (at < page.length) {
    const link = linkAt(page, at, glue, chain)
    if (link === undefined) break
    chain.push(link)
    const next = skipGlue(page, link.to)
    if (next === undefined || (link.spoken === 'thousand' && /[.,]/u.test(next.glue))) break
    glue = next.glue
    at = next.at
  }
  return chain
}

function linkAt(page: Page, at: number, glue: string, chain: readonly Link[]): Link | undefined {
  const token = page[at]
  if (token === undefined || token.kept || token.kind === 'mask') return undefined
  if (isNumber(token)) return { from: at, to: at + 1, digits: token.key, glue, spoken: undefined }
  if (!isWord(token)) return undefined
  const spoken = numberWords.get(token.key)
  if (spoken !== undefined && !(ambiguous(token) && !nextToNumberWord(page, at)))
    return { from: at, to: at + 1, digits: '', glue, spoken }
  if (lookAlike.test(token.text) && touchesNumber(page, at, chain.length > 0))
    return { from: at, to: at + 1, digits: '0'.repeat(token.text.length), glue, spoken: undefined }
  return undefined
}

/** Letters that stand in for a zero, a three, a one or a six. */
const lookAlike = /^[OoОоЗзlIІi|бBВ]{1,4}$/u

function touchesNumber(page: Page, at: number, inside: boolean): boolean {
  const [token, next] = [page[at], page[at + 1]]
  const before = token?.joined && isNumber(page[at - 1])
  const after = next?.joined && isNumber(next)
  return (before === true && (inside || after === true)) || after === true
}

/** «он» is ten in Kazakh and he in Russian; «торт» without ө is mostly a cake. */
const ambiguous = (token: Token) => token.key === 'он' || (token.key === 'торт' && !/ө/iu.test(token.text))

function nextToNumberWord(page: Page, at: number): boolean {
  const near = [page[at - 1]?.key ?? '', page[at + 1]?.key ?? '']
  return near.some(key => key !== 'он' && key !== 'торт' && numberWords.has(key))
}

const hardGlue = /^[-–—−‑.()/+_*·•~°=\\|'’]$|^\p{Extended_Pictographic}$|^[\u{1F3FB}-\u{1F3FF}]$/u
const softGlue = /^[,;:]$/u

function skipGlue(page: Page, from: number): { at: number; glue: string } | undefined {
  let glue = ''
  for (let at = from; at < from + 5; at++) {
    const token = page[at]
    if (token === undefined || (token.newLine && !singleDigits(page, at))) return undefined
    if (hardGlue.test(token.text)) glue += token.text
    else if (softGlue.test(token.text)) glue += ','
    else return { at, glue: glue || (token.joined ? '' : ' ') }
  }
  return undefined
}

/** A number written one digit a line. */
const singleDigits = (page: Page, at: number): boolean =>
  page[at]?.key.length === 1 && page[at - 1]?.key.length === 1 && isNumber(page[at]) && isNumber(page[at - 1])

/** Digits of the chain; spoken words of one number («сто двадцать три») count once. */
export function countDigits(chain: readonly Link[]): number {
  let count = 0
  chain.forEach((link, at) => {
    const before = chain[at - 1]
    if (link.spoken === undefined) count += link.digits.length
    else if (link.spoken === 'times-hundred') count += before?.spoken === 'unit' ? 2 : 3
    else if (!joinsNext(before, link)) count += sizes[link.spoken]
  })
  return count
}

const sizes: Record<NumberWord, number> = {
  zero: 1,
  unit: 1,
  teen: 2,
  ten: 2,
  hundred: 3,
  'times-hundred': 3,
  thousand: 3,
}

export function joinsNext(before: Link | undefined, link: Link | undefined): boolean {
  if (before?.spoken === undefined || link?.spoken === undefined || link.glue.includes(',')) return false
  if (link.spoken === 'times-hundred') return before.spoken === 'unit'
  if (before.spoken === 'hundred' || before.spoken === 'times-hundred')
    return /unit|teen|ten/u.test(link.spoken)
  return before.spoken === 'ten' && link.spoken === 'unit'
}
