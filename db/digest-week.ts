import type { WeekFacts, WeekFigures } from '../domain/digest.ts'
import { type Role, territoriesOf } from '../domain/roles.ts'
import { addDays, localDay, localMidnight } from '../domain/time.ts'
import type { Store } from './client.ts'
import {
  askAll,
  type Counted,
  lastDays,
  mostFrequent,
  placeColumn,
  requestsOf,
  seen,
  total,
} from './digest.ts'
import { moment } from './digest-lists.ts'
import { sql } from './drizzle.ts'

const weekDays = 7

/** Counts the seven days before today beside the seven before them, by district or region. */
export async function countWeek(
  store: Store,
  roles: readonly [Role, ...Role[]],
  { at, zone }: { at: Date; zone: string },
): Promise<WeekFacts> {
  const midnight = localMidnight(at, zone)
  const yesterday = new Date(midnight.getTime() - 1)
  const days = lastDays(2 * weekDays, { at: yesterday, zone })
  const half = new Date(days.since.getTime() + weekDays * 86_400_000)
  const within = (column: 'created_at' | 'closed_at') => {
    const name = sql.identifier(column)
    return sql`${name} >= ${moment(days.since)} and ${name} < ${moment(midnight)} and ${seen}`
  }
  const from = requestsOf(roles)
  const [territory, ...beside] = territoriesOf(roles)
  const place = placeColumn(territory)
  const { came, closed } = await askAll(store, {
    came: sql`select ${days.of(sql`created_at`)} as day, ${place} as place, category, count(*)::int as n
      from ${from} where ${within('created_at')} group by 1, 2, 3`,
    closed: sql`select ${days.of(sql`closed_at`)} as day, ${place} as place,
      count(*) filter (where outcome = 'fulfilled')::int as n,
      count(*) filter (where outcome = 'fulfilled' and confirmation = 'none')::int as unconfirmed,
      count(*) filter (where outcome = 'unmet')::int as unmet,
      count(*) filter (where rating <= 2)::int as low
      from ${from} where status = 'closed' and ${within('closed_at')} group by 1, 2`,
  })
  const inWeek = (row: Counted) => new Date(row.day) >= half
  const both = (fits: (row: Counted) => boolean) => ({
    week: figures(came, closed, row => fits(row) && inWeek(row)),
    before: figures(came, closed, row => fits(row) && !inWeek(row)),
  })
  const places = [...new Set([...came, ...closed].map(row => row.place))]
    .map(id => ({ id, ...both(row => row.place === id) }))
    .toSorted((one, other) => other.week.came - one.week.came || one.id.localeCompare(other.id))
  const doneEach = days.each(closed)
  const toDay = localDay(yesterday, zone)
  return {
    kind: 'week',
    fromDay: addDays(toDay, 1 - weekDays),
    toDay,
    zone,
    at: at.toISOString(),
    territory,
    others: beside,
    ...both(() => true),
    places,
    categories: mostFrequent(came.filter(inWeek)),
    trend: days.each(came).map((n, day) => ({ came: n, done: doneEach[day] ?? 0 })),
  }
}

function figures(
  came: readonly Counted[],
  closed: readonly Counted[],
  fits: (row: Counted) => boolean,
): WeekFigures {
  const ended = closed.filter(fits)
  return {
    came: total(came.filter(fits), 'n'),
    done: total(ended, 'n'),
    unconfirmed: total(ended, 'unconfirmed'),
    unmet: total(ended, 'unmet'),
    low: total(ended, 'low'),
  }
}
