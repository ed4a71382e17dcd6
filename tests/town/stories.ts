import type { OpenDatabase } from '../../db/client.ts'
import { coordinator, helper, type Neighbour } from './quick.ts'
import { type Citizen, openTown, type Town, type TownSettings } from './town.ts'

export interface SettledTown extends Town {
  aigul: Citizen
  timur: Neighbour
  dina: Neighbour
  marat: Neighbour
}

/** A district at work: Марат coordinates, Тимур and Дина help, their group is bound; Айгүл is a stranger. */
export async function settledTown(database: OpenDatabase, how: TownSettings): Promise<SettledTown> {
  const town = await openTown(database, how)
  town.at('2026-11-23T06:00:00Z')
  const marat = await coordinator(town, 'Марат', {}, how.language)
  const timur = await helper(town, 'Тимур', { language: how.language })
  const dina = await helper(town, 'Дина', { language: how.language })
  await town.group('Көршілер', [marat, timur, dina])
  await marat.in('Көршілер').says('/bind Семей')
  const aigul = await town.person('Айгүл')
  return { ...town, aigul, timur, dina, marat }
}

export async function becomeCoordinator(town: Town, person: Citizen, name: string, role = {}) {
  await person.start(`i-${await town.invitation(role)}`)
  await person.says(name)
  await chooseLanguage(town, person)
}

export async function chooseLanguage(town: Town, person: Citizen) {
  await person.presses(town.t(`lang.${languageOf(town)}`))
}

/** Айгүл asks for her mother, from the first word to the number. */
export async function requestFrom(
  town: Town,
  person: Citizen,
  words = 'Маме Зейнеп нужны лекарства, рецепт у Домбровской. Валидол 2 пачки',
) {
  const { t } = town
  await person.start()
  await chooseLanguage(town, person)
  await person.presses(t('who.other'))
  await person.presses(t('consent.yes'))
  await person.says('Зейнеп Ахметова')
  await person.presses(t('consent.other.yes'))
  await person.presses(t('cat.medical'))
  await person.presses(t('when.today'))
  await person.says('Семей')
  await person.says('ул. Абая 12, кв. 5')
  await person.says('8 701 123 45 67')
  await person.says(words)
  await person.presses(t('text.enough'))
  await person.presses(t('check.yes'))
}

/** The door code as the asker's side was told it. */
export function helperOf(asker: Citizen): { first: string; second: string } {
  const told = asker.messages.findLast(message => /(\d\d)\D+(\d\d)\D*$/.test(message.text))
  const [, first = '', second = ''] = /(\d\d)\D+(\d\d)\D*$/.exec(told?.text ?? '') ?? []
  return { first, second }
}

function languageOf(town: Town): string {
  return { Да: 'ru', Иә: 'kk', Yes: 'en' }[town.t('yes')] ?? 'ru'
}
