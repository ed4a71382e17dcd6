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

/** A city, a region or a country in whatever case form: a volunteer may read it. */
export function isPublicPlace(token: Token): boolean {
  if (publicPlaces.has(token.key)) return true
  if (token.kind !== 'word' || token.text.length < 4 || token.text.length > 30) return false
  const key = nameKey(token.text)
  return (
    withoutSuffix(key).some(root => publicKeys.has(root)) ||
    publicKeys.has(key.replace(/(?:е|у|а|ом|и)$/u, ''))
  )
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
