import { houseWords } from './address-words.ts'
import { numberWords, ordinalsOf } from './number-words.ts'
import { wordSet } from './plain-words.ts'
import { isNumber, isSign, isWord, type Page } from './redact-page.ts'
import { isUnit } from './redact-quantities.ts'

const floorWords = wordSet(
  'этаж этажа этаже этажу этажом этажей қабат қабатта қабатқа қабаттан қабаты қабатында қабатына floor flr etazh etaj etazhe qabat kabat',
)

/** A floor alone betrays no door, and whoever carries a sack up must know it. Hidden with its address, it comes back. */
export function showFloors(page: Page): void {
  for (let at = 0; at < page.length; at++) {
    const token = page[at]
    if (!isWord(token) || !floorWords.has(token.key)) continue
    const [from, to] = floorSpan(page, at)
    if (to - from > 1) show(page, from, to)
    else token.hidden = false
  }
}

/** «5-қабат», «на 3-м этаже», «третий этаж» — or «этаж 3», when the number before is that of a flat. */
function floorSpan(page: Page, at: number): [number, number] {
  const before = numberBefore(page, at)
  const after = numberAfter(page, at)
  if (before < at && (after === at + 1 || !belongsToDoor(page, before))) return [before, at + 1]
  return [at, after]
}

function numberBefore(page: Page, at: number): number {
  let from = at - 1
  if (isWord(page[from]) && page[from]?.joined && (page[from]?.text.length ?? 9) <= 3) from--
  if (isSign(page[from], '-–')) from--
  if (isNumber(page[from]) && isStorey(page, from) && !page[from + 1]?.newLine) return from
  const word = page[at - 1]
  return isWord(word) && !page[at]?.newLine && saysNumber(word.key) ? at - 1 : at
}

function numberAfter(page: Page, at: number): number {
  let next = at + 1
  while (isSign(page[next], '.:№-') && next < at + 3) next++
  const token = page[next]
  if (token === undefined || token.newLine) return at + 1
  if (isWord(token) && saysNumber(token.key) && !isUnit(page, next + 1)) return next + 1
  if (!isNumber(token) || !isStorey(page, next) || isUnit(page, next + 1)) return at + 1
  return isWord(page[next + 1]) && houseWords.has(page[next + 1]?.key ?? '') ? at + 1 : next + 1
}

const isStorey = (page: Page, at: number) => Number(page[at]?.key) > 0 && Number(page[at]?.key) <= 40

const saysNumber = (key: string) =>
  (numberWords.has(key) && !/hundred|thousand/u.test(numberWords.get(key) ?? '')) ||
  ordinalsOf(key).length > 0

/** «кв 12 этаж 3», «Абая 12 этаж 3»: the number before the floor is somebody's door. */
function belongsToDoor(page: Page, at: number): boolean {
  const before = isSign(page[at - 1], '.№:') ? page[at - 2] : page[at - 1]
  if (before === undefined || isSign(page[at - 1], ',;')) return false
  return isSign(before, '-/') || (isWord(before) && (houseWords.has(before.key) || before.hidden))
}

/** The commas at both sides come back too: they belong to the sentence, not to the address. */
function show(page: Page, from: number, to: number): void {
  const first = isSign(page[from - 1], ',;') ? from - 1 : from
  const last = isSign(page[to], ',;.') ? to + 1 : to
  for (let at = first; at < last; at++) {
    const token = page[at]
    if (token !== undefined) token.hidden = false
  }
}
