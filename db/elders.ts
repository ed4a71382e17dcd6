import type { Store } from './client.ts'
import { desc, eq, inArray, or } from './drizzle.ts'
import { newId } from './ids.ts'
import { elders, relatives } from './schema.ts'

/** Where help is to come. Private: only the holder of a claim and coordinators of the territory see it. */
export interface HomeAddress {
  /** The village or town inside a rural district; empty in a city. */
  settlement: string
  text: string
  location?: { latitude: number; longitude: number }
}

export interface Elder {
  id: string
  regionId: string
  districtId: string
  name: string
  home: HomeAddress
  phone: string
  agreed: boolean
  personId: string | null
}

export interface NewElder {
  regionId: string
  districtId: string
  name: string
  home: HomeAddress
  phone: string
  agreed: boolean
  /** True if the one who writes is the elder. */
  self: boolean
}

export async function addElder(
  store: Store,
  by: { personId: string; at: Date },
  elder: NewElder,
): Promise<string> {
  const id = newId()
  await store.db.insert(elders).values({
    id,
    ...privateColumns(store, id, elder),
    regionId: elder.regionId,
    districtId: elder.districtId,
    name: elder.name,
    agreed: elder.agreed,
    personId: elder.self ? by.personId : null,
    createdBy: by.personId,
    createdAt: by.at,
  })
  await store.db.insert(relatives).values({ elderId: id, personId: by.personId, since: by.at })
  return id
}

export async function updateElder(store: Store, id: string, elder: Omit<NewElder, 'self'>) {
  const { regionId, districtId, name, agreed } = elder
  await store.db
    .update(elders)
    .set({ ...privateColumns(store, id, elder), regionId, districtId, name, agreed })
    .where(eq(elders.id, id))
}

/** The elder has said yes themselves. */
export async function markAgreed(store: Store, id: string) {
  await store.db.update(elders).set({ agreed: true }).where(eq(elders.id, id))
}

/** The older people this person may ask for, the last one first. */
export async function listEldersOf(store: Store, personId: string): Promise<Elder[]> {
  const rows = await store.db
    .select({ elder: elders })
    .from(relatives)
    .innerJoin(elders, eq(elders.id, relatives.elderId))
    .where(eq(relatives.personId, personId))
    .orderBy(desc(elders.createdAt))
  return rows.map(({ elder }) => open(store, elder))
}

/** The older people whose family this person is: they themselves, and those they ask for; the last one first. */
export async function listFamilyOf(store: Store, personId: string): Promise<{ id: string; name: string }[]> {
  const own = store.db
    .select({ id: relatives.elderId })
    .from(relatives)
    .where(eq(relatives.personId, personId))
  return store.db
    .select({ id: elders.id, name: elders.name })
    .from(elders)
    .where(or(eq(elders.personId, personId), inArray(elders.id, own)))
    .orderBy(desc(elders.createdAt))
}

export async function getElder(store: Store, id: string): Promise<Elder> {
  const [row] = await store.db.select().from(elders).where(eq(elders.id, id))
  if (!row) throw new Error('The elder was not found')
  return open(store, row)
}

function privateColumns(store: Store, id: string, elder: { home: HomeAddress; phone: string }) {
  return {
    homeAddress: store.keys.seal(`elders.home_address.${id}`, JSON.stringify(elder.home)),
    phone: store.keys.seal(`elders.phone.${id}`, elder.phone),
    phoneIndex: store.keys.blindIndex(elder.phone),
  }
}

function open(store: Store, row: typeof elders.$inferSelect): Elder {
  const home: HomeAddress = row.homeAddress
    ? JSON.parse(store.keys.open(`elders.home_address.${row.id}`, row.homeAddress))
    : { settlement: '', text: '' }
  const phone = row.phone ? store.keys.open(`elders.phone.${row.id}`, row.phone) : ''
  const { id, regionId, districtId, name, agreed, personId } = row
  return { id, regionId, districtId, name, agreed, personId, home, phone }
}
