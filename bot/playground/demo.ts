import { type Store, transact } from '../../db/client.ts'
import { grantRole } from '../../db/coordinators.ts'
import { bindGroup, noteGroup } from '../../db/groups.ts'
import { setLanguage, setName, setPhone } from '../../db/people.ts'
import { createPlaygroundStore } from '../../db/playground.ts'
import { recognisePerson } from '../../db/recognise.ts'
import { applyAsVolunteer, decideVolunteer } from '../../db/volunteers.ts'

const regionId = '10'
const districtId = '10-semei-city'

/** Who the four phones show at first. */
export const demoPhones = [
  { person: 'aigul', chat: 'aigul' },
  { person: 'timur', chat: 'g-volunteers' },
  { person: 'timur', chat: 'timur' },
  { person: 'marat', chat: 'marat' },
]

/**
 * A demonstration district with invented people: a coordinator, two volunteers and their group. The one who asks and
 * her mother are strangers to the bot, so that everything is seen from the first word.
 */
export async function seedDemo(store: Store) {
  const platform = createPlaygroundStore(store.db)
  await platform.addPerson({ id: 'aigul', name: 'Айгүл', language: 'ru', started: false })
  await platform.addPerson({ id: 'timur', name: 'Тимур', language: 'ru' })
  await platform.addPerson({ id: 'marat', name: 'Марат', language: 'ru' })
  await platform.addPerson({ id: 'dina', name: 'Дина', language: 'kk' })
  await platform.addPerson({ id: 'zeinep', name: 'Зейнеп', language: 'kk', started: false })
  const chat = await platform.addGroup({
    id: 'volunteers',
    title: 'Көмекшілер · Семей',
    members: ['timur', 'dina', 'marat'],
  })
  await transact(store, async inner => {
    const at = new Date()
    const marat = await known(inner, 'marat', {
      language: 'ru',
      name: 'Марат Сәбитұлы',
      phone: '+77000000003',
      at,
    })
    await grantRole(inner, { personId: marat, regionId, districtId: null, cleared: true, at })
    await volunteerFor(
      inner,
      await known(inner, 'timur', { language: 'ru', name: 'Тимур', phone: '+77000000002', at }),
      marat,
      at,
    )
    await volunteerFor(
      inner,
      await known(inner, 'dina', { language: 'kk', name: 'Дина', phone: '+77000000004', at }),
      marat,
      at,
    )
    const group = await noteGroup(inner, { channel: 'playground', chat }, { language: 'ru', at })
    await bindGroup(inner, group.id, { districtId, by: marat, language: 'ru' })
  })
}

async function known(
  store: Store,
  externalId: string,
  person: { language: 'kk' | 'ru'; name: string; phone: string; at: Date },
): Promise<string> {
  const { id } = await recognisePerson(store, {
    channel: 'playground',
    externalId,
    inPrivate: true,
    at: person.at,
  })
  await setLanguage(store, id, person.language)
  await setName(store, id, person.name)
  await setPhone(store, id, person.phone)
  return id
}

async function volunteerFor(store: Store, personId: string, by: string, at: Date) {
  await applyAsVolunteer(store, {
    personId,
    regionId,
    districtIds: [districtId],
    categories: [],
    wantedRequestId: null,
    at,
  })
  await decideVolunteer(store, personId, { status: 'approved', by, at })
}
