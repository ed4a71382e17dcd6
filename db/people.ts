import { isLanguage, type Language } from '../domain/language.ts'
import type { Role, VolunteerStatus } from '../domain/roles.ts'
import { rowsOf, type Store } from './client.ts'
import { and, type Column, desc, eq, type SQL, sql } from './drizzle.ts'
import { newId } from './ids.ts'
import { addresses, people } from './schema.ts'

export interface KnownPerson {
  id: string
  language: Language | null
  name: string | null
  roles: Role[]
  volunteer: VolunteerStatus | null
  reachable: boolean
}

/**
 * Finds or makes the person behind an address. The address row stays locked until the transaction ends, so a
 * person's messages are handled one after another, whichever process got them.
 */
export async function recognisePerson(
  store: Store,
  from: { channel: string; externalId: string; inPrivate: boolean; at: Date },
): Promise<KnownPerson> {
  const [address] = await store.db
    .insert(addresses)
    .values({
      id: newId(),
      personId: newId(),
      channel: from.channel,
      externalId: from.externalId,
      reachable: from.inPrivate,
      lastInboundAt: from.at,
    })
    .onConflictDoUpdate({
      target: [addresses.channel, addresses.externalId],
      set: from.inPrivate
        ? { lastInboundAt: from.at, reachable: true }
        : { externalId: sql`${addresses.externalId}` },
    })
    .returning({ personId: addresses.personId, reachable: addresses.reachable })
  if (!address) throw new Error('The address was neither found nor made')
  await store.db.insert(people).values({ id: address.personId, createdAt: from.at }).onConflictDoNothing()
  const person = await getPerson(store, address.personId)
  return { ...person, reachable: address.reachable }
}

export async function getPerson(store: Store, personId: string): Promise<Omit<KnownPerson, 'reachable'>> {
  const found = await store.db.execute(sql`
    select p.id, p.language, p.name,
      (select v.status from volunteers v where v.person_id = p.id) as volunteer,
      (select json_agg(json_build_object('regionId', r.region_id, 'districtId', r.district_id, 'cleared', r.cleared)
        order by r.granted_at)
        from roles r where r.person_id = p.id and r.revoked_at is null) as roles
    from people p where p.id = ${personId}`)
  const [row] = rowsOf<PersonRow>(found)
  if (!row) throw new Error('The person was not found')
  return { ...row, language: isLanguage(row.language) ? row.language : null, roles: row.roles ?? [] }
}

interface PersonRow {
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

/** Where the person last wrote to us and can be written to. */
export async function findReachableAddress(
  store: Store,
  personId: string,
): Promise<{ channel: string; chat: string } | undefined> {
  const [row] = await store.db
    .select({ channel: addresses.channel, chat: addresses.externalId })
    .from(addresses)
    .where(and(eq(addresses.personId, personId), eq(addresses.reachable, true)))
    .orderBy(desc(addresses.lastInboundAt))
    .limit(1)
  return row
}

/** For a query about people: true of those to whom the bot may write. */
export function isReachable(personId: Column): SQL {
  return sql`exists (select 1 from ${addresses} where ${addresses.personId} = ${personId} and ${addresses.reachable})`
}

export async function setReachable(
  store: Store,
  address: { channel: string; externalId: string },
  reachable: boolean,
) {
  await store.db
    .update(addresses)
    .set({ reachable })
    .where(and(eq(addresses.channel, address.channel), eq(addresses.externalId, address.externalId)))
}

export async function countPeople(store: Store): Promise<number> {
  return store.db.$count(people)
}
