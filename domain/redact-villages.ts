import { streets, villageBefore } from './address-words.ts'
import { isDwelling } from './dwelling-words.ts'
import { ordinalEndings, ordinalsOf } from './number-words.ts'
import { wordSet } from './plain-words.ts'
import { isDescribed } from './redact-described.ts'
import { type Accepts, houseEnd, numberEnd } from './redact-house.ts'
import { hide, isNumber, isSign, isWord, type Page } from './redact-page.ts'
import {
  afterMark,
  isPlaceWord,
  leadsToHouse,
  nameEnd,
  nameStart,
  quote,
  unknown,
  unknownOrStreet,
  verb,
} from './redact-place-name.ts'
import { isUnit } from './redact-quantities.ts'

export function isVillageMarker(page: Page, at: number): boolean {
  const token = page[at]
  if (token === undefined) return false
  if (villageBefore.has(token.key)) return true
  return /^[спа]$/u.test(token.text) && isSign(page[at + 1], '.') && page[at + 2]?.title === true
}

export function hideVillageAfter(page: Page, marker: number): void {
  const strict = /^(?:станци|ст$|дач|садовод|товарищ|of$)/u.test(page[marker]?.key ?? '')
  let from = afterMark(page, marker)
  if (page[from]?.key === 'of' || page[from]?.key === 'called') from++
  while (/^(?:массив|общество|кооператив|городского|типа)/u.test(page[from]?.key ?? '')) from++
  const token = page[from]
  if (token === undefined || token.newLine) return
  const garden = /^(?:снт|дач|садовод|товарищ)/u.test(page[marker]?.key ?? '')
  const named = isSign(token, quote) || (token.title && (garden || !token.opens || unknownOrStreet(token)))
  const lower = isWord(token) && !strict && unknown(token) && !verb.test(token.key) && !isUnit(page, from)
  if (!named && !lower) return
  const end = named ? nameEnd(page, from, 2) : from + 1
  hide(page, from, houseEnd(page, Math.max(end, from + 1), inDigits))
}

export function hideVillageBefore(page: Page, marker: number): void {
  const careful = /^(?:village|settlement|aul|ауил|ауыл|саяжай)$/u.test(page[marker]?.key ?? '')
  const from = nameStart(page, marker, 2, careful)
  if (from < marker && !isNumber(page[from])) hide(page, from, houseEnd(page, marker + 1, inDigits))
}

/** «в Ақсуате 12» is a house; «живёт в Ақсуате одна» and «в Жезкенте два ведра» are none. */
const inDigits: Accepts = (page, from) => isNumber(page[from])

const prepositions = wordSet('в на во из по с у около at in on near by de г город городе место месте жерде')
/** «живу в Карауле», «живу на Абая», «Кокбайда тұрамын», «live in Karaul». */
export function hideWhereLives(page: Page, cue: number): void {
  const preposition = page[cue + 1]
  const at = preposition !== undefined && prepositions.has(preposition.key) ? cue + 2 : cue + 1
  const token = page[at]
  if (
    isWord(token) &&
    !token.newLine &&
    unknownOrStreet(token) &&
    !isPlaceWord(token) &&
    (streets.has(token.key) || !isDwelling(token)) &&
    !isDescribed(page, at)
  ) {
    const accepts = /^(?:в|во|in)$/u.test(preposition?.key ?? '') ? inDigits : undefined
    const small =
      at > cue + 1 &&
      /^(?:в|во|in)$/u.test(preposition?.key ?? '') &&
      !verb.test(token.key) &&
      !/(?:ой|ом|ей|их|ых|а)$/u.test(token.key)
    if (token.title || streets.has(token.key) || small || (at > cue + 1 && leadsToHouse(page, at + 1) > 0))
      hide(page, at, houseEnd(page, token.title ? Math.max(at + 1, nameEnd(page, at, 2)) : at + 1, accepts))
  }
  if (
    isNumber(token) &&
    numberEnd(page, at) > at &&
    page[numberEnd(page, at)]?.title &&
    !isUnit(page, at + 1)
  )
    hide(page, at, nameEnd(page, at + 1, 2))
  const before = page[cue - 1]
  if (
    /^т[уұ]р/u.test(page[cue]?.key ?? '') &&
    isWord(before) &&
    before.title &&
    unknown(before) &&
    !isPlaceWord(before) &&
    !isDwelling(before) &&
    /(?:да|де|та|те)$/u.test(before.key)
  )
    hide(page, cue - 1)
}

