import { nameKey, withoutSuffix } from './name-key.ts'
import { kinAfter, kinBefore, plainWords, publicNames, publicPlaces } from './plain-words.ts'
import { isMedicine } from './redact-medicines.ts'
import { ofWord, type Token } from './redact-page.ts'

const publicKeys = new Set([...publicPlaces, ...publicNames].map(nameKey))
const caseEnding = /(?:ои|ом|ии|иеи|е|у|а|и)$/u
const publicStems = new Set(
  [...publicKeys].filter(key => key.length > 3).map(key => key.replace(/(?:иа|а|и)$/u, '')),
)

/** A city, a country or a well-known service in whatever case form: a volunteer may read it. */
export const isPublicPlace = ofWord(
  (token: Token): boolean =>
    publicPlaces.has(token.key) || (token.kind === 'word' && isPublicWord(token.text)),
)

function isPublicWord(text: string): boolean {
  if (text.length < 4 || text.length > 30) return false
  const key = nameKey(text)
  if (publicKeys.has(key) || withoutSuffix(key).some(root => publicKeys.has(root))) return true
  const stem = key.replace(caseEnding, '')
  return stem.length > 2 && stem !== key && publicStems.has(stem)
}

/** A word which even with a capital letter names no person and no village. */
export const ordinary = ofWord(
  token =>
    plainWords.has(token.key) ||
    isPublicPlace(token) ||
    publicNames.has(token.key) ||
    kinAfter.has(token.key) ||
    kinBefore.has(token.key) ||
    isMedicine(token.key),
)
