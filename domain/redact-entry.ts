import { asksSomething, clauseEnd, clauseStart } from './redact-clause.ts'
import { hide, isNumber, isWord, type Page } from './redact-page.ts'

const keys = /^(?:ключи?|ключик|кілт|килт(?:и|ти|им|имиз|тер)?|keys?|kl[yi]?uch|kilt)$/u
/** A tool, a lost or a broken key, one to be made: a need, no way in. */
const wanted =
  /^(?:гаечн|разводн|торцев|трубн|шестигран|накидн|рожков|скрипичн|потер|утер|забыл|сломал|слома|застр|заклин|заед|не$|сдела|изготов|купи|найти|найд|ищу|искать|поменя|смени|замен|дубликат|копи[яюи]|жогалт|жогал|жасат|сын(?:ды|ып)|ашылма|турып|калды|lost|lose|broke|broken|stuck|jammed|copy|copies|cut|made|make|new|duplicate|replace|spanner)/u
const places =
  /^(?:под|за|на|в|во|у|над|возле|около|рядом|справа|слева|внутри|сверху|снизу|позади|between|under|underneath|below|beneath|behind|inside|in|on|above|over|by|near|beside|at|with|next|pod|za)$/u
const kazakhPlace = /(?:[нтд]да|[нтд]де|да|де|та|те|дан|ден|тан|тен|нан|нен)$/u
const around =
  /^(?:лежит|лежат|лежать|висит|висят|спрятан|спрятаны|спрятала|прячу|оставлю|оставила|оставил|оставим|оставили|оставляю|будет|будут|находится|находятся|всегда|обычно|есть|мой|наш|запасной|запасные|запасная|от|квартиры|дома|двери|калитки|подъезда|ворот|найдете|возьмите|взять|берите|забрать|забрали|там|is|are|will|be|left|hidden|kept|hangs|lies|s|always|it|to|the|my|our|house|flat|gate|door|spare)$/u

const own = /^(?:меня|мне|нас|него|нее|них|ней|нем|hand|me|him|her|them)$/u

const doors =
  /^(?:двер[ьи]|дверка|калитк[аиу]|ворота|подъезд|дом|esik|есик|есиги|есигим|есигимиз|есикти|какпа|какпасы|калитка|door|doors|gate|house|entrance|dver)$/u
const open =
  /^(?:открыт[аоы]?|отперт[аоы]?|незаперт[аоы]?|нараспашку|настеж|настежь|распахнут[аоы]?|приоткрыт[аоы]?|ашык|open|unlocked|ajar)$/u
const shut =
  /^(?:заперт[аоы]?|закрыт[аоы]?|запираю|закрываю|запираем|закрываем|кулыптаулы|кулпыланган|жабык|кулыптамаймын|жаппаймын|жаппаймыз|кулыптамаймыз|locked|closed|shut|lock)$/u
const not = /^(?:не|емес|not|isnt|never|dont|t)$/u
const ownDenial = /^(?:кулыптама|жаппа)/u

/** Where the key lies, and that the door stands open: whoever reads this can walk in. */
export function hideWaysIn(page: Page): void {
  for (let at = 0; at < page.length; at++) {
    const token = page[at]
    if (!isWord(token)) continue
    if (keys.test(token.key)) hideKeyPlace(page, at)
    else if (doors.test(token.key)) hideOpenDoor(page, at)
  }
}

function hideKeyPlace(page: Page, at: number): void {
  const [from, to] = [clauseStart(page, at), clauseEnd(page, at)]
  for (let word = from; word < to; word++) if (word !== at && wanted.test(page[word]?.key ?? '')) return
  const kazakh = /^к[иі]лт/u.test(page[at]?.key ?? '')
  if (kazakh) {
    const place = page.slice(at + 1, to).some(token => isWord(token) && kazakhPlace.test(token.key))
    if (place && !/^(?:сатып|жасат)/u.test(page[to]?.key ?? '')) hide(page, at, to)
    return
  }
  const place = placeAfter(page, at + 1, to, key => places.test(key))
  // «Ключ на 17» is a tool, and «ключ у меня» says that nobody finds it.
  const next = place === undefined ? undefined : page[place + 1]
  const tool = (isNumber(next) && page[at + 1]?.key === 'на') || own.test(next?.key ?? '')
  if (place !== undefined && !tool) hide(page, at, to)
  else if (isWord(page[from]) && places.test(page[from]?.key ?? '') && at > from + 1) hide(page, from, at + 1)
}

/** The first word of a place behind the key, with nothing between but words about its lying there. */
function placeAfter(
  page: Page,
  from: number,
  to: number,
  isPlace: (key: string) => boolean,
): number | undefined {
  for (let at = from; at < to; at++) {
    const key = page[at]?.key ?? ''
    if (isPlace(key)) return at
    if (!around.test(key) && !/^(?:есик|уй|почта|корши|табал|коил|пеш|кілем|килем|гул|шкаф)/u.test(key))
      return undefined
  }
  return undefined
}

function hideOpenDoor(page: Page, at: number): void {
  const to = clauseEnd(page, at)
  for (let word = at + 1; word < Math.min(to, at + 5); word++) {
    const key = page[word]?.key ?? ''
    if (open.test(key) && !not.test(page[word - 1]?.key ?? '') && !not.test(page[word + 1]?.key ?? '')) {
      hide(page, at, openUntil(page, word + 1, to))
      return
    }
    if (shut.test(key) && isDenied(page, word)) {
      hide(page, at, openUntil(page, word + 1, to))
      return
    }
  }
  // «Не запираю дверь», «I never lock the door».
  for (let word = at - 1; word > Math.max(-1, at - 4); word--)
    if (/^(?:запира|закрыва|lock$)/u.test(page[word]?.key ?? '') && not.test(page[word - 1]?.key ?? '')) {
      hide(page, word - 1, at + 1)
      return
    }
}

const isDenied = (page: Page, at: number) =>
  ownDenial.test(page[at]?.key ?? '') || [at - 1, at + 1].some(near => not.test(page[near]?.key ?? ''))

function openUntil(page: Page, from: number, to: number): number {
  for (let at = from; at < to; at++) if (asksSomething(page, at)) return at
  return to
}
