import { looksLikeIin } from './phone.ts'
import { hideLinks } from './redact-links.ts'

export const wordsCharsMax = 4096
export const nameCharsMax = 80
export const addressCharsMax = 300
export const fileBytesMax = 20 * 1024 * 1024

/** What is left of a text without what cannot be seen: zero-width and direction marks, ends of lines doubled. */
export function tidyText(text: string): string {
  return text
    .normalize('NFC')
    .replace(invisible, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Control and format characters, all but tab and line feed. */
const invisible = /(?![\t\n])[\p{Cc}\p{Cf}]/gu

/** Hides twelve digits that pass the check of an IIN: we never keep one. */
export function hideIin(text: string): { text: string; hidden: boolean } {
  let hidden = false
  const shown = text.replace(/(?<!\d)\d(?:[ -]?\d){11}(?!\d)/g, digits => {
    if (!looksLikeIin(digits.replace(/\D/g, ''))) return digits
    hidden = true
    return '•••'
  })
  return { text: shown, hidden }
}

/** Names as people write them: some letters, no digits, and nothing that leads elsewhere, as a helper's name is posted. */
export function isName(text: string): boolean {
  return /\p{L}{2}/u.test(text) && !/[\d@＠<>=/\\_*`[\]{}|#]/u.test(text) && hideLinks(text) === text
}
