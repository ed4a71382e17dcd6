import { districts } from '../domain/districts.ts'
import { isLanguage, type Language } from '../domain/language.ts'
import { type Audience, type Fate, type NewsWords, servedBy } from '../domain/news.ts'
import type { Territory } from '../domain/roles.ts'
import { rowsOf, type Store } from './client.ts'
import { and, eq, inArray, lt, ne, type SQL, sql } from './drizzle.ts'
import { isUuid, newId } from './ids.ts'
import { runs } from './running.ts'
import { broadcasts } from './schema.ts'

export interface Addressed extends Territory {
  audience: Audience
}

export interface Broadcast extends Addressed {
  id: string
  words: NewsWords
  total: number
  written: number
  /** The last person it was written for. */
  cursor: string | null
  createdBy: string
  createdAt: Date
}

export interface Reader {
  personId: string
  language: Language
  channel: string
  chat: string
}

/** How many would be reached, by the language they read. */
export async function countAudience(
  store: Store,
  addressed: Addressed,
): Promise<Partial<Record<Language, number>>> {
  const result = await store.db.execute(sql`
    select language, count(*)::int as n from (${readersOf(store, addressed)}) readers group by 1`)
  return Object.fromEntries(rowsOf<{ language: string; n: number }>(result).map(row => [row.language, row.n]))
}

export async function createBroadcast(
  store: Store,
  { words, at, ...columns }: Addressed & { words: NewsWords; total: number; createdBy: string; at: Date },
): Promise<Broadcast> {
  const id = newId()
  const sealed = store.keys.seal(`broadcasts.words.${id}`, JSON.stringify(words))
  await store.db.insert(broadcasts).values({ id, ...columns, words: sealed, status: 'going', createdAt: at })
  return { id, words, written: 0, cursor: null, createdAt: at, ...columns }
}

/** Those under way, the oldest first. */
export async function listGoing(store: Store): Promise<string[]> {
  const rows = await store.db
    .select({ id: broadcasts.id })
    .from(broadcasts)
    .where(eq(broadcasts.status, 'going'))
    .orderBy(broadcasts.createdAt)
  return rows.map(({ id }) => id)
}

/** Those under way that this person has begun. */
export async function listGoingOf(store: Store, personId: string): Promise<Broadcast[]> {
  const rows = await store.db
    .select()
    .from(broadcasts)
    .where(and(eq(broadcasts.createdBy, personId), eq(broadcasts.status, 'going')))
    .orderBy(broadcasts.createdAt)
  return rows.map(row => open(store, row))
}

/** A broadcast under way, held until this transaction ends; undefined if another process holds it or it is over. */
export async function takeGoing(store: Store, id: string): Promise<Broadcast | undefined> {
  const [row] = await store.db
    .select()
    .from(broadcasts)
    .where(and(eq(broadcasts.id, id), eq(broadcasts.status, 'going')))
    .for('update', { skipLocked: true })
  return row && open(store, row)
}

export async function findBroadcast(store: Store, id: string): Promise<Broadcast | undefined> {
  if (!isUuid(id)) return undefined
  const [row] = await store.db.select().from(broadcasts).where(eq(broadcasts.id, id))
  return row && open(store, row)
}

/** The next people it is for, behind the last one, with the chat in which each last wrote to us. */
export async function listReaders(store: Store, broadcast: Broadcast, limit: number): Promise<Reader[]> {
  const result = await store.db.execute(sql`
    select id as "personId", language, channel, chat
    from (${readersOf(store, broadcast, broadcast.cursor ?? undefined)}) readers
    where ${inArray(sql`language`, servedBy(broadcast.words))} order by id limit ${limit}`)
  return rowsOf<Reader & { language: string }>(result).map(row => ({
    ...row,
    language: isLanguage(row.language) ? row.language : 'ru',
  }))
}

export async function noteWritten(store: Store, id: string, portion: { count: number; cursor: string }) {
  await store.db
    .update(broadcasts)
    .set({ written: sql`${broadcasts.written} + ${portion.count}`, cursor: portion.cursor })
    .where(eq(broadcasts.id, id))
}

/** A cursor behind everybody: nobody is written for any more. */
export const behindAll = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** False if it was over before. */
export async function endBroadcast(
  store: Store,
  id: string,
  end: { status: 'done' | 'stopped'; at: Date },
): Promise<boolean> {
  const rows = await store.db
    .update(broadcasts)
    .set({ status: end.status, endedAt: end.at })
    .where(and(eq(broadcasts.id, id), eq(broadcasts.status, 'going')))
    .returning({ id: broadcasts.id })
  return rows.length > 0
}

/** The name under which a person's copy is written once. */
export function copyKey(broadcastId: string, personId: string): string {
  return `news:${broadcastId}:${personId}`
}

