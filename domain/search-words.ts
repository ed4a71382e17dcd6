import { nameKey } from './name-key.ts'
import { parsePhone } from './phone.ts'
import { tidyText } from './words-told.ts'

/** What somebody looks for in the queue. */
export type Sought = { phone: string } | { number: number } | { name: string }

const nameCharsMax = 80

/** «+7 701 …» is a phone, «17», «№17» and «просьба 1 017» are a number, all else that has letters is a name. */
export function readSearch(text: string): Sought | undefined {
  const phone = parsePhone(text)
  if (phone) return { phone: phone.e164 }
  const plain = text.normalize('NFKC')
  const [number] = /\d{1,9}/.exec(plain.replace(/(?<=\d)\s(?=\d)/gu, '')) ?? []
  if (number) return { number: Number(number) }
  const name = tidyText(plain).slice(0, nameCharsMax)
  return /\p{L}{2}/u.test(name) ? { name } : undefined
}

/**
 * Letters that people write one for another, each with what stands for it; those without a counterpart go. The
 * database folds stored names by the same two rows.
 */
export const foldedFrom = 'әғқңөұүһіёйыэьъ'
export const foldedTo = 'агкноуухиеиие'

/** A name as the search compares it: Айгүл, Айгуль and Aigul are one. */
export function foldName(name: string): string {
  const words = name
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}]+/u)
    .filter(Boolean)
  return words.map(word => (/[a-z]/.test(word) ? nameKey(word) : foldLetters(word))).join(' ')
}

function foldLetters(word: string): string {
  return [...word].map(letter => foldOne(letter)).join('')
}

function foldOne(letter: string): string {
  const at = foldedFrom.indexOf(letter)
  return at < 0 ? letter : (foldedTo[at] ?? '')
}

export const selectionMax = 30

/** «17 18 20-25»: the numbers of a selection, each once. Undefined unless nothing but two or more numbers is said. */
export function readNumbers(text: string): number[] | undefined {
  const plain = text
    .normalize('NFKC')
    .replaceAll('№', ' ')
    .replace(/\bNo\.?/g, ' ')
    // «1 017» is one number.
    .replace(/(?<=\d)\s(?=0\d\d(?!\d))/gu, '')
  if (!/^[\d\s,;.и&–—-]+$/u.test(plain) || parsePhone(text)) return undefined
  const found = [...plain.matchAll(/(\d{1,9})(?:\s*[-–—]\s*(\d{1,9}))?/gu)].flatMap(([, from, to]) => {
    const first = Number(from)
    const last = to ? Math.min(Number(to), first + selectionMax) : first
    return Array.from({ length: Math.max(0, last - first) + 1 }, (_, n) => first + n)
  })
  const numbers = [...new Set(found)].slice(0, selectionMax)
  return numbers.length > 1 ? numbers : undefined
}
