import { fillers } from './filler-words.ts'
import { phrases, type Token, tokenize } from './words.ts'

/** A number that may stand for an option. `firm`: a digit or an ordinal, not a word that also counts things. */
export interface Mention {
  value: number
  firm: boolean
}

/** Whether nothing but a number was said, in words: «одиннадцать», «вариант два», but not «одна». */
export function isSpelledNumber(text: string): boolean {
  const words = tokenize(text).filter(token => token.kind === 'word')
  const others = words.filter(token => mentionIn(token) === undefined)
  const told = words.map(mentionIn).filter(mention => mention !== undefined)
  return told.some(({ value, firm }) => firm || value > 1) && others.every(({ sound }) => fillers.has(sound))
}

/** Reads one word or digit token; `next` is the token behind it, for the ending of «2-ге». */
export function mentionIn(token: Token): Mention | undefined {
  if (token.kind === 'number') return { value: Number(token.text), firm: true }
  if (token.kind !== 'word') return undefined
  return russianOrEnglish(token.sound) ?? kazakh(token.sound)
}

/** A number as such, without an ending: «три» and «3», but not «бірге» or «третий». */
export function plainNumber(token: Token): number | undefined {
  if (token.kind === 'number') return Number(token.text)
  return (
    cardinals.get(token.sound) ??
    (Object.hasOwn(kazakhStems, token.sound) ? kazakhStems[token.sound] : undefined)
  )
}

/** Whether letters glued to a digit only inflect it (2-ге, 3rd), and are no unit (2кг). */
export function isNumberEnding(sound: string): boolean {
  return numberEndings.test(sound)
}

function russianOrEnglish(sound: string): Mention | undefined {
  const cardinal = cardinals.get(sound)
  if (cardinal !== undefined) return { value: cardinal, firm: false }
  const value = ordinals.findIndex(ordinal => ordinal.test(sound)) + 1
  return value > 0 ? { value, firm: true } : undefined
}

function kazakh(sound: string): Mention | undefined {
  const match = kazakhNumber.exec(sound)
  const value = kazakhStems[match?.[1] ?? '']
  return match && value ? { value, firm: match[2] !== undefined } : undefined
}

const numberEndings =
  /^(?:i|ia|iu|e|ei|oe|ie|oi|ii|aia|iuiu|uiu|oiu|ogo|go|mu|m|om|[gk][ae]|n?[dt][ae]n?|[dtn]i|in|wi|inwi|nwi|wi(?:si|sin|ni|ge|den)|st|nd|rd|th|is)$/

const cardinals = new Map<string, number>([
  ...[
    'один, одна, одно, одну, единица, единицу, единичка, единичку, one',
    'два, две, двойка, двойку, двоечка, двоечку, two',
    'три, тройка, тройку, троечка, троечку, three',
    'четыре, четверка, четверку, четверочка, четверочку, four',
    'пять, пятерка, пятерку, пятерочка, пятерочку, five',
    'шесть, шестерка, шестерку, six',
    'семь, семерка, семерку, seven',
    'восемь, восьмерка, восьмерку, eight',
    'девять, девятка, девятку, nine',
    'десять, десятка, десятку, ten',
    'одиннадцать, eleven',
    'двенадцать, twelve',
  ].flatMap((list, index) => phrases(list).map(sound => [sound, index + 1] as const)),
  ...[
    'двадцать, жиырма, twenty',
    'тридцать, отыз, thirty',
    'сорок, қырық, forty',
    'пятьдесят, елу, fifty',
  ].flatMap((list, index) => phrases(list).map(sound => [sound, (index + 2) * 10] as const)),
  ...phrases('пятнадцать, fifteen').map(sound => [sound, 15] as const),
])

/** Ordinals by their order. Russian ones with any ending; sounds, so ё, ь and й are already gone. */
const ordinals = [
  /^(?:perv(?:ii|oe|aia|uiu|ogo|i|om|oi|omu|im)|first)$/,
  /^(?:vtor(?:oi|oe|aia|uiu|ogo|om|omu|im|ii)|second)$/,
  /^(?:tret(?:i|ii|e|ie|ia|iu|iego|em|emu|ego|iem)|third)$/,
  /^(?:qetvert(?:ii|i|oe|aia|uiu|ogo|om|oi|omu|im)|fourth)$/,
  /^(?:piat(?:ii|i|oe|aia|uiu|ogo|om|oi|omu|im)|fifth)$/,
  /^(?:west(?:oi|oe|aia|uiu|ogo|om|omu|im)|sihth)$/,
  /^(?:sedm(?:oi|oe|aia|uiu|ogo|om|omu|im)|seventh)$/,
  /^(?:vosm(?:oi|oe|aia|uiu|ogo|om|omu|im)|eigth)$/,
  /^(?:deviat(?:ii|i|oe|aia|uiu|ogo|om|oi|omu|im)|ninth)$/,
  /^(?:desiat(?:ii|i|oe|aia|uiu|ogo|om|oi|omu|im)|tenth)$/,
]

const kazakhStems: Record<string, number> = {
  bir: 1,
  eki: 2,
  ek: 2,
  uw: 3,
  tort: 4,
  bes: 5,
  alti: 6,
  alt: 6,
  jeti: 7,
  jet: 7,
  segiz: 8,
  togiz: 9,
  on: 10,
  uweu: 3,
  torteu: 4,
  beseu: 5,
  altau: 6,
  jeteu: 7,
}

const kazakhNumber =
  /^(bir|eki|ek(?=i?nwi)|uw|tort|bes|alti|alt(?=i?nwi)|jeti|jet(?=i?nwi)|segiz|togiz|on|uweu|torteu|beseu|altau|jeteu)(i?nwi)?(?:si|sin|sine|sinen|in|i|ni|di|ti|[gk][ae]|[dtn][ae]n|lik|wi)?$/
