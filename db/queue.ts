import type { Category, Urgency } from '../domain/categories.ts'
import { type DatedList, readDatedList } from '../domain/digest.ts'
import { regions } from '../domain/regions.ts'
import type { Role } from '../domain/roles.ts'
import { rowsOf, type Store } from './client.ts'
import { inList, isClosedList } from './digest-lists.ts'
import { and, eq, gt, inArray, lt, ne, or, type SQL, sql } from './drizzle.ts'
import { openRequest, type Request } from './requests.ts'
import { requests } from './schema.ts'

export const queueFilters = ['open', 'claimed', 'done', 'overdue'] as const
type Counted = (typeof queueFilters)[number]
/** One of these, or a list that a digest has counted. */
export type QueueFilter = Counted | DatedList

/** A list can be narrowed to one kind of help, one district, one urgency. */
export interface Narrowed {
  category?: Category
  districtId?: string
  urgency?: Urgency
}

export interface QueuePage {
  filter: QueueFilter
  narrowed: Narrowed
  at: Date
  limit: number
  /** The `cursorOf` of the last request of the page before. */
  after: string | undefined
}

/**
 * Requests of the territories, the most urgent promise first; of done ones the newest first. Each region is read by
 * its own index from the last page's end on, so a late page costs what the first does.
 */
export async function listQueue(store: Store, roles: readonly Role[], page: QueuePage): Promise<Request[]> {
  const done = isClosed(page.filter)
  const order = done ? sql`closed_at desc, id desc` : sql`due_at, id`
  const limit = sql`order by ${order} limit ${page.limit}`
  const where = and(inTerritories(roles), matches(page.filter, page.at), narrowedTo(page), behind(page))
  const each = regionIdsOf(roles).map(
    id =>
      sql`(select id, due_at, closed_at from requests where ${requests.regionId} = ${id} and ${where} ${limit})`,
  )
  if (each.length === 0) return []
  const found = await store.db.execute(
    sql`select id from (${sql.join(each, sql` union all `)}) listed ${limit}`,
  )
  const ids = rowsOf<{ id: string }>(found).map(({ id }) => id)
  if (ids.length === 0) return []
  const rows = await store.db.select().from(requests).where(inArray(requests.id, ids))
  const opened = new Map(rows.map(row => [row.id, openRequest(store, row)]))
  return ids.flatMap(id => opened.get(id) ?? [])
}

/** Where a page ends, for the one behind it. */
export function cursorOf(filter: QueueFilter, request: Pick<Request, 'id' | 'dueAt' | 'closedAt'>): string {
  const at = isClosed(filter) ? (request.closedAt ?? request.dueAt) : request.dueAt
  return `${at.toISOString()}_${request.id}`
}

function behind({ filter, after }: QueuePage): SQL | undefined {
  if (!after) return undefined
  const [moment = '', id = ''] = after.split('_')
  const last = sql`(${moment}::timestamptz, ${id}::uuid)`
  return isClosed(filter) ? sql`(closed_at, id) < ${last}` : sql`(due_at, id) > ${last}`
}

export function isQueueFilter(filter: string | undefined): filter is QueueFilter {
  return queueFilters.some(known => known === filter) || readDatedList(filter ?? '') !== undefined
}

/** Lists of what is over. */
export function isClosed(filter: QueueFilter): boolean {
  const dated = readDatedList(filter)
  return filter === 'done' || (dated !== undefined && isClosedList(dated.list))
}

export async function countQueue(
  store: Store,
  roles: readonly Role[],
  { at, narrowed }: { at: Date; narrowed: Narrowed },
): Promise<Record<Counted, number>> {
  const count = (filter: Counted) => sql<number>`count(*) filter (where ${matches(filter, at)})::int`
  const [row] = await store.db
    .select({
      open: count('open'),
      claimed: count('claimed'),
      done: count('done'),
      overdue: count('overdue'),
    })
    .from(requests)
    .where(and(inTerritories(roles), narrowedTo({ narrowed }), or(active, and(closed, recentlyClosed(at)))))
  return row ?? { open: 0, claimed: 0, done: 0, overdue: 0 }
}

/** The requests with these numbers that are not closed: numbers begin anew each year and in each region. */
export async function listActiveByNumber(
  store: Store,
  roles: readonly Role[],
  numbers: readonly number[],
): Promise<{ id: string; number: number; status: string }[]> {
  if (numbers.length === 0) return []
  return store.db
    .select({ id: requests.id, number: requests.number, status: requests.status })
    .from(requests)
    .where(
      and(
        inArray(requests.regionId, regionIdsOf(roles)),
        active,
        inArray(requests.number, [...numbers]),
        inTerritories(roles),
      ),
    )
    .orderBy(requests.number, requests.id)
}

/** What these roles may see: their territory, and the restricted queue only when cleared. */
export function inTerritories(roles: readonly Role[]): SQL {
  const each = roles.map(role =>
    and(
      role.regionId ? eq(requests.regionId, role.regionId) : undefined,
      role.districtId ? eq(requests.districtId, role.districtId) : undefined,
      role.cleared ? undefined : ne(requests.route, 'restricted'),
    ),
  )
  return or(...each.map(term => term ?? sql`true`)) ?? sql`false`
}

/** The regions in which these roles have a say: an index begins with the region. */
export function regionIdsOf(roles: readonly Role[]): string[] {
  const own = roles.flatMap(({ regionId }) => regionId ?? regions.map(({ id }) => id as string))
  return [...new Set(own)]
}

// Constants, no parameters: only so does the planner know that an index of a part of the table will do.
const active = sql`requests.status <> 'closed'`
const closed = sql`requests.status = 'closed'`

function matches(filter: QueueFilter, at: Date): SQL | undefined {
  const dated = readDatedList(filter)
  if (dated) return inList(dated.list, dated.at)
  if (filter === 'open') return and(active, sql`requests.status = 'open'`)
  if (filter === 'claimed') return and(active, sql`requests.status in ('claimed', 'done')`)
  if (filter === 'overdue') return and(active, lt(requests.dueAt, at))
  return and(closed, recentlyClosed(at))
}

function narrowedTo({ narrowed: { category, districtId, urgency } }: { narrowed: Narrowed }) {
  return and(
    category ? eq(requests.category, category) : undefined,
    districtId ? eq(requests.districtId, districtId) : undefined,
    urgency ? eq(requests.urgency, urgency) : undefined,
  )
}

const recentDays = 30

function recentlyClosed(at: Date): SQL | undefined {
  return gt(requests.closedAt, new Date(at.getTime() - recentDays * 86_400_000))
}
