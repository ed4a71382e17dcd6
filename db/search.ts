import type { Category } from '../domain/categories.ts'
import type { Role } from '../domain/roles.ts'
import { foldedFrom, foldedTo, foldName, type Sought } from '../domain/search-words.ts'
import { rowsOf, type Store } from './client.ts'
import { and, type SQL, sql } from './drizzle.ts'
import { inTerritories, regionIdsOf } from './queue.ts'

/** What a list of requests shows of each. The name is there only where it was searched by. */
export interface Found {
  id: string
  number: number
  year: number
  category: Category
  districtId: string
  name: string
}

const foundMax = 8

/** Requests of these territories by number, by the phone of who asked or is helped, or by a name with slips in it. */
export function searchQueue(
  store: Store,
  roles: readonly Role[],
  sought: Sought,
  at: Date,
): Promise<Found[]> {
  if ('number' in sought) return findByNumber(store, roles, sought.number, at)
  if ('phone' in sought) return findByPhone(store, roles, sought.phone)
  return findByName(store, roles, foldName(sought.name))
}

const columns = sql`requests.id, requests.number, requests.year, requests.category,
  requests.district_id as "districtId"`
const livingFirst = sql`(requests.status = 'closed'), requests.created_at desc, requests.id`

/** Numbers begin anew each year and in each region: of several the newest comes first. */
async function findByNumber(
  store: Store,
  roles: readonly Role[],
  number: number,
  at: Date,
): Promise<Found[]> {
  const found = await store.db.execute(sql`
    select ${columns}, '' as name from requests
    where region_id in ${regionIdsOf(roles)} and year in ${yearsUntil(at)} and number = ${number}
      and ${inTerritories(roles)}
    order by year desc, created_at desc limit ${foundMax}`)
  return rowsOf<Found>(found)
}

/** Older requests than these are not looked for by their number; on New Year's Eve some zones are a year ahead. */
function yearsUntil(at: Date): number[] {
  return Array.from({ length: yearsKept }, (_, n) => at.getUTCFullYear() + 1 - n)
}

const yearsKept = 6

async function findByPhone(store: Store, roles: readonly Role[], phone: string): Promise<Found[]> {
  const key = store.keys.blindIndex(phone)
  const found = await store.db.execute(sql`
    select ${columns}, '' as name from requests
    where id in (
      select r.id from elders e join requests r on r.elder_id = e.id where e.phone_index = ${key}
      union all
      select r.id from people p join requests r on r.requester_id = p.id where p.phone_index = ${key})
      and ${inTerritories(roles)}
    order by ${livingFirst} limit ${foundMax}`)
  return rowsOf<Found>(found)
}

/** The second look is wider: two slips in a short name leave little of it. */
const thresholds = [0.45, 0.3] as const
const namesMax = 40
const requestsOfNameMax = 2

async function findByName(store: Store, roles: readonly Role[], name: string): Promise<Found[]> {
  if (!name) return []
  for (const threshold of thresholds) {
    await store.db.execute(
      sql`select set_config('pg_trgm.word_similarity_threshold', ${String(threshold)}, true)`,
    )
    const found = rowsOf<Found>(await store.db.execute(likeName(roles, name)))
    if (found.length > 0) return found
  }
  return []
}

/** `elders_name` serves the comparison: both write a folded name in the same way. */
const foldedName = sql.raw(`translate(lower(elders.name), '${foldedFrom}', '${foldedTo}')`)

function likeName(roles: readonly Role[], name: string): SQL {
  return sql`
    with alike as (
      select id, name, word_similarity(${name}, ${foldedName}) as likeness from elders
      where ${livesIn(roles)} and ${name} <% ${foldedName}
      order by likeness desc, id limit ${namesMax})
    select found.*, alike.name from alike cross join lateral (
      select ${columns}, requests.status, requests.created_at from requests
      where requests.elder_id = alike.id and ${inTerritories(roles)}
      order by ${livingFirst} limit ${requestsOfNameMax}) found
    order by alike.likeness desc, (found.status = 'closed'), found.created_at desc, found.id limit ${foundMax}`
}

function livesIn(roles: readonly Role[]): SQL {
  const each = roles.map(({ regionId, districtId }) =>
    and(
      regionId ? sql`elders.region_id = ${regionId}` : undefined,
      districtId ? sql`elders.district_id = ${districtId}` : undefined,
    ),
  )
  if (each.some(term => term === undefined)) return sql`true`
  return each.length > 0
    ? sql`(${sql.join(
        each.flatMap(term => term ?? []),
        sql` or `,
      )})`
    : sql`false`
}
