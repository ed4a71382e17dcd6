import { addressCues, dayStreets, houseWords, streetBefore, streets, villageBefore } from './address-words.ts'
import { plainWords, publicNames } from './plain-words.ts'
import { isPublicPlace } from './redact-everyday.ts'
import { numberEnd } from './redact-house.ts'
import { givenName } from './redact-name-words.ts'
import { isNumber, isSign, isWord, type Page, type Token } from './redact-page.ts'
import { isMonth, isUnit } from './redact-quantities.ts'
import { isFamily, isPatronymic } from './redact-surnames.ts'

export const unknown = (token: Token) =>
  !plainWords.has(token.key) && !isPublicPlace(token) && !publicNames.has(token.key)
export const verb =
  /(?:ли|ла|ло|ть|ет|ит|ют|ят|ут|ся|сь|ишь|ешь|ете|ите|но|ую|мын|мин|сыз|сиз|ныз|низ|ады|еди|йды|йди|ing|ed)$/u
export const quote = '«»"“”„\''
export const streetEnding = /(?:ова|ева|ина|ого|его|ой|ая|ых|их|улы|баев|беков|ский|ті|ия)$/u

/** How far a street's or village's name reaches from here. */
export function nameEnd(page: Page, from: number, wordsMax: number): number {
  let at = from
  let end = from
  let quoted = false
  for (let words = 0; words < wordsMax && at < page.length; ) {
    const token = page[at]
    if (token === undefined || (token.newLine && at > from)) break
    if (isSign(token, quote)) {
      quoted = at === from || !quoted ? token.text !== '»' : false
      if (!quoted) end = at + 1
      at++
      if (!quoted && at > from + 1) break
      continue
    }
    if (isSign(token, '-–') && token.joined && page[at + 1]?.joined) {
      at++
      continue
    }
    const step = nameStep(page, at, words, quoted)
    if (step === 0) break
    at += step
    end = at
    if (isSign(page[at], '.') && (page[at - 1]?.text.length ?? 9) <= 2) at++
    words++
  }
  return end
}

function nameStep(page: Page, at: number, words: number, quoted: boolean): number {
  const token = page[at]
  if (token === undefined) return 0
  if (isNumber(token)) return words === 0 || page[at - 1]?.text === '-' ? dayStreetEnd(page, at) - at : 0
  if (!isWord(token) || houseWords.has(token.key)) return 0
  if (quoted) return 1
  if (/^(?:им|имени|атындагы)$/u.test(token.key)) return 1
  if (token.title || /^\p{Lu}$/u.test(token.text)) return words > 0 && plainWords.has(token.key) ? 0 : 1
  if (streets.has(token.key) || isPersonWord(token)) return 1
  const leads = leadsToHouse(page, at + 1)
  if (plainWords.has(token.key) || publicNames.has(token.key))
    return leads === 1 && /(?:ая|ой|ий|ый|ое)$/u.test(token.key) ? 1 : 0
  if (leads > 0) return 1
  return words === 0 &&
    !verb.test(token.key) &&
    (streetEnding.test(token.key) || token.text === token.text.toUpperCase())
    ? 1
    : 0
}

/** In how many steps a house number comes, 0 for never: it tells that the small words before it are a name. */
export function leadsToHouse(page: Page, from: number): number {
  for (let at = from; at < from + 3 && at < page.length; at++) {
    const token = page[at]
    if (token === undefined || token.newLine) return 0
    if (isNumber(token) || houseWords.has(token.key)) return isUnit(page, at + 1) ? 0 : at - from + 1
    if (numberEnd(page, at) > at) return at - from + 1
    if (!isSign(token, ',-–') && (!isWord(token) || plainWords.has(token.key) || verb.test(token.key)))
      return 0
  }
  return 0
}

/** «8 марта», «30 лет Победы», «40 летия Октября» or a plain number of a microdistrict. */
function dayStreetEnd(page: Page, at: number): number {
  const next = page[at + 1]
  if (isMonth(page, at + 1) || (next !== undefined && dayStreets.has(next.key))) return at + 2
  const years = isSign(next, '-') ? at + 2 : at + 1
  if (/^(?:лет|летия|летие|жылдыгы|жыл|ти|гвардейцев|панфиловцев)$/u.test(page[years]?.key ?? ''))
    return years + 2
  return numberEnd(page, at)
}

export function afterMark(page: Page, at: number): number {
  let next = at + 1
  while (isSign(page[next], '.:') && next < at + 3) next++
  return next
}

/** Where the name before a marker begins. */
export function nameStart(page: Page, marker: number, wordsMax: number, careful: boolean): number {
  let from = marker
  for (let words = 0; words < wordsMax; words++) {
    let at = from - 1
    if (page[from]?.newLine) break
    if (isSign(page[at], `${quote}-–`) || (isSign(page[at], '.') && (page[at - 1]?.text.length ?? 9) === 1))
      at--
    const token = page[at]
    if (token === undefined || !belongsToName(page, at, words, careful)) break
    if (isNumber(token) && words > 0) break
    from = isSign(page[at - 1], quote) ? at - 1 : at
    if (isNumber(token)) break
  }
  return from
}

function belongsToName(page: Page, at: number, words: number, careful: boolean): boolean {
  const token = page[at]
  if (isNumber(token)) return words === 0
  if (!isWord(token) || houseWords.has(token.key) || streetBefore.has(token.key)) return false
  if (streets.has(token.key) || isPersonWord(token)) return true
  if (isPublicPlace(token) || plainWords.has(token.key)) return false
  if (token.title || /^\p{Lu}$/u.test(token.text)) return true
  if (careful) return false
  return words === 0 && !verb.test(token.key)
}

export const unknownOrStreet = (token: Token) => unknown(token) || streets.has(token.key)

export const isPlaceWord = (token: Token) =>
  streetBefore.has(token.key) ||
  houseWords.has(token.key) ||
  villageBefore.has(token.key) ||
  addressCues.has(token.key)

export const isPersonWord = (token: Token | undefined): boolean =>
  token?.kind === 'word' &&
  (givenName(token) !== undefined || isFamily(token) || isPatronymic(token)) &&
  !plainWords.has(token.key)
