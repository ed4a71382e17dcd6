import { part } from '../domain/message.ts'
import type { MessageName } from '../domain/message-names.ts'
import { rowsOf, type Store } from './client.ts'
import { and, desc, eq, gt, isNull, lt, sql } from './drizzle.ts'
import { isUuid, newId } from './ids.ts'
import { hashOf, newCode } from './invitations.ts'
import { removeSent } from './removals.ts'
import { addresses, invitations, personMerges, volunteers } from './schema.ts'
import { markFailed } from './sending.ts'
import { sendElsewhere } from './undelivered.ts'

/** A code by which the same person is known on another messenger; it works once. */
export async function createChatCode(
  store: Store,
  { personId, at, expiresAt }: { personId: string; at: Date; expiresAt: Date },
): Promise<string> {
  const code = newCode()
  const row = { codeHash: hashOf(code), kind: chatCode, createdBy: personId, createdAt: at, expiresAt }
  await store.db.insert(invitations).values({ id: newId(), cleared: false, ...row })
  return code
}

const chatCode = 'chat'

/** Whose chat this code leads to; `take` uses it up. Undefined if nobody made it or it is over. */
export async function readChatCode(
  store: Store,
  code: string,
  { at, take = false }: { at: Date; take?: boolean },
): Promise<string | undefined> {
  const living = and(
    eq(invitations.codeHash, hashOf(code)),
    eq(invitations.kind, chatCode),
    lt(invitations.uses, invitations.usesMax),
    gt(invitations.expiresAt, at),
  )
  const rows = take
    ? await store.db
        .update(invitations)
        .set({ uses: sql`${invitations.uses} + 1` })
        .where(living)
        .returning({ personId: invitations.createdBy })
    : await store.db.select({ personId: invitations.createdBy }).from(invitations).where(living)
  return rows[0]?.personId ?? undefined
}

/** Another person to whom a messenger vouches the same phone. Only phones that both platforms vouch for count. */
export async function findSamePhone(store: Store, personId: string): Promise<string | undefined> {
  const found = await store.db.execute(sql`
    select other.person_id as "personId" from addresses own
    join addresses other on other.phone_index = own.phone_index and other.channel <> own.channel
      and other.person_id <> own.person_id
    where own.person_id = ${personId} and own.phone_index is not null
    order by other.last_inbound_at desc limit 1`)
  return rowsOf<{ personId: string }>(found)[0]?.personId
}

/** Another id of the same account: a messenger gives one phone to one account, and WhatsApp gives that two ids. */
export async function findOtherId(store: Store, here: { channel: string; externalId: string }) {
  const found = await store.db.execute(sql`
    select other.person_id as "personId", other.external_id as chat, other.reachable from addresses own
    join addresses other on other.channel = own.channel and other.phone_index = own.phone_index and other.id <> own.id
    where own.channel = ${here.channel} and own.external_id = ${here.externalId}
    order by other.reachable desc, other.last_inbound_at desc limit 1`)
  return rowsOf<{ personId: string; chat: string; reachable: boolean }>(found)[0]
}

/** The platform itself names this id of the same account. Nobody is written to there who has not written from there. */
export async function noteOtherId(
  store: Store,
  { channel, externalId, personId, at }: { channel: string; externalId: string; personId: string; at: Date },
) {
  const { reachable } = addresses
  const find = () =>
    store.db
      .select({ personId: addresses.personId, chat: addresses.externalId, reachable })
      .from(addresses)
      .where(and(eq(addresses.channel, channel), eq(addresses.externalId, externalId)))
  const [known] = await find()
  if (known) return known
  const row = { id: newId(), personId, channel, externalId, reachable: false, lastInboundAt: at }
  await store.db.insert(addresses).values(row).onConflictDoNothing()
  const [noted] = await find()
  return noted
}

/**
 * Makes two records one: what belonged to `mergedId` belongs to `keptId`, and each moved row is noted, so that it can go
 * back. A suspension is not left behind by it. A half-finished dialog stays where it is: it was somebody else's talk.
 */
export async function joinPeople(
  store: Store,
  { keptId, mergedId, at }: { keptId: string; mergedId: string; at: Date },
): Promise<string> {
  // Locked in the order of their ids, so that two who join each other do not wait for one another.
  await store.db.execute(
    sql`select 1 from people where id in (${keptId}, ${mergedId}) order by id for update`,
  )
  const moved: Record<string, string[]> = {}
  for (const place of places) {
    const { table, column, by } = place
    const taken = place.one ? sql`and ${takenBy(place, keptId)} is null` : sql``
    const rows = await store.db.execute(sql`
      update ${name(table)} t set ${name(column)} = ${keptId}
      where ${name(column)} = ${mergedId} ${taken} returning t.${name(by)}::text as key`)
    const keys = rowsOf<{ key: string }>(rows).map(row => row.key)
    if (keys.length > 0) moved[`${table}.${column}`] = keys
  }
  if (moved['volunteers.person_id']) await resealReason(store, mergedId, keptId)
  await store.db.execute(sql`
    update people k set name = coalesce(k.name, m.name), language = coalesce(k.language, m.language)
    from people m where k.id = ${keptId} and m.id = ${mergedId}`)
  const id = newId()
  await store.db.insert(personMerges).values({ id, keptId, mergedId, moved, at })
  return id
}

