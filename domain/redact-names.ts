import { nameKey } from './name-key.ts'
import { kinAfter, kinBefore, plainWords, wordSet } from './plain-words.ts'
import { isPublicPlace, ordinary } from './redact-everyday.ts'
import { givenName } from './redact-name-words.ts'
import { hide, isNumber, isSign, isWord, type Page, type Token } from './redact-page.ts'
import { isUnit } from './redact-quantities.ts'
import {
  builtLikeName,
  endsLikeSurname,
  isFamily,
  isPatronymic,
  isRespectful,
  kazakhSurname,
} from './redact-surnames.ts'

/** Hides people: given names, patronymics, surnames, initials, and whoever a phrase introduces. */
export function hideNames(page: Page): void {
  for (let at = 0; at < page.length; at++) {
    const token = page[at]
    if (!isWord(token)) continue
    if (isPerson(page, at, token)) hide(page, at)
    hideIntroduced(page, at)
    hideInitials(page, at)
  }
  for (let at = 0; at < page.length; at++) hideBeside(page, at)
  for (let at = 1; at < page.length; at++) hideCompound(page, at)
}

function isPerson(page: Page, at: number, token: Token): boolean {
  if (isPatronymic(token) || kazakhSurname(token)) return true
  const sureness = givenName(token)
  if (sureness !== undefined) {
    const everyday = plainWords.has(token.key) && !token.title && introduced(page, at)
    const beside = !everyday && besidePerson(page, at)
    if (sureness === 'company') return beside
    if (sureness === 'capital')
      return beside || (token.title && (!token.opens || doesSomething(page, at + 1)))
    return true
  }
  if (isRespectful(token) || builtLikeName(token)) return true
  if (standsLikeName(page, at, token)) return true
  return token.title && !token.opens && endsLikeSurname(token, false) && !isUnit(page, at)
}

const personVerb =
  /^(?:прос|звон|жив[её]т|живет|боле|жд[её]т|ждет|леж|сид|ход|сказал|упал|забол|работа|нужда|плох|хоч|может|не|одна|один|будет|приед|прид|откро|встрет|инвалид|пенсион|ветеран|даст|зн[ае]|слыш|вид|нужна|needs|lives|is|asks|wants|has|can|will|said|called|алмайды|сурайды|сурап|тур|ауыр|ауир|жат|отир|отыр|деген|деп|айт|аит|кут|кел|бар|жалгиз|жалгыз|кемек|комек)/u

export const doesSomething = (page: Page, at: number) =>
  isWord(page[at]) && !page[at]?.newLine && personVerb.test(page[at]?.key ?? '')

/** A relative's word, a patronymic, a surname or an introduction stands next to the word. */
function besidePerson(page: Page, at: number): boolean {
  const [before, token, next] = [page[at - 1], page[at], page[at + 1]]
  if (token === undefined) return false
  if (isWord(next) && !next.newLine) {
    if (isPatronymic(next) || isFamily(next)) return true
    if (kinAfter.has(next.key) && (token.title || !softWords.has(token.key))) return true
    if (
      token.title &&
      next.title &&
      (endsLikeSurname(next, true) || /sure|capital/u.test(givenName(next) ?? ''))
    )
      return true
  }
  if (token.title && isWord(next) && next.title && shortFamilies.has(next.key)) return true
  if (shortFamilies.has(token.key) && token.title && before?.title && givenName(before) !== undefined)
    return true
  if (isSign(next, '-') && kinAfter.has(page[at + 2]?.key ?? '')) return true
  if (!isWord(before) || token.newLine) return introduced(page, at)
  if (kinBefore.has(before.key) && (token.title || vocative.has(before.key))) return true
  if (
    isFamily(before) ||
    (token.title && before.title && endsLikeSurname(before, true)) ||
    (token.title && before.title && givenName(before) === 'sure' && !token.opens)
  )
    return true
  return introduced(page, at)
}

