import { isLanguage, type Language } from '../domain/language.ts'
import type { Role, VolunteerStatus } from '../domain/roles.ts'
import { homeZone, localDay } from '../domain/time.ts'
import { heldBy } from './absences.ts'
import { rowsOf, type Store } from './client.ts'
import { and, type Column, desc, eq, isNotNull, ne, type SQL, sql } from './drizzle.ts'
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

interface Sender {
  channel: string
  externalId: string
  inPrivate: boolean
  at: Date
  heard?: Hearing | undefined
}

/** How many messages of one address are heard in a row, and how much time lets in one more. */
export interface Hearing {
  inARowMax: number
  perMs: number
}

/** Finds or makes the person behind an address. */
export async function recognisePerson(store: Store, from: Sender): Promise<KnownPerson> {
  const address = await lockAddress(store, sql`select 1`, from)
  if (!address) throw new Error('The address was neither found nor made')
  return { ...(await getPerson(store, address.personId, from.at)), reachable: address.reachable }
}

/**
 * The same, with the dialog that the person's message answers, if the statement `first` returns a row. The address
 * row stays locked until the transaction ends, so a person's messages are handled one after another, whichever
 * process got them; what is known of them is read by a statement of its own, after the wait for that lock.
 */
export async function recogniseAfter(store: Store, first: SQL, from: Sender): Promise<Known | undefined> {
  const address = await lockAddress(store, first, from)
  if (!address) return undefined
  const found = await store.db.execute(sql`
    select ${personColumns(from.at)}, d.flow, d.run, d.state, d.updated_at as "updatedAt"
    from people p left join dialogs d on d.person_id = p.id and d.active where p.id = ${address.personId}`)
  const [row] = rowsOf<PersonRow & SealedDialog>(found)
  if (!row) throw new Error('The person was not found')
  const { flow, run, state, updatedAt, ...person } = row
  const dialog = flow === null ? undefined : { flow, run, state, updatedAt: new Date(updatedAt) }
  const { reachable, floods } = address
  return { person: { ...personOf(person), reachable }, dialog, floods }
}

/** With the time, the roles are those held at it: a deputy's own and those of whom they stand in for. */
export async function getPerson(
  store: Store,
  personId: string,
  at?: Date,
): Promise<Omit<KnownPerson, 'reachable'>> {
  const found = await store.db.execute(
    sql`select ${personColumns(at)} from people p where p.id = ${personId}`,
  )
  const [row] = rowsOf<PersonRow>(found)
  if (!row) throw new Error('The person was not found')
  return personOf(row)
}

/**
 * `heard_until` runs ahead of the time by `perMs` with each message, and the time catches up: it tells of a flood when it
 * is ahead by more than `inARowMax` of them. What comes late, after newer messages, is not counted.
 */
async function lockAddress(store: Store, first: SQL, { channel, externalId, inPrivate, at, heard }: Sender) {
  const { inARowMax, perMs } = heard ?? { inARowMax: 0, perMs: 0 }
  const after = (ms: number) => new Date(at.getTime() + ms).toISOString()
  const [step, inARow] = [sql`${`${perMs} ms`}::interval`, sql`${`${perMs * inARowMax} ms`}::interval`]
  const result = await store.db.execute(sql`
    with first as (${first}),
    address as (
      insert into addresses (id, person_id, channel, external_id, reachable, last_inbound_at, heard_until)
      select ${newId()}::uuid, ${newId()}::uuid, ${channel}, ${externalId}, ${inPrivate}, ${after(0)}::timestamptz,
        ${after(perMs)}::timestamptz
      where exists (select 1 from first)
      on conflict (channel, external_id) do update set
        reachable = addresses.reachable or excluded.reachable,
        last_inbound_at = case when excluded.reachable then greatest(addresses.last_inbound_at, excluded.last_inbound_at) else addresses.last_inbound_at end,
        heard_until = case when addresses.heard_until > excluded.heard_until + ${inARow} then addresses.heard_until
          else least(greatest(addresses.heard_until + ${step}, excluded.heard_until), excluded.heard_until + ${inARow}) end
      returning person_id, reachable, last_inbound_at,
        heard_until > ${after(perMs * inARowMax)} and heard_until <= ${after(perMs * inARowMax + perMs)} as floods),
    born as (
      insert into people (id, created_at) select person_id, last_inbound_at from address on conflict do nothing)
    select person_id as "personId", reachable, floods from address`)
  const [address] = rowsOf<{ personId: string; reachable: boolean; floods: boolean }>(result)
  return address
}

/** Without a time nobody is away. */
function personColumns(at: Date | undefined): SQL {
  const day = at ? localDay(at, homeZone) : ''
  return sql`p.id, p.language, p.name,
    (select v.status from volunteers v where v.person_id = p.id) as volunteer,
    (select json_agg(json_build_object('regionId', r.region_id, 'districtId', r.district_id, 'cleared', r.cleared,
      'lent', r.lent) order by r.lent, r.granted_at)
      from ${heldBy(sql`p.id`, day)} r) as roles`
}

function personOf(row: PersonRow): Omit<KnownPerson, 'reachable'> {
  return { ...row, language: isLanguage(row.language) ? row.language : null, roles: row.roles ?? [] }
}

/** Who wrote, and the half-finished dialog that waits for their answer. */
export interface Known {
  person: KnownPerson
  dialog: ActiveDialog | undefined
  /** True of what is sent faster than anybody writes. */
  floods: boolean
}

/** Still sealed: most messages are answered without it being opened twice. */
export interface ActiveDialog {
  flow: string
  run: string
  state: Uint8Array
  updatedAt: Date
}

type SealedDialog = { flow: string | null; run: string; state: Uint8Array; updatedAt: string }

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

/** Where the person last wrote to us and can be written to. */
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
