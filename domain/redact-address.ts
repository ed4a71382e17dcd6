import {
  addressCues, dayStreets, houseWords, landmarks, liveCues, nearWords, streetAfter, streetBefore, streets, villageAfter, villageBefore,
} from './address-words.ts'
import { plainWords, publicNames, publicPlaces, wordSet } from './plain-words.ts'
import { isMedicine } from './redact-name-words.ts'
import { isPersonWord } from './redact-name-words.ts'
import { houseEnd, isMeasured, numberEnd } from './redact-house.ts'
import { hide, isNumber, isSign, isWord, type Page, type Token } from './redact-page.ts'
import { isMonth, isUnit } from './redact-quantities.ts'

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
  }
}

const unknown = (token: Token) => !plainWords.has(token.key) && !publicPlaces.has(token.key) && !publicNames.has(token.key)
const verb =
  /(?:ли|ла|ло|ть|ет|ит|ют|ят|ут|ся|сь|ишь|ешь|ете|ите|но|ую|мын|мин|сыз|сиз|ныз|низ|ады|еди|йды|йди|ing|ed)$/u
const quote = '«»"“”„\''
const streetEnding = /(?:ова|ева|ина|ого|его|ой|ая|ых|их|улы|баев|беков|ский|ті|ия)$/u

/** How far a street's or village's name reaches from here. */
function nameEnd(page: Page, from: number, wordsMax: number): number {
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
  if (plainWords.has(token.key) || publicNames.has(token.key)) return leads === 1 && /(?:ая|ой|ий|ый|ое)$/u.test(token.key) ? 1 : 0
  if (leads > 0) return 1
  return words === 0 && !verb.test(token.key) && (streetEnding.test(token.key) || token.text === token.text.toUpperCase()) ? 1 : 0
}

/** In how many steps a house number comes, 0 for never: it tells that the small words before it are a name. */
function leadsToHouse(page: Page, from: number): number {
  for (let at = from; at < from + 3 && at < page.length; at++) {
    const token = page[at]
    if (token === undefined || token.newLine) return 0
    if (isNumber(token) || houseWords.has(token.key)) return isUnit(page, at + 1) ? 0 : at - from + 1
    if (numberEnd(page, at) > at) return at - from + 1
    if (!isSign(token, ',-–') && (!isWord(token) || plainWords.has(token.key) || verb.test(token.key))) return 0
  }
  return 0
}

/** «8 марта», «30 лет Победы», «40 летия Октября» or a plain number of a microdistrict. */
function dayStreetEnd(page: Page, at: number): number {
  const next = page[at + 1]
  if (isMonth(page, at + 1) || (next !== undefined && dayStreets.has(next.key))) return at + 2
  const years = isSign(next, '-') ? at + 2 : at + 1
  if (/^(?:лет|летия|летие|жылдыгы|жыл|ти|гвардейцев|панфиловцев)$/u.test(page[years]?.key ?? '')) return years + 2
  return numberEnd(page, at)
}

function afterMark(page: Page, at: number): number {
  let next = at + 1
  while (isSign(page[next], '.:') && next < at + 3) next++
  return next
}

function hideStreetAfter(page: Page, marker: number): void {
  const from = afterMark(page, marker)
  const end = nameEnd(page, from, 4)
  if (end === from) return
  if (from === marker + 1 && page[marker]?.key.length === 2 && !page[from]?.title && leadsToHouse(page, end) === 0) return
  hide(page, marker, houseEnd(page, end))
}

function hideStreetBefore(page: Page, marker: number): void {
  const russian = /^(?:улиц|проспек|переул|бульвар|street|st$|str$|road|rd$|lane|drive|ave)/u.test(page[marker]?.key ?? '')
  const from = nameStart(page, marker, 3, russian)
  let after = marker + 1
  while (after < marker + 4 && /^(?:аудан|уданы)/u.test(page[after]?.key ?? '')) after++
  if (from === marker) return
  if (isSign(page[after], '.')) after++
  const end = houseEnd(page, after)
  const number = isNumber(page[from - 1]) && russian && !page[from]?.newLine ? from - 1 : from
  hide(page, number, end)
}

