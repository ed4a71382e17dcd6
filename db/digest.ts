import { type DigestFacts, trendDays, unclaimedAfterHours } from '../domain/digest.ts'
import type { Role } from '../domain/roles.ts'
import { waitingFor } from './alerts.ts'
import { rowsOf, type Store } from './client.ts'
import { and, desc, eq, gt, lte, or, type SQL, sql } from './drizzle.ts'
import { alerts, digestRuns, requests, volunteers } from './schema.ts'
import { appliesIn } from './volunteers.ts'

const dayMs = 86_400_000

/** Counts a coordinator's day. `roles` decide what is counted; the first names the territory. */
export async function countDay(
  store: Store,
  roles: readonly [Role, ...Role[]],
  when: { at: Date; zone: string },
): Promise<DigestFacts> {
  const scope = or(...roles.map(scopeOf)) ?? sql`true`
  const [counts, categories, trend, places, waiting] = [
    await countStates(store, scope, when.at),
    await countCategories(store, scope, when.at),
    await countTrend(store, scope, when),
    await countPlaces(store, scope, roles[0], when.at),
    await countWaiting(store, roles),
  ]
  const { regionId, districtId } = roles[0]
  const territory = { regionId, districtId }
  return {
    at: when.at.toISOString(),
    zone: when.zone,
    territory,
    ...counts,
    ...waiting,
    categories,
    trend,
    places,
  }
}

/** Notes that the digest of this local day goes out now. False if another process, or an earlier run, did it. */
export async function beginDigest(
  store: Store,
  run: { personId: string; day: string; at: Date },
): Promise<boolean> {
  const rows = await store.db
    .insert(digestRuns)
    .values(run)
    .onConflictDoNothing()
    .returning({ day: digestRuns.day })
  return rows.length > 0
}

/** A look before the write: the job runs each minute all day. */
export async function digestBegun(store: Store, personId: string, day: string): Promise<boolean> {
  const run = and(eq(digestRuns.personId, personId), eq(digestRuns.day, day))
  return (await store.db.$count(digestRuns, run)) > 0
}

function scopeOf(role: Role): SQL | undefined {
  const district = role.districtId ? sql`${requests.districtId} = ${role.districtId}` : undefined
  const region = role.regionId ? sql`${requests.regionId} = ${role.regionId}` : undefined
  const cleared = role.cleared ? undefined : sql`${requests.route} <> 'restricted'`
  return and(region, district, cleared) ?? sql`true`
}

async function countStates(store: Store, scope: SQL, at: Date) {
  const now = sql`${at.toISOString()}::timestamptz`
  const day = sql`${new Date(at.getTime() - dayMs).toISOString()}::timestamptz`
  const twoDays = sql`${new Date(at.getTime() - 2 * dayMs).toISOString()}::timestamptz`
  const late = sql`${new Date(at.getTime() - unclaimedAfterHours * 3_600_000).toISOString()}::timestamptz`
  const active = sql`
    select count(*) filter (where urgency = 'today')::int as urgent,
      count(*) filter (where status = 'open' and coalesce(reopened_at, created_at) < ${late})::int as unclaimed,
      count(*) filter (where due_at < ${now})::int as overdue,
      count(*) filter (where status in ('claimed', 'done'))::int as working
    from requests where status <> 'closed' and ${scope}`
  const recent = sql`
    select count(*) filter (where created_at > ${day})::int as fresh,
      count(*) filter (where created_at <= ${day})::int as fresh_before
    from requests where created_at > ${twoDays} and ${scope}`
  const closed = sql`
    select count(*) filter (where outcome = 'fulfilled' and closed_at > ${day})::int as done,
      count(*) filter (where outcome = 'fulfilled' and closed_at <= ${day})::int as done_before,
      count(*) filter (where rating <= 2 and rated_at > ${day})::int as low
    from requests where status = 'closed' and closed_at > ${twoDays} and ${scope}`
  const result = await store.db.execute(
    sql`select * from (${active}) active, (${recent}) recent, (${closed}) closed`,
  )
  const [row] = rowsOf<Record<string, number>>(result)
  const read = (name: string) => Number(row?.[name] ?? 0)
  return {
    urgent: read('urgent'),
    unclaimed: read('unclaimed'),
    overdue: read('overdue'),
    working: read('working'),
    fresh: read('fresh'),
    done: read('done'),
    low: read('low'),
    before: { fresh: read('fresh_before'), done: read('done_before') },
  }
}

async function countCategories(store: Store, scope: SQL, at: Date): Promise<DigestFacts['categories']> {
  const since = new Date(at.getTime() - trendDays * dayMs)
  const count = sql<number>`count(*)::int`
  const rows = await store.db
    .select({ code: requests.category, count })
    .from(requests)
    .where(and(gt(requests.createdAt, since), scope))
    .groupBy(requests.category)
    .orderBy(desc(count), requests.category)
    .limit(6)
  return rows
}

async function countTrend(
  store: Store,
  scope: SQL,
  when: { at: Date; zone: string },
): Promise<DigestFacts['trend']> {
  const since = new Date(when.at.getTime() - trendDays * dayMs)
  const dayOf = (column: SQL) =>
    sql<string>`to_char(${column} at time zone ${sql.raw(`'${safeZone(when.zone)}'`)}, 'YYYY-MM-DD')`
  const created = dayOf(sql`${requests.createdAt}`)
  const closed = dayOf(sql`${requests.closedAt}`)
  const count = sql<number>`count(*)::int`
  const came = await store.db
    .select({ day: created, count })
    .from(requests)
    .where(and(gt(requests.createdAt, since), lte(requests.createdAt, when.at), scope))
    .groupBy(created)
  const done = await store.db
    .select({ day: closed, count })
    .from(requests)
    .where(
      and(
        eq(requests.status, 'closed'),
        eq(requests.outcome, 'fulfilled'),
        gt(requests.closedAt, since),
        scope,
      ),
    )
    .groupBy(closed)
  const days = Array.from(
    { length: trendDays },
    (_, n) => new Date(when.at.getTime() - (trendDays - 1 - n) * dayMs),
  )
  const names = days.map(day => day.toLocaleDateString('en-CA', { timeZone: when.zone }))
  const on = (rows: { day: string; count: number }[], name: string) =>
    rows.find(row => row.day === name)?.count ?? 0
  return names.map(name => ({ came: on(came, name), done: on(done, name) }))
}

async function countPlaces(store: Store, scope: SQL, role: Role, at: Date): Promise<DigestFacts['places']> {
  const id = role.regionId ? requests.districtId : requests.regionId
  const open = sql<number>`count(*)::int`
  const overdue = sql<number>`count(*) filter (where ${requests.dueAt} < ${at.toISOString()}::timestamptz)::int`
  return store.db
    .select({ id, open, overdue })
    .from(requests)
    .where(and(sql`status <> 'closed'`, scope))
    .groupBy(id)
    .orderBy(desc(open), id)
}

export async function countWaiting(
  store: Store,
  roles: readonly Role[],
): Promise<{ alerts: number; applicants: number }> {
  return {
    alerts: await store.db.$count(alerts, waitingFor(roles)),
    applicants: await store.db.$count(volunteers, and(eq(volunteers.status, 'pending'), appliesIn(roles))),
  }
}

/** The zone stands in the query as a constant, so that grouping by it is recognised: only a zone's letters may pass. */
function safeZone(zone: string): string {
  if (!/^[A-Za-z_]+\/[A-Za-z_]+$/.test(zone)) throw new Error('Not a time zone')
  return zone
}
