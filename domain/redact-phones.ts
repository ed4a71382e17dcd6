import { chainFrom, countDigits, joinsNext, type Link } from './number-chain.ts'
import { wordSet } from './plain-words.ts'
import { hide, isNumber, isSign, isWord, type Page } from './redact-page.ts'
import { isUnit, money } from './redact-quantities.ts'

/** A whole mobile number in figures goes before anything in it can pass for a date or a blood pressure. */
export function hideMobiles(page: Page): void {
  for (let at = 0; at < page.length; at++) {
    if (!isNumber(page[at])) continue
    const chain = chainFrom(page, at)
    const digits = chain.map(link => link.digits).join('')
    const last = chain.at(-1)
    if (last === undefined) continue
    if (/^[78]7\d{9}$/u.test(digits) && chain.every(link => link.spoken === undefined))
      hide(page, at, last.to)
    at = last.to - 1
  }
}

/** Hides telephone numbers, cards, IIN and every other long chain of digits, written or spoken. */
export function hideLongNumbers(page: Page): void {
  for (let at = 0; at < page.length; ) {
    const chain = chainFrom(page, at)
    if (chain.length === 0) {
      at++
      continue
    }
    judge(page, chain)
    at = chain.at(-1)?.to ?? at + 1
  }
}

function judge(page: Page, chain: readonly Link[]): void {
  const parts = looksLikePhone(page, chain) ? [chain] : splitAtCommas(chain)
  for (const part of parts) {
    const rest = withoutAmount(page, part)
    const [first, last] = [rest[0], rest.at(-1)]
    if (first === undefined || last === undefined || !isSecret(page, rest)) continue
    const plus = isSign(page[first.from - 1], '+(') ? first.from - 1 : first.from
    hide(page, isSign(page[plus - 1], '+') ? plus - 1 : plus, last.to)
  }
}

function looksLikePhone(page: Page, chain: readonly Link[]): boolean {
  const count = countDigits(chain)
  const first = chain[0]
  const start =
    first?.digits[0] ??
    (/^(?:восем|сем|сегиз|жети|eight|seven)/u.test(page[first?.from ?? 0]?.key ?? '') ? '8' : '')
  const plus = isSign(page[(first?.from ?? 0) - 1], '+')
  return (count === 11 && /[78]/u.test(start)) || (plus && count >= 10) || (count === 10 && start === '7')
}

function splitAtCommas(chain: readonly Link[]): Link[][] {
  const parts: Link[][] = []
  for (const link of chain) {
    const last = parts.at(-1)
    const spokenPause = link.spoken !== undefined && last?.at(-1)?.spoken !== undefined
    if (last === undefined || (link.glue.includes(',') && !spokenPause)) parts.push([link])
    else last.push(link)
  }
  return parts
}

/** The number right before a unit is an amount and leaves the chain: «8701… 2 кг». */
function withoutAmount(page: Page, part: readonly Link[]): readonly Link[] {
  const last = part.at(-1)
  if (last === undefined || !isUnit(page, last.to)) return part
  if ((countDigits(part) <= 6 && !startsMobile(page, part)) || part.some(link => link.spoken === 'thousand'))
    return []
  if (money(page, last.to) && countDigits(part) <= 8 && last.spoken === undefined) return []
  let end = part.length - 1
  while (end > 0 && joinsNext(part[end - 1], part[end])) end--
  return part.slice(0, end)
}

function isSecret(page: Page, part: readonly Link[]): boolean {
  const count = countDigits(part)
  if (part.some(link => link.spoken === 'thousand') && count <= 9) return false
  if (count >= 7) return !(count <= 8 && (isRange(part) || isClock(part) || namesMoney(page, part)))
  if (count >= 5)
    return !(
      isRound(part) ||
      isRange(part) ||
      isPressure(page, part) ||
      namesMoney(page, part) ||
      isDecimal(part)
    )
  if (count >= 4 && startsMobile(page, part)) return true
  if (count === 4 && afterPhoneWord(page, part)) return !isClock(part) && !emergency.test(textOf(part))
  return false
}