const outposts =
  /^(?:разъезд(?:е|а|ы)?|разьезд|кордон(?:е|а|ы)?|бригада|бригаде|бригадасы|станция|станции|станса(?:сы)?|отделение|отделении|ферма|ферме|фермасы|отгон|отгоне|участок|участке|точка|точке|километр|разъезди|бекет(?:и)?|линия|линии|siding|cordon|razezd|kordon)$/u
/** «Бригада 3 человека», «3 линия трубы» and the stations of an ambulance are no places to live. */
const otherwise = /^(?:скор|метро|рабоч|строит|врач|полици|пожар|азс|заправ|электр|розет|банк|почт|больниц)/u

/** «41 разъезд», «кордон № 3», «3-ші бригада»: a place to live that has a number for a name. */
export function hideOutpost(page: Page, at: number): void {
  const token = page[at]
  if (!isWord(token) || !outposts.test(token.key) || otherwise.test(page[at + 1]?.key ?? '')) return
  const vague = /^(?:отделени|участ|точк|линия|линии|километр|станц|бригад|ферм)/u.test(token.key)
  const before = numberBefore(page, at)
  if (before < at && (!vague || startsPlace(page, before))) {
    hide(page, before, at + 1)
    return
  }
  let from = at + 1
  while (isSign(page[from], '№#.-–') || /^(?:номер|no|n)$/u.test(page[from]?.key ?? '')) from++
  const end = numberEnd(page, from)
  if (end > from && !isUnit(page, end) && !page[from]?.newLine && (!vague || endsPlace(page, end)))
    hide(page, at, end)
}

/** «Вторая улица», «2-я улица», «екінші көше», "second street": it has no other name. */
export function hideCountedStreet(page: Page, at: number): void {
  if (
    !/^(?:улица|улице|улицы|ул|линия|линии|переулок|переулке|коше|кошеде|коши|кошеси|кошесинде|street|lane|koshe)$/u.test(
      page[at]?.key ?? '',
    )
  )
    return
  const before = numberBefore(page, at)
  if (before < at) hide(page, before, houseEnd(page, at + 1))
}

function numberBefore(page: Page, at: number): number {
  const word = page[at - 1]
  if (page[at]?.newLine) return at
  if (isNumber(word)) return at - 1
  if (!isWord(word)) return at
  if (isOrdinal(word.key)) return at - 1
  if (!word.joined || word.text.length > 3) return at
  const number = isSign(page[at - 2], '-–') ? at - 3 : at - 2
  return isNumber(page[number]) ? number : at
}

const isOrdinal = (key: string) =>
  ordinalsOf(key).some(start => ordinalEndings.has(key.slice(start.length)) || key === start)

const startsPlace = (page: Page, at: number) => {
  const before = page[at - 1]
  return (
    before === undefined ||
    page[at]?.newLine === true ||
    before.hidden ||
    before.kind === 'mask' ||
    isSign(before, ',.;:') ||
    /^(?:на|в|с|из|до|от|живу|живет|живем|at|on)$/u.test(before.key)
  )
}

const endsPlace = (page: Page, at: number) => {
  const after = page[at]
  return (
    after === undefined ||
    after.newLine ||
    after.hidden ||
    after.kind !== 'word' ||
    /^(?:дом|кв|живу|нуж)/u.test(after.key)
  )
}
