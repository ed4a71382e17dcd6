import type { OpenDatabase } from '../../db/client.ts'
import type { Language } from '../../domain/language.ts'
import type { Role } from '../../domain/roles.ts'
import { coordinator, type Neighbour, neighbour, noon, semey } from './quick.ts'
import { type Citizen, openTown, type TestedChannel, type Town } from './town.ts'

export interface District {
  town: Town
  t: Town['t']
  marat: Neighbour
  aigul: Neighbour
}

/** A Monday, 11:00: Марат coordinates the country or what `role` says, and Айгүл has started the bot. */
export async function districtAtNoon(
  database: OpenDatabase,
  how: { channel: TestedChannel; language?: Language | undefined; role?: Partial<Role> },
): Promise<District> {
  const { channel, language = 'ru', role = {} } = how
  const town = await openTown(database, { channel, language })
  town.at(noon.toISOString())
  const marat = await coordinator(town, 'Марат', role, language)
  const aigul = await neighbour(town, 'Айгүл', language)
  return { town, t: town.t, marat, aigul }
}

/** "More" about a post: its button, or where a group has none, as the bot offers it in private. */
export function looksAt({ t }: Pick<Town, 't'>, person: Citizen, requestId: string, title = 'Көршілер') {
  const group = person.in(title)
  const offered = group.messages.some(({ buttons }) => buttons.includes(t('post.more')))
  return offered ? group.presses(t('post.more')) : person.pressesData(`more:${requestId}`)
}

/** A group of these people that hears of a district; what the coordinator sees in it. */
export async function boundGroup(
  { town, marat }: Pick<District, 'town' | 'marat'>,
  members: readonly Citizen[],
  { title = 'Көршілер', districtId = semey } = {},
) {
  await town.group(title, [marat, ...members])
  await marat.in(title).pressesData(`bindto:${districtId}`)
  return marat.in(title)
}
