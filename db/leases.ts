import { guessLanguage, isLanguage, type Language } from '../domain/language.ts'
import type { Message } from '../domain/message.ts'
import type { Store } from './client.ts'
import { and, eq, lt, notInArray, type SQL, sql } from './drizzle.ts'
import { outbox } from './schema.ts'
import { given, statement } from './statement.ts'

export interface LeasedRow {
  id: string
  channel: string
  chat: string
  personId: string | null
  message: Message
  /** Its body is gone or broken: `message` is empty. */
  unreadable?: true
  /** The person's or the group's, else the one it was decided in. */
  language: Language
  ref: string | null
  editRef: string | null
  editId: string | null
  /** True for what nobody waits for. */
  idle: boolean
  /** False for what must not come twice. */
  resend: boolean
  attempts: number
  createdAt: Date
  /** True if the chat has more to come after it. */
  more: boolean
}

export interface Lease {
  channel: string
  until: Date
  /** Microseconds after that, by which it is told from any other lease. */
  mark?: number
}

/**
 * Takes up to `limit` messages for sending, at most one a chat and only its oldest, so that a chat is spoken to
 * in order; answers to people before posts in groups, which have no person, and these before what nobody waits for, of
 * which there are at most `idleLimit`.
 * Committed before the call to the platform; no row is locked while the call runs. Chats in `except` have had their
 * share for now.
 */
export async function leaseOutbox(
  store: Store,
  lease: Lease & { at: Date; limit: number; idleLimit: number; except: string[] },
): Promise<LeasedRow[]> {
  const { at, except, limit, idleLimit, until, mark = 0, channel } = lease
  const values = { channel, at, except: JSON.stringify(except), limit, idleLimit, until, mark }
  const found = await (idleLimit > 0 ? leaseBoth : leaseAsked)<Leased>(store, values)
  const rows = found.sort(peopleFirst)
  return rows.map(({ body, ...row }) => {
    const message = messageIn(store, row.id, body)
    const language = isLanguage(row.language) ? row.language : guessLanguage(message?.language)
    const read = message ? { message } : { message: { parts: [] }, unreadable: true as const }
    return { ...row, ...read, idle: row.priority > 0, language, createdAt: new Date(row.createdAt) }
  })
}

/** One that nobody can read must not keep the others from being sent. */
function messageIn(store: Store, id: string, body: Uint8Array | null): Message | undefined {
  try {
    return body ? JSON.parse(store.keys.open(`outbox.body.${id}`, body)) : undefined
  } catch {
    return undefined
  }
}

/**
 * Of each chat its oldest message of the most pressing kind, if nothing is being sent there. The chat is looked up row
 * by row (`limit 1`): as `not exists` it became a join that, on old statistics, compared all with all.
 */
function waitingRows(kind: SQL, limit: SQL): SQL {
  const [channel, now] = [given('channel'), given('at')]
  return sql`
    select o.id from outbox o
    where o.channel = ${channel} and o.status = 'queued' and ${kind} and o.next_at <= ${now} and o.not_before <= ${now}
      and not ${given('except')}::jsonb ? o.chat and (
        select true from outbox earlier
        where earlier.channel = o.channel and earlier.chat = o.chat and earlier.id <> o.id
          and earlier.not_before <= ${now} and earlier.status in ('queued', 'sending')
          and (earlier.status = 'sending' or (earlier.priority, earlier.id) < (o.priority, o.id))
        limit 1) is null
    order by (o.person_id is null), o.id limit ${limit} for update skip locked`
}

interface Leasing extends Lease {
  at: Date
  limit: number
  idleLimit: number
  except: string
}

function leasing(idle: boolean) {
  const asked = waitingRows(sql`o.priority = 0`, sql`${given('limit')}`)
  const others = idle
    ? sql`, idle as (${waitingRows(sql`o.priority = 1`, sql`${given('idleLimit')}`)})`
    : sql``
  return statement<Leasing>(sql`
    with asked as (${asked}) ${others}
    update outbox set status = 'sending', attempts = attempts + 1, locked_until = ${leaseEnd}
    where id in (select id from (
      select id, 0 as priority from asked ${idle ? sql`union all select id, 1 from idle` : sql``}) both_kinds
      order by priority limit ${given('limit')})
    returning id, channel, chat, person_id as "personId", body, ref, edit_ref as "editRef", edit_id as "editId",
      resend, attempts, priority, created_at as "createdAt",
      case when person_id is not null then (select p.language from people p where p.id = outbox.person_id)
        else coalesce(
          (select g.language from groups g where g.channel = outbox.channel and g.chat = outbox.chat),
          (select p.language from addresses a join people p on p.id = a.person_id
            where a.channel = outbox.channel and a.external_id = outbox.chat)) end as language,
      exists (select 1 from outbox later where later.channel = outbox.channel and later.chat = outbox.chat
        and later.id <> outbox.id and later.status in ('queued', 'sending')) as more`)
}

const leaseEnd = sql`${given('until')}::timestamptz + ${given('mark')}::int * interval '1 microsecond'`
const leaseAsked = leasing(false)
const leaseBoth = leasing(true)

type Leased = Omit<LeasedRow, 'message' | 'language' | 'createdAt' | 'idle'> & {
  body: Uint8Array
  priority: number
  createdAt: string
  language: string | null
}

function peopleFirst(one: Leased, other: Leased): number {
  const groups = Number(one.personId === null) - Number(other.personId === null)
  return one.priority - other.priority || groups || (one.id < other.id ? -1 : 1)
}

/**
 * A lease that we were not told of, because the connection was lost on the way: nothing of it was sent, and nobody else
 * will send it before its end.
 */
export async function giveBackLease(store: Store, lease: Lease) {
  await giveBack(store, { ...lease, mark: lease.mark ?? 0 })
}

const giveBack = statement<Lease>(sql`
  update outbox set status = 'queued', attempts = attempts - 1
  where channel = ${given('channel')} and status = 'sending' and locked_until = ${leaseEnd}`)

interface Expired {
  channel: string
  at: Date
  leasedBefore: Date
  /** Whose sender is alive and knows it. */
  except?: readonly string[]
  /** True where the platform can be asked whether it has a message. */
  findable: boolean
}

/** Messages whose sender died in mid-sending: what may come twice is sent again, the rest is left and counted. */
export async function recoverExpired(
  store: Store,
  { channel, at, leasedBefore, except = [], findable }: Expired,
): Promise<{ again: number; left: { ref: string | null }[] }> {
  // The condition stands in the statement itself: another process may have recovered and sent it meanwhile.
  const expired = and(
    eq(outbox.channel, channel),
    eq(outbox.status, 'sending'),
    lt(outbox.lockedUntil, leasedBefore),
    except.length > 0 ? notInArray(outbox.id, [...except]) : undefined,
  )
  const again = await store.db
    .update(outbox)
    .set({ status: 'queued', nextAt: at })
    .where(findable ? expired : and(expired, eq(outbox.resend, true)))
    .returning({ id: outbox.id })
  const left = await store.db
    .update(outbox)
    .set({ status: 'unknown', body: null, sentAt: at })
    .where(and(expired, eq(outbox.resend, false)))
    .returning({ ref: outbox.ref })
  return { again: again.length, left }
}
