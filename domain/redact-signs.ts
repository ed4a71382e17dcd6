import {
  addressCues,
  houseWords,
  landmarks,
  liveCues,
  nearWords,
  streetAfter,
  streetBefore,
  streets,
  villageAfter,
  villageBefore,
} from './address-words.ts'
import { isDwelling } from './dwelling-words.ts'
import { nameKey } from './name-key.ts'
import { numberWords, ordinalsOf } from './number-words.ts'
import { kinAfter, kinBefore, plainWords, publicNames } from './plain-words.ts'
import { isPublicPlace } from './redact-everyday.ts'
import { isMedicine } from './redact-medicines.ts'
import { givenName } from './redact-name-words.ts'
import { ofWord, type Page, type Token } from './redact-page.ts'
import { isMonth, isUnit } from './redact-quantities.ts'
import { builtLikeName, endsLikeSurname, isFamily, isPatronymic } from './redact-surnames.ts'
import { isBuiltLikeVillage, isListedVillage } from './village-names.ts'

/** The signs of a token fall into this many boxes; two that share a box share a weight. */
export const boxes = 2 ** 16

/** What a token is by itself, as numbers: its word, its beginnings and endings, the lists it stands in. */
interface Look {
  readonly word: number
  readonly letters: readonly number[]
  readonly lists: readonly number[]
  /** All lists and the shape in one number. */
  readonly kind: number
}

/** For each token the boxes of what can be seen of it and around it. */
export function signsOf(page: Page): number[][] {
  const looks = page.map((_, at) => lookAt(page, at))
  const gone = page.map(token => (token.kind === 'mask' ? 2 : Number(token.hidden)))
  return page.map((token, at) => {
    const found: number[] = []
    const own = looks[at] ?? end
    addItself(found, page, token, own, at)
    for (const step of around)
      addNeighbour(found, step, looks[at + step] ?? (at + step < 0 ? start : end), own)
    addFurther(found, looks, at)
    addMasks(found, gone, own, at)
    return found
  })
}

const around = [-2, -1, 1, 2] as const

/** How the token joins the one before it: what is secret comes in rows, and a full stop ends a row. */
export function joinsOf(page: Page, at: number): number[] {
  const [before, token] = [page[at - 1], page[at]]
  if (before === undefined || token === undefined) return []
  const between = `${signOf(before)} ${signOf(token)} ${token.joined} ${token.newLine}`
  return [boxOf(mix(90, mixAll(between))), boxOf(91)]
}

const signOf = (token: Token) => (token.kind === 'sign' ? token.text : token.kind)

/** Each place and each kind of sign has a number of its own, or «before» would look like «behind». */
const sign = (place: number, seen: number) => boxOf(mix(place + 100, seen))

function addItself(found: number[], page: Page, token: Token, own: Look, at: number): void {
  found.push(sign(0, own.word), sign(1, own.kind))
  for (const letters of own.letters) found.push(sign(2, letters))
  for (const list of own.lists) found.push(sign(3, list))
  found.push(sign(96, mix(Number(token.opens) * 2 + Number(token.joined), own.kind)))
  found.push(sign(97, Math.min(3, at) * 4 + Math.min(3, page.length - 1 - at)))
  if (token.kept) found.push(sign(98, own.kind))
}

function addNeighbour(found: number[], step: number, { word, kind, lists, letters }: Look, own: Look): void {
  found.push(sign(10 + step, word), sign(20 + step, kind), sign(30 + step, mix(kind, own.kind)))
  for (const list of lists) found.push(sign(40 + step, list))
  if (step * step === 1) for (const part of letters) found.push(sign(80 + step, part))
}

function addFurther(found: number[], looks: readonly Look[], at: number): void {
  const kind = (step: number) => (looks[at + step] ?? (at + step < 0 ? start : end)).kind
  found.push(sign(90, mix(kind(-1), kind(1))), sign(92, mix(kind(-3), 0)), sign(93, mix(kind(3), 0)))
}

