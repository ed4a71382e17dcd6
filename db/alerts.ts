import type { Role } from '../domain/roles.ts'
import type { Store } from './client.ts'
import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lte, or, type SQL, sql } from './drizzle.ts'
import { isUuid, newId } from './ids.ts'
import { alerts } from './schema.ts'

/** Of these something about a request did not arrive, or nobody knows whether it did. */
export const lostKinds = ['lostPost', 'lostCard', 'lostNotice', 'lostQuestion'] as const
export type LostKind = (typeof lostKinds)[number]
export type AlertKind =
  | 'human'
  | 'danger'
  | 'abuse'
  | 'consent'
  | 'unhelped'
  | 'lowRating'
  | 'problem'
  /** A helper found the older person low or worried. */
  | 'lowMood'
  /** Something is to be told to an asker who has no messenger; the words are what, as parts of a message. */
  | 'toPhone'
  | LostKind

export interface NewAlert {
  kind: AlertKind
  regionId: string | null
  districtId: string | null
  personId: string | null
  requestId: string | null
  words: string
  at: Date
  dueAt: Date
  /** When the clock looks whether somebody has answered; of what waits with its request it need not look. */
  watchAt?: Date
}

/** Something a coordinator must look at. */
export async function raiseAlert(store: Store, alert: NewAlert): Promise<string> {
  const id = newId()
  const { words, at, ...columns } = alert
  const sealed = words ? store.keys.seal(`alerts.words.${id}`, words) : null
  await store.db.insert(alerts).values({ id, ...columns, words: sealed, createdAt: at })
  return id
}

export type Alert = ReturnType<typeof open>

export async function findAlert(store: Store, id: string): Promise<Alert | undefined> {
  if (!isUuid(id)) return undefined
  const [row] = await store.db.select({ alert: alerts, restricted }).from(alerts).where(eq(alerts.id, id))
  return row && open(store, row)
}

export async function getAlert(store: Store, id: string): Promise<Alert> {
  const found = await findAlert(store, id)
  if (!found) throw new Error('The alert was not found')
  return found
}

/** The newest alert of this kind about a request, settled or not. */
export async function findAlertAbout(
  store: Store,
  requestId: string,
  kind: AlertKind,
): Promise<Alert | undefined> {
  const [row] = await store.db
    .select({ alert: alerts, restricted })
    .from(alerts)
    .where(and(eq(alerts.requestId, requestId), eq(alerts.kind, kind)))
    .orderBy(desc(alerts.id))
    .limit(1)
  return row && open(store, row)
}

/** All that these people called about or were called about, settled or not. */
export async function listAlertsOf(store: Store, personIds: readonly string[]): Promise<Alert[]> {
  if (personIds.length === 0) return []
  const rows = await store.db
    .select({ alert: alerts, restricted })
    .from(alerts)
    .where(inArray(alerts.personId, [...personIds]))
    .orderBy(alerts.id)
  return rows.map(row => open(store, row))
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

/** The clock looks at it then. */
export async function watchAlert(store: Store, id: string, watchAt: Date) {
  await store.db.update(alerts).set({ watchAt }).where(eq(alerts.id, id))
}

/** What nobody has answered by now, the longest waiting first. */
export async function listOverdueAlerts(store: Store, at: Date, limit: number): Promise<string[]> {
  const rows = await store.db
    .select({ id: alerts.id })
    .from(alerts)
    .where(isOverdue(at))
    .orderBy(asc(alerts.watchAt))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Takes one for this transaction: the clock looks once. Undefined if another process did, or it is answered. */
export async function takeOverdueAlert(store: Store, id: string, at: Date): Promise<Alert | undefined> {
  const rows = await store.db
    .update(alerts)
    .set({ watchAt: null })
    .where(and(eq(alerts.id, id), isOverdue(at)))
    .returning({ id: alerts.id })
  return rows.length > 0 ? findAlert(store, id) : undefined
}

function isOverdue(at: Date): SQL | undefined {
  return and(isNotNull(alerts.watchAt), lte(alerts.watchAt, at), isNull(alerts.resolvedAt))
}

/** Beside these any other call can wait for its turn. */
const firstKinds: readonly AlertKind[] = ['danger', 'abuse']

/**
 * What still waits in these territories, danger before all else, then the earliest promise; a restricted matter only
 * for those cleared.
 */
export async function listWaitingAlerts(
  store: Store,
  roles: readonly Role[],
  limit: number,
): Promise<Alert[]> {
  const rows = await store.db
    .select({ alert: alerts, restricted })
    .from(alerts)
    .where(waitingFor(roles))
    .orderBy(desc(inArray(alerts.kind, [...firstKinds])), asc(alerts.dueAt), asc(alerts.id))
    .limit(limit)
  return rows.map(row => open(store, row))
}

export function waitingFor(roles: readonly Role[]): SQL | undefined {
  const each = roles.map(
    ({ regionId, districtId, cleared }) =>
      and(
        regionId ? eq(alerts.regionId, regionId) : undefined,
        districtId ? eq(alerts.districtId, districtId) : undefined,
        cleared ? undefined : sql`not ${restricted}`,
      ) ?? sql`true`,
  )
  // Of a place nobody knows everybody may answer, so everybody sees that it waits.
  const mayAll = roles.some(({ cleared }) => cleared) ? sql`true` : sql`not ${restricted}`
  const nowhere = roles.length > 0 ? [and(isNull(alerts.regionId), mayAll)] : []
  return and(isNull(alerts.resolvedAt), or(...each, ...nowhere) ?? sql`false`)
}

/** What waited because of this request waits no more: which it was. */
export async function resolveAlertsOf(
  store: Store,
  requestId: string,
  resolve: { kinds: readonly AlertKind[]; by: string | null; at: Date },
): Promise<string[]> {
  const rows = await store.db
    .update(alerts)
    .set({ resolvedAt: resolve.at, resolvedBy: resolve.by })
    .where(
      and(
        eq(alerts.requestId, requestId),
        inArray(alerts.kind, [...resolve.kinds]),
        isNull(alerts.resolvedAt),
      ),
    )
    .returning({ id: alerts.id })
  return rows.map(row => row.id)
}

/** An alert of this kind that this person has raised since then and nobody has seen to. */
export async function findRecentAlert(
  store: Store,
  personId: string,
  kind: AlertKind,
  about: { since: Date; requestId?: string | null },
): Promise<{ id: string; dueAt: Date } | undefined> {
  const { since, requestId } = about
  const same = requestId === null ? isNull(alerts.requestId) : requestId && eq(alerts.requestId, requestId)
  const [row] = await store.db
    .select({ id: alerts.id, dueAt: alerts.dueAt })
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

/** Abuse, and whatever is about a request of the restricted queue: it is for those cleared only. */
const restricted = sql<boolean>`(alerts.kind = 'abuse' or exists (
  select 1 from requests r where r.id = alerts.request_id and r.route = 'restricted'))`

function open(store: Store, row: { alert: typeof alerts.$inferSelect; restricted: boolean }) {
  const { alert } = row
  const words = alert.words ? store.keys.open(`alerts.words.${alert.id}`, alert.words) : ''
  return { ...alert, kind: alert.kind as AlertKind, words, restricted: row.restricted }
}