const textOf = (part: readonly Link[]) =>
  part
    .map(link => (link.glue || '') + (link.digits || '#'))
    .join('')
    .trim()
    .replace(/^[^\d#]+/u, '')
/** «восемь семьсот семь …»: nothing else in a request begins with eight and a mobile code. */
function startsMobile(page: Page, part: readonly Link[]): boolean {
  const [first, second] = [page[part[0]?.from ?? 0]?.key ?? '', page[part[1]?.from ?? 0]?.key ?? '']
  const hundred = part[1]?.spoken === 'hundred' || part[2]?.spoken === 'times-hundred'
  return (
    /^(?:8|восемь|восем|сегиз|eight)$/u.test(first) && hundred && /^(?:семьсот|семсот|жети)$/u.test(second)
  )
}

const emergency = /^(?:1414|1406|1418|1458|1477|1430)$/u

function isRange(part: readonly Link[]): boolean {
  const range = /^(\d{2,4})[-–—](\d{2,4})$/u.exec(textOf(part))
  return (
    range !== null &&
    Number(range[1]) < Number(range[2]) &&
    /[05]$/u.test(range[1] ?? '') &&
    /[05]$/u.test(range[2] ?? '') &&
    range[1]?.[0] !== '0'
  )
}

/** «10 000», «23 500»: nobody's telephone ends so, and prices do. */
const isRound = (part: readonly Link[]) => /^[1-9]\d{0,2}[ .](?:000|500)$/u.test(textOf(part))

const isClock = (part: readonly Link[]) =>
  /^(?:[01]?\d|2[0-4])[-. :]?[0-5][05](?:[- –—]+(?:[01]?\d|2[0-4])[-. :]?[0-5][05])?$/u.test(textOf(part))
const isDecimal = (part: readonly Link[]) => /^\d{1,4}\.\d{1,2}$/u.test(textOf(part))

const pressureWords = wordSet(
  'давление давления давлением қысым қысымы қысымым кысым pressure ад верхнее пульс сахар қант',
)
function isPressure(page: Page, part: readonly Link[]): boolean {
  const from = part[0]?.from ?? 0
  return part.length <= 4 && [1, 2, 3].some(back => pressureWords.has(page[from - back]?.key ?? ''))
}

const moneyWords = wordSet(
  'сумма сумму пенсия пенсию пенсии долг стоит стоимость цена цену ценой оплата оплатить оплатила за бюджет ақша ақшасы бағасы баға құны зейнетақы зейнетақым costs cost price pay paid pension ақысы ақы төлемі төлем жалақы жалақысы коммуналка коммуналку коммуналки сдача сдачу сдачи сдачей зарплата зарплату зарплата аванс субсидия штраф перевод кредит лимит около примерно показания показание показаниям артикул артикулы көрсеткіш көрсеткіші модель каталог арт change salary fee budget',
)
function namesMoney(page: Page, part: readonly Link[]): boolean {
  const from = part[0]?.from ?? 0
  return (
    countDigits(part) <= 6 &&
    /^(?:[1-9]\d{0,2}(?:[ .]?\d{3})?|\d{4,6})$/u.test(textOf(part)) &&
    [1, 2].some(back => moneyWords.has(page[from - back]?.key ?? ''))
  )
}

const phoneWords =
  /^(?:тел|телефон|телефоны?м?|сот|сотка|сотовый|моб|мобильный|звон|позвон|перезвон|набер|ватсап|whatsapp|номер|номир|немир|нумир|хабарлас|конырау|call|phone|ring|dial|tel|mobile|landline|number|домашний|городской|уй тел)/u

function afterPhoneWord(page: Page, part: readonly Link[]): boolean {
  const from = part[0]?.from ?? 0
  for (let back = 1; back <= 4; back++) {
    const token = page[from - back]
    if (token === undefined || (isSign(token, '.!?') && back > 2)) return false
    if (/^(?:до|после|в|к|с|до|at|by|after|before|сагат|кейин|за|код)$/u.test(token.key)) return false
    if (isWord(token) && phoneWords.test(token.key)) return true
  }
  return false
}