/** Before these words a small-letter name is still a name: «тётя вера», «баба надя». */
const vocative = wordSet(
  'тетя тети тете тетю тетей теть баба бабы бабе бабу дед деда деду дедушка дедушке дядя дяди дяде дядю tetya baba aunt uncle соседка соседке соседку сосед соседу соседа внучка внучке внучку дочь дочка дочке дочку көршім қызым немерем келінім',
)
const softWords = wordSet(
  'жан ата апа бала ана аға қыз ұлы дос бас еркін жас алтын асыл күн ай гүл мерей мейрам жаңа аман есен бота ерке талап тілек назар сағат дана үміт береке мереке ұзақ халық қарлығаш сөз сол жолдас кенже момын совет ақжол құрмет',
)

/** Korean surnames: short, and everyday words without their capital letter. */
const shortFamilies = wordSet(
  'ким пак цой тен ли хан ан шин чен юн огай хегай югай тян кан ю kim pak tsoi lee',
)

const introductions = wordSet(
  'зовут звать имя имени фамилия фамилию фио атым есімім есімі аты атым тегім есімім zovut atym esimim менің-атым',
)

/** «меня зовут …», «атым …», «my name is …» right before, a dash or «is» aside. */
export function introduced(page: Page, at: number): boolean {
  let back = at - 1
  while (isSign(page[back], ':-–—,«"') && back > at - 4) back--
  const key = page[back]?.key ?? ''
  if (introductions.has(key)) return !(key === 'имени' && page[back - 1]?.key === 'на')
  if (key === 'am') return page[back - 1]?.key === 'i' && page[at]?.title === true
  if (key === 'is') return page[back - 1]?.key === 'name'
  if (/^(?:меня|его|ее|мой|моя|бабушку|маму)$/u.test(key))
    return /^(?:зовут|звать|zovut)$/u.test(page[back - 1]?.key ?? '')
  return key === 'm' && page[back - 2]?.key === 'i' && page[at]?.title === true
}

/** Whoever is introduced is hidden even if nobody ever heard that name. */
function hideIntroduced(page: Page, at: number): void {
  const token = page[at]
  if (!isWord(token) || token.text.length < 2) return
  if (!ordinary(token) && (introduced(page, at) || calledAfter(page, at))) {
    hideFullName(page, at)
    return
  }
  if (!token.title || ordinary(token)) return
  const [before, next] = [page[at - 1], page[at + 1]]
  if (isWord(before) && !token.newLine && (kinBefore.has(before.key) || calls.test(before.key))) {
    hideFullName(page, at)
    return
  }
  if (
    isSign(before, ',:-–') &&
    isWord(page[at - 2]) &&
    kinBefore.has(page[at - 2]?.key ?? '') &&
    !token.opens
  ) {
    hide(page, at)
    return
  }
  if (isWord(next) && !next.newLine && kinAfter.has(next.key) && !/^(?:ата|ана)$/u.test(token.key)) {
    hide(page, at)
    return
  }
  if (isSign(next, '-') && next?.joined && kinAfter.has(page[at + 2]?.key ?? '')) {
    hide(page, at)
    return
  }
  if (isWord(next) && /^(?:деген|есимди|атти)$/u.test(next.key.replace('ы', 'и'))) hide(page, at)
}

/** «Насихат зовут», «Mr. Kim». */
function calledAfter(page: Page, at: number): boolean {
  if (isSign(page[at - 1], '.') && /^(?:mr|mrs|ms|dr|miss)$/u.test(page[at - 2]?.key ?? ''))
    return page[at]?.title === true
  return (
    /^(?:зовут|звать)$/u.test(page[at + 1]?.key ?? '') &&
    !page[at + 1]?.newLine &&
    !introductions.has(page[at - 1]?.key ?? '')
  )
}

/** Verbs and words that turn to a person: a capital letter after them is a name. */
const calls =
  /^(?:спросит|спросите|спросить|спрашив|позов|позва|звонит|звоните|позвони|перезвон|передайте$|передать$|скажите$|отдать$|отдайте$|это$|вместо$|мен$|i$|ask$|for$|tell$|contact$|named$|called$|уважаем|дорог(?:ой|ая)$|здравствуйте$|благодар|хабарлас|от$|мистер|eto$|zovut$)/u