/** Where the name before a marker begins. */
function nameStart(page: Page, marker: number, wordsMax: number, careful: boolean): number {
  let from = marker
  for (let words = 0; words < wordsMax; words++) {
    let at = from - 1
    if (page[from]?.newLine) break
    if (isSign(page[at], `${quote}-–`) || (isSign(page[at], '.') && (page[at - 1]?.text.length ?? 9) === 1)) at--
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
  if (publicPlaces.has(token.key) || plainWords.has(token.key)) return false
  if (token.title || /^\p{Lu}$/u.test(token.text)) return true
  if (careful) return false
  return words === 0 && !verb.test(token.key)
}

function isVillageMarker(page: Page, at: number): boolean {
  const token = page[at]
  if (token === undefined) return false
  if (villageBefore.has(token.key)) return true
  return /^[спа]$/u.test(token.text) && isSign(page[at + 1], '.') && page[at + 2]?.title === true
}

function hideVillageAfter(page: Page, marker: number): void {
  const strict = /^(?:станци|ст$|дач|садовод|товарищ|of$)/u.test(page[marker]?.key ?? '')
  let from = afterMark(page, marker)
  if (page[from]?.key === 'of' || page[from]?.key === 'called') from++
  while (/^(?:массив|общество|кооператив|городского|типа)/u.test(page[from]?.key ?? '')) from++
  const token = page[from]
  if (token === undefined || token.newLine) return
  const named = isSign(token, quote) || (token.title && unknownOrStreet(token))
  const lower = isWord(token) && !strict && unknown(token) && !verb.test(token.key) && !isUnit(page, from)
  if (!named && !lower) return
  const end = named ? nameEnd(page, from, 2) : from + 1
  hide(page, from, houseEnd(page, Math.max(end, from + 1)))
}

const unknownOrStreet = (token: Token) => unknown(token) || streets.has(token.key)

function hideVillageBefore(page: Page, marker: number): void {
  const careful = /^(?:village|settlement|aul|ауил|ауыл|саяжай)$/u.test(page[marker]?.key ?? '')
  const from = nameStart(page, marker, 2, careful)
  if (from < marker && !isNumber(page[from])) hide(page, from, houseEnd(page, marker + 1))
}

const prepositions = wordSet('в на во из по с у около at in on near by de г город городе место месте жерде')
const commonDwellings = wordSet('бараке общежитии степи центре районе городе пригороде частном окраине отдаленном отдаленной одиночестве бедности нищете однокомнатной двухкомнатной коммуналке приюте интернате деревне полуразрушенном аварийном многоэтажке пятиэтажке девятиэтажке многодетной долг постоянном страхе')

/** «живу в Карауле», «живу на Абая», «Кокбайда тұрамын», «live in Karaul». */
function hideWhereLives(page: Page, cue: number): void {
  const preposition = page[cue + 1]
  const at = preposition !== undefined && prepositions.has(preposition.key) ? cue + 2 : cue + 1
  const token = page[at]
  if (isWord(token) && !token.newLine && unknownOrStreet(token) && !isPlaceWord(token) && !commonDwellings.has(token.key)) {
    const small = at > cue + 1 && /^(?:в|во|in)$/u.test(preposition?.key ?? '') && !verb.test(token.key) && !/(?:ой|ом|ей|их|ых|а)$/u.test(token.key)
    if (token.title || streets.has(token.key) || small || (at > cue + 1 && leadsToHouse(page, at + 1) > 0))
      hide(page, at, houseEnd(page, token.title ? Math.max(at + 1, nameEnd(page, at, 2)) : at + 1))
  }
  if (isNumber(token) && numberEnd(page, at) > at && page[numberEnd(page, at)]?.title && !isUnit(page, at + 1)) hide(page, at, nameEnd(page, at + 1, 2))
  const before = page[cue - 1]
  if (/^т[уұ]р/u.test(page[cue]?.key ?? '') && isWord(before) && before.title && unknown(before) && !isPlaceWord(before) && /(?:да|де|та|те)$/u.test(before.key)) hide(page, cue - 1)
}

const isPlaceWord = (token: Token) =>
  streetBefore.has(token.key) || houseWords.has(token.key) || villageBefore.has(token.key) || addressCues.has(token.key)

const homeWords = wordSet('дом живу живем живёт дома адрес тұрамын турамын үйім үй live house home')

function hideLandmark(page: Page, at: number): void {
  const near = [1, 2, 3].some(back => nearWords.has(page[at - back]?.key ?? '')) || [1, 2, 3].some(step => /^(?:жанын|касын|карсысын|артын|манын)/u.test(page[at + step]?.key ?? ''))
  const home = [1, 2, 3, 4].some(back => homeWords.has(page[at - back]?.key ?? ''))
  if (!near && !home) return
  let from = at + 1
  while (isSign(page[from], '№#') || /^(?:номер|no|number)$/u.test(page[from]?.key ?? '')) from++
  const number = numberEnd(page, from)
  if (number > from) hide(page, from, number)
  else if (isSign(page[at + 1], quote) || (page[at + 1]?.title && !publicNames.has(page[at + 1]?.key ?? ''))) hide(page, at + 1, Math.max(at + 1, nameEnd(page, at + 1, 2)))
  if (isNumber(page[at - 1])) hide(page, isSign(page[at - 2], '№#') ? at - 2 : at - 1, at)
}

/** After «адрес:» everything goes that is no everyday word, to the end of the sentence. */
function hideAfterAddress(page: Page, cue: number): void {
  let at = afterMark(page, cue)
  while (/^(?:мой|моя|ее|его|у|меня|наш|такой|дома|is|my|бабушки|мамы|дедушки|это|тот|же|по|прописки|осы)$/u.test(page[at]?.key ?? '') || isSign(page[at], '-–—:')) at++
  for (const first = at; at < page.length && at < first + 14; ) {
    const token = page[at]
    if (token === undefined || (token.newLine && at > first) || isSign(token, '!?;')) return
    if (isSign(token, '.') && page[at + 1]?.opens) return
    if (isNumber(token) && (isUnit(page, at + 1) || token.kept) && !houseWords.has(page[at - 1]?.key ?? '')) return
    if (isWord(token) && !isPlaceWord(token) && !streetAfter.has(token.key) && !villageAfter.has(token.key) && !streets.has(token.key)) {
      if (publicPlaces.has(token.key) || /^(?:г|город|район|области|область|облысы|аудани|ауданы|каласы|город)$/u.test(token.key)) {
        at++
        continue
      }
      if (plainWords.has(token.key) || verb.test(token.key)) return
    }
    hide(page, at)
    at++
  }
}

const goods = wordSet('дрова корова голова готова здорова снова слова основа половина машина резина картина говядина свинина баранина малина магазина бензина керосина инсулина аспирина апельсина мандарина витамина пластина перина корзина пружина рябина древесина докторская московская городская детская хозяйственная столовая коляска обнова подкова сурова нова больная теплая')

/** «абая 12-45», «Сатпаева 12 кв 5», «9 мая 14», «на Гагарина». */
function hideBareStreet(page: Page, at: number): void {
  const token = page[at]
  if (!isWord(token)) return
  if (isNumber(page[at - 1]) && dayStreets.has(token.key)) return hideDayStreet(page, at)
  let next = at + 1
  if (isSign(page[next], '-') && page[next]?.joined && isNumber(page[next + 1]) && streets.has(token.key) && numberEnd(page, next + 2) > next + 2) next += 2
  while (isSign(page[next], ',.') && next < at + 2) next++
  const end = houseEnd(page, next)
  if (end > next && !page[next]?.newLine && isStreetLike(page, at, next)) {
    const first = isWord(page[at - 1]) && !page[at]?.newLine && (isPersonWord(page[at - 1]) || (streets.has(page[at - 1]?.key ?? '') && page[at - 1]?.key !== 'мира')) ? at - 1 : at
    return hide(page, first, end)
  }
  const on = /^(?:на|по|угол|on)$/u.test(page[at - 1]?.key ?? '')
  if (on && streets.has(token.key) && !isMonth(page, at) && (token.title || liveBefore(page, at)) && !/^(?:облыс|област|район|аудан)/u.test(page[at + 1]?.key ?? '')) hide(page, at)
}

const liveBefore = (page: Page, at: number) => [2, 3].some(back => liveCues.has(page[at - back]?.key ?? ''))

function isStreetLike(page: Page, at: number, next: number): boolean {
  const token = page[at]
  if (!isWord(token)) return false
  const first = page[next]
  if (first?.kept && !isSign(page[next + 1], '/')) return false
  if (isNumber(first) && (isMonth(page, next + 1) || (isUnit(page, next + 1) && page[next + 1]?.joined === false && !streets.has(token.key)))) return false
  if (streets.has(token.key)) return !(isMonth(page, at) && !token.title) && !/^(?:в|к|до|с|сагат)$/u.test(page[at + 1]?.key ?? '')
  if (!unknown(token) || goods.has(token.key) || isUnit(page, at)) return false
  const strong = /(?:ова|ева|ского|цкого|овой|евой|улы)$/u.test(token.key) && token.key.length >= 6
  const pair = isNumber(first) && isSign(page[next + 1], '-/') && isNumber(page[next + 2]) && !isUnit(page, next + 3)
  const flat = isNumber(first) && /^(?:кв|квартира|квартире|квартиры|пәтер|патер|уй|үй|apt|дом|kv|ui)$/u.test(page[next + 1]?.key ?? '')
  const russianPair = pair && streetEnding.test(token.key) && !smallRange(page, next)
  if (strong || russianPair || flat) return next === at + 1 || pair || flat || token.title
  return token.title && (!token.opens || (pair && !smallRange(page, next))) && /\p{Script=Cyrillic}/u.test(token.text) && weakHouse(page, at, next)
}

const smallRange = (page: Page, at: number) =>
  Number(page[at]?.key) < Number(page[at + 2]?.key) && Number(page[at + 2]?.key) <= 24

function weakHouse(page: Page, at: number, next: number): boolean {
  if (isMedicineLike(page[at]) || next !== at + 1) return false
  const after = page[next + 1]
  return after === undefined || after.newLine || !isWord(after) || houseWords.has(after.key) || after.joined
}

const isMedicineLike = (token: Token | undefined) => token !== undefined && isMedicine(token.key)

function hideDayStreet(page: Page, month: number): void {
  const after = isSign(page[month + 1], ',') ? month + 2 : month + 1
  const number = page[after]
  if (number === undefined || number.newLine || /^(?:к|ко|до|с|после|by)$/u.test(page[month - 2]?.key ?? '')) return
  const end = houseEnd(page, after)
  if (end === after || number.kept || isUnit(page, after + 1) || isMeasured(page, end)) return
  if (isNumber(number) && (number.key.length === 4 || /^[-:.]?00$/u.test(page[after + 2]?.key ?? ''))) return
  const next = page[end]
  const ends = next === undefined || next.newLine || next.kind === 'sign' || end > after + 1 || isWord(page[after])
  const asks = isWord(next) && /^(?:нужн|помо|приве|прин|куп|надо|можн|живу|просьб|приход|бабушк|керек|туратын|турамын)/u.test(next.key)
  if (ends || asks) hide(page, month - 1, end)
}
