import type { Store } from '../../db/client.ts'
import { grantRole } from '../../db/coordinators.ts'
import { bindGroup, noteGroup } from '../../db/groups.ts'
import { setLanguage, setName, setPhone } from '../../db/people.ts'
import { recognisePerson } from '../../db/recognise.ts'
import { applyAsVolunteer, decideVolunteer } from '../../db/volunteers.ts'
import { findDistricts } from '../../domain/places.ts'
import type { FakeTelegram } from '../fake-telegram/fake-telegram.ts'
import type { Group } from '../fake-telegram/groups.ts'
import type { Stage } from './stage.ts'

export type Person = ReturnType<FakeTelegram['user']>

/** A city with a volunteers' group. */
export interface City {
  /** What people type for it. */
  readonly name: string
  readonly group: Group
  readonly volunteers: readonly Person[]
}

/** Each in a region of its own, and none named like one. */
const cityNames = ['Семей', 'Усть-Каменогорск', 'Уральск', 'Кокшетау', 'Тараз', 'Актау', 'Талдыкорган']

export interface Neighbourhood {
  readonly marat: Person
  readonly cities: readonly City[]
  /** How many updates of the platform belong to the time before. */
  readonly updatesBefore: number
}

/**
 * Марат coordinates the country; in each city volunteers are approved and their group is bound. Made by the verbs of
 * the database: nothing of it has to be talked over, and no update of it waits.
 */
export async function settle(
  { telegram, withStore }: Stage,
  { cities: citiesMax = 3, volunteers = 4 } = {},
): Promise<Neighbourhood> {
  const marat = telegram.user({ firstName: 'Марат', languageCode: 'ru' })
  const cities = cityNames.slice(0, citiesMax).map(name => {
    const people = Array.from({ length: volunteers }, (_, n) =>
      telegram.user({ firstName: `${name} ${n + 1}`, languageCode: 'ru' }),
    )
    return {
      name,
      volunteers: people,
      group: telegram.group(`Көршілер, ${name}`, { members: [...people, marat] }),
    }
  })
  await withStore(async store => {
    const coordinatorId = await known(store, marat)
    const territory = { regionId: null, districtId: null, cleared: true }
    await grantRole(store, { ...territory, personId: coordinatorId, at: new Date() })
    for (const city of cities) await open(store, city, coordinatorId)
  })
  for (const { group } of cities) await group.addBot(marat)
  telegram.takeUpdates()
  return { marat, cities, updatesBefore: telegram.updateLog.length }
}

async function open(store: Store, { name, group, volunteers }: City, by: string) {
  const at = new Date()
  const [district] = findDistricts(name)
  if (!district) throw new Error(`No district is called ${name}`)
  for (const volunteer of volunteers) {
    const personId = await known(store, volunteer)
    const place = { regionId: district.region, districtIds: [district.id] }
    await applyAsVolunteer(store, { ...place, personId, categories: [], wantedRequestId: null, at })
    await decideVolunteer(store, personId, { status: 'approved', by, at })
  }
  const { id } = await noteGroup(
    store,
    { channel: 'telegram', chat: String(group.id) },
    { language: 'ru', at },
  )
  await bindGroup(store, id, { districtId: district.id, by, language: 'ru' })
}

/** Somebody who has started the bot and speaks Russian. */
async function known(store: Store, person: Person): Promise<string> {
  await person.start()
  const from = { channel: 'telegram', externalId: String(person.id), inPrivate: true, at: new Date() }
  const { id } = await recognisePerson(store, from)
  await setLanguage(store, id, 'ru')
  await setName(store, id, person.name)
  await setPhone(store, id, `+${person.state.phone}`)
  return id
}
