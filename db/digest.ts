import { type DigestFacts, type DigestList, digestLists, trendDays, wholeMinute } from '../domain/digest.ts'
import { covers, type Role, type Territory, territoriesOf } from '../domain/roles.ts'
import { localMidnight } from '../domain/time.ts'
import { waitingFor } from './alerts.ts'
import { rowsOf, type Store } from './client.ts'
import { counts, moment } from './digest-lists.ts'
import { type SQL, sql } from './drizzle.ts'
import { countedForgotten, districtsIn } from './forgotten.ts'
import { alerts, volunteers } from './schema.ts'
import { appliesIn } from './volunteers.ts'

const dayMs = 86_400_000
const categoriesShownMax = 6

type Moment = { at: Date; zone: string }

/**
 * Counts a coordinator's day, in one question to the database. `roles` decide what is counted, and name the
 * territories.
 */
export async function countDay(
  store: Store,
  roles: readonly [Role, ...Role[]],
  { at: exactly, zone }: Moment,
): Promise<Omit<DigestFacts, 'standsIn'>> {
  const at = wholeMinute(exactly)
  const from = requestsOf(roles)
  const [territory, ...beside] = territoriesOf(roles)
  const days = lastDays(trendDays, { at, zone })
  const { active, came, closed, ...others } = await askAll(store, {
    active: countActive(from, { at, placeBy: placeColumn(territory) }),
    came: countCame(from, at, days),
    closed: countClosed(from, at, days),
    ...waiting(roles),
    forgotten: countedForgotten(roles, at),
  })
  const doneEach = days.each(closed)
  return {
    at: at.toISOString(),
    zone,
    territory,
    others: beside,
    lines: {
      ...countsOf([...active, ...came, ...closed]),
      alerts: total(others.alerts, 'n'),
      applicants: total(others.applicants, 'n'),
      forgotten: total(others.forgotten, 'n'),
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
  return territory.regionId ? sql`district_id` : sql`place.region_id`
}

/**
 * The requests of these territories, district by district: every index that is counted from begins with the district.
 * `seen` says of each whether these roles may count it.
 */
export function requestsOf(roles: readonly Role[]): SQL {
  const places = districtsIn(roles)
  const column = (values: readonly unknown[]) => sql`string_to_array(${values.join(' ')}, ' ')`
  const regions = column(places.map(({ region }) => region))
  const ids = column(places.map(({ id }) => id))
  const cleared = column(places.map(({ region: regionId, id: districtId }) => mayCount(regionId, districtId)))
  return sql`unnest(${regions}, ${ids}, ${cleared}::boolean[]) place (region_id, district_id, cleared)
    join requests using (district_id)`

  function mayCount(regionId: string, districtId: string): boolean {
    return roles.some(role => role.cleared && covers(role, { regionId, districtId }))
  }
}

export const seen = sql`(cleared or route <> 'restricted')`

export interface Counted extends Partial<Record<DigestList | 'before' | 'unmet', number>> {
  n: number
  /** Which of these it has depends on what was counted. */
  place: string
  day: string
  category: string
}

/** What nobody has finished yet, by place. */
function countActive(from: SQL, { at, placeBy }: { at: Date; placeBy: SQL }): SQL {
  const lists = ['urgent', 'unclaimed', 'overdue', 'working', 'silent'] as const
  return sql`select ${placeBy} as place, count(*)::int as n, ${counts(lists, at)}
    from ${from} where status <> 'closed' and ${seen} group by 1`
}

/** What came in these 30 days, by day and kind. */
function countCame(from: SQL, at: Date, days: Days): SQL {
  return sql`select ${days.of(sql`created_at`)} as day, category, count(*)::int as n, ${counts(['fresh'], at)},
    count(*) filter (where created_at > ${moment(at, -2 * dayMs)} and created_at <= ${moment(at, -dayMs)})::int as before
    from ${from} where created_at >= ${moment(days.since)} and ${seen} group by 1, 2`
}

/** What was closed in these 30 days, by day; `n` counts the helped. */
function countClosed(from: SQL, at: Date, days: Days): SQL {
  return sql`select ${days.of(sql`closed_at`)} as day, count(*) filter (where outcome = 'fulfilled')::int as n,
    ${counts(['fulfilled', 'unconfirmed', 'low'], at)},
    count(*) filter (where outcome = 'fulfilled' and closed_at > ${moment(at, -2 * dayMs)}
      and closed_at <= ${moment(at, -dayMs)})::int as before
    from ${from} where status = 'closed' and closed_at >= ${moment(days.since)} and ${seen} group by 1`
}

export async function countWaiting(store: Store, roles: readonly Role[]) {
  const { alerts, applicants } = await askAll(store, waiting(roles))
  return { alerts: total(alerts, 'n'), applicants: total(applicants, 'n') }
}

function waiting(roles: readonly Role[]) {
  const applying = sql`${volunteers.status} = 'pending' and ${appliesIn(roles)}`
  return {
    alerts: sql`select count(*)::int as n from ${alerts} where ${waitingFor(roles)}`,
    applicants: sql`select count(*)::int as n from ${volunteers} where ${applying}`,
  }
}

/** The rows of each of these queries, by one statement: the way there and back is gone once. */
export async function askAll<Name extends string>(
  store: Store,
  queries: Record<Name, SQL>,
): Promise<Record<Name, Counted[]>> {
  const each = Object.entries<SQL>(queries).map(
    ([name, query]) => sql`(select coalesce(json_agg(q), '[]') from (${query}) q) as ${sql.identifier(name)}`,
  )
  const result = await store.db.execute(sql`select ${sql.join(each, sql`, `)}`)
  return rowsOf<Record<Name, Counted[]>>(result)[0] as Record<Name, Counted[]>
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

function countsOf(rows: readonly Counted[]): Record<DigestList, number> {
  return Object.fromEntries(digestLists.map(name => [name, total(rows, name)])) as Record<DigestList, number>
}

export function total<Name extends string>(
  rows: readonly Partial<Record<Name, number>>[],
  name: Name,
): number {
  return rows.reduce((sum, row) => sum + (row[name] ?? 0), 0)
}
