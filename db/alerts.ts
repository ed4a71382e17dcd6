import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Store } from './client.ts'
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
  return row && { ...row, words: row.words ? store.keys.open(`alerts.words.${id}`, row.words) : '' }
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

/** True if this person has raised an alert of this kind since then that nobody has seen to. */
export async function recentAlert(
  store: Store,
  personId: string,
  kind: AlertKind,
  since: Date,
): Promise<boolean> {
  const [row] = await store.db
    .select({ id: alerts.id })
    .from(alerts)
    .where(
      and(
        eq(alerts.personId, personId),
        eq(alerts.kind, kind),
        gt(alerts.createdAt, since),
        isNull(alerts.resolvedAt),
      ),
    )
    .limit(1)
  return row !== undefined
}
