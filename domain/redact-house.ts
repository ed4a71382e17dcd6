import { countedHouseWords, houseLetters, houseWords } from './address-words.ts'
import { numberWords, ordinalEndings, ordinalsOf } from './number-words.ts'
import { hide, isNumber, isSign, isWord, type Page } from './redact-page.ts'

/** Measures which show that the number before them is no house: «дом в 5 минутах». Goods are not among them. */
const measures =
  /^(?:минут|мин$|час|км$|километр|метр|м2$|дн[яей]|день$|дней$|суток|лет$|год|недел|месяц|человек|чел$|комнат|ком$|жил[ыь]|тенге|тг$|кг$|кило|литр|мешк|мешок|раз$|раза$|куб|тонн|градус|адам|киси|кун$|апта|ай$|жыл|жас|сагат|рет$|кап$|минут|дана|minutes?$|hours?$|days?$|years?$|weeks?$|months?$|people|times?$|km$|kg$|meters?$|вольт|ватт|вт$|процент|булк|бутыл|пачк|таблет|шт$|штук|bags?$|packs?$)/u

export const isMeasured = (page: Page, at: number): boolean =>
  (isWord(page[at]) && !page[at]?.newLine && measures.test(page[at]?.key ?? '')) || isSign(page[at], '%₸')

/** Where a house number that starts here ends, or `from` when there is none: «12а», «12-45», «двадцать пять дробь один». */
export function numberEnd(page: Page, from: number): number {
  if (page[from]?.newLine) return from
  let end = isNumber(page[from]) ? from + 1 : spokenEnd(page, from)
  if (end === from || isMeasured(page, end) || countsInWords(page, end)) return from
  for (let turns = 0; turns < 4; turns++) {
    const more = suffixEnd(page, end)
    if (more === end) break
    end = more
  }
  return end
}

/** «2-сыныпта», «85-летие»: a long word tied to the number counts something, unless it is a house's own. */
function countsInWords(page: Page, at: number): boolean {
  const word = page[at + 1]
  return (
    isSign(page[at], '-') &&
    page[at]?.joined === true &&
    isWord(word) &&
    word.joined &&
    word.text.length > 4 &&
    !houseWords.has(word.key)
  )
}

function suffixEnd(page: Page, at: number): number {
  const [token, next] = [page[at], page[at + 1]]
  if (token === undefined || token.newLine) return at
  if (isWord(token) && token.joined && token.text.length <= 2) return at + 1
  if (isSign(token, '-–—/\\|') && next !== undefined && !next.newLine) {
    if (isNumber(next)) return isMeasured(page, at + 2) ? at : at + 2
    if (isWord(next) && token.joined && next.joined && next.text.length <= 4) return at + 2
  }
  if (/^(?:дробь|дроб|drob|slash|слэш|тире|черта)$/u.test(token.key)) {
    const end = isNumber(next) ? at + 2 : spokenEnd(page, at + 1)
    return end > at + 1 ? end : at
  }
  return isWord(token) && /^[абвгдежaбbАБВГД]$/u.test(token.text) && /^\p{Lu}$/u.test(token.text)
    ? at + 1
    : at
}

function spokenEnd(page: Page, from: number): number {
  let at = from
  while (at < page.length && at < from + 4 && isSpoken(page, at)) at++
  return at
}

function isSpoken(page: Page, at: number): boolean {
  const token = page[at]
  if (!isWord(token) || (token.newLine && at > 0)) return false
  if (token.key === 'он' || (token.key === 'торт' && !/ө/iu.test(token.text)))
    return numberWords.has(page[at + 1]?.key ?? '') || houseWords.has(page[at + 1]?.key ?? '')
  return (numberWords.has(token.key) && numberWords.get(token.key) !== 'thousand') || isOrdinal(token.key)
}

const isOrdinal = (key: string) =>
  ordinalsOf(key).some(start => key === start || ordinalEndings.has(key.slice(start.length)))

/** Consumes «, дом 12, кв. 5» and bare «12-45» or «12, 45» after a street, as far as it goes. */
export function houseEnd(page: Page, from: number, accepts = isHouse): number {
  let end = from
  for (let turns = 0; turns < 8; turns++) {
    let at = end
    while (isSign(page[at], ',.:;№#(-–—') && at < end + 2 && !page[at]?.newLine) at++
    const next = markedEnd(page, at, end > from) || bareEnd(page, at, turns, accepts)
    if (next <= end) break
    end = next
  }
  return end
}

export type Accepts = (page: Page, from: number, to: number) => boolean
const isHouse: Accepts = () => true

function markedEnd(page: Page, at: number, inside: boolean): number {
  const token = page[at]
  if (!isWord(token) || token.newLine) return 0
  const letter = houseLetters.has(token.key) || (inside && /^(?:под|п|кв|эт)$/u.test(token.key))
  if (!houseWords.has(token.key) && !letter) return 0
  let start = at + 1
  while (isSign(page[start], '.:№#-') && start < at + 3) start++
  const end = numberEnd(page, start)
  return end > start ? end : 0
}

