import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** The first number in the text that can be dialled; the same number however it was typed. */
export function parsePhone(text: string): { e164: string } | undefined {
  for (const run of plain(text).match(numberRun) ?? []) {
    const e164 = run.startsWith('+') ? fromPlus(groupsOf(run)) : fromGroups(groupsOf(run))
    if (e164 !== undefined) return { e164 }
  }
  return undefined
}

/** True of a number with no more than words that point at it: «мой номер 8 701 …», «нет, телефон другой: …». */
export function isPhoneAlone(text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  return words.every(word => pointing.has(word)) && parsePhone(text) !== undefined
}

const pointing = new Set(
  (
    'нет не а мой её ее его наш номер номера телефон телефона тел другой новый правильный верный такой вот это этот по на ' +
    'исправьте измените поменяйте замените пожалуйста жоқ нөмір нөмірі нөмірім телефоны телефоным дұрысы жаңа басқа мынау ' +
    'түзетіңіз өзгертіңіз no not my her his the phone number is new right correct please change it to'
  ).split(' '),
)

/** «+7 701 123 45 67»: the way people here read a number aloud; foreign numbers in their own grouping. */
export function showPhone(e164: string): string {
  const home = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/u.exec(e164)
  if (home !== null) return `+7 ${home.slice(1).join(' ')}`
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164
}

/** Twelve digits that pass the check of an IIN or BIN. They are never wanted here, so they are to be masked. */
export function looksLikeIin(text: string): boolean {
  const runs = plain(text).match(numberRun) ?? []
  return runs.some(run => !run.startsWith('+') && iinCandidates(groupsOf(run)).some(passesIinCheck))
}

// Digits with what stands between them in a number. A comma, a colon or a word ends it.
const numberRun = /\+?\s?\(?\d(?:[\s().\p{Pd}/]*\d)*/gu

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\uFE0E\uFE0F\u20E3\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u00AD]/gu, '')
    .replace(/\d[\d\s().\p{Pd}oо]*\d/giu, run => run.replace(/[oо]/giu, '0'))
}

function groupsOf(run: string): string[] {
  return run.match(/\d+/gu) ?? []
}

/** The digits of the first group, of the first two, and so on, as far as a number can go. */
function beginnings(groups: readonly string[]): string[] {
  const found: string[] = []
  let digits = ''
  for (const group of groups) {
    digits += group
    if (digits.length > digitsMax) break
    found.push(digits)
  }
  return found
}

const digitsMax = 15

/** After a plus stands one number and it starts there. Of one at home its end is known; abroad all digits belong to it. */
function fromPlus(groups: readonly string[]): string | undefined {
  const candidates = beginnings(groups)
  const home = candidates.map(digits => fromDigits(digits, true)).find(number => number !== undefined)
  if (home !== undefined) return home
  return valid(`+${groups.join('')}`)
}

function fromGroups(groups: readonly string[]): string | undefined {
  const all = groups.join('')
  if (all.length === iinDigits && mayBeIin(groups)) return undefined
  const [international] = /^(?:00|810)(?=[1-9])/u.exec(all) ?? []
  if (international !== undefined) return fromPlus([all.slice(international.length)])
  for (let start = 0; start < groups.length; start++) {
    const found = startingWith(groups.slice(start, start + digitsMax))
    if (found !== undefined) return found
  }
  return undefined
}

/** A whole number in one piece or a lone 8 in front show a phone; other twelve digits are an IIN written apart. */
function mayBeIin(groups: readonly string[]): boolean {
  return !/^[78]$|^87\d{2}$|^[78]?7\d{9}$/u.test(groups[0] ?? '')
}

/** Ten or eleven digits can both fit, as in «777 123 45 67 5»: three digits in front are the code of an operator. */
function startingWith(groups: readonly string[]): string | undefined {
  const found = beginnings(groups).map(digits => fromDigits(digits, false))
  const [shorter, longer] = found.filter(number => number !== undefined)
  const first = groups[0]?.length ?? 0
  return longer === undefined || first === 3 || first >= 10 ? shorter : longer
}

function fromDigits(digits: string, plus: boolean): string | undefined {
  const home = (plus ? /^(?:[78]|78)(7\d{9})$/u : /^(?:[78]|78)?(7\d{9})$/u).exec(digits)?.[1]
  if (home !== undefined) return valid(`+7${home}`)
  // Russia and the free 8 800 numbers share the code; without the first digit they could be anything.
  const shared = (plus ? /^7([3489]\d{9})$/u : /^[78]([3489]\d{9})$/u).exec(digits)?.[1]
  return shared === undefined ? undefined : valid(`+7${shared}`)
}

function valid(e164: string): string | undefined {
  const number = parsePhoneNumberFromString(e164)
  return number?.isValid() ? number.number : undefined
}

const iinDigits = 12

function iinCandidates(groups: readonly string[]): string[] {
  return [...groups, groups.join('')].filter(digits => digits.length === iinDigits)
}

function passesIinCheck(digits: string): boolean {
  const numbers = [...digits].map(Number)
  const sum = (shift: number) =>
    numbers.slice(0, 11).reduce((total, digit, index) => total + digit * (((index + shift) % 11) + 1), 0) % 11
  const first = sum(0)
  const check = first === 10 ? sum(2) : first
  return check < 10 && check === numbers[11]
}