/** Everything that was moved goes back; what came since stays. Undefined if it was undone before or is not theirs. */
export async function undoJoin(
  store: Store,
  { id, keptId, at, since }: { id: string; keptId: string; at: Date; since: Date },
): Promise<{ mergedId: string } | undefined> {
  if (!isUuid(id)) return undefined
  const [row] = await store.db
    .update(personMerges)
    .set({ undoneAt: at })
    .where(
      and(
        eq(personMerges.id, id),
        eq(personMerges.keptId, keptId),
        isNull(personMerges.undoneAt),
        gt(personMerges.at, since),
      ),
    )
    .returning()
  if (!row) return undefined
  for (const { table, column, by } of places) {
    const keys = row.moved[`${table}.${column}`] ?? []
    if (keys.length === 0) continue
    await store.db.execute(sql`
      update ${name(table)} set ${name(column)} = ${row.mergedId}
      where ${name(column)} = ${keptId} and ${name(by)}::text in ${keys}`)
  }
  if (row.moved['volunteers.person_id']) await resealReason(store, keptId, row.mergedId)
  await store.db.execute(sql`
    update volunteers set status = 'suspended' where person_id = ${row.mergedId} and exists (
      select 1 from volunteers k where k.person_id = ${keptId} and k.status = 'suspended')`)
  await takeBack(store, { keptId, mergedId: row.mergedId, joinedAt: row.at, at })
  return { mergedId: row.mergedId }
}

/** What was meant for the one who keeps the rest is not said, nor left, in the chats that go. */
async function takeBack(
  store: Store,
  { keptId, mergedId, joinedAt, at }: { keptId: string; mergedId: string; joinedAt: Date; at: Date },
) {
  const gone = sql`exists (select 1 from addresses a where a.person_id = ${mergedId}
    and a.channel = o.channel and a.external_id = o.chat)`
  const waiting = await store.db.execute(sql`
    select o.id from outbox o where o.person_id = ${keptId} and o.status = 'queued' and o.edit_id is null and ${gone}`)
  for (const { id } of rowsOf<{ id: string }>(waiting))
    if (!(await sendElsewhere(store, id, at))) await markFailed(store, id, 'parted', at)
  const said = await store.db.execute(sql`
    select o.ref from sent_messages o where o.sent_at >= ${joinedAt.toISOString()} and ${gone}`)
  for (const { ref } of rowsOf<{ ref: MessageName }>(said))
    await removeSent(store, ref, { message: { parts: [part('chats.parted')] }, at })
}

/** The reason of a decision is sealed to whom it was about. */
async function resealReason(store: Store, from: string, to: string) {
  const own = eq(volunteers.personId, to)
  const [row] = await store.db.select({ sealed: volunteers.decisionReason }).from(volunteers).where(own)
  if (!row?.sealed) return
  const place = (personId: string) => `volunteers.decision_reason.${personId}`
  const decisionReason = store.keys.seal(place(to), store.keys.open(place(from), row.sealed))
  await store.db.update(volunteers).set({ decisionReason }).where(own)
}

/** The last join of this person that can still be undone. */
export async function findJoin(store: Store, keptId: string, since: Date): Promise<string | undefined> {
  const [row] = await store.db
    .select({ id: personMerges.id })
    .from(personMerges)
    .where(and(eq(personMerges.keptId, keptId), isNull(personMerges.undoneAt), gt(personMerges.at, since)))
    .orderBy(desc(personMerges.at))
    .limit(1)
  return row?.id
}

interface Place {
  table: string
  column: string
  /** What tells the person's rows of this table apart. */
  by: string
  /** A person has at most one such row with the same key: what the kept one has already is left. */
  one?: true
}

/** Where a person's id says that something is theirs. Who once decided or wrote something stays who they were. */
const places: readonly Place[] = [
  { table: 'addresses', column: 'person_id', by: 'id' },
  { table: 'consents', column: 'person_id', by: 'id' },
  { table: 'elders', column: 'person_id', by: 'id' },
  { table: 'relatives', column: 'person_id', by: 'elder_id', one: true },
  { table: 'requests', column: 'requester_id', by: 'id' },
  { table: 'assignments', column: 'volunteer_id', by: 'id' },
  { table: 'volunteers', column: 'person_id', by: 'region_id', one: true },
  { table: 'volunteer_districts', column: 'person_id', by: 'district_id', one: true },
  { table: 'volunteer_categories', column: 'person_id', by: 'category', one: true },
  { table: 'roles', column: 'person_id', by: 'id' },
  { table: 'absences', column: 'person_id', by: 'id' },
  { table: 'absences', column: 'deputy_id', by: 'id' },
  { table: 'digest_settings', column: 'person_id', by: 'at_minutes', one: true },
  { table: 'askings', column: 'person_id', by: 'request_id', one: true },
  { table: 'alerts', column: 'person_id', by: 'id' },
  { table: 'disclosures', column: 'person_id', by: 'id' },
]

/** Tables with the person alone as their key hold one row, whatever stands in it. */
function takenBy({ table, column, by }: Place, keptId: string) {
  const alone = table === 'volunteers' || table === 'digest_settings'
  const same = alone ? sql`true` : sql`k.${name(by)} = t.${name(by)}`
  return sql`(select 1 from ${name(table)} k where k.${name(column)} = ${keptId} and ${same} limit 1)`
}

function name(identifier: string) {
  return sql.identifier(identifier)
}
