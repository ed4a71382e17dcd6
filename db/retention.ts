import { kindsAbout, type MessageName, namesAbout } from '../domain/message-names.ts'
import { rowsOf, type Store } from './client.ts'
import {
  and,
  asc,
  eq,
  inArray,
  isNotNull,
  isNull,
  like,
  lt,
  notInArray,
  or,
  type SQL,
  sql,
} from './drizzle.ts'
import { eraseElders, eraseWords } from './erase.ts'
import { openRequest, type Request } from './requests.ts'
import {
  alerts,
  assignments,
  disclosures,
  elderNotes,
  elders,
  outbox,
  requests,
  sentMessages,
  volunteerCategories,
  volunteerDistricts,
  volunteers,
} from './schema.ts'

/** Requests closed before then whose words are still kept, the longest closed first. */
export async function listKept(store: Store, before: Date, limit: number): Promise<string[]> {
  const rows = await store.db
    .select({ id: requests.id })
    .from(requests)
    .where(isKept(before))
    .orderBy(asc(requests.closedAt))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Takes one for this transaction and marks it as erased. Undefined if another process has it or had it. */
export async function takeKept(
  store: Store,
  id: string,
  { before, at }: { before: Date; at: Date },
): Promise<Request | undefined> {
  const [row] = await store.db
    .update(requests)
    .set({ erasedAt: at })
    .where(and(eq(requests.id, id), isKept(before)))
    .returning()
  return row && openRequest(store, row)
}

function isKept(before: Date) {
  // A constant, no parameter: only so does the planner know that the index of these will do.
  return and(sql`${requests.status} = 'closed'`, isNull(requests.erasedAt), lt(requests.closedAt, before))
}

/** Who looked at the address of this closed request after it was closed: nobody has taken it from their chat. */
export async function listLateLookers(store: Store, request: Request): Promise<string[]> {
  const { id, elderId, closedAt } = request
  const rows = await store.db
    .selectDistinct({ personId: disclosures.personId })
    .from(disclosures)
    .where(
      and(
        eq(disclosures.elderId, elderId),
        eq(disclosures.requestId, id),
        sql`${disclosures.at} >= ${(closedAt ?? new Date(0)).toISOString()}`,
      ),
    )
  return rows.map(({ personId }) => personId)
}

/**
 * The words of a request, of calls about it and of notes from its time, with its voices, photos and the names of its
 * messages. Who looked at the address stays on record: that holds no words, and may be asked for.
 */
export async function eraseRequest(store: Store, request: Request, before: Date) {
  const { id, elderId, requesterId } = request
  await eraseWords(store, [id])
  const lookers = store.db
    .select({ personId: disclosures.personId })
    .from(disclosures)
    .where(and(eq(disclosures.elderId, elderId), eq(disclosures.requestId, id)))
  const called = await store.db
    .update(alerts)
    .set({ words: null })
    .where(
      and(or(eq(alerts.personId, requesterId), inArray(alerts.personId, lookers)), eq(alerts.requestId, id)),
    )
    .returning({ id: alerts.id })
  const claims = await store.db
    .select({ id: assignments.id })
    .from(assignments)
    .where(and(inArray(assignments.volunteerId, lookers), eq(assignments.requestId, id)))
  await forgetNames(store, [
    ...namesAbout('request', id),
    ...claims.flatMap(claim => namesAbout('assignment', claim.id)),
    ...called.flatMap(alert => namesAbout('alert', alert.id)),
  ])
  const living = sql`exists (select 1 from requests r where r.elder_id = ${elderId} and r.erased_at is null)`
  await store.db
    .delete(elderNotes)
    .where(and(eq(elderNotes.elderId, elderId), lt(elderNotes.createdAt, before), sql`not ${living}`))
}

/** So long after the end nobody edits these messages any more. */
async function forgetNames({ db }: Store, names: readonly MessageName[]) {
  await db
    .delete(sentMessages)
    .where(
      or(inArray(sentMessages.ref, [...names]), ...names.map(name => like(sentMessages.ref, `${name}:%`))),
    )
}

/** The names of what nobody edits any more only because it is so old. */
export async function forgetNamesBefore({ db }: Store, before: Date) {
  const kinds = kindsAbout('passing').map(kind => like(sentMessages.ref, `${kind}:%`))
  await db.delete(sentMessages).where(and(lt(sentMessages.sentAt, before), or(...kinds)))
}

/**
 * Older people whom nobody has seen or heard within the term and of whose requests no word is kept. Those whose last
 * request is erased are found by it; these had a contact after it, or the operator has shortened the term.
 */
export async function listUnseen(store: Store, before: Date, limit: number): Promise<string[]> {
  const contact = sql`coalesce(${elders.lastContactAt}, ${elders.createdAt})`
  const rows = await store.db
    .select({ id: elders.id })
    .from(elders)
    .where(
      and(
        sql`${contact} < ${before.toISOString()}`,
        sql`${elders.name} <> ''`,
        sql`not exists (select 1 from requests r where r.elder_id = ${elders.id} and r.erased_at is null)`,
      ),
    )
    .orderBy(contact)
    .limit(limit)
  return rows.map(({ id }) => id)
}

/**
 * Takes away who an older person is if every request for them is erased and nobody has seen them within the term.
 * Says who asked for them: with nothing left to ask for, these may have to go too. Undefined if they stay.
 */
export async function eraseIdleElder(
  store: Store,
  elderId: string,
  before: Date,
): Promise<string[] | undefined> {
  const found = await store.db.execute(sql`
    select e.id, e.person_id as "personId", e.created_by as "createdBy" from elders e
    where e.id = ${elderId} and e.name <> ''
      and coalesce(e.last_contact_at, e.created_at) < ${before.toISOString()}
      and not exists (select 1 from requests r where r.elder_id = e.id and r.erased_at is null)
    for update of e`)
  const [elder] = rowsOf<{ personId: string | null; createdBy: string }>(found)
  if (!elder) return undefined
  const asked = await store.db.execute(sql`
    select person_id as id from relatives where elder_id = ${elderId}
    union select requester_id from requests where elder_id = ${elderId}`)
  await eraseElders(store, [elderId])
  const own = [elder.personId, elder.createdBy].filter(id => id !== null)
  return [...new Set([...own, ...rowsOf<{ id: string }>(asked).map(({ id }) => id)])]
}

/** People who have nothing to do with the service and have not written within the term: often they never asked. */
export async function listSilent(store: Store, before: Date, limit: number): Promise<string[]> {
  const found = await store.db.execute(sql`
    select p.id from people p where p.erased_at is null and p.created_at < ${before.toISOString()}
      and ${isSilent(before)} and ${isUnbound} limit ${limit}`)
  return rowsOf<{ id: string }>(found).map(({ id }) => id)
}

/** No older person, no request whose words are kept, no help, no territory. `p` are the people. */
const isUnbound = sql`not exists (select 1 from relatives r where r.person_id = p.id)
  and not exists (select 1 from elders e where e.person_id = p.id)
  and not exists (select 1 from requests q where q.requester_id = p.id and q.erased_at is null)
  and not exists (select 1 from volunteers v where v.person_id = p.id and v.status in ('approved', 'suspended'))
  and not exists (select 1 from roles o where o.person_id = p.id and o.revoked_at is null)`

/** Whose record was joined with another's lately is heard there, and may have to come back. */
function isSilent(before: Date): SQL {
  const since = before.toISOString()
  return sql`(not p.wants_news
    and not exists (select 1 from addresses a where a.person_id = p.id and a.last_inbound_at >= ${since})
    and not exists (select 1 from person_merges m
      where m.merged_id = p.id and m.undone_at is null and m.at >= ${since}))`
}

/** A form that was declined, or that nobody decided within the term, goes with whoever wrote it. */
export async function eraseForm({ db }: Store, personId: string) {
  await db.delete(volunteerDistricts).where(eq(volunteerDistricts.personId, personId))
  await db.delete(volunteerCategories).where(eq(volunteerCategories.personId, personId))
  await db.delete(volunteers).where(eq(volunteers.personId, personId))
}

/**
 * Of these people, those who have nothing to do with the service any more: no older person, no request whose words
 * are kept, no help, no territory. `silent` if they have not written within the term either and want no news.
 */
export async function listIdle(
  store: Store,
  personIds: readonly string[],
  before: Date,
): Promise<{ id: string; silent: boolean }[]> {
  if (personIds.length === 0) return []
  const ids = sql.join(
    personIds.map(id => sql`${id}::uuid`),
    sql`, `,
  )
  const found = await store.db.execute(sql`
    select p.id, ${isSilent(before)} as silent, p.name is not null or p.phone is not null as known
    from people p where p.id in (${ids}) and p.erased_at is null and ${isUnbound}
      and (${isSilent(before)} or not exists (select 1 from volunteers v where v.person_id = p.id))
    order by p.id for update of p`)
  return rowsOf<{ id: string; silent: boolean; known: boolean }>(found).filter(
    ({ silent, known }) => silent || known,
  )
}

/** What somebody called about so long ago, settled or not. */
export async function eraseOldCalls(store: Store, before: Date): Promise<number> {
  const rows = await store.db
    .update(alerts)
    .set({ words: null })
    .where(and(lt(alerts.createdAt, before), isNotNull(alerts.words)))
    .returning({ id: alerts.id })
  for (const { id } of rows) await forgetNames(store, namesAbout('alert', id))
  return rows.length
}

/** Messages of which nobody knew whether they arrived: nobody will ask any more. */
export async function forgetUnknownBefore({ db }: Store, before: Date) {
  await db
    .delete(outbox)
    .where(and(lt(outbox.sentAt, before), notInArray(outbox.status, ['queued', 'sending'])))
}
