import type { Language } from '../../domain/language.ts'
import { type Citizen, openTown, type TestedChannel, type Town } from './town.ts'

/** One question of the intake: its key, and how a person answers it. */
export interface Step {
  key: string
  answer(person: Citizen, town: Town): Promise<unknown>
}

const press = (key: string, label: string): Step => ({
  key,
  answer: (person, { t }) => person.presses(t(label)),
})
const say = (key: string, words: string): Step => ({ key, answer: person => person.says(words) })

/** A daughter asks for her mother in a village: every question there is, in order. */
export const forMother: readonly Step[] = [
  press('who.ask', 'who.other'),
  press('consent.ask.other', 'consent.yes'),
  say('name.other', 'Зейнеп Ахметова'),
  press('consent.other', 'consent.other.yes'),
  press('cat.ask', 'cat.household'),
  press('when.ask', 'when.3days'),
  say('place.region', 'Абай облысы'),
  say('place.district', 'Бородулих'),
  say('place.settlement', 'Жезкент'),
  say('place.street', 'ул. Мира 7, кв. 3'),
  say('phone.other', '8 701 123 45 67'),
  say('text.ask', 'Нужны хлеб и молоко, позвоните Зейнеп'),
  press('text.more', 'text.enough'),
  press('check.ask', 'check.yes'),
]

/** Somebody in a city asks for themselves. */
export const forMyself: readonly Step[] = [
  press('who.ask', 'who.me'),
  press('consent.ask', 'consent.yes'),
  say('name.ask', 'Қалима Серікова'),
  press('cat.ask', 'cat.household'),
  press('when.ask', 'when.3days'),
  say('place.region', 'Семей'),
  say('place.address', 'ул. Абая 12, кв. 5'),
  say('phone.ask', '8 705 111 22 33'),
  say('text.ask', 'Нужны хлеб и молоко'),
  press('text.more', 'text.enough'),
  press('check.ask', 'check.yes'),
]

export interface Asker extends Town {
  aigul: Citizen
}

/** Айгүл has opened the bot and chosen her language. */
export async function askerIn(
  database: Parameters<typeof openTown>[0],
  how: { channel: TestedChannel; language?: Language },
): Promise<Asker> {
  const language = how.language ?? 'ru'
  const town = await openTown(database, { channel: how.channel, language })
  town.at('2026-11-23T06:00:00Z')
  const aigul = await town.person('Айгүл')
  await aigul.start()
  await aigul.presses(town.t(`lang.${language}`))
  return { ...town, aigul }
}

/** Answers question after question until the one with this key is asked. */
export async function walkTo(asker: Town & { aigul: Citizen }, steps: readonly Step[], key?: string) {
  for (const step of steps) {
    if (step.key === key) return
    await step.answer(asker.aigul, asker)
  }
}

/** True if the bot's last words are this question. */
export function asks({ t }: Town, person: Citizen, key: string): boolean {
  const [beginning = ''] = t(key).split('{')
  return person.last.text.split('\n\n').some(part => part.startsWith(beginning))
}

/** The question, of these, that the bot's last words ask. */
export function askedOf(town: Town, person: Citizen, steps: readonly Step[]): string | undefined {
  return steps.findLast(step => asks(town, person, step.key))?.key
}