function bareEnd(page: Page, at: number, turns: number, accepts: Accepts): number {
  const end = numberEnd(page, at)
  if (end === at) return 0
  const house = page[end]
  if (isWord(house) && !house.newLine && houseWords.has(house.key) && numberEnd(page, end + 1) === end + 1)
    return end + 1
  if (page[at]?.kept && (turns > 0 || isSign(page[at - 1], ','))) return 0
  if (turns > 0 && isWord(house) && !house.newLine && !houseWords.has(house.key)) return 0
  return turns < 3 && accepts(page, at, end) ? end : 0
}

/** In Kazakh the number stands first, so «жиырма бес үй алты пәтер» has one on each side. */
const kazakhHouse = /^(?:уй|патер|пат$|киреберис|кабат|ui$|uy$|pater)/u

/** Hides the number beside a house word, wherever it stands: «кв 5», «12 үй», «подъезд третий». */
export function hideHouses(page: Page): void {
  for (let at = 0; at < page.length; at++) {
    const token = page[at]
    if (!isWord(token)) continue
    if (/^(?:сосед|корши)/u.test(token.key)) hideNeighboursFlat(page, at)
    const letter = isLetterMarker(page, at)
    if (/^(?:под|эт|пд|подьез)$/u.test(token.key) && isSign(page[at + 1], '.') && isNumber(page[at - 1]))
      hide(page, at - 1, at + 2)
    if (!houseWords.has(token.key) && !letter) continue
    const start = afterSigns(page, at + 1)
    const end = numberEnd(page, start)
    if (end > start && !isAmountBefore(page, at) && !inCase(page, at, end)) hide(page, at, end)
    if (!letter && (!page[at]?.hidden || kazakhHouse.test(token.key))) hideBefore(page, at)
  }
}

function isLetterMarker(page: Page, at: number): boolean {
  const token = page[at]
  if (token === undefined || !houseLetters.has(token.key) || token.text !== token.text.toLowerCase())
    return false
  const next = page[at + 1]
  if (token.key === 'д' || token.key === 'd')
    return isNumber(next) || (isSign(next, '.') && isNumber(page[at + 2]))
  return next?.joined === true && (isNumber(next) || (isSign(next, '.') && isNumber(page[at + 2])))
}

function afterSigns(page: Page, from: number): number {
  let at = from
  while (isSign(page[at], '.:№#-–—=') && at < from + 3) at++
  if (/^(?:номер|номири|номира|номера|number|no|n)$/u.test(page[at]?.key ?? '') && at < page.length) at++
  if (page[at]?.key === 'is') at++
  return isSign(page[at], '.:№#') ? at + 1 : at
}

/** «дома 2 дня» was excluded by its measure; «үйде 5 …» and «дома 5 …» count something unless the line ends. */
function inCase(page: Page, at: number, end: number): boolean {
  if (
    page[at]?.key === 'дверь' &&
    /(?:ая|ую)$/u.test(page[at - 1]?.key ?? '') &&
    /^[6-9]0$/u.test(page[at + 1]?.key ?? '')
  )
    return true
  if (!/^(?:уйде|уйге|дома|home|house|комнаты|дверь|есик|door)$/u.test(page[at]?.key ?? '')) return false
  if (/^(?:из|у|от|возле|около|с|со|до|для|внутри|жители|the|at|in)$/u.test(page[at - 1]?.key ?? ''))
    return false
  const next = page[end]
  return (
    isWord(next) &&
    !next.newLine &&
    !houseWords.has(next.key) &&
    !/(?:ть|ите|жно|жна|жен|мой|моя)$/u.test(next.key)
  )
}

const isAmountBefore = (page: Page, at: number) => isNumber(page[at - 1]) && page[at]?.key === 'комнаты'

function hideBefore(page: Page, at: number): void {
  const token = page[at]
  if (token === undefined || token.newLine || countedHouseWords.has(token.key) || token.key === 'home') return
  let from = at
  if (isWord(page[at - 1]) && page[at - 1]?.joined && isSign(page[at - 2], '-') && isNumber(page[at - 3]))
    from = at - 3
  else if (isSign(page[at - 1], '-–') && isNumber(page[at - 2])) from = at - 2
  else if (isNumber(page[at - 1])) from = at - 1
  else if (
    isWord(page[at - 1]) &&
    (page[at - 1]?.text.length ?? 9) === 1 &&
    page[at - 1]?.joined &&
    isNumber(page[at - 2])
  )
    from = at - 2
  else while (from > at - 4 && isSpoken(page, from - 1)) from--
  if (from === at) return
  while (isSign(page[from - 1], '-/') && isNumber(page[from - 2]) && page[from]?.joined) from -= 2
  hide(page, from, at + 1)
}

/** «соседи из 46-й», «сосед с 12». */
function hideNeighboursFlat(page: Page, at: number): void {
  if (!/^(?:из|с|со|в|во|снизу|сверху|напротив)$/u.test(page[at + 1]?.key ?? '')) return
  const end = numberEnd(page, at + 2)
  if (end > at + 2) hide(page, at + 2, end)
}