function addMasks(found: number[], gone: readonly number[], own: Look, at: number): void {
  for (let step = -2; step <= 2; step++) {
    const seen = gone[at + step] ?? 0
    if (seen === 0) continue
    found.push(
      sign(110 + step, seen),
      sign(120 + step, mix(seen, own.kind)),
      sign(130 + step, mix(seen, own.word)),
    )
  }
}

function lookAt(page: Page, at: number): Look {
  const token = page[at]
  if (token === undefined) return end
  if (token.kind === 'mask') return masked
  const look = lookOf(token)
  if (!isUnit(page, at)) return look
  return { ...look, kind: mix(look.kind, 31), lists: [...look.lists, 31] }
}

const lookOf = ofWord(lookAnew)

function lookAnew(token: Token): Look {
  if (token.kind === 'sign') return plainLook(`sign ${token.text}`)
  if (token.kind === 'number') {
    const shape = mixAll(numberShape(token.key))
    return { word: shape, letters: [], lists: [], kind: shape }
  }
  const key = nameKey(token.text)
  const lists = listsOf(token)
  const shape = shapeOf(token)
  const letters: number[] = [mixAll(shape)]
  for (let size = 2; size <= 5 && size < key.length; size++)
    letters.push(mixAll(`${key.slice(0, size)}-`), mixAll(`-${key.slice(-size)}`))
  let kind = mixAll(shape)
  for (const list of lists) kind = mix(kind, list)
  return { word: mixAll(key), letters, lists, kind }
}

/** A sum of money is round, an age has two figures, a house mostly less than three. */
function numberShape(digits: string): string {
  const zeros = /0*$/u.exec(digits)?.[0].length ?? 0
  const high = digits.length === 2 ? digits[0] : ''
  return `number ${Math.min(7, digits.length)} ${zeros} ${high} ${digits.startsWith('0')}`
}

function shapeOf({ text, title }: Token): string {
  const script = /[әғқңөұүһі]/iu.test(text) ? 'kk' : /[а-я]/iu.test(text) ? 'ru' : 'en'
  const size = text.length < 3 ? 'short' : ''
  return `${title ? 'T' : /^\p{Lu}/u.test(text) ? 'U' : 'l'} ${script} ${size}`
}

type List = (token: Token) => boolean
const has =
  (words: ReadonlySet<string> | ReadonlyMap<string, unknown>): List =>
  token =>
    words.has(token.key)

const lists: readonly List[] = [
  has(addressCues),
  has(houseWords),
  has(landmarks),
  has(liveCues),
  has(nearWords),
  has(streetAfter),
  has(streetBefore),
  has(streets),
  has(villageAfter),
  has(villageBefore),
  has(plainWords),
  has(publicNames),
  has(kinBefore),
  has(kinAfter),
  has(numberWords),
  token => ordinalsOf(token.key).length > 0,
  isDwelling,
  isPublicPlace,
  token => isMedicine(token.key),
  token => givenName(token) === 'sure',
  token => givenName(token) === 'capital',
  token => givenName(token) === 'company',
  isFamily,
  isPatronymic,
  builtLikeName,
  isListedVillage,
  isBuiltLikeVillage,
  token => endsLikeSurname(token, true),
  token => isMonth([token], 0),
]

function listsOf(token: Token): number[] {
  return lists.flatMap((isIn, list) => (isIn(token) ? [list + 1] : []))
}

const plainLook = (name: string): Look => ({ word: mixAll(name), letters: [], lists: [], kind: mixAll(name) })
const start = plainLook('start')
const end = plainLook('end')
const masked = plainLook('masked')

function mix(mixed: number, next: number): number {
  const stirred = Math.imul(mixed ^ (next + 0x9e3779b9 + (mixed << 6) + (mixed >>> 2)), 0x85ebca6b)
  return stirred ^ (stirred >>> 13)
}

function mixAll(text: string): number {
  let mixed = 0x811c9dc5
  for (let at = 0; at < text.length; at++) mixed = Math.imul(mixed ^ text.charCodeAt(at), 0x01000193)
  return mixed
}

function boxOf(mixed: number): number {
  const stirred = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  return (stirred ^ (stirred >>> 12)) & (boxes - 1)
}
