import type { Role } from '../domain/roles.ts'
import type { Store } from './client.ts'
import { and, asc, desc, eq, gt, lt, ne, or, type SQL, sql } from './drizzle.ts'
import { openRequest, type Request } from './requests.ts'
import { requests } from './schema.ts'

export const queueFilters = ['open', 'claimed', 'done', 'overdue'] as const
export type QueueFilter = (typeof queueFilters)[number]

/** Requests of the territories, the most urgent promise first; of done ones the newest first. */
export async function listQueue(
  store: Store,
  roles: readonly Role[],
  filter: QueueFilter,
  page: { at: Date; limit: number; offset: number },
): Promise<Request[]> {
  const rows = await store.db
    .select()
    .from(requests)
    .where(and(inTerritories(roles), matches(filter, page.at)))
    .orderBy(...(filter === 'done' ? [desc(requests.closedAt)] : [asc(requests.dueAt), asc(requests.id)]))
    .limit(page.limit)
    .offset(page.offset)
  return rows.map(row => openRequest(store, row))
}

export function isQueueFilter(filter: string | undefined): filter is QueueFilter {
  return queueFilters.some(known => known === filter)
}

/** Requests of these territories with this number, the newest first. */
export async function findByNumber(
  store: Store,
  roles: readonly Role[],
  number: number,
  limit: number,
): Promise<Request[]> {
  const rows = await store.db
    .select()
    .from(requests)
    .where(and(inTerritories(roles), eq(requests.number, number)))
    .orderBy(desc(requests.year), desc(requests.createdAt))
    .limit(limit)
  return rows.map(row => openRequest(store, row))
}

export async function countQueue(
  store: Store,
  roles: readonly Role[],
  at: Date,
): Promise<Record<QueueFilter, number>> {
  const count = (filter: QueueFilter) => sql<number>`count(*) filter (where ${matches(filter, at)})::int`
  const [row] = await store.db
    .select({
      open: count('open'),
      claimed: count('claimed'),
      done: count('done'),
      overdue: count('overdue'),
    })
    .from(requests)
    .where(and(inTerritories(roles), or(ne(requests.status, 'closed'), recentlyClosed(at))))
  return row ?? { open: 0, claimed: 0, done: 0, overdue: 0 }
}

/** What these roles may see: their territory, and the restricted queue only when cleared. */
function inTerritories(roles: readonly Role[]): SQL {
  const each = roles.map(role =>
    and(
      role.regionId ? eq(requests.regionId, role.regionId) : undefined,
      role.districtId ? eq(requests.districtId, role.districtId) : undefined,
      role.cleared ? undefined : ne(requests.route, 'restricted'),
    ),
  )
  return or(...each.map(term => term ?? sql`true`)) ?? sql`false`
}

function matches(filter: QueueFilter, at: Date): SQL | undefined {
  if (filter === 'open') return eq(requests.status, 'open')
  if (filter === 'claimed') return or(eq(requests.status, 'claimed'), eq(requests.status, 'done'))
  if (filter === 'overdue') return and(ne(requests.status, 'closed'), lt(requests.dueAt, at))
  return and(eq(requests.status, 'closed'), recentlyClosed(at))
}

const recentDays = 30

function recentlyClosed(at: Date): SQL | undefined {
  return gt(requests.closedAt, new Date(at.getTime() - recentDays * 86_400_000))
}
