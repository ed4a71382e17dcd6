import { transact } from '../../db/client.ts'
import { grantRole } from '../../db/coordinators.ts'
import { dropDialog } from '../../db/dialogs.ts'
import { desc } from '../../db/drizzle.ts'
import { addElder, type HomeAddress } from '../../db/elders.ts'
import { setLanguage, setName, setPhone } from '../../db/people.ts'
import { getRequest, type Request, submitRequest } from '../../db/requests.ts'
import { addresses, audit } from '../../db/schema.ts'
import { applyAsVolunteer, decideVolunteer } from '../../db/volunteers.ts'
import { announce } from '../../deeds/announce.ts'
import { type Category, routeOf, type Urgency } from '../../domain/categories.ts'
import { districts } from '../../domain/districts.ts'
import type { Language } from '../../domain/language.ts'
import { zoneOf } from '../../domain/places.ts'
import { dueAt } from '../../domain/request.ts'
import type { Role, VolunteerStatus } from '../../domain/roles.ts'
import { localDay } from '../../domain/time.ts'
import type { Citizen, Town } from './town.ts'

/** The older person of these requests, for whom somebody else asks: what the asker reads names her. */
export const zeinep = { name: 'Зейнеп Ахметова' }
export const semey = '10-semei-city'
export const otherDistrict = '10-zharma'
export const otherRegion = '75'
export const farDistrict = districtOf(otherRegion)

export interface Neighbour extends Citizen {
  personId: string
}

/** Somebody who has started the bot, by its verbs instead of by talk: for tests about what comes afterwards. */
export async function neighbour(town: Town, name: string, language: Language = 'ru'): Promise<Neighbour> {
  const citizen = await town.person(name)
  await citizen.start()
  const { store } = town
  const [address] = await store.db.select().from(addresses).orderBy(desc(addresses.id)).limit(1)
  const personId = address?.personId ?? ''
  await setLanguage(store, personId, language)
  await setName(store, personId, name)
  await setPhone(store, personId, '+77017654321')
  await dropDialog(store, personId, 'start')
  return Object.assign(citizen, { personId })
}

export async function helper(
  town: Town,
  name: string,
  how: { districtIds?: string[]; status?: VolunteerStatus; language?: Language; at?: Date } = {},
): Promise<Neighbour> {
  const person = await neighbour(town, name, how.language)
  const { districtIds = [semey], status = 'approved', at = noon } = how
  const { personId } = person
  const regionId = districtIds[0]?.slice(0, 2) ?? ''
  const form = { personId, regionId, districtIds, categories: [], wantedRequestId: null, at }
  await applyAsVolunteer(town.store, form)
  if (status !== 'pending')
    await decideVolunteer(town.store, personId, { status: status as 'approved', by: personId, at })
  return person
}

export async function coordinator(
  town: Town,
  name: string,
  role: Partial<Role> = {},
  language: Language = 'ru',
): Promise<Neighbour> {
  const person = await neighbour(town, name, language)
  const territory = { regionId: null, districtId: null, cleared: true, ...role }
  await grantRole(town.store, { ...territory, personId: person.personId, at: noon })
  return person
}

export interface Need {
  districtId?: string
  category?: Category
  urgency?: Urgency
  details?: string
  agreed?: boolean
  at?: Date
  home?: HomeAddress
}

/** A request as it stands after intake, posted where it belongs. */
export async function request(
  town: Pick<Town, 'store' | 'settle'>,
  asker: Pick<Neighbour, 'personId'>,
  need: Need = {},
): Promise<Request> {
  const { districtId = semey, category = 'medical', urgency = 'today', agreed = true, at = noon } = need
  const { details = 'Нужны лекарства', home = { settlement: '', text: 'ул. Абая 12, кв. 5' } } = need
  const regionId = districts.find(({ id }) => id === districtId)?.region ?? ''
  const zone = zoneOf(regionId)
  const place = { regionId, districtId }
  const found = await transact(town.store, async store => {
    const elder = { ...place, ...zeinep, home, phone: '+77011234567', agreed, self: false }
    const elderId = await addElder(store, { personId: asker.personId, at }, elder)
    const { id } = await submitRequest(store, {
      ...place,
      elderId,
      requesterId: asker.personId,
      category,
      route: routeOf(category),
      urgency,
      details,
      publicWords: details,
      danger: null,
      at,
      dueAt: dueAt(urgency, at, zone),
      year: Number(localDay(at, zone).slice(0, 4)),
    })
    await announce(store, await getRequest(store, id), { at, elderAgreed: agreed })
    return id
  })
  await town.settle()
  return getRequest(town.store, found)
}

/** What was put on record, the oldest first. */
export async function actsOf(town: Town) {
  return town.store.db.select().from(audit).orderBy(audit.id)
}

/** 11:00 of a Monday in Kazakhstan. */
export const noon = new Date('2026-11-23T06:00:00Z')

function districtOf(region: string): string {
  const found = districts.find(district => district.region === region)
  if (!found) throw new Error(`No such district in ${region}`)
  return found.id
}