function hideFullName(page: Page, from: number): void {
  hide(page, from)
  for (let at = from + 1; at < from + 3; at++) {
    const token = page[at]
    if (!isWord(token) || token.newLine || ordinary(token)) return
    if (
      !token.title &&
      givenName(token) === undefined &&
      !isPatronymic(token) &&
      !endsLikeSurname(token, true)
    )
      return
    hide(page, at)
  }
}

/** «Иванова М.П.», «М. П. Иванова». */
function hideInitials(page: Page, at: number): void {
  const token = page[at]
  if (token === undefined || !/^\p{Lu}$/u.test(token.text) || !isSign(page[at + 1], '.')) return
  const second = isWord(page[at + 2]) && /^\p{Lu}$/u.test(page[at + 2]?.text ?? '')
  const end = second ? (isSign(page[at + 3], '.') ? at + 4 : at + 3) : at + 2
  const [before, after] = [page[at - 1], page[end]]
  const surnameBefore = isWord(before) && before.title && !token.newLine && !ordinary(before)
  const surnameAfter = isWord(after) && after.title && !after.newLine && !ordinary(after)
  if (surnameBefore) hide(page, at - 1, end)
  else if (surnameAfter) hide(page, at, end + 1)
  else if (second) hide(page, at, end)
}

/** The words beside a hidden name which make it a full one. */
function hideBeside(page: Page, at: number): void {
  const token = page[at]
  if (!isWord(token) || !token.hidden || isNumber(token)) return
  const person =
    givenName(token) !== undefined ||
    isPatronymic(token) ||
    endsLikeSurname(token, true) ||
    builtLikeName(token)
  if (!person) return
  for (const step of [1, -1]) {
    const near = page[at + step]
    const later = step === 1 ? near : token
    if (!isWord(near) || near.hidden || later?.newLine || ordinary(near) || isUnit(page, at + step)) continue
    const name = near.title && !(near.opens && step === -1 && !endsLikeSurname(near, true))
    if (
      name ||
      (endsLikeSurname(near, true) &&
        (kazakhSurname(near) || isFamily(near) || /(?:ов|ев|ова|ева)$/u.test(near.key)))
    )
      hide(page, at + step)
  }
}

const beforeName =
  /^(?:у|к|ко|для|с|со|от|без|спасибо|рахмет|благодаря|вместе|из|в|на|по|до|и|with|for|from|at|in|to|by|and|thanks|near|меня|за|через|про|о|об)$/u
const kazakhCase = /(?:га|ге|ка|ке|нин|дин|тин|мен|бен|пен|дан|ден|тан|тен|нан|нен|да|де)$/u

/** A capital letter inside a sentence, in a place where people and villages stand: «спасибо Ерасылу», «в Мукуре». */
function standsLikeName(page: Page, at: number, token: Token): boolean {
  const before = page[at - 1]
  if (!token.title || token.opens || token.text.length < 3 || ordinary(token) || isUnit(page, at))
    return false
  if (
    isPublicPlace(token) ||
    (isNumber(page[at + 1]) && !/(?:ской|ского|ной|овой)$/u.test(token.key)) ||
    titled(page)
  )
    return false
  if (isWord(before) && beforeName.test(before.key)) return true
  return /[әғқңөұүһі]/iu.test(token.text) && kazakhCase.test(nameKey(token.text)) && token.text.length > 4
}

/** Whoever begins every word with a capital letter says nothing by it. */
function titled(page: Page): boolean {
  const known = titledPages.get(page)
  if (known !== undefined) return known
  const words = page.filter(token => isWord(token) && token.text.length > 2)
  const answer = words.length >= 5 && words.filter(token => token.title).length > words.length * 0.7
  titledPages.set(page, answer)
  return answer
}
const titledPages = new WeakMap<Page, boolean>()

/** «Ново-Баженово», «Айгуль-ға»: half a name betrays the other half. */
function hideCompound(page: Page, at: number): void {
  const [before, dash, next] = [page[at - 1], page[at], page[at + 1]]
  if (!isSign(dash, '-') || !isWord(before) || !isWord(next) || !dash?.joined || !next.joined) return
  if (before.hidden !== next.hidden) hide(page, at - 1, at + 2)
}
