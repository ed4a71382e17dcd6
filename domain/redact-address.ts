import {
  addressCues,
  houseWords,
  landmarks,
  liveCues,
  nearWords,
  streetAfter,
  streetBefore,
  streets,
  villageAfter,
} from './address-words.ts'
import { plainWords, publicNames, wordSet } from './plain-words.ts'
import { hideBareStreet } from './redact-bare-streets.ts'
import { isPublicPlace } from './redact-everyday.ts'
import { houseEnd, numberEnd } from './redact-house.ts'
import { hide, isNumber, isSign, isWord, type Page } from './redact-page.ts'
import { afterMark, isPlaceWord, leadsToHouse, nameEnd, nameStart, quote, verb } from './redact-place-name.ts'
import { isUnit } from './redact-quantities.ts'
import {
  hideCountedStreet,
  hideOutpost,
  hideVillageAfter,
  hideVillageBefore,
  hideWhereLives,
  isVillageMarker,
} from './redact-villages.ts'

/** Hides streets, villages and landmarks, with the house numbers that follow them. */
export function hideAddresses(page: Page): void {
  for (let at = 0; at < page.length; at++) {
    const token = page[at]
    if (token === undefined || token.kind !== 'word') continue
    if (addressCues.has(token.key)) hideAfterAddress(page, at)
    if (streetBefore.has(token.key)) hideStreetAfter(page, at)
    if (streetAfter.has(token.key)) hideStreetBefore(page, at)
    if (isVillageMarker(page, at)) hideVillageAfter(page, at)
    if (villageAfter.has(token.key)) hideVillageBefore(page, at)
    if (liveCues.has(token.key)) hideWhereLives(page, at)
    if (landmarks.has(token.key)) hideLandmark(page, at)
    hideBareStreet(page, at)
    hideOutpost(page, at)
    hideCountedStreet(page, at)
  }
}

function hideStreetAfter(page: Page, marker: number): void {
  const from = afterMark(page, marker)
  const end = nameEnd(page, from, 4)
  if (end === from) return
  if (
    from === marker + 1 &&
    page[marker]?.key.length === 2 &&
    !page[from]?.title &&
    leadsToHouse(page, end) === 0
  )
    return
  hide(page, marker, houseEnd(page, end))
}

function hideStreetBefore(page: Page, marker: number): void {
  const russian = /^(?:улиц|проспек|переул|бульвар|street|st$|str$|road|rd$|lane|drive|ave)/u.test(
    page[marker]?.key ?? '',
  )
  const from = nameStart(page, marker, 3, russian)
  let after = marker + 1
  while (after < marker + 4 && /^(?:аудан|уданы)/u.test(page[after]?.key ?? '')) after++
  if (from === marker) return
  if (isSign(page[after], '.')) after++
  const end = houseEnd(page, after)
  const number = isNumber(page[from - 1]) && russian && !page[from]?.newLine ? from - 1 : from
  hide(page, number, end)
}

const homeWords = wordSet('дом живу живем живёт дома адрес тұрамын турамын үйім үй live house home')

function hideLandmark(page: Page, at: number): void {
  const near =
    [1, 2, 3].some(back => nearWords.has(page[at - back]?.key ?? '')) ||
    [1, 2, 3].some(step => /^(?:жанын|касын|карсысын|артын|манын)/u.test(page[at + step]?.key ?? ''))
  const home = [1, 2, 3, 4].some(back => homeWords.has(page[at - back]?.key ?? ''))
  if (!near && !home) return
  let from = at + 1
  while (isSign(page[from], '№#.') || /^(?:номер|no|number)$/u.test(page[from]?.key ?? '')) from++
  const number = numberEnd(page, from)
  if (number > from) hide(page, from, number)
  else if (isSign(page[at + 1], quote) || (page[at + 1]?.title && !publicNames.has(page[at + 1]?.key ?? '')))
    hide(page, at + 1, Math.max(at + 1, nameEnd(page, at + 1, 2)))
  if (isNumber(page[at - 1])) hide(page, isSign(page[at - 2], '№#') ? at - 2 : at - 1, at)
}

/** After «адрес:» everything goes that is no everyday word, to the end of the sentence. */
function hideAfterAddress(page: Page, cue: number): void {
  let at = afterMark(page, cue)
  if (isSign(page[cue + 1], ',.') || page[cue + 1]?.text === 'және') return
  while (
    /^(?:мой|моя|ее|его|у|меня|наш|такой|дома|is|my|бабушки|мамы|дедушки|это|тот|же|по|прописки|осы)$/u.test(
      page[at]?.key ?? '',
    ) ||
    isSign(page[at], '-–—:')
  )
    at++
  for (const first = at; at < page.length && at < first + 14; ) {
    const token = page[at]
    if (token === undefined || (token.newLine && at > first) || isSign(token, '!?;')) return
    if (isSign(token, '.') && page[at + 1]?.opens) return
    if (isNumber(token) && (isUnit(page, at + 1) || token.kept) && !houseWords.has(page[at - 1]?.key ?? ''))
      return
    if (
      isWord(token) &&
      !isPlaceWord(token) &&
      !streetAfter.has(token.key) &&
      !villageAfter.has(token.key) &&
      !streets.has(token.key)
    ) {
      if (
        isPublicPlace(token) ||
        /^(?:г|город|район|области|область|облысы|аудани|ауданы|каласы|город)$/u.test(token.key)
      ) {
        at++
        continue
      }
      if (plainWords.has(token.key) || verb.test(token.key)) return
    }
    hide(page, at)
    at++
  }
}
