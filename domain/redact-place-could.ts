import { houseWords } from './address-words.ts'
import { isDwelling } from './dwelling-words.ts'
import { wordSet } from './plain-words.ts'
import { ordinary } from './redact-everyday.ts'
import { numberEnd } from './redact-house.ts'
import { isNumber, isWord, type Page, type Token } from './redact-page.ts'
import { isPlaceWord, verb } from './redact-place-name.ts'
import { isUnit } from './redact-quantities.ts'
import { isTime } from './redact-time-words.ts'

/** Neither an everyday word nor a dwelling, a state of mind, a time or a verb: only a name is left. */
export function couldBePlace(page: Page, at: number): boolean {
  const token = page[at]
  if (!isWord(token) || token.text.length < 3 || ordinary(token) || isPlaceWord(token)) return false
  if (
    isDwelling(token) ||
    isPlaceAdjective(token) ||
    (isNumber(page[at - 1]) && isUnit(page, at)) ||
    isTime(page, at)
  )
    return false
  return !isDescribed(page, at) && (token.title || isLatin(token) || !verb.test(token.key))
}

const adjectives = wordSet(`
нов стар больш мал верхн нижн средн красн бел черн зелен син крайн дальн ближн светл ясн перв втор трет прав лев горн каменн сух мокр
жаңа ескі үлкен кіші жоғарғы төменгі жоғары төмен қызыл ақ қара көк сары орта
old new upper lower big little small novaya staraya bolshaya malaya verkhnyaya nizhnyaya krasnaya belaya novoye staroye novoi staroi`)
const adjectiveEnd = /(?:ая|ое|ые|ий|ый|ой|ей|яя|ее|ие|ую|юю|ого|его|ому|ему|ом|ем|ым|им|ых|их)$/u

/** «Новая», «в нижнем», «Ескі», «Upper»: what the name of a village begins with when another is near. */
export function isPlaceAdjective(token: Token | undefined): boolean {
  if (!isWord(token)) return false
  const stem = token.key.replace(adjectiveEnd, '')
  return adjectives.has(token.key) || (stem !== token.key && adjectives.has(stem))
}

/** «в съёмной квартире», «in constant pain»: the word only describes the next one. */
export function isDescribed(page: Page, at: number): boolean {
  const [token, next] = [page[at], page[at + 1]]
  if (!isWord(token) || token.title) return false
  if (isLatin(token) && states.has(token.key)) return true
  if (!isWord(next) || next.newLine) return false
  if (!isLatin(token) && !/(?:ом|ем|ой|ей|ых|их)$/u.test(token.key)) return false
  if (houseWords.has(next.key)) return numberEnd(page, at + 2) === at + 2
  return isDwelling(next) || isPlaceWord(next) || (!isLatin(token) && ordinary(next))
}

const isLatin = (token: Token) => /^[a-z]/u.test(token.key)

const states =
  wordSet(`a an the my her his our their its your own one two this that great constant poor bad good fear pain poverty silence
peace darkness need debt care rented council trouble danger misery hope isolation sorrow grief worry cities towns hostel shelter comfort
dormitory barracks basement attic countryside suburbs outskirts apartment room bedroom kitchen wheelchair bed hope rural`)
