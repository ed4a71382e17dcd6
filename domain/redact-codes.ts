import { numberWords } from './number-words.ts'
import { wordSet } from './plain-words.ts'
import { hide, isNumber, isSign, isWord, type Page } from './redact-page.ts'
import { isUnit } from './redact-quantities.ts'

const codeCues = wordSet(`
код коды кодом кода кодты кодтың коду пароль пароля паролем паролі пароли пин пинкод пин-код pin пинкоду домофон домофона домофоне домофоны домофону домофоном домафон домафона домофонға домофонның смс sms code codes password passcode keycode intercom buzzer combination комбинация кодовый кодовом кодового кодовая сөз парол құлып кодовый kod kody domofon шифр
`)
const documentCues = wordSet(`
иин иину инн жсн жсны бин бсн iin bin jsn zhsn паспорт паспорта паспорту passport удостоверение удостоверения удостоверению удостоверении удост уд удв личность куәлік куәлігі куәлігім куәлігінің куәліктің карта карты карту карте картам картасы картам картамның карточка карточки карточку карточке card счет счёт счета счету счёта шот шоты шотым полис полиса договор договора шарт снилс account лицевой свидетельство сертификат номер госномер машина машины машину авто гос көлік көлігі id licence license card's certificate
`)
const fillers = wordSet(`
почты почта почте почтаның поштаның egov егов кабинета аккаунта аккаунт телефона планшета ноутбука компьютера телефонның сайта сайт приложения госуслуг инстаграма ватсапа email mail account tablet laptop phone computer
код коды от на в к с у из для двери дверей подъезда подъезд калитки ворот замка домофона домофон тамбура лифта сейфа такой вот мой моя мое мои её ее его номер номера нөмірі нөмір нөмірім нумери личности личность жеке замке замок замком дверях калитке воротах двери кіреберіс кіреберістің есік есіктің есігінің домофонның door entrance gate lock intercom front main building is the of for to my her his number no n серия смс sms пришел пришёл пришло придет скажите это наберите нажмите набрать нажать набирать набирай вай фай фая вайфай вайфая вайфаю вай-фая роутера роутер интернета интернет модема wifi wi fi банка каспи kaspi карты картаның карта счета лицевого лицевой владельца владелец голд gold кнопку кнопки кнопка button түймені батырманы пенсионная пенсионной пенсионного удостоверения паспорта посылки заказа заказ kz менің маған келген құпия сөз кодовое слово менікі төлқұжат марка белая белый белой
`)

/** Hides what opens a door or an account: codes, passwords, numbers of documents and cards, car plates. */
export function hideCodes(page: Page): void {
  for (let at = 0; at < page.length; at++) {
    const token = page[at]
    if (!isWord(token)) continue
    if (codeCues.has(token.key)) hideAfterCue(page, at, 1)
    else if (documentCues.has(token.key)) hideAfterCue(page, at, 4)
    else if (dial.test(token.key)) {
      hideDialled(page, at)
      if (/^(?:тер|бас)/u.test(token.key)) hideDialledBefore(page, at)
    }
    if (token.key === 'kz' || token.key === 'кз') hideIban(page, at)
    if (/^(?:ключ|key|кілт|килт)$/u.test(token.key)) hideFlatAndKey(page, at)
    hidePlate(page, at)
    hideMixed(page, at)
  }
}

function hideAfterCue(page: Page, cue: number, digitsMin: number): void {
  if (digitsMin === 1) hideBeforeCue(page, cue)
  let at = cue + 1
  while (at < cue + 7 && isFiller(page, at)) at++
  if (at < page.length && !page[at]?.newLine)
    hideCluster(page, at, digitsMin, /парол|password|passcode/u.test(page[cue]?.key ?? ''))
}

function isFiller(page: Page, at: number): boolean {
  const token = page[at]
  if (token === undefined) return false
  if (token.kind === 'sign')
    return ':-–—=.,"«»№#()*'.includes(token.text) && !(token.text === '#' || token.text === '*')
  return isWord(token) && fillers.has(token.key) && !(page[at + 1]?.joined === true && isNumber(page[at + 1]))
}

