import { houseWords } from './address-words.ts'
import { isDwelling } from './dwelling-words.ts'
import { wordSet } from './plain-words.ts'
import { ordinary } from './redact-everyday.ts'
import { numberEnd } from './redact-house.ts'
import { isWord, type Page, type Token } from './redact-page.ts'
import { isPlaceWord } from './redact-place-name.ts'

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
