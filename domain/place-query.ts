import { fold } from './fold.ts'
import { soundsOf, type Word, wordOf } from './place-spelling.ts'
import { remembered } from './remember.ts'

export type PlaceKind = 'region' | 'district' | 'city'

export interface PlaceQuery {
  /** The words that can be a name, in the spelling of soundsOf. */
  readonly words: readonly Word[]
  /** What the person called it: «район», «г.», «облысы». Undefined if they named nothing or several. */
  readonly kind?: PlaceKind
  /** How many words stand before the word «область», if it was said. */
  readonly regionAfter?: number
}

/** Sorts the words of what was typed: names stay, «район» and «облысы» say the kind, streets are left out. */
export function readPlace(text: string): PlaceQuery {
  const words: string[] = []
  const besides: string[] = []
  const kinds = new Set<PlaceKind>()
  let regionAfter: number | undefined
  let street = false
  for (const raw of rawWords(text)) {
    const word = soundsOf(raw)
    const kind = kindOf(word)
    if (kind === 'region') regionAfter = words.length
    else if (kind !== undefined) kinds.add(kind)
    else if (streetAhead.test(word)) street = true
    else if (streetBehind.test(word)) words.pop()
    else if (raw.length > 1 && word !== '') {
      if (!street) (aside.has(word) ? besides : words).push(word)
      street = false
    }
  }
  const [only] = kinds.size === 1 ? kinds : []
  const kind = only ?? (kinds.size === 0 && regionAfter !== undefined ? 'region' : undefined)
  return { words: (words.length > 0 ? words : besides).map(wordOf), kind, regionAfter }
}

/** A long story is not searched to its end: the place is named early, and each word costs time. */
const wordsReadMax = 16

/** The words of a name without «район», «қаласы», "Region" and their like; equal words are one object. */
export function nameWords(name: string): readonly Word[] {
  return readPlace(name).words.map(word => interned(word.sounds))
}

const interned = remembered(10_000, wordOf)

function rawWords(text: string): string[] {
  const folded = fold(text).replace(/['’ʻ`ьъ]/gu, '')
  return (folded.replace(shortDistrict, ' район ').match(/\p{L}+/gu) ?? []).slice(0, wordsReadMax)
}

// «р-н», «р-не», «р/н», «рн».
const shortDistrict = /(?<!\p{L})р[-–/ ]?о?н[аеу]?(?!\p{L})/gu

function kindOf(word: string): PlaceKind | undefined {
  if (/^(?:obl|oblis.*|oblas.*|region.*)$/u.test(word)) return 'region'
  if (/^(?:audan.*|raion.*|distrikt.*|aud)$/u.test(word)) return 'district'
  if (/^(?:g|gorod.*|kala(?:s.*|da|ga|dan|nin|ni)?|siti|kiti|toun)$/u.test(word)) return 'city'
  return undefined
}

// After «ул.» comes the name of a street, and half of the streets bear the names of districts.
const streetAhead = /^(?:ul|uli5.*|pr|prosp|prospekt.*|per|pereul.*|mkr|mkrn|mikroraion.*|stret|st)$/u
const streetBehind = /^(?:ko6|ko6es.*|dangil.*|ik6amaudan.*)$/u

const aside = new Set(
  ['во', 'на', 'из', 'или', 'от', 'до', 'около', 'им', 'имени', 'атындағы', 'республика', 'республикасы']
    .concat(['село', 'селе', 'села', 'поселок', 'поселке', 'пос', 'ауыл', 'аул', 'ауылы', 'ауылында', 'кент'])
    .concat(['in', 'of', 'the', 'near', 'from', 'ға', 'да', 'де'])
    .map(soundsOf),
)
