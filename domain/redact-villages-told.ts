import { nameKey } from './name-key.ts'
import { ordinary } from './redact-everyday.ts'
import { hide, isNumber, isSign, isWord, type Page, type Token } from './redact-page.ts'
import { couldBePlace, isPlaceAdjective } from './redact-place-could.ts'
import { isUnit } from './redact-quantities.ts'
import { isTime } from './redact-time-words.ts'
import { isKazakhVillage, readsKazakh } from './redact-villages-kazakh.ts'
import { isBuiltLikeVillage, isListedVillage } from './village-names.ts'

/** Villages without a «село» or an «ауылы» beside them: known by their build, or by what is said around them. */
export function hideVillagesTold(page: Page): void {
  const kazakh = readsKazakh(page)
  for (let at = 0; at < page.length; at++) {
    const token = page[at]
    if (!isWord(token) || token.hidden || namesDistrict(page[at + 1])) continue
    if (isKnown(page, at) || livesThere(page, at) || isKazakhVillage(page, at, kazakh)) hideName(page, at)
    else if (isPair(page, at)) hide(page, at - 1, at + 1)
  }
}

/** The post names the district as well. */
const namesDistrict = (next: Token | undefined) => /^(?:район|аудан|област|облыс)/u.test(next?.key ?? '')

/** «Тасбұлақ», «Семёновка»; in small letters only in a place where a village stands: «из шульбы». */
function isKnown(page: Page, at: number): boolean {
  const token = page[at]
  if (!isWord(token) || (isNumber(page[at - 1]) && isUnit(page, at)) || isTime(page, at)) return false
  if (isLoneAdjective(page, at)) return true
  if (!isListedVillage(token) && !isBuiltLikeVillage(token)) return false
  if (token.title || isShouted(token)) return true
  return toOrFrom.test(page[at - 1]?.key ?? '') || isPlaceAdjective(page[at - 1]) || standsInPlace(token)
}

/** «Первомайское, нужен уголь»: nothing follows that it could describe. */
function isLoneAdjective(page: Page, at: number): boolean {
  const [token, next] = [page[at], page[at + 1]]
  if (!token?.title || !/^.{4,}[сц]кое$/u.test(token.key) || ordinary(token)) return false
  return (next === undefined || next.newLine || isSign(next, ',.')) && !describes.test(token.key)
}

const describes =
  /^(?:детск|женск|мужск|русск|казахск|советск|городск|сельск|медицинск|материнск|шампанск|лекарск|дачн|морск|братск|соседск)|ическое$/u

const isShouted = (token: Token) => token.text.length > 3 && token.text === token.text.toUpperCase()
const toOrFrom = /^(?:в|во|из|до|под|около|возле|in|from|near|iz|v|do)$/u

/** «аксуатта», «қызылжардан»: there or from there. What goes to it is too often a thing. */
const standsInPlace = (token: Token) => /[дт][ае]н?(?:мин|миз|биз)?$/u.test(nameKey(token.text))

/** The name, with the «Новая» or «Ескі» before it and the half before a hyphen. */
function hideName(page: Page, at: number): void {
  const joined = isSign(page[at - 1], '-–') && page[at - 1]?.joined && isWord(page[at - 2])
  const qualified = !page[at]?.newLine && isPlaceAdjective(page[at - 1])
  hide(page, joined ? at - 2 : qualified ? at - 1 : at, at + 1)
}

/** «Малая Буконь», «Белый Камень», «в новой Шульбе»: two words which nobody writes so but for a name. */
function isPair(page: Page, at: number): boolean {
  const [before, token] = [page[at - 1], page[at]]
  if (!isWord(before) || !isWord(token) || !token.title || token.newLine || !isPlaceAdjective(before))
    return false
  if (wellKnown.test(token.key) || isTitled(page) || isTime(page, at)) return false
  if (ordinary(token) && !/^(?:аул|ауыл|деревн|посел|камен|полян|горк)/u.test(token.key)) return false
  return before.title || toOrFrom.test(page[at - 2]?.key ?? '')
}

/** «Красный Крест», «Новый Год», «Ақ Орда», «Зелёный Чай». */
export const wellKnown =
  /^(?:крест|полумесяц|год|завет|театр|медвед|дом$|мир|орда|айдын|жол|жыл|ай$|крес|year|cross|crescent|house|tea|age|зеланд|площад|рынок|базар|отан|академ|бизнес|перец|перц|икр|фасол|свекл|рыб|лук|гор[оа]х|капуст)/u

/** Whoever begins most words with a capital letter says nothing by it. */
function isTitled(page: Page): boolean {
  const words = page.filter(token => isWord(token) && token.text.length > 2)
  return words.length >= 5 && words.filter(token => token.title).length > words.length * 0.7
}

const lives =
  /^(?:жив|прожива|прописан|остал|остаетс|посел|гост|зимует|находи|нахож|пребыва|переехал|переезж|вырос|жил|zhiv|jiv|live|living|stay)/u
const stirs =
  /^(?:еду|едем|едет|поеду|ехать|доехать|приех|приед|выезж|выех|отвез|довез|забер|забрать|привез|подвез|вернул|родом|сам|сама|мы|я|он|она|добра|добир|going|coming|travel|ride|drive)/u
const where = /^(?:в|во|под|около|возле|близ|in|at|near|outside|v)$/u
const whence = /^(?:из|с|со|до|в|во|from|to|iz|near)$/u

/** «живёт в новой шульбе», «в сосновке живёт тётя», «я сам из верхней берёзовки», «lives in karabulak». */
function livesThere(page: Page, at: number): boolean {
  const token = page[at]
  if (token === undefined || token.newLine || token.key.length < 4 || !couldBePlace(page, at)) return false
  const qualified = isPlaceAdjective(page[at - 1])
  const start = qualified ? at - 2 : at - 1
  const preposition = page[start]?.key ?? ''
  if (where.test(preposition) && (saidBefore(page, start, lives) || saidAfter(page, at, lives))) return true
  return qualified && whence.test(preposition) && saidBefore(page, start, stirs)
}

/** The verb stands at most three small words before the preposition: «живёт сейчас одна в …». */
function saidBefore(page: Page, preposition: number, verbs: RegExp): boolean {
  for (let back = preposition - 1; back >= preposition - 4; back--) {
    const token = page[back]
    if (!isWord(token) || page[back + 1]?.newLine) return false
    if (verbs.test(token.key)) return true
    if (where.test(token.key) || whence.test(token.key)) return false
  }
  return false
}

function saidAfter(page: Page, at: number, verbs: RegExp): boolean {
  const next = page[at + 1]
  return isWord(next) && !next.newLine && verbs.test(next.key)
}
