import { dayStreets, houseWords, liveCues, streets } from './address-words.ts'
import { isDwelling } from './dwelling-words.ts'
import { wordSet } from './plain-words.ts'
import { houseEnd, isMeasured, numberEnd } from './redact-house.ts'
import { isMedicine } from './redact-medicines.ts'
import { givenName } from './redact-name-words.ts'
import { hide, isNumber, isSign, isWord, type Page, type Token } from './redact-page.ts'
import { isPersonWord, streetEnding, unknown } from './redact-place-name.ts'
import { isMonth, isUnit } from './redact-quantities.ts'

const goods = wordSet(
  'дрова корова голова готова здорова снова слова основа половина машина резина картина говядина свинина баранина малина магазина бензина керосина инсулина аспирина апельсина мандарина витамина пластина перина корзина пружина рябина древесина докторская московская городская детская хозяйственная столовая коляска обнова подкова сурова нова больная теплая',
)

/** «абая 12-45», «Сатпаева 12 кв 5», «9 мая 14», «на Гагарина». */
export function hideBareStreet(page: Page, at: number): void {
  const token = page[at]
  if (!isWord(token)) return
  if (isNumber(page[at - 1]) && dayStreets.has(token.key)) {
    hideDayStreet(page, at)
    return
  }
  let next = at + 1
  if (
    isSign(page[next], '-') &&
    page[next]?.joined &&
    isNumber(page[next + 1]) &&
    streets.has(token.key) &&
    numberEnd(page, next + 2) > next + 2
  )
    next += 2
  while (isSign(page[next], ',.') && next < at + 2) next++
  const end = houseEnd(page, next)
  if (end > next && !page[next]?.newLine && isStreetLike(page, at, next)) {
    const first = streetStart(page, at)
    hide(page, first, end)
    return
  }
  const crossing = page[at - 1]?.key === 'и' && page[at - 2]?.hidden === true
  const on = crossing || /^(?:на|по|угол|углу|on)$/u.test(page[at - 1]?.key ?? '')
  if (
    on &&
    streets.has(token.key) &&
    !isMonth(page, at) &&
    (token.title || liveBefore(page, at)) &&
    !/^(?:облыс|област|район|аудан)/u.test(page[at + 1]?.key ?? '')
  )
    hide(page, at)
}

/** A first name or a hyphened half before the word belongs to the street: «Бауыржан Момышұлы», «Бухар-жырау». */
function streetStart(page: Page, at: number): number {
  const [before, token] = [page[at - 1], page[at]]
  if (token === undefined || token.newLine) return at
  if (isSign(before, '-') && token.joined && isWord(page[at - 2])) return at - 2
  if (!isWord(before)) return at
  const belongs = titleOfRank.test(token.key) || isPersonWord(before) || streets.has(before.key)
  return belongs ? at - 1 : at
}

/** «Қазыбек би 12», «Кабанбай батыра 7»: the rank belongs to the street's name. */
const titleOfRank = /^(?:би|бия|батыр|батыра|жырау|batyr|bi|хан|хана|жолы|жоли|zholy|joly|ел|дала)$/u

const liveBefore = (page: Page, at: number) => [2, 3].some(back => liveCues.has(page[at - back]?.key ?? ''))