/** «4512 коды»: in Kazakh the number may come first. */
function hideBeforeCue(page: Page, cue: number): void {
  if (
    /^(?:коды|кодтын|кодти|паролі|пароли)$/u.test(page[cue]?.key ?? '') &&
    isNumber(page[cue - 1]) &&
    (page[cue - 1]?.key.length ?? 0) >= 3
  )
    hide(page, cue - 1)
  const said = saysCode.test(page[cue - 1]?.key ?? '') ? cue - 2 : cue
  const number = isSign(page[said], '-–—') ? said - 1 : said
  if (number < cue && isNumber(page[number]) && /^\d{3,8}$/u.test(page[number]?.key ?? '')) hide(page, number)
}

/** «7702 деген код», «4417 — код», «5521 is the code». */
const saysCode = /^(?:деген|деп|это|the|my|дверной)$/u

function hideCluster(page: Page, from: number, digitsMin: number, anyWord: boolean): void {
  let at = from
  let digits = 0
  while (at < page.length) {
    const token = page[at]
    if (token === undefined || token.newLine) break
    const spoken = isWord(token) && numberWords.has(token.key)
    const more =
      at === from
        ? startsCluster(page, at, anyWord)
        : token.joined
          ? continues(page, at)
          : isNumber(token) || spoken || startsCluster(page, at, false)
    const link = linkEnd(page, at)
    if (digitsMin === 1 && at > from && !more && link > at) {
      at = link
      continue
    }
    if (!more || (isNumber(token) && at > from && isUnit(page, at + 1) && page[at + 1]?.joined === false))
      break
    digits += isNumber(token) ? token.key.length : spoken ? 1 : 0
    at++
  }
  const pureUnit = isUnit(page, at) && at === from + 1
  if ((digits >= digitsMin || (anyWord && at > from)) && !(pureUnit && digits < 3)) hide(page, from, at)
}

/** «12 потом 34», «45 и решётка 7»: the next part of the same code; «45 и 2 булки» is none. */
function linkEnd(page: Page, from: number): number {
  let at = from
  while (at < from + 4 && at < page.length && !page[at]?.newLine && isLink(page, at)) at++
  const said = page.slice(from, at).some(token => isWord(token) || isSign(token, '#*'))
  const part = said && isNumber(page[at]) && !page[at]?.newLine && !isUnit(page, at + 1)
  const alone =
    isWord(page[at + 1]) && !isLink(page, at + 1) && !/^(?:на|у|в|at|and)$/u.test(page[at + 1]?.key ?? '')
  return part && at > from && !(alone && (page[at]?.key.length ?? 0) < 2) ? at : from
}

const isLink = (page: Page, at: number) => link.test(page[at]?.key ?? '') || isSign(page[at], ',-–—+#*')

const link =
  /^(?:потом|затем|далее|после|еще|и|снова|решетк|звездочк|ключ|вызов|кнопк|код|кодом|сосын|кейин|содан|тагы|жане|килт|жулдызша|then|and|after|key|star|hash|pound|call|bell)(?:а|у|ой|и)?$/u
const dial =
  /^(?:набра[тл]|набери|набира|нажми|нажа[тв]|жми|введи|ввести|вводи|терини|териниз|терип|тересиз|басыныз|басасыз|басып|press$|dial$|punch$|enter$|type$)/u

/** «Нажмите 1 3 5», «наберите 45 потом ключ 12». One small number before a word is an amount: «набрать 5 вёдер». */
function hideDialled(page: Page, cue: number): void {
  const from = [1, 2, 3, 4].map(step => cue + step).find(at => isNumber(page[at]))
  if (from === undefined || page.slice(cue + 1, from + 1).some(({ newLine }) => newLine)) return
  const between = page.slice(cue + 1, from)
  if (!between.every(token => (isWord(token) && fillers.has(token.key)) || isSign(token, ':-–—'))) return
  const [number, next] = [page[from], page[from + 1]]
  if (number?.kept || isUnit(page, from + 1) || /^1(?:0[1-4]|12)$/u.test(number?.key ?? '')) return
  const ends =
    next === undefined ||
    next.newLine ||
    isSign(next, ',.!;)') ||
    /^(?:на|у|и|при|and|then|at|on)$/u.test(next.key)
  const several = isNumber(next) || linkEnd(page, from + 1) > from + 1 || isSign(next, '#*-')
  const callNext = /^(?:вызов|ключ|кнопк|звоно|решетк|звездочк|call|key)/u.test(next?.key ?? '')
  if (ends || several || callNext || (number?.key.length ?? 0) >= 3) hideCluster(page, from, 1, false)
}

