import { fold } from './fold.ts'

/**
 * One alphabet for Cyrillic and Latin typing: every sound is one Latin letter or digit, so that «Семей», "Semey"
 * and "Semei" become the same word and one wrong letter counts as one edit. Only for matching places.
 */
export function soundsOf(word: string): string {
  const folded = fold(word).replaceAll('дж', 'ж')
  const latin = [...folded].map(letter => soundOf[letter] ?? letter).join('')
  const plain = latin.normalize('NFD').replace(/[^a-z0-9]/gu, '')
  return withoutDoubles(/\p{Script=Cyrillic}/u.test(folded) ? plain : withoutDigraphs(plain))
}

function withoutDigraphs(latin: string): string {
  return digraphs.reduce((word, [spelling, sound]) => word.replaceAll(spelling, sound), latin)
}

/** «Аккольский» and «Ақкөл», «Шиелийский» and "Shieli": doubled letters are where spellings differ most. */
export function withoutDoubles(word: string): string {
  return word.replace(/(.)\1+/gu, '$1')
}

// ч is 4, ш and щ are 6, ц is 5, because English writes these sounds with several letters.
const soundOf: Record<string, string> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ж: 'j',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: '5',
  ч: '4',
  ш: '6',
  щ: '6',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
  ş: '6',
  ı: 'i',
}

const digraphs: readonly (readonly [string, string])[] = [
  ['shch', '6'],
  ['sh', '6'],
  ['ch', '4'],
  ['ts', '5'],
  ['dzh', 'j'],
  ['zh', 'j'],
  ['dj', 'j'],
  ['kh', 'h'],
  ['gh', 'g'],
  ['ye', 'e'],
  ['x', 'h'],
  ['q', 'k'],
  ['c', 'k'],
  ['w', 'u'],
  ['y', 'i'],
]

/** A word in the spelling of soundsOf with the forms it is compared by. */
export interface Word {
  readonly sounds: string
  readonly forms: readonly string[]
}

export function wordOf(sounds: string): Word {
  return { sounds, forms: formsOf(sounds) }
}

/** The word and its stems with Russian and Kazakh case endings taken off: «Семее», «Семейде», «Абайском». */
function formsOf(word: string): string[] {
  const forms = new Set([word])
  const add = (stem: string, least: number) => {
    if (stem.length >= least) forms.add(stem)
  }
  add(word.replace(kazakhCase, ''), 3)
  for (const ending of russianEndings) if (word.endsWith(ending)) add(word.slice(0, -ending.length), 3)
  for (const form of [...forms]) add(form.replace(adjective, ''), 2)
  return [...forms]
}

const kazakhCase = /(?:n?[dt][ae]gi|(?<=i)nd[ae]|[dtn][ae]n|[dtn]in|[dt][ae]|[gk][ae]|n[ae]|[dtn]i)$/u

const russianEndings = ['ogo', 'omu', 'oi', 'om', 'em', 'im', 'ia', 'iu', 'a', 'e', 'i', 'o', 'u']

const adjective = /sk(?:i|ogo|omu|om|oi|aia|uiu|im|ih|ie|oe)?$/u

/** How many letters must be added, taken away, changed or swapped; more than `most` is not counted out. */
export function edits(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  const letters = lettersOf(one)
  const others = lettersOf(other)
  if (countBits(letters & ~others) > most || countBits(others & ~letters) > most) return most + 1
  let fewestBefore = 0
  let beforeLast: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row++) {
    const next = [row]
    let fewest = row
    for (let column = 1; column <= other.length; column++) {
      const change = one[row - 1] === other[column - 1] ? 0 : 1
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      const count = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + change,
        swapped ? (beforeLast[column - 2] ?? 0) + 1 : most + 1,
      )
      next[column] = count
      if (count < fewest) fewest = count
    }
    // A swap reaches back two rows: if both hold too many already, so will all that follow.
    if (fewest > most && fewestBefore > most) return most + 1
    fewestBefore = fewest
    beforeLast = last
    last = next
  }
  return last[other.length] ?? most + 1
}

/** A bit for each letter of a word in the spelling of soundsOf: a letter the other lacks is at least one edit. */
function lettersOf(word: string): number {
  let letters = 0
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31)
  return letters
}

function countBits(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}
