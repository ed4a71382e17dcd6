import { houseWords } from './address-words.ts'
import { nameKey } from './name-key.ts'
import { isMedicine } from './redact-medicines.ts'
import { hide, isNumber, isSign, isWord, type Page, type Token } from './redact-page.ts'
import { isUnit } from './redact-quantities.ts'
import { boxes, joinsOf, signsOf } from './redact-signs.ts'
import { letters, step } from './redact-weights.ts'

/** Set by cross-validation in bench/secrets-train.ts: the words of the need must stay. */
export const secretMin = 0.35
/** Beside what is hidden less is enough: half an address or half a way to the key tells the rest. */
export const besideMin = 0.05

/** What labelled messages teach beside the rules: it hides more, and never shows what a rule hid. */
export function hideByOpinion(page: Page): void {
  const joins = page.map((_, at) => joinsOf(page, at))
  const chances = chancesOf(leaningsOf(signsOf(page), weights, step), leaningsOf(joins, weights, step))
  hideLikely(page, chances, secretMin, besideMin)
}

export function hideLikely(page: Page, chances: readonly number[], least: number, beside: number): void {
  const isLikely = (at: number, most: number) => tells(page[at]) && (chances[at] ?? 0) >= most
  const isDoubtful = (at: number) => isLikely(at, beside) && !isNeeded(page[at])
  page.forEach((_, at) => {
    if (isLikely(at, least) && !isBare(page, at)) hide(page, at)
  })
  for (let at = 1; at < page.length; at++)
    if (isDoubtful(at) && isGone(page[before(page, at, -1)])) hide(page, at)
  for (let at = page.length - 2; at >= 0; at--)
    if (isDoubtful(at) && isGone(page[before(page, at, 1)])) hide(page, at)
}

/** «пачек 12» is an amount too, and one letter alone betrays nobody. */
const isBare = (page: Page, at: number) =>
  page[at]?.text.length === 1
    ? isWord(page[at])
    : (isUnit(page, at) && isNumber(page[at + 1]) && !houseWords.has(page[at]?.key ?? '')) ||
      (isNumber(page[at]) && isUnit(page, at - 1) && !houseWords.has(page[at - 1]?.key ?? ''))

/** An amount, a medicine or what is asked for belongs to the need, even beside an address. */
const isNeeded = (token: Token | undefined) =>
  token !== undefined && (token.kept || isMedicine(token.key) || asked.has(token.key))

const asked = new Set(
  'лекарства лекарство таблетки хлеб молоко вода воду продукты дрова уголь врач врача врачу дәрі дәрілер нан сүт су азық отын көмір дәрігер medicine pills bread milk water food doctor'
    .split(' ')
    .map(nameKey),
)

const tells = (token: Token | undefined) => token?.kind === 'word' || token?.kind === 'number'
const isGone = (token: Token | undefined) => token !== undefined && (token.hidden || token.kind === 'mask')

/** The neighbour, over one sign that joins. */
const before = (page: Page, at: number, way: number) =>
  isSign(page[at + way], ',-–/.') ? at + 2 * way : at + way

/** How far each of many bundles of signs leans to one side, where the weights are told in steps of this size. */
export const leaningsOf = (
  bundles: readonly (readonly number[])[],
  by: ArrayLike<number>,
  size = 1,
): number[] =>
  bundles.map(signs => {
    let sum = 0
    for (const box of signs) sum += by[box] ?? 0
    return sum * size
  })

/** How likely each token is secret: each leans on its own signs and on its neighbours, there and back again. */
export function chancesOf(leanings: readonly number[], joins: readonly number[]): number[] {
  const forth: number[] = []
  for (let at = 0; at < leanings.length; at++)
    forth.push((leanings[at] ?? 0) + passedOn(forth[at - 1], joins[at]))
  const chances: number[] = []
  let back = 0
  for (let at = leanings.length - 1; at >= 0; at--) {
    chances[at] = 1 / (1 + Math.exp(-(forth[at] ?? 0) - back))
    back = passedOn((leanings[at] ?? 0) + back, joins[at])
  }
  return chances
}

/** What a neighbour's leaning says across a join that holds more or less. */
export function passedOn(leaning: number | undefined, join = 0): number {
  return leaning === undefined ? 0 : logSum(leaning + join, 0) - logSum(leaning, join)
}

const logSum = (one: number, other: number) =>
  Math.max(one, other) + Math.log1p(Math.exp(-Math.abs(one - other)))

const nothing = 'P'.charCodeAt(0)
export const stepsMax = 40

/**
 * A letter for each box: 'P' is nothing, each step up or down the alphabet one `step` more or less. Kept as steps, in
 * a byte each: they are looked up all over the table, thousands of them for a message.
 */
const weights = Int8Array.from({ length: boxes }, (_, box) => stepsOf(letters.charCodeAt(box)))

/** A backslash cannot stand in the data as itself, so a tilde stands for it. */
function stepsOf(code: number): number {
  return (code === '~'.charCodeAt(0) ? '\\'.charCodeAt(0) : code || nothing) - nothing
}

export function letterOf(steps: number): string {
  const letter = String.fromCharCode(nothing + steps)
  return letter === '\\' ? '~' : letter
}