/** The Kazakh number comes before its verb: «25 теріңіз», «1 3 5 басыңыз». */
function hideDialledBefore(page: Page, cue: number): void {
  let from = cue
  while (isNumber(page[from - 1]) || isLink(page, from - 1)) from--
  if (from === cue || !isNumber(page[from]) || page[from]?.kept) return
  hide(page, from, cue)
  const part = linkEnd(page, cue + 1)
  if (part > cue + 1) hideCluster(page, part, 1, false)
}

function startsCluster(page: Page, at: number, anyWord: boolean): boolean {
  const token = page[at]
  if (isNumber(token)) return true
  if (isSign(token, '#*')) return isNumber(page[at + 1])
  if (!isWord(token)) return false
  if (numberWords.has(token.key)) return true
  const next = page[at + 1]
  const mixed = next?.joined === true && (isNumber(next) || (isSign(next, '-') && isNumber(page[at + 2])))
  const letters = token.text.length <= 2 && token.text === token.text.toUpperCase() && isNumber(next)
  return mixed || letters || (anyWord && /^[a-z]/iu.test(token.text) && !fillers.has(token.key))
}

const continues = (page: Page, at: number): boolean => {
  const token = page[at]
  if (isNumber(token) || isWord(token)) return true
  const next = page[at + 1]
  return isSign(token, '#*-–_/') && (next === undefined || next.joined || '#*'.includes(token?.text ?? ''))
}

/** «45 ключ 6789»: what the door's panel is told. */
function hideFlatAndKey(page: Page, at: number): void {
  const [before, after] = [page[at - 1], page[at + 1]]
  if (!isNumber(before) || !isNumber(after) || after.key.length < 3 || isUnit(page, at + 2)) return
  hide(page, at - 1, at + 2)
}

function hideIban(page: Page, at: number): void {
  let [end, length] = [at + 1, 0]
  while (end < page.length && length < 18) {
    const token = page[end]
    if (
      isNumber(token) ||
      (isWord(token) && token.text.length <= 4 && (token.joined || token.text === token.text.toUpperCase()))
    )
      length += token.text.length
    else if (!isSign(token, '-.')) break
    end++
  }
  if (length >= 12 && isNumber(page[at + 1])) hide(page, at, end)
}

/** «123 ABC 02», «А 123 ВСD», «123 abc 02». */
function hidePlate(page: Page, at: number): void {
  const [word, before, after] = [page[at], page[at - 1], page[at + 1]]
  if (!isWord(word) || !isNumber(after)) return
  const letters = /^(?:\p{Lu}{2,3}|[a-z]{2,3})$/u.test(word.text)
  if (letters && isNumber(before) && before.key.length === 3 && after.key.length === 2 && !isUnit(page, at))
    hide(page, at - 1, at + 2)
  const tail = page[at + 2]
  if (
    /^\p{Lu}$/u.test(word.text) &&
    after.key.length === 3 &&
    isWord(tail) &&
    /^\p{Lu}{2,3}$/u.test(tail.text)
  )
    hide(page, at, isNumber(page[at + 3]) ? at + 4 : at + 3)
}

/** «33в8040»: letters between figures are a code, except in sizes like «90х200». */
function hideMixed(page: Page, at: number): void {
  const [before, word, after] = [page[at - 1], page[at], page[at + 1]]
  if (!isNumber(before) || !isNumber(after) || !word?.joined || !after.joined) return
  if (/^[хxд*]$/u.test(word.key) || word.text.length > 2 || isUnit(page, at)) return
  if (before.key.length + after.key.length >= 4) hide(page, at - 1, at + 2)
}
