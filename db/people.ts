import { isLanguage, type Language } from '../domain/language.ts'
import type { Role, VolunteerStatus } from '../domain/roles.ts'
import { homeZone, localDay } from '../domain/time.ts'
import { heldBy } from './absences.ts'
import type { Store } from './client.ts'
import { and, type Column, desc, eq, isNotNull, ne, type SQL, sql } from './drizzle.ts'
import { newId } from './ids.ts'
import { runs } from './running.ts'
import { addresses, people } from './schema.ts'
import { given, statement } from './statement.ts'

export interface KnownPerson {
  id: string
  language: Language | null
  name: string | null
  roles: Role[]
  volunteer: VolunteerStatus | null
  reachable: boolean
}

/** With the time, the roles are those held at it: a deputy's own and those of whom they stand in for. */
export async function getPerson(
  store: Store,
  personId: string,
  at?: Date,
): Promise<Omit<KnownPerson, 'reachable'>> {
  const day = at ? localDay(at, homeZone) : ''
  const [row] = await findPerson<PersonRow>(store, { personId, day })
  if (!row) throw new Error('The person was not found')
  return personOf(row)
}

/** Of the person `p` of a query, with what is held on a given `day`. */
export const personColumns = sql`p.id, p.language, p.name,
  (select v.status from volunteers v where v.person_id = p.id) as volunteer,
  (select json_agg(json_build_object('regionId', r.region_id, 'districtId', r.district_id, 'cleared', r.cleared,
    'lent', r.lent) order by r.lent, r.granted_at)
    from ${heldBy(sql`p.id`, given('day'))} r) as roles`

interface OfPerson {
  personId: string
  /** Local, as 2026-12-31; empty if nobody shall be taken for away. */
  day: string
}

const findPerson = statement<OfPerson>(
  sql`select ${personColumns} from people p where p.id = ${given('personId')}`,
)

/** As it comes from these columns. */
export function personOf(row: PersonRow): Omit<KnownPerson, 'reachable'> {
  return { ...row, language: isLanguage(row.language) ? row.language : null, roles: row.roles ?? [] }
}

export interface PersonRow {
  id: string
  language: string | null
  name: string | null
  volunteer: VolunteerStatus | null
  roles: Role[] | null
}

export async function setLanguage(store: Store, personId: string, language: Language) {
  await store.db.update(people).set({ language }).where(eq(people.id, personId))
}

export async function setName(store: Store, personId: string, name: string) {
  await store.db.update(people).set({ name }).where(eq(people.id, personId))
}

/** `phone` in E.164. */
export async function setPhone(store: Store, personId: string, phone: string) {
  const sealed = store.keys.seal(`people.phone.${personId}`, phone)
  await store.db
    .update(people)
    .set({ phone: sealed, phoneIndex: store.keys.blindIndex(phone) })
    .where(eq(people.id, personId))
}

export async function findPhone(store: Store, personId: string): Promise<string | undefined> {
  const [row] = await store.db.select({ phone: people.phone }).from(people).where(eq(people.id, personId))
  return row?.phone ? store.keys.open(`people.phone.${personId}`, row.phone) : undefined
}

/** The person's own phone: told to us, or vouched for by a messenger. */
export async function findOwnPhone(store: Store, personId: string): Promise<string | undefined> {
  return (await findPhone(store, personId)) ?? (await findVouchedPhone(store, personId))
}

async function findVouchedPhone(store: Store, personId: string): Promise<string | undefined> {
  const [row] = await store.db
    .select({ id: addresses.id, phone: addresses.phone })
    .from(addresses)
    .where(and(eq(addresses.personId, personId), isNotNull(addresses.phone)))
    .orderBy(desc(addresses.lastInboundAt))
    .limit(1)
  return row?.phone ? store.keys.open(`addresses.phone.${row.id}`, row.phone) : undefined
}

/** The messenger says that whoever writes from this address has this phone (E.164). */
export async function vouchPhone(
  store: Store,
  address: { channel: string; externalId: string },
  phone: string,
): Promise<boolean> {
  const phoneIndex = store.keys.blindIndex(phone)
  const here = and(eq(addresses.channel, address.channel), eq(addresses.externalId, address.externalId))
  const [row] = await store.db
    .select({ id: addresses.id })
    .from(addresses)
    .where(and(here, sql`${addresses.phoneIndex} is distinct from ${phoneIndex}`))
  if (!row) return false
  const sealed = store.keys.seal(`addresses.phone.${row.id}`, phone)
  await store.db.update(addresses).set({ phone: sealed, phoneIndex }).where(eq(addresses.id, row.id))
  return true
}

/** Who is known under this phone; of several the newest. */
export async function findPersonByPhone(store: Store, phone: string): Promise<string | undefined> {
  const [row] = await store.db
    .select({ id: people.id })
    .from(people)
    .where(eq(people.phoneIndex, store.keys.blindIndex(phone)))
    .orderBy(desc(people.createdAt), desc(people.id))
    .limit(1)
  return row?.id
}

/** Somebody without a messenger, who has phoned. */
export async function addPerson(
  store: Store,
  person: { name: string; phone: string; language: Language; at: Date },
): Promise<string> {
  const id = newId()
  const { name, language, phone, at } = person
  await store.db.insert(people).values({ id, name, language, createdAt: at })
  await setPhone(store, id, phone)
  return id
}

export async function findPersonAt(
  store: Store,
  address: { channel: string; externalId: string },
): Promise<string | undefined> {
  const [row] = await store.db
    .select({ personId: addresses.personId })
    .from(addresses)
    .where(and(eq(addresses.channel, address.channel), eq(addresses.externalId, address.externalId)))
  return row?.personId
}

/** Where the person last wrote to us and can be written to: on a channel that runs, if there is one. */
export async function findReachableAddress(
  store: Store,
  personId: string,
  { except = '' }: { except?: string } = {},
): Promise<{ channel: string; chat: string } | undefined> {
  const [row] = await store.db
    .select({ channel: addresses.channel, chat: addresses.externalId })
    .from(addresses)
    .where(
      and(eq(addresses.personId, personId), eq(addresses.reachable, true), ne(addresses.channel, except)),
    )
    .orderBy(desc(runs(store, addresses.channel)), desc(addresses.lastInboundAt))
    .limit(1)
  return row
}

/** For a query about people: true of those to whom the bot may write, on a channel that runs. */
export function isReachable(store: Store, personId: Column | SQL): SQL {
  return sql`exists (select 1 from ${addresses} where ${addresses.personId} = ${personId} and ${addresses.reachable}
    and ${runs(store, addresses.channel)})`
}

/** Whose address it is, if this is news. */
export async function setReachable(
  store: Store,
  address: { channel: string; externalId: string },
  reachable: boolean,
): Promise<string | undefined> {
  const { channel, externalId } = address
  const here = and(eq(addresses.channel, channel), eq(addresses.externalId, externalId))
  const [row] = await store.db
    .update(addresses)
    .set({ reachable })
    .where(and(here, ne(addresses.reachable, reachable)))
    .returning({ personId: addresses.personId })
  return row?.personId
}

export async function countPeople(store: Store): Promise<number> {
  return store.db.$count(people)
}
