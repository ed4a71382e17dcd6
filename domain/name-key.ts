import { fold } from './fold.ts'
import { remembered } from './remember.ts'

/**
 * One spelling for all: Aigul, Айгүл and Айгуль are «аигул», Zeynep and Зейнеп are «зеинеп». It blurs soft
 * signs, double letters and the ways to write й, ы, э, я and ю in both alphabets.
 */
export const nameKey = remembered(20_000, (word: string): string => {
  const folded = fold(
    word
      .normalize('NFC')
      .replace(/^3(?=\p{L})/u, 'з')
      .replace(/0/gu, 'о'),
  )
  const cyrillic = /[a-zıəğşçñ]/u.test(folded) ? fromLatin(word) : folded
  return cyrillic
    .replace(/дж/gu, 'ж')
    .replace(/я/gu, 'иа')
    .replace(/ю/gu, 'иу')
    .replace(/[йы]/gu, 'и')
    .replace(/э/gu, 'е')
    .replace(/[ьъ'’]/gu, '')
    .replace(/(.)\1+/gu, '$1')
})

const latinPairs: readonly (readonly [RegExp, string])[] = [
  [/shch/gu, 'щ'],
  [/sh|ş/gu, 'ш'],
  [/ch|ç/gu, 'ч'],
  [/zh|dzh|dj|j/gu, 'ж'],
  [/kh/gu, 'х'],
  [/gh|ğ/gu, 'г'],
  [/ts/gu, 'ц'],
  [/ph/gu, 'ф'],
  [/ya/gu, 'я'],
  [/yu/gu, 'ю'],
  [/^ye/gu, 'е'],
  [/ö/gu, 'о'],
  [/ü/gu, 'у'],
  [/[əä]/gu, 'а'],
  [/ı/gu, 'и'],
  [/ñ/gu, 'н'],
]
const latin = 'abcdefghijklmnopqrstuvwxyz'
const cyrillic = 'абкдефгхижклмнопкрстуввхиз'

function fromLatin(word: string): string {
  let text = word.normalize('NFKC').toLowerCase().normalize('NFC')
  for (const [pair, letter] of latinPairs) text = text.replace(pair, letter)
  text = text.normalize('NFD').replace(/\p{M}/gu, '')
  return [...text].map(letter => cyrillic[latin.indexOf(letter)] ?? letter).join('')
}

const endings: readonly (readonly [RegExp, string])[] = [
  [/ия$/u, 'ия ии ию ией'],
  [/я$/u, 'я и е ю ей ею'],
  [/[жшчщц]а$/u, 'а и е у ой ей'],
  [/а$/u, 'а ы и е у ой ою'],
  [/ий$/u, 'ий ия ию ием ии'],
  [/й$/u, 'й я ю ем е'],
  [/ь$/u, 'ь я ю ем е и ью'],
  [/[бвгджзклмнпрстфхцчшщ]$/u, ' а у ом е ем'],
]

/** A Russian speaker's case forms of a name. */
export function declined(name: string): string[] {
  const word = name.toLowerCase()
  for (const [ending, forms] of endings)
    if (ending.test(word))
      return [word, ...forms.split(' ').map(form => word.replace(/(?:ия|я|а|ий|й|ь)$/u, '') + form)]
  return [word]
}

const kazakhSuffix =
  /(?:нин|дин|тин|ни|ди|ти|га|ге|ка|ке|на|не|да|де|та|те|нда|нде|дан|ден|тан|тен|нан|нен|мен|бен|пен|менен|мин|бин|пин|лар|лер|дар|дер|тар|тер|еке|екен|екем|жан|ники|дики|тики|даги|деги|таги|теги|апа|ата|аже|ага|апаи|тате|ша|ше|мин|s)$/u

/** The longest endings go first, at most two of them, and three letters of a name must remain. */
export const withoutSuffix = remembered(20_000, (key: string): readonly string[] => {
  const roots = shortened(key)
  for (const root of [...roots]) roots.push(...shortened(root))
  return roots
})

/** A key has no double letters, so that «Бекзаттың» lost a т of its root: that reading is tried as well. */
function shortened(word: string): string[] {
  const roots: string[] = []
  for (let size = 1; size <= suffixMax && word.length - size >= 4; size++) {
    const suffix = word.slice(-size)
    const root = word.slice(0, -size)
    if (kazakhEnd.has(suffix)) roots.push(root)
    if (size > 2 && kazakhEnd.has(suffix) && 'нтдм'.includes(suffix[0] ?? '')) roots.push(root + suffix[0])
  }
  return roots
}
const kazakhEnd = new Set(kazakhSuffix.source.slice(3, -2).split('|'))
const suffixMax = 5
