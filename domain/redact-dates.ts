import { numberWords, ordinalsOf } from './number-words.ts'
import { wordSet } from './plain-words.ts'
import { hide, isNumber, isSign, isWord, type Page } from './redact-page.ts'
import { isMonth, isUnit } from './redact-quantities.ts'

const birth =
  /^(?:родил|рожден|рождени|рожд|туган|туылган|туганмын|born|birth|birthday|dob|rodil|rozhden|tugan)/u
const historyWords =
  /^(?:войн|вов|воевал|участни|тыл|соғыс|согис|согыс|построй|построен|построенн|салынган|war|built|побед|репресс|голод|жеңіс|женис)/u
const speaker = wordSet('я она он мама бабушка мен анам апам ол с')

/** Hides dates of birth: whole dates of the past, and bare years of the older generations. */
export function hideBirthDates(page: Page): void {
  for (let at = 0; at < page.length; at++) {
    if (isNumber(page[at])) {
      hideNumericDate(page, at)
      hideYear(page, at)
    }
    if (birthMark(page, at) > 0) hideSpokenYear(page, at)
    if (opensSpokenDate(page, at)) hideSpokenDate(page, at + 1)
  }
}

function hideNumericDate(page: Page, at: number): void {
  const [day, first, month, second, year] = page.slice(at, at + 5)
  if (
    !isNumber(day) ||
    !isNumber(month) ||
    !isNumber(year) ||
    !isSign(first, './-, ') ||
    !isSign(second, './-, ')
  )
    return
  if (Number(day.key) > 31 || Number(month.key) > 12 || day.kept) return
  if (/^(?:1[89]\d\d|20[01]\d|[3-9]\d|0\d)$/u.test(year.key)) hide(page, at, at + 5)
  else if (bornNear(page, at)) hide(page, at, at + 5)
}

function hideYear(page: Page, at: number): void {
  const year = page[at]?.key ?? ''
  const whole = /^(?:19\d\d|200\d|201[0-5])$/u.test(year)
  const after = at + 1 + (page[at + 1]?.text === '-' && isWord(page[at + 2]) ? 2 : 0)
  const born =
    birthMark(page, after) > 0 ||
    (isYearWord(page, after) && birthMark(page, after + 1 + dot(page, after + 1)) > 0)
  if (born && (whole || /^[2-9]\d$/u.test(year))) {
    hideWithDay(page, at)
    return
  }
  if (!whole) {
    hideDayOfBirth(page, at)
    return
  }
  if (bornNear(page, at) || (isMonth(page, at - 1) && isNumber(page[at - 2]))) {
    hideWithDay(page, at)
    return
  }
  if (/^19[1-6]/u.test(year) && bareYear(page, at)) hide(page, at)
}

const dot = (page: Page, at: number) => (isSign(page[at], '.') ? 1 : 0)
const isYearWord = (page: Page, at: number) =>
  /^(?:года?|году|г|жылы?|жылгы|жыли|ж|year)$/u.test(page[at]?.key ?? '')

/** How many tokens at this place say "of birth": «года рождения», «г.р.», «ж.т.», «жылы туған». */
function birthMark(page: Page, at: number): number {
  const key = (step: number) => page[at + step]?.key ?? ''
  if (!isWord(page[at])) return 0
  if (birth.test(key(0))) return 1
  if (/^(?:г|ж)$/u.test(key(0))) {
    const next = dot(page, at + 1) + 1
    if (
      /^(?:р|т|рожд|рожден)/u.test(key(next)) &&
      key(next).length <= 7 &&
      (dot(page, at + 1) > 0 || !isUnit(page, at + next))
    )
      return next + 1
    if (/^(?:р|т)$/u.test(key(next))) return next + 1
  }
  if (/^(?:гр|жт|др)$/u.test(key(0))) return isSign(page[at + 1], '.') || page[at + 1] === undefined ? 1 : 1
  return isYearWord(page, at) && birth.test(key(1)) ? 2 : 0
}

function bornNear(page: Page, at: number): boolean {
  for (let back = 1; back <= 6; back++) {
    const token = page[at - back]
    if (token === undefined || isSign(token, '!?;')) return false
    if (isWord(token) && birth.test(token.key)) return !isSign(page[at - back + 1], '!?')
    if (token.key === 'др' || (token.key === 'д' && page[at - back + 2]?.key === 'р')) return true
  }
  return false
}

/** «родилась 12 марта», «туған күнім 12.03» with no year at all. */
function hideDayOfBirth(page: Page, at: number): void {
  if (!isMonth(page, at + 1)) return
  const said = [1, 2, 3].some(back =>
    /^(?:родил|туганмын|born|туылган|дата|датам)/u.test(page[at - back]?.key ?? ''),
  )
  const year = isNumber(page[at + 2]) && /^(?:[2-9]\d|19\d\d|20[01]\d)$/u.test(page[at + 2]?.key ?? '')
  if (year && bornNear(page, at)) hide(page, at, at + 3)
  else if (said) hide(page, at, at + 2)
}

function hideWithDay(page: Page, at: number): void {
  let [from, to] = [at, at + 1]
  if (isMonth(page, from - 1)) from -= isNumber(page[from - 2]) ? 2 : 1
  if (isSign(page[from - 1], '-–,') && isMonth(page, from - 2)) from -= isNumber(page[from - 3]) ? 3 : 2
  const after = isYearWord(page, to) ? to + 1 : to
  if (isNumber(page[after]) && isMonth(page, after + 1)) to = after + 2
  else if (isMonth(page, after) && isNumber(page[after + 1])) to = after + 2
  hide(page, from, to)
}

function bareYear(page: Page, at: number): boolean {
  const near = page.slice(Math.max(0, at - 5), at + 7)
  if (near.some(token => isWord(token) && historyWords.test(token.key))) return false
  if (isSign(page[at + 1], '-–/') && isNumber(page[at + 2])) return false
  if (isSign(page[at - 1], '-–/') && isNumber(page[at - 2])) return false
  return isYearWord(page, at + 1) || !isUnit(page, at + 1) || speaker.has(page[at - 1]?.key ?? '')
}

/** «сорок первого года рождения», «қырық бірінші жылы туғанмын». */
function hideSpokenYear(page: Page, mark: number): void {
  let from = mark
  while (from > 0 && mark - from < 7 && isSpokenNumber(page, from - 1)) from--
  if (from < mark && isWord(page[from])) hide(page, from, mark)
}

function isSpokenNumber(page: Page, at: number): boolean {
  const key = page[at]?.key ?? ''
  if (!isWord(page[at])) return false
  return numberWords.has(key) || isYearWord(page, at) || ordinalsOf(key).length > 0
}

/** After «родился» and «born», and at «тысяча девятьсот», spoken numbers are a date. */
function opensSpokenDate(page: Page, at: number): boolean {
  const key = page[at]?.key ?? ''
  if (/^(?:родил|born|rodil)/u.test(key)) return true
  return (
    /^(?:тысяча|мын)$/u.test(page[at + 1]?.key ?? '') &&
    /^(?:девятьсот|девятсот|тогыз)$/u.test(page[at + 2]?.key ?? '')
  )
}

function hideSpokenDate(page: Page, first: number): void {
  const from = /^(?:в|во|on|in|the)$/u.test(page[first]?.key ?? '') ? first + 1 : first
  let to = from
  while (
    to < from + 10 &&
    (isSpokenNumber(page, to) || isMonth(page, to) || /^(?:of|and)$/u.test(page[to]?.key ?? ''))
  )
    to++
  if (to - from >= 2) hide(page, from, to)
}
