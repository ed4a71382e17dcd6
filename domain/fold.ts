/**
 * Words as people type them, made comparable: lower case, no marks of emoji, Kazakh letters as a Russian
 * keyboard writes them, Latin look-alikes inside Cyrillic words as Cyrillic. Only for matching, never for storing.
 */
export function fold(text: string): string {
  if (text !== last.text) last = { text, folded: foldAnew(text) }
  return last.folded
}

/** Several readers fold the same message one after another. */
let last = { text: '', folded: '' }

function foldAnew(text: string): string {
  const plain = text
    .replaceAll('№', ' ')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\uFE0E\uFE0F\u20E3\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u00AD]/g, '')
  const cyrillic = plain.replace(/[әғқңөұүһіё]/g, letter => kazakhToRussian[letter] ?? letter)
  if (!/[a-z]/.test(cyrillic)) return cyrillic
  return cyrillic.replace(/[\p{L}]+/gu, word => (/\p{Script=Cyrillic}/u.test(word) ? lookAlikes(word) : word))
}

const kazakhToRussian: Record<string, string> = {
  ә: 'а',
  ғ: 'г',
  қ: 'к',
  ң: 'н',
  ө: 'о',
  ұ: 'у',
  ү: 'у',
  һ: 'х',
  і: 'и',
  ё: 'е',
}

const latinToCyrillic: Record<string, string> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'х',
  i: 'и',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
}

function lookAlikes(word: string): string {
  return [...word].map(letter => latinToCyrillic[letter] ?? letter).join('')
}
