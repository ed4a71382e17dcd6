import { isDwelling } from './dwelling-words.ts'
import { nameKey } from './name-key.ts'
import { kinAfter, kinBefore, plainWords, wordSet } from './plain-words.ts'
import { isPublicPlace, ordinary } from './redact-everyday.ts'
import { doesSomething, hideIntroduced, introduced } from './redact-introduced.ts'
import { isMedicine } from './redact-medicines.ts'
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
import { afterMedicine, isQuotedBrand, isTime } from './redact-time-words.ts'
import { isListedVillage } from './village-names.ts'

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
  for (let at = 1; at < page.length; at++) {
    hideCompound(page, at)
    hidePaired(page, at)
  }
}

function isPerson(page: Page, at: number, token: Token): boolean {
  if (!token.title && isMedicine(token.key)) return false
  if (isPatronymic(token) || kazakhSurname(token)) return true
  const sureness = isTime(page, at) ? undefined : givenName(token)
  if (sureness !== undefined && !isQuotedBrand(page, at) && !afterMedicine(page, at)) {
    const everyday = plainWords.has(token.key) && !token.title && introduced(page, at)
    const beside = !everyday && besidePerson(page, at)
    if (sureness === 'company') return beside
    if (sureness === 'capital')
      return beside || (token.title && (!token.opens || doesSomething(page, at + 1)))
    return true
  }
  if (isRespectful(token) || builtLikeName(token)) return true
  if (standsLikeName(page, at, token)) return true
  return (
    token.title &&
    !isQuotedBrand(page, at) &&
    !token.opens &&
    endsLikeSurname(token, false) &&
    !isUnit(page, at)
  )
}

/** A relative's word, a patronymic, a surname or an introduction stands next to the word. */
function besidePerson(page: Page, at: number): boolean {
  const [before, token, next] = [page[at - 1], page[at], page[at + 1]]
  if (token === undefined) return false
  if (isWord(next) && !next.newLine) {
    if (isPatronymic(next) || isFamily(next)) return true
    if (token.title && closeAfter.test(next.key)) return true
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

const closeAfter = /^(?:корши|келин|кемпир|шал$|немере|медбике|мугалим|даригер)/u

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
  /^(?:у|к|ко|для|с|со|от|под|возле|около|близ|без|спасибо|рахмет|благодаря|вместе|из|в|на|по|до|и|with|for|from|at|in|to|by|and|thanks|near|меня|за|через|про|о|об)$/u
const kazakhCase = /(?:га|ге|ка|ке|нин|дин|тин|мен|бен|пен|дан|ден|тан|тен|нан|нен|да|де)$/u

/** «Красный Крест», «Новый Год», «Ақ Орда», «Зелёный Чай». */
const wellKnown =
  /^(?:крест|полумесяц|год|завет|театр|медвед|дом$|мир|орда|айдын|жол|жыл|ай$|крес|year|cross|crescent|house|tea|age|зеланд|площад|рынок|базар|отан|академ|бизнес|перец|перц|икр|фасол|свекл|рыб|лук|гор[оа]х|капуст)/u

/** A capital letter inside a sentence, in a place where people and villages stand: «спасибо Ерасылу», «в Мукуре». */
function standsLikeName(page: Page, at: number, token: Token): boolean {
  const before = page[at - 1]
  if (isWord(before) && /^[a-z]/u.test(token.key) && /^[а-я]/u.test(before.key)) return false
  if (!token.title || token.opens || token.text.length < 3 || ordinary(token) || isUnit(page, at))
    return false
  if (
    isPublicPlace(token) ||
    isTime(page, at) ||
    (isDwelling(token) && !isListedVillage(token)) ||
    wellKnown.test(page[at + 1]?.key ?? '') ||
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

/** «Ермек пен •••», «Вера и •••»: whoever is named together with a person is a person. */
function hidePaired(page: Page, at: number): void {
  const [before, next] = [page[at - 1], page[at + 1]]
  if (!isWord(before) || !before.title || !/^(?:пен|мен|бен|и|да|and|&)$/u.test(page[at]?.key ?? '')) return
  if ((next?.hidden || next?.kind === 'mask') && givenName(before) !== undefined) hide(page, at - 1)
}
