import { textOf } from '../bot/i18n.ts'
import { type Language, languages } from '../domain/language.ts'
import { groupChat } from './settled.ts'
import type { Stage } from './stage.ts'

/** One message of the loop, as a person would send it. */
export interface Step {
  name: string
  kind: 'press' | 'typed' | 'command'
  run(): Promise<unknown>
}

/**
 * The whole way of one request: fourteen messages of the asker, about half of them typed, then claim, done and
 * confirm. Every asker is new and tells something else, so nothing remembered from another one helps.
 */
export function loopOf(stage: Stage, n: number): Step[] {
  const language = languages[n % languages.length] ?? 'ru'
  const asker = `a${n}`
  const words = tellings(n)[language]
  const press = (person: string, key: string, name = key, group?: string): Step => ({
    name,
    kind: 'press',
    run: () => {
      const spoken = person === asker ? language : 'ru'
      return stage.press(person, textOf(spoken, { key }), group)
    },
  })
  const typed = (name: string, text: string): Step => ({
    name,
    kind: 'typed',
    run: () => stage.receive(asker, { type: 'text', text }),
  })
  return [
    { name: 'start', kind: 'command', run: () => stage.receive(asker, { type: 'start' }) },
    press(asker, `lang.${language}`, 'language'),
    press(asker, 'who.other', 'for whom'),
    typed('consent', words.consent),
    typed('name', words.name),
    press(asker, 'consent.other.yes', 'the other agrees'),
    typed('category', words.category),
    press(asker, 'when.today', 'when'),
    typed('place', words.place),
    typed('address', words.address),
    typed('phone', words.phone),
    typed('need', words.need),
    press(asker, 'text.enough', 'that is all'),
    press(asker, 'check.yes', 'submit'),
    press('v0', 'claim', 'claim', groupChat),
    press('v0', 'done', 'done'),
    press('v0', 'done.noCode', 'no digits'),
    press(asker, 'req.yes', 'confirm'),
  ]
}

/** The step after which a half-done intake is at its largest: all is told, the summary waits. */
export const fullestStep = 'that is all'

interface Telling {
  consent: string
  name: string
  category: string
  place: string
  address: string
  phone: string
  need: string
}

function tellings(n: number): Record<Language, Telling> {
  const phone = `8 701 ${100 + (n % 900)} 45 ${10 + (n % 90)}`
  const house = `${1 + (n % 97)}`
  const flat = `${1 + (n % 61)}`
  return {
    ru: {
      consent: 'да, согласна',
      name: `Зейнеп Ахметова ${letters(n)}`,
      category: 'нужны лекарства',
      place: 'Семей',
      address: `ул. Абая ${house}, кв. ${flat}`,
      phone,
      need: `Маме нужны лекарства, рецепт у врача ${letters(n)}. Валидол ${2 + (n % 5)} пачки и тонометр, лучше после ${12 + (n % 6)} часов, она живёт одна.`,
    },
    kk: {
      consent: 'иә, келісемін',
      name: `Бибігүл ${letters(n)} Сейітқызы`,
      category: 'дәрі керек еді',
      place: 'Семей қаласы',
      address: `Абай көшесі ${house}, ${flat}-пәтер`,
      phone,
      need: `Анама дәрі керек, рецепт дәрігерде ${letters(n)}. Валидол ${2 + (n % 5)} қорап, түстен кейін сағат ${12 + (n % 6)} болса жақсы, өзі жалғыз тұрады.`,
    },
    en: {
      consent: 'yes, I agree',
      name: `Raushan ${letters(n)}`,
      category: 'medicines please',
      place: 'Semey',
      address: `Abai street ${house}, flat ${flat}`,
      phone,
      need: `My mother needs her pills, the prescription is with the doctor ${letters(n)}. Validol, ${2 + (n % 5)} packs, best after ${12 + (n % 6)} o'clock, she lives alone.`,
    },
  }
}

/** A made-up name, another one for every asker. */
function letters(n: number): string {
  const syllables = ['ба', 'ке', 'ну', 'ра', 'ли', 'до', 'са', 'та', 'ми', 'жа']
  const name = [...String(n + 100)].map(digit => syllables[Number(digit)]).join('')
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`
}