function isStreetLike(page: Page, at: number, next: number): boolean {
  const token = page[at]
  if (!isWord(token)) return false
  const first = page[next]
  if (first?.kept && !isSign(page[next + 1], '/')) return false
  if (
    isNumber(first) &&
    (isMonth(page, next + 1) ||
      (isUnit(page, next + 1) && page[next + 1]?.joined === false && !streets.has(token.key)))
  )
    return false
  if (streets.has(token.key))
    return !(isMonth(page, at) && !token.title) && !/^(?:в|к|до|с|сагат)$/u.test(page[at + 1]?.key ?? '')
  if (titleOfRank.test(token.key)) {
    const name = page[isSign(page[at - 1], '-') ? at - 2 : at - 1]
    return isWord(name) && (name.title || streets.has(name.key)) && next === at + 1
  }
  if (!unknown(token) || goods.has(token.key) || isUnit(page, at)) return false
  if (token.title && isDwelling(token)) return false
  if (/^[a-z]/u.test(token.key) && token.title && /(?:ova|eva|skaya|kaya|skogo|ina)$/u.test(token.key))
    return true
  const strong = /(?:ова|ева|ского|цкого|овой|евой|улы)$/u.test(token.key) && token.key.length >= 6
  const pair =
    isNumber(first) && isSign(page[next + 1], '-/') && isNumber(page[next + 2]) && !isUnit(page, next + 3)
  const flat =
    isNumber(first) &&
    /^(?:кв|квартира|квартире|квартиры|пәтер|патер|уй|үй|apt|дом|kv|ui)$/u.test(page[next + 1]?.key ?? '')
  const russianPair = pair && streetEnding.test(token.key) && !smallRange(page, next)
  if (strong || russianPair || flat) return next === at + 1 || pair || flat || token.title
  return (
    token.title &&
    (!token.opens || (pair && !smallRange(page, next))) &&
    /\p{Script=Cyrillic}/u.test(token.text) &&
    weakHouse(page, at, next)
  )
}

const smallRange = (page: Page, at: number) =>
  Number(page[at]?.key) < Number(page[at + 2]?.key) && Number(page[at + 2]?.key) <= 24

function weakHouse(page: Page, at: number, next: number): boolean {
  if (isMedicineLike(page[at]) || next !== at + 1 || alone.test(page[next]?.key ?? '')) return false
  const after = page[next + 1]
  return after === undefined || after.newLine || !isWord(after) || houseWords.has(after.key) || after.joined
}

/** «в Каражале одна»: she lives there alone. */
const alone = /^(?:один|одна|одной|одну|одному|alone)$/u

const isMedicineLike = (token: Token | undefined) => token !== undefined && isMedicine(token.key)

function hideDayStreet(page: Page, month: number): void {
  const after = isSign(page[month + 1], ',') ? month + 2 : month + 1
  const number = page[after]
  if (number === undefined || number.newLine || /^(?:к|ко|до|с|после|by)$/u.test(page[month - 2]?.key ?? ''))
    return
  const end = houseEnd(page, after)
  if (end === after || number.kept || isUnit(page, after + 1) || isMeasured(page, end)) return
  if (isNumber(number) && (number.key.length === 4 || /^[-:.]?00$/u.test(page[after + 2]?.key ?? ''))) return
  const next = page[end]
  const ends =
    next === undefined || next.newLine || next.kind === 'sign' || end > after + 1 || isWord(page[after])
  const asks =
    isWord(next) &&
    /^(?:нужн|помо|приве|прин|куп|надо|можн|живу|просьб|приход|бабушк|керек|туратын|турамын)/u.test(next.key)
  if (ends || asks) hide(page, month - 1, end)
}

/** A person's name and a number right after it: a street the lists do not know, «Уранхаева 60». */
export function hideHousesAfterNames(page: Page): void {
  for (let at = 1; at < page.length; at++) {
    const [name, number, after] = [page[at - 1], page[at], page[at + 1]]
    if (!isWord(name) || !name.hidden || !isNumber(number) || number.hidden || number.kept || number.newLine)
      continue
    if (isAge(name, number)) continue
    if (number.key.length > 3 || isUnit(page, at + 1) || isMonth(page, at + 1)) continue
    if (isWord(after) && !after.newLine && !after.joined && !houseWords.has(after.key)) continue
    hide(page, at, houseEnd(page, at))
  }
}

/** «Шарипе 71»: a first name to whom something is given, and years enough for it. */
const isAge = (name: Token, number: Token) =>
  /^[6-9]\d$/u.test(number.key) &&
  /(?:е|ии)$/u.test(name.key) &&
  givenName(name) === 'sure' &&
  !streets.has(name.key)
