import { streets, villageBefore } from './address-words.ts'
import { isDwelling } from './dwelling-words.ts'
import { wordSet } from './plain-words.ts'
import { type Accepts, houseEnd, numberEnd } from './redact-house.ts'
import { hide, isNumber, isSign, isWord, type Page } from './redact-page.ts'
import { isDescribed } from './redact-place-could.ts'
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
