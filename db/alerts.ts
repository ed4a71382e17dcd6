import type { Role } from '../domain/roles.ts'
import type { Store } from './client.ts'
import { and, asc, eq, gt, inArray, isNull, ne, or, type SQL, sql } from './drizzle.ts'
import { isUuid, newId } from './ids.ts'
import { alerts } from './schema.ts'

export const alertKinds = ['human', 'danger', 'abuse', 'consent', 'unhelped', 'lowRating', 'problem'] as const
export type AlertKind = (typeof alertKinds)[number]

export interface NewAlert {
  kind: AlertKind
  regionId: string | null
  districtId: string | null
  personId: string | null
  requestId: string | null
  words: string
  at: Date
  dueAt: Date
}

/** Something a coordinator must look at. */
export async function raiseAlert(store: Store, alert: NewAlert): Promise<string> {
  const id = newId()
  const { words, at, ...columns } = alert
  const sealed = words ? store.keys.seal(`alerts.words.${id}`, words) : null
  await store.db.insert(alerts).values({ id, ...columns, words: sealed, createdAt: at })
  return id
}

export async function findAlert(store: Store, id: string) {
  if (!isUuid(id)) return undefined
  const [row] = await store.db.select().from(alerts).where(eq(alerts.id, id))
  return row && open(store, row)
}

/** True if it was still waiting. */
export async function resolveAlert(store: Store, id: string, by: string, at: Date): Promise<boolean> {
  const rows = await store.db
    .update(alerts)
    .set({ resolvedAt: at, resolvedBy: by })
    .where(and(eq(alerts.id, id), isNull(alerts.resolvedAt)))
    .returning({ id: alerts.id })
  return rows.length > 0
}

/** What still waits in these territories, the earliest promise first; abuse only for those cleared. */
export async function listWaitingAlerts(store: Store, roles: readonly Role[], limit: number) {
  const rows = await store.db
    .select()
    .from(alerts)
    .where(waitingFor(roles))
    .orderBy(asc(alerts.dueAt), asc(alerts.id))
    .limit(limit)
  return rows.map(row => open(store, row))
}

export function waitingFor(roles: readonly Role[]): SQL | undefined {
  const each = roles.map(
    ({ regionId, districtId, cleared }) =>
      and(
        regionId ? eq(alerts.regionId, regionId) : undefined,
        districtId ? eq(alerts.districtId, districtId) : undefined,
        cleared ? undefined : ne(alerts.kind, 'abuse'),
      ) ?? sql`true`,
  )
  return and(isNull(alerts.resolvedAt), or(...each) ?? sql`false`)
}

/** What waited because of this request waits no more. */
export async function resolveAlertsOf(
  store: Store,
  requestId: string,
  resolve: { kinds: readonly AlertKind[]; by: string; at: Date },
) {
  await store.db
    .update(alerts)
    .set({ resolvedAt: resolve.at, resolvedBy: resolve.by })
    .where(
      and(
        eq(alerts.requestId, requestId),
        inArray(alerts.kind, [...resolve.kinds]),
        isNull(alerts.resolvedAt),
      ),
    )
}

/** An alert of this kind that this person has raised since then and nobody has seen to. */
export async function findRecentAlert(
  store: Store,
  personId: string,
  kind: AlertKind,
  about: { since: Date; requestId?: string | null },
): Promise<{ dueAt: Date } | undefined> {
  const { since, requestId } = about
  const same = requestId === null ? isNull(alerts.requestId) : requestId && eq(alerts.requestId, requestId)
  const [row] = await store.db
    .select({ dueAt: alerts.dueAt })
    .from(alerts)
    .where(
      and(
        eq(alerts.personId, personId),
        eq(alerts.kind, kind),
        gt(alerts.createdAt, since),
        isNull(alerts.resolvedAt),
        same || undefined,
      ),
    )
    .limit(1)
  return row
}

function open(store: Store, row: typeof alerts.$inferSelect) {
  const words = row.words ? store.keys.open(`alerts.words.${row.id}`, row.words) : ''
  return { ...row, kind: row.kind as AlertKind, words }
}
