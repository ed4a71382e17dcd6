import i18next, { type i18n } from 'i18next'
import { type Language, languages } from '../domain/language.ts'
import type { Part, Value } from '../domain/message.ts'
import { showPhone } from '../domain/phone.ts'
import { nameOf, regionNameOf } from '../domain/places.ts'
import { showDate, showDay, showTime } from '../domain/time.ts'
import en from '../locales/en.json' with { type: 'json' }
import keywords from '../locales/keywords.json' with { type: 'json' }
import kk from '../locales/kk.json' with { type: 'json' }
import ru from '../locales/ru.json' with { type: 'json' }
import sayings from '../locales/sayings.json' with { type: 'json' }

const texts: Record<Language, Readonly<Record<string, string>>> = { kk, ru, en }
const translators: Record<Language, i18n> = {
  kk: translator('kk', kk),
  ru: translator('ru', ru),
  en: translator('en', en),
}
const words: Record<string, readonly string[]> = keywords
/** Texts that hold no value are the same each time: labels of buttons, most questions. */
const fixedTexts: Record<Language, Map<string, string>> = { kk: new Map(), ru: new Map(), en: new Map() }
const cutTexts: Record<Language, Map<string, readonly string[]>> = {
  kk: new Map(),
  ru: new Map(),
  en: new Map(),
}
const numbers: Record<Language, Intl.NumberFormat> = {
  kk: new Intl.NumberFormat('kk-KZ'),
  ru: new Intl.NumberFormat('ru-KZ'),
  en: new Intl.NumberFormat('en-KZ'),
}

/** The text of a part in a language. An unknown key is shown as itself, so that tests see it. */
export function textOf(language: Language, { key, values }: Part): string {
  if (!values) return fixedText(language, key)
  const ready: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(values)) {
    ready[name] = typeof value === 'number' ? value : valueText(language, value)
  }
  // `n` chooses the plural form.
  if (typeof ready.n === 'number')
    return translators[language].t(key, { ...ready, count: ready.n, nest: false })
  const pieces = piecesOf(language, key)
  if (!pieces) return key
  let text = ''
  for (const [at, piece] of pieces.entries()) text += at % 2 === 0 ? piece : (ready[piece] ?? `{${piece}}`)
  return text
}

/** A text cut at its gaps: words, the name of a gap, words, and so on. Undefined if there is none of that key. */
function piecesOf(language: Language, key: string): readonly string[] | undefined {
  const known = cutTexts[language].get(key)
  if (known) return known
  const pieces = texts[language][key]?.split(/\{(\w+)\}/)
  if (pieces) cutTexts[language].set(key, pieces)
  return pieces
}

function fixedText(language: Language, key: string): string {
  const known = fixedTexts[language].get(key)
  if (known !== undefined) return known
  const text = translators[language].t(key)
  // Only keys that exist: an invented one must not make the memory grow.
  if (translators[language].exists(key)) fixedTexts[language].set(key, text)
  return text
}

/** A value as the reader sees it: places, times and phones in their own language. */
export function valueText(language: Language, value: Value): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numbers[language].format(value)
  if ('key' in value) return textOf(language, value)
  if ('district' in value) return nameOf(value.district, language)
  if ('region' in value) return regionNameOf(value.region, language)
  if ('phone' in value) return showPhone(value.phone)
  if ('day' in value) return showDay(new Date(value.day), value.zone, language)
  if ('date' in value) return textOf(language, { key: 'time.date', values: showDate(value.date, language) })
  if ('list' in value) return listText(language, value)
  const at = new Date(value.moment)
  const { zone } = value
  const values = { day: showDay(at, zone, language), clock: showTime(at, zone, language) }
  return textOf(language, { key: 'time.moment', values })
}

/** What else a person may type for an option: its labels in the other languages and the words kept for it. */
export function keywordsOf(label: Value): string[] {
  const labels = languages.map(language => valueText(language, label))
  return typeof label === 'object' && 'key' in label ? [...labels, ...(words[label.key] ?? [])] : labels
}

/** All that people are known to say for an option, or undefined if nothing is known but its label. */
export function sayingsOf(label: Value): readonly string[] | undefined {
  if (typeof label !== 'object' || !('key' in label) || !words[label.key]) return undefined
  const known = said.get(label.key) ?? [...keywordsOf({ key: label.key }), ...(sentences[label.key] ?? [])]
  said.set(label.key, known)
  return known
}

const sentences: Record<string, readonly string[]> = sayings
const said = new Map<string, readonly string[]>()

function listText(
  language: Language,
  { list, separator }: { list: readonly Value[]; separator?: string },
): string {
  return list
    .map(entry => valueText(language, entry))
    .filter(Boolean)
    .join(separator ?? ', ')
}

function translator(language: Language, strings: Record<string, string>): i18n {
  const instance = i18next.createInstance()
  instance.init({
    lng: language,
    resources: { [language]: { translation: strings } },
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
    returnEmptyString: true,
  })
  return instance
}
