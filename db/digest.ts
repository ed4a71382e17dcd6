import { type DigestFacts, type DigestList, digestLists, trendDays, wholeMinute } from '../domain/digest.ts'
import { regions } from '../domain/regions.ts'
import { covers, type Role, type Territory } from '../domain/roles.ts'
import { localMidnight } from '../domain/time.ts'
import { waitingFor } from './alerts.ts'
import { rowsOf, type Store } from './client.ts'
import { inList, moment } from './digest-lists.ts'
import { and, eq, type SQL, sql } from './drizzle.ts'
import { countForgotten } from './forgotten.ts'
import { alerts, volunteers } from './schema.ts'
import { appliesIn } from './volunteers.ts'

const dayMs = 86_400_000
const categoriesShownMax = 6

type Moment = { at: Date; zone: string }

/** Counts a coordinator's day. `roles` decide what is counted; the first names the territory. */
export async function countDay(
  store: Store,
  roles: readonly [Role, ...Role[]],
  { at: exactly, zone }: Moment,
): Promise<Omit<DigestFacts, 'standsIn'>> {
  const at = wholeMinute(exactly)
  const scope = scopeOf(roles)
  const { regionId, districtId } = roles[0]
  const active = await countActive(store, scope, { at, placeBy: placeColumn(roles[0]) })
  const days = lastDays(trendDays, { at, zone })
  const came = await countCame(store, scope, at, days)
  const closed = await countClosed(store, scope, at, days)
  const doneEach = days.each(closed)
  return {
    at: at.toISOString(),
    zone,
    territory: { regionId, districtId },
    lines: {
      ...countsOf([...active, ...came, ...closed]),
      ...(await countWaiting(store, roles)),
      forgotten: await countForgotten(store, roles, at),
    },
    before: { fresh: total(came, 'before'), fulfilled: total(closed, 'before') },
    categories: mostFrequent(came),
    trend: days.each(came).map((n, day) => ({ came: n, done: doneEach[day] ?? 0 })),
    places: active
      .filter(({ n }) => n > 0)
      .map(({ place, n, overdue }) => ({ id: place, open: n, overdue: Number(overdue ?? 0) }))
      .toSorted((one, other) => other.open - one.open || one.id.localeCompare(other.id)),
  }
}

/** Districts of a region or district, regions of the country. */
export function placeColumn(territory: Territory): SQL {
  return territory.regionId ? sql`district_id` : sql`region_id`
}

/**
 * Requests of these territories. The regions are always named, of the whole country too: every index of the hot
 * table begins with one.
 */
export function scopeOf(roles: readonly Role[]): SQL {
  const wide = roles.filter(
    (role, index) =>
      !roles.some(
        (other, n) =>
          n !== index &&
          covers(other, role) &&
          other.cleared >= role.cleared &&
          (n < index || !covers(role, other)),
      ),
  )
  const regionIds = wide.some(({ regionId }) => !regionId)
    ? regions.map(({ id }) => id)
    : [...new Set(wide.map(({ regionId }) => regionId ?? ''))]
  const each = wide.map(({ regionId, districtId, cleared }) => {
    const within = districtId
      ? sql`district_id = ${districtId}`
      : regionId
        ? sql`region_id = ${regionId}`
        : sql`true`
    return cleared ? within : sql`(${within} and route <> 'restricted')`
  })
  return sql`(region_id in (${list(regionIds)}) and (${sql.join(each, sql` or `)}))`
}

interface Counted extends Partial<Record<DigestList | 'before', number>> {
  n: number
  /** Which of these it has depends on what was counted. */
  place: string
  day: string
  category: string
}

/** What nobody has finished yet, by place. */
function countActive(
  store: Store,
  scope: SQL,
  { at, placeBy }: { at: Date; placeBy: SQL },
): Promise<Counted[]> {
  const lists = ['urgent', 'unclaimed', 'overdue', 'working', 'silent'] as const
  return read(
    store,
    sql`select ${placeBy} as place, count(*)::int as n, ${counts(lists, at)}
      from requests where status <> 'closed' and ${scope} group by 1`,
  )
}

/** What came in these 30 days, by day and kind. */
function countCame(store: Store, scope: SQL, at: Date, days: Days): Promise<Counted[]> {
  return read(
    store,
    sql`select ${days.of(sql`created_at`)} as day, category, count(*)::int as n, ${counts(['fresh'], at)},
      count(*) filter (where created_at > ${moment(at, -2 * dayMs)} and created_at <= ${moment(at, -dayMs)})::int as before
      from requests where created_at >= ${moment(days.since)} and ${scope} group by 1, 2`,
  )
}

/** What was closed in these 30 days, by day; `n` counts the helped. */
function countClosed(store: Store, scope: SQL, at: Date, days: Days): Promise<Counted[]> {
  return read(
    store,
    sql`select ${days.of(sql`closed_at`)} as day, count(*) filter (where outcome = 'fulfilled')::int as n,
      ${counts(['fulfilled', 'unconfirmed', 'low'], at)},
      count(*) filter (where outcome = 'fulfilled' and closed_at > ${moment(at, -2 * dayMs)}
        and closed_at <= ${moment(at, -dayMs)})::int as before
      from requests where status = 'closed' and closed_at >= ${moment(days.since)} and ${scope} group by 1`,
  )
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

export interface Days {
  since: Date
  /** A column's local midnight. Days here have 24 hours all year, so that no zone has to be asked for each row. */
  of(column: SQL): SQL
  /** What was counted on each of these days, the oldest first. */
  each<Row extends { day: string; n: number }>(rows: readonly Row[]): number[]
}

/** The last local days, today the last. */
export function lastDays(count: number, { at, zone }: Moment): Days {
  const midnight = localMidnight(at, zone)
  const since = new Date(midnight.getTime() - (count - 1) * dayMs)
  return {
    since,
    of: column => sql`date_bin('1 day', ${column}, ${moment(midnight)})`,
    each: rows => {
      const sums = new Array<number>(count).fill(0)
      for (const { day, n } of rows) {
        const nth = Math.round((new Date(day).getTime() - since.getTime()) / dayMs)
        sums[nth] = (sums[nth] ?? 0) + n
      }
      return sums.slice(0, count)
    },
  }
}

export function mostFrequent(rows: readonly { category: string; n: number }[]): DigestFacts['categories'] {
  const byCategory = Map.groupBy(rows, row => row.category)
  return [...byCategory]
    .map(([code, own]) => ({ code, count: total(own, 'n') }))
    .toSorted((one, other) => other.count - one.count || one.code.localeCompare(other.code))
    .slice(0, categoriesShownMax)
}

function counts(lists: readonly DigestList[], at: Date): SQL {
  const each = lists.map(
    name => sql`count(*) filter (where ${inList(name, at)})::int as ${sql.identifier(name)}`,
  )
  return sql.join(each, sql`, `)
}

function countsOf(rows: readonly Counted[]): Record<DigestList, number> {
  return Object.fromEntries(digestLists.map(name => [name, total(rows, name)])) as Record<DigestList, number>
}

export function total<Name extends string>(
  rows: readonly Partial<Record<Name, number>>[],
  name: Name,
): number {
  return rows.reduce((sum, row) => sum + (row[name] ?? 0), 0)
}

function list(values: readonly string[]): SQL {
  return sql.join(
    values.map(value => sql`${value}`),
    sql`, `,
  )
}

async function read(store: Store, query: SQL): Promise<Counted[]> {
  return rowsOf<Counted>(await store.db.execute(query))
}
