import { fold } from './fold.ts'

/** One word or number of a message. `at` counts words, plus a step for a comma and a leap for a sentence end. */
export type Word = {
  text: string
  skeleton: string
  latin: boolean
  at: number
  sentence: number
  value?: number
}

export const charsReadMax = 6000
const sentenceLeap = 3
const englishGlueMin = 2

/** Splits a message into comparable words; filler words vanish so that they cannot stand inside a phrase. */
export function wordsOf(text: string): Word[] {
  const joined = joinApostrophes(text.slice(0, charsReadMax))
  const words: Word[] = []
  let at = 0
  let sentence = 0
  const folded = fold(joined)
  for (const piece of folded.match(everyday.test(folded) ? plainPieces : pieces) ?? []) {
    const first = piece.charAt(0)
    if ('.!?;\n…'.includes(first)) {
      sentence += 1
      at += sentenceLeap
    } else if (',:()'.includes(first)) {
      at += 1
    } else if (!fillers.has(piece)) {
      words.push(wordFrom(piece, at, sentence))
      at += 1
    }
  }
  // «bill» sounds like «бил»: in a message that is plainly English no word is read as transliteration.
  const english = words.some(word => word.latin) && plainlyEnglish(joined)
  return english ? words.map(word => (word.latin ? { ...word, skeleton: '' } : word)) : words
}

/** The sound of a word, rid of spelling habits: both alphabets meet here, and doubled letters become one. */
export function skeletonOf(word: string): string {
  if (!plain.test(word)) return mixedSoundOf(word)
  return habits.test(word) ? plainSoundOf(word) : word
}

const plain = /^[а-я]+$/
/** Most words have none of these. */
const habits = /[ыйэяющцьъ]|(.)\1/

function plainSoundOf(word: string): string {
  return word.replace(/[ыйэяющцьъ]/g, letter => plainSounds[letter] ?? letter).replace(/(.)\1+/g, '$1')
}

function mixedSoundOf(word: string): string {
  return (onlyLatin.test(word) ? word : withoutMarks(word))
    .replace(/shch|sh|ch|zh|kh|gh|ts|y[aou]|i[au]|[a-z]/g, sound => latinSounds[sound] ?? sound)
    .replace(/[ыйіэёяющьъц]/g, letter => plainSounds[letter] ?? letter)
    .replace(/(.)\1+/gu, '$1')
}

const onlyLatin = /^[a-z]+$/

function withoutMarks(word: string): string {
  const stripped = [...word].map(letter => latinMarks[letter] ?? letter).join('')
  return stripped.normalize('NFD').replace(/\p{M}/gu, '')
}

/** Most messages hold no other signs, and the letters of all alphabets take four times as long to look for. */
const everyday = /^[\s!-@[-~а-я«»–—…]*$/
const plainPieces = /[a-zа-я]+|(?<![a-zа-я\d])[-+−–]?\d{1,9}(?:[.,]\d{1,3})?|[.!?;\n…]+|[,:()]/g
const pieces =
  /[\u{1F602}\u{1F923}\u{1F605}\u{1F606}]|\p{L}[\p{L}\p{M}]*|(?<![\p{L}\d])[-+−–]?\d{1,9}(?:[.,]\d{1,3})?|[.!?;\n…]+|[,:()]/gu

const fillers = new Set(
  `же ж ли бы б вот ну уж прям прямо просто совсем вообще там тут так как-то кажется вроде похоже типа короче
  пожалуйста это этот эта гой да ма ба енди тым тек мулде типти казир-ак
  the a an is are am was were has have been be just really so please`.split(/\s+/),
)

const englishGlue = new Set(
  `my the is are was a an and of for with need please help she he it not can cant her his i im at on from no there this who out you
  wont up in to get got do they we someone when dont you your me by or if what how`.split(/\s+/),
)

function plainlyEnglish(text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  return words.filter(word => englishGlue.has(word)).length >= englishGlueMin
}

const latinMarks: Record<string, string> = { ş: 'sh', ç: 'ch', ı: 'i', ğ: 'g', ñ: 'n', ń: 'n', ǵ: 'g' }

const latinSounds: Record<string, string> = {
  ya: 'а', ia: 'а', yu: 'у', iu: 'у', yo: 'о', shch: 'ш', sh: 'ш', ch: 'ч', zh: 'ж', kh: 'х', gh: 'г', ts: 'ц',
  a: 'а', b: 'б', c: 'с', d: 'д', e: 'е', f: 'ф', g: 'г', h: 'х', i: 'и', j: 'ж', k: 'к', l: 'л', m: 'м',
  n: 'н', o: 'о', p: 'п', q: 'к', r: 'р', s: 'с', t: 'т', u: 'у', v: 'в', w: 'у', x: 'х', y: 'и', z: 'з',
} // biome-ignore format: one alphabet reads best as a block

const plainSounds: Record<string, string> = {
  ы: 'и',
  й: 'и',
  і: 'и',
  э: 'е',
  ё: 'е',
  я: 'а',
  ю: 'у',
  щ: 'ш',
  ц: 'с',
  ь: '',
  ъ: '',
}

function wordFrom(piece: string, at: number, sentence: number): Word {
  if (/\d/.test(piece)) {
    const value = Number(piece.replace(',', '.').replace(/[−–]/, '-'))
    return { text: piece, skeleton: piece, latin: false, at, sentence, value }
  }
  const latin = !plain.test(piece) && /^[^\p{Script=Cyrillic}]+$/u.test(piece)
  return { text: piece, skeleton: skeletonOf(piece), latin, at, sentence }
}

function joinApostrophes(text: string): string {
  return text.replace(/['’‘ʼ`´](?<=\p{L}.)(?=\p{L})/gu, '')
}