/** Counts what was sent since it began, by the index of that, and what waits. */
export async function countFate(store: Store, { id, createdAt }: Broadcast, at: Date): Promise<Fate> {
  const now = at.toISOString()
  const copies = sql`dedupe_key like ${`${copyKey(id, '')}%`}`
  const result = await store.db.execute(sql`
    select (select json_build_object('sent', count(*) filter (where status = 'sent'),
        'failed', count(*) filter (where status <> 'sent' and failure is distinct from 'withdrawn'))
      from outbox where status not in ('queued', 'sending')
        and sent_at >= ${createdAt.toISOString()} and ${copies}) as over,
      (select json_build_object('waiting', count(*) filter (where not_before <= ${now}),
        'later', count(*) filter (where not_before > ${now}))
      from outbox where status in ('queued', 'sending') and ${copies}) as ahead`)
  const [row] = rowsOf<{ over: Pick<Fate, 'sent' | 'failed'>; ahead: Pick<Fate, 'waiting' | 'later'> }>(
    result,
  )
  if (!row) throw new Error('Nothing was counted')
  return { ...row.over, ...row.ahead }
}

/** How many idle messages could go now and wait: the queue is kept filled, never flooded. */
export async function countIdleWaiting(store: Store, at: Date): Promise<number> {
  const result = await store.db.execute(sql`
    select count(*)::int as n from outbox
    where status in ('queued', 'sending') and priority > 0 and not_before <= ${at.toISOString()}`)
  return rowsOf<{ n: number }>(result)[0]?.n ?? 0
}

/** What has not gone yet goes not at all. */
export async function withdrawCopies(store: Store, id: string, at: Date) {
  await store.db.execute(sql`
    update outbox set status = 'failed', failure = 'withdrawn', body = null, sent_at = ${at.toISOString()}
    where status = 'queued' and dedupe_key like ${`${copyKey(id, '')}%`}`)
}

/** Nor what was written for somebody who wants no more of it. */
export async function withdrawCopiesFor(store: Store, personId: string, at: Date) {
  await store.db.execute(sql`
    update outbox set status = 'failed', failure = 'withdrawn', body = null, sent_at = ${at.toISOString()}
    where status = 'queued' and person_id = ${personId} and dedupe_key like 'news:%'`)
}

/** What has not gone yet waits for the morning. */
export async function holdCopies(store: Store, id: string, until: Date) {
  const morning = until.toISOString()
  await store.db.execute(sql`
    update outbox set not_before = ${morning} where status = 'queued' and not_before < ${morning}
      and dedupe_key like ${`${copyKey(id, '')}%`}`)
}

/**
 * Those who agreed to news and belong there, each with the chat in which they last wrote to us. From the older people
 * or volunteers of the territory each person is looked up one by one (`limit 1`): the cost is that of the territory,
 * whatever the statistics say.
 */
function readersOf(store: Store, { audience, ...territory }: Addressed, behind?: string): SQL {
  const there = audience === 'people' ? asksThere(territory) : helpsThere(territory)
  return sql`
    select there.id, p.language, a.channel, a.external_id as chat from (${there}) there
    cross join lateral (
      select coalesce(language, 'ru') as language from people
      where id = there.id and wants_news and erased_at is null limit 1) p
    cross join lateral (
      select channel, external_id from addresses
      where person_id = there.id and reachable
      order by ${runs(store, sql`channel`)} desc, last_inbound_at desc limit 1) a
    where true ${behind ? sql`and there.id > ${behind}::uuid` : sql``}`
}

/** Older people who write themselves, and whoever has asked for one. In the whole country all who ever did. */
function asksThere(territory: Territory): SQL {
  if (!territory.regionId)
    return sql`select id from people where wants_news
      and (select true from relatives r where r.person_id = people.id limit 1)`
  const here = sql`region_id = ${territory.regionId} and ${inArray(sql`district_id`, districtsOf(territory))}`
  return sql`select created_by as id from elders where ${here}
    union select person_id from elders where ${here} and person_id is not null`
}

function helpsThere({ regionId, districtId }: Territory): SQL {
  const region = regionId ? sql`and v.region_id = ${regionId}` : sql``
  const district = districtId
    ? sql`and (select true from volunteer_districts d
        where d.person_id = v.person_id and d.district_id = ${districtId} limit 1)`
    : sql``
  return sql`select v.person_id as id from volunteers v where v.status = 'approved' ${region} ${district}`
}

/** Named one by one: the index of older people begins with the district. */
function districtsOf({ regionId, districtId }: Territory): string[] {
  if (districtId) return [districtId]
  return districts.filter(district => district.region === regionId).map(({ id }) => id)
}

/** The words of what went out so long ago. Where, to how many and when is counted on. */
export async function eraseOldNews(store: Store, before: Date): Promise<number> {
  const rows = await store.db
    .update(broadcasts)
    .set({ words: noWords })
    .where(and(lt(broadcasts.endedAt, before), ne(broadcasts.words, noWords)))
    .returning({ id: broadcasts.id })
  return rows.length
}

/** Stands in the column once they are erased: it is never empty of a broadcast that can still go on. */
const noWords = new Uint8Array()

function open(store: Store, row: typeof broadcasts.$inferSelect): Broadcast {
  const sealed = row.words.length > 0 ? store.keys.open(`broadcasts.words.${row.id}`, row.words) : '{}'
  const words = JSON.parse(sealed) as NewsWords
  return { ...row, words, audience: row.audience === 'helpers' ? 'helpers' : 'people' }
}
