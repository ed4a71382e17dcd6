import { keywordsOf, sayingsOf, valueText } from '../../bot/i18n.ts'
import type { Option, Question } from '../../bot/prompt.ts'
import { categories } from '../../domain/categories.ts'
import type { Language } from '../../domain/language.ts'

/** Real options as the screens show them: labels and further words come from the locale files. */
const screens = {
  help: [...categoriesOf(1), 'cat.more'],
  help2: [...categoriesOf(2), 'back', 'human'],
  when: ['when.today', 'when.3days', 'when.later'],
  who: ['who.me', 'who.other', 'who.vol'],
  consent: ['consent.yes', 'consent.no'],
  consent3: ['consent.yes', 'consent.no', 'consent.more'],
  consentOther: ['consent.other.yes', 'consent.other.no'],
  received: ['req.yes', 'req.part', 'req.no'],
  rate: ['rate.5', 'rate.4', 'rate.3', 'rate.2', 'rate.1'],
  check: ['check.yes', 'check.edit'],
  language: ['lang.kk', 'lang.ru', 'lang.en'],
} satisfies Record<string, string[]>

export type Screen = keyof typeof screens | 'golden'
export type Tongue = Language

const yesNoScreens: readonly Screen[] = ['consent', 'consent3', 'consentOther', 'check']

export const optionKeys = [...new Set(Object.values(screens).flat())]

export function questionOn(screen: Screen, tongue: Tongue = 'ru'): Question {
  if (screen === 'golden') return golden
  const options = screens[screen].map(key => optionFor(key, tongue))
  return { options, yesNo: yesNoScreens.includes(screen), strict: screen.startsWith('consent') }
}

/** The same object each time, as the bot keeps it: its words are read once. */
function optionFor(key: string, tongue: Tongue): Option {
  const name = `${tongue} ${key}`
  const option = made.get(name) ?? {
    id: key,
    label: valueText(tongue, { key }),
    keywords: keywordsOf({ key }),
    sayings: sayingsOf({ key }) ?? [],
  }
  made.set(name, option)
  return option
}

const made = new Map<string, Option>()

function categoriesOf(list: 1 | 2): string[] {
  return categories.filter(entry => entry.list === list).map(entry => `cat.${entry.code}`)
}

const golden: Question = {
  options: [
    { id: '1', label: 'Дәрі-дәрмек', keywords: ['дәрі', 'лекарства', 'аптека'] },
    { id: '2', label: 'Азық-түлік', keywords: ['продукты'] },
    { id: '3', label: 'Дәрігерге бару', keywords: ['врач'] },
  ],
}
