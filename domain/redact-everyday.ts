import { nameKey, withoutSuffix } from './name-key.ts'
import {
  kinAfter,
  kinBefore,
  medicineBeginnings,
  medicineEndings,
  plainWords,
  publicNames,
  publicPlaces,
} from './plain-words.ts'
import type { Token } from './redact-page.ts'

const publicKeys = new Set([...publicPlaces, ...publicNames].map(nameKey))
const caseEnding = /(?:ои|ом|ии|иеи|е|у|а|и)$/u
const publicStems = new Set(
  [...publicKeys].filter(key => key.length > 3).map(key => key.replace(/(?:иа|а|и)$/u, '')),
)

/** A city, a country or a well-known service in whatever case form: a volunteer may read it. */
export function isPublicPlace(token: Token): boolean {
  if (publicPlaces.has(token.key)) return true
  if (token.kind !== 'word' || token.text.length < 4 || token.text.length > 30) return false
  const key = nameKey(token.text)
  if (publicKeys.has(key) || withoutSuffix(key).some(root => publicKeys.has(root))) return true
  const stem = key.replace(caseEnding, '')
  return stem.length > 2 && stem !== key && publicStems.has(stem)
}

const medicineKeys = medicineBeginnings.map(nameKey)

export function isMedicine(key: string): boolean {
  return (
    medicineEndings.test(key) ||
    medicineBeginnings.some(start => key.startsWith(start)) ||
    (/^[a-z]/u.test(key) && medicineKeys.some(start => nameKey(key).startsWith(start)))
  )
}

/** A word which even with a capital letter names no person and no village. */
export const ordinary = (token: Token): boolean =>
  plainWords.has(token.key) ||
  isPublicPlace(token) ||
  publicNames.has(token.key) ||
  kinAfter.has(token.key) ||
  kinBefore.has(token.key) ||
  isMedicine(token.key)
