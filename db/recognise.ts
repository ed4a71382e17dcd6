import { homeZone, localDay } from '../domain/time.ts'
import type { Store } from './client.ts'
import { type SQL, sql } from './drizzle.ts'
import { newId } from './ids.ts'
import { getPerson, type KnownPerson, type PersonRow, personColumns, personOf } from './people.ts'
import { given, statement } from './statement.ts'

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
  const [address] = await lockAnyway<Locked>(store, lockOf(from))
  if (!address) throw new Error('The address was neither found nor made')
  return { ...(await getPerson(store, address.personId, from.at)), reachable: address.reachable }
}

/**
 * The same, with the dialog that the person's message answers, unless the message was seen before. The address row
 * stays locked until the transaction ends, so a person's messages are handled one after another, whichever process
 * got them; what is known of them is read by a statement of its own, after the wait for that lock.
 */
export async function recogniseOnce(
  store: Store,
  from: Sender & { messageId: string },
): Promise<Known | undefined> {
  // Said in one breath: the second statement still begins after the first has got its lock.
  const [[address], [row]] = await Promise.all([
    lockOnce<Locked>(store, { ...lockOf(from), messageId: from.messageId }),
    findKnown<PersonRow & SealedDialog>(store, { ...from, day: localDay(from.at, homeZone) }),
  ])
  if (!address) return undefined
  if (!row) throw new Error('The person was not found')
  const { flow, run, state, updatedAt, ...person } = row
  const dialog = flow === null ? undefined : { flow, run, state, updatedAt: new Date(updatedAt) }
  const { reachable, floods } = address
  return { person: { ...personOf(person), reachable }, dialog, floods }
}

interface Locked {
  personId: string
  reachable: boolean
  floods: boolean
}

/**
 * `heard_until` runs ahead of the time by `perMs` with each message, and the time catches up: it tells of a flood when it
 * is ahead by more than `inARowMax` of them. What comes late, after newer messages, is not counted.
 */
function lockOf({ channel, externalId, inPrivate, at, heard }: Sender) {
  const { inARowMax, perMs } = heard ?? { inARowMax: 0, perMs: 0 }
  const after = (ms: number) => new Date(at.getTime() + ms).toISOString()
  return {
    channel,
    externalId,
    inPrivate,
    addressId: newId(),
    personId: newId(),
    at: after(0),
    heardUntil: after(perMs),
    step: `${perMs} ms`,
    inARow: `${perMs * inARowMax} ms`,
    floodsFrom: after(perMs * inARowMax),
    floodsTo: after(perMs * inARowMax + perMs),
  }
}

type Lock = ReturnType<typeof lockOf>

/** The address, found or made and locked, if the statement `first` returns a row. */
function lockAfter(first: SQL): SQL {
  return sql`
    with first as (${first}),
    address as (
      insert into addresses (id, person_id, channel, external_id, reachable, last_inbound_at, heard_until)
      select ${given('addressId')}::uuid, ${given('personId')}::uuid, ${given('channel')}, ${given('externalId')},
        ${given('inPrivate')}, ${given('at')}::timestamptz, ${given('heardUntil')}::timestamptz
      where exists (select 1 from first)
      on conflict (channel, external_id) do update set
        reachable = addresses.reachable or excluded.reachable,
        last_inbound_at = case when excluded.reachable then greatest(addresses.last_inbound_at, excluded.last_inbound_at) else addresses.last_inbound_at end,
        heard_until = case when addresses.heard_until > excluded.heard_until + ${given('inARow')}::interval then addresses.heard_until
          else least(greatest(addresses.heard_until + ${given('step')}::interval, excluded.heard_until), excluded.heard_until + ${given('inARow')}::interval) end
      returning person_id, reachable, last_inbound_at,
        heard_until > ${given('floodsFrom')} and heard_until <= ${given('floodsTo')} as floods),
    born as (
      insert into people (id, created_at) select person_id, last_inbound_at from address on conflict do nothing)
    select person_id as "personId", reachable, floods from address`
}

const lockAnyway = statement<Lock>(lockAfter(sql`select 1`))
const lockOnce = statement<Lock & { messageId: string }>(
  lockAfter(sql`insert into inbox (channel, external_id, received_at)
    values (${given('channel')}, ${given('messageId')}, ${given('at')}) on conflict do nothing returning 1`),
)

const findKnown = statement<Pick<Sender, 'channel' | 'externalId'> & { day: string }>(sql`
  select ${personColumns}, d.flow, d.run, d.state, d.updated_at as "updatedAt"
  from addresses a join people p on p.id = a.person_id left join dialogs d on d.person_id = p.id and d.active
  where a.channel = ${given('channel')} and a.external_id = ${given('externalId')}`)
