import { nameKey } from './name-key.ts'
import { kinAfter, kinBefore, wordSet } from './plain-words.ts'
import { ordinary } from './redact-everyday.ts'
import { givenName, isNameKey } from './redact-name-words.ts'
import { hide, isSign, isWord, type Page, type Token } from './redact-page.ts'
import { endsLikeSurname, isPatronymic } from './redact-surnames.ts'

const personVerb =
  /^(?:прос|звон|жив[её]т|живет|боле|жд[её]т|ждет|леж|сид|ход|сказал|упал|забол|работа|нужда|плох|хоч|может|не|одна|один|будет|приед|прид|откро|встрет|инвалид|пенсион|ветеран|даст|зн[ае]|слыш|вид|нужна|needs|lives|is|asks|wants|has|can|will|said|called|алмайды|сурайды|сурап|тур|ауыр|ауир|жат|отир|отыр|деген|деп|айт|аит|кут|кел|бар|жалгиз|жалгыз|кемек|комек)/u

export const doesSomething = (page: Page, at: number) =>
  isWord(page[at]) && !page[at]?.newLine && personVerb.test(page[at]?.key ?? '')

const introductions = wordSet(
  'зовут звать имя имени фамилия фамилию фио атым есімім есімі аты атым тегім есімім zovut atym esimim менің-атым',
)

/** «меня зовут …», «атым …», «my name is …» right before, a dash or «is» aside. */
export function introduced(page: Page, at: number): boolean {
  let back = at - 1
  while (isSign(page[back], ':-–—,«"') && back > at - 4) back--
  const key = page[back]?.key ?? ''
  if (back < at - 1 && /^(?:зовут|звать|zovut)$/u.test(key) && saidBefore(page[back - 1])) return false
  if (introductions.has(key)) return !(key === 'имени' && page[back - 1]?.key === 'на')
  if (key === 'am') return page[back - 1]?.key === 'i' && page[at]?.title === true
  if (key === 'is') return page[back - 1]?.key === 'name'
  if (/^(?:меня|его|ее|мой|моя|бабушку|маму)$/u.test(key))
    return /^(?:зовут|звать|zovut)$/u.test(page[back - 1]?.key ?? '')
  return key === 'm' && page[back - 2]?.key === 'i' && page[at]?.title === true
}

/** «меня Роза зовут, …»: the name was said before the verb, so that none follows. */
const saidBefore = (token: Token | undefined) =>
  token !== undefined && (token.title || token.hidden || token.kind === 'mask')

/** Whoever is introduced is hidden even if nobody ever heard that name. */
export function hideIntroduced(page: Page, at: number): void {
  const token = page[at]
  if (!isWord(token) || token.text.length < 2) return
  if ((!ordinary(token) && (introduced(page, at) || calledAfter(page, at))) || isEnglishKin(page, at)) {
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
    !token.opens &&
    !adjective.test(token.key)
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

const adjective = /(?:[ыи]е|[ыи]й|ое|ее|[ыи]х|ого)$/u

/** «my neighbour Dana needs»: with a capital letter and a verb after it even an everyday word is a name. */
const isEnglishKin = (page: Page, at: number) =>
  page[at]?.title === true &&
  /^(?:neighbou?r|mother|mum|mom|father|dad|aunt|uncle|granny|grandma|grandpa|grandmother|grandfather|friend|daughter|son|sister|brother|niece|nephew|wife|husband|mr|mrs|ms)$/u.test(
    page[at - 1]?.key ?? '',
  ) &&
  doesSomething(page, at + 1) &&
  isNameKey(nameKey(page[at]?.text ?? ''))

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
  /^(?:спросит|спросите|спросить|спрашив|позов|позва|звонит|звоните|позвони|перезвон|передайте$|передать$|скажите$|отдать$|отдайте$|это$|вместо$|мен$|i$|ask$|for$|tell$|contact$|named$|called$|уважаем|дорог(?:ой|ая)$|здравствуйте$|благодар|хабарлас|от$|мистер|откроет$|открывает$|открыла$|встретит$|встретил|прид[её]т$|придет$|приедет$|приехал|поможет$|помогал|заплатит$|передаст$|принес[её]т$|принесет$|привез[её]т$|привезет$|забер[её]т$|заберет$|ухаживает$|присмотрит$|я$|ya$|eto$|zovut$)/u

function hideFullName(page: Page, from: number): void {
  hide(page, from)
  for (let at = from + 1; at < from + 3; at++) {
    const token = page[at]
    if (!isWord(token) || token.newLine || ordinary(token) || isKazakhVerb(token)) return
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

/** «Мен Долонда тұратын зейнеткермін»: these end like surnames. */
const isKazakhVerb = (token: Token) => !token.title && /(?:тын|тін|мын|мін)$/u.test(token.text)
