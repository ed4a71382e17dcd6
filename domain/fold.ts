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
  const plain = foldEveryday(text) ?? foldAnySigns(text)
  if (!/[a-z]/.test(plain) || !cyrillic.test(plain)) return plain
  return plain.replace(/[\p{L}]+/gu, word => (cyrillic.test(word) ? lookAlikes(word) : word))
}

const cyrillic = /\p{Script=Cyrillic}/u

function foldAnySigns(text: string): string {
  return text
    .replaceAll('№', ' ')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\uFE0E\uFE0F\u20E3\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u00AD]/g, '')
    .replace(/[әғқңөұүһіё]/g, letter => kazakhToRussian[letter] ?? letter)
}

/** Sign by sign from a small table, where each sign becomes one other whatever stands beside it. */
function foldEveryday(text: string): string | undefined {
  if (text.length > everydayCharsMax) return undefined
  const folded: number[] = []
  for (let at = 0; at < text.length; at++) {
    const sign = everyday[text.charCodeAt(at)]
    if (!sign) return undefined
    folded.push(sign)
  }
  return String.fromCharCode(...folded)
}

const everydayCharsMax = 1000

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

/** What most messages are made of. */
const everyday = new Uint16Array(0x500)
for (const sign of [
  ...'\t\n !"#$%&\'()*+,-./0123456789:;<=>?@[]_«»',
  ...'abcdefghijklmnopqrstuvwxyzабвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі',
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯӘҒҚҢӨҰҮҺІ',
])
  everyday[sign.charCodeAt(0)] = foldAnySigns(sign).charCodeAt(0)
