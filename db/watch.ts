import { claimedSteps, watchFrom } from '../domain/watch.ts'
import type { Store } from './client.ts'
import { and, asc, eq, gt, inArray, isNotNull, lte, ne } from './drizzle.ts'
import { openRequest, type Request } from './requests.ts'
import { requests } from './schema.ts'

/** What the clock has to look at by now, the longest waiting first. */
export async function listWatched(store: Store, at: Date, limit: number): Promise<string[]> {
  const rows = await store.db
    .select({ id: requests.id })
    .from(requests)
    .where(and(isNotNull(requests.watchAt), lte(requests.watchAt, at)))
    .orderBy(asc(requests.watchAt))
    .limit(limit)
  return rows.map(({ id }) => id)
}

export interface Watched {
  request: Request
  /** Since when it waits in its status. */
  since: Date
  /** How many steps are planned or done; 0 if none is planned yet. */
  step: number
}

/** Takes one for this transaction. Undefined if another process has it or it needs no look any more. */
export async function takeWatched(store: Store, id: string, at: Date): Promise<Watched | undefined> {
  const [row] = await store.db
    .select()
    .from(requests)
    .where(and(eq(requests.id, id), isNotNull(requests.watchAt), lte(requests.watchAt, at)))
    .for('update', { skipLocked: true })
  return (
    row && { request: openRequest(store, row), since: row.watchSince ?? row.createdAt, step: row.watchStep }
  )
}

/** Plans the next look; without one the clock leaves the request alone until its status changes. */
export async function planWatch(store: Store, id: string, next: { step: number; at: Date } | undefined) {
  const set = next ? { watchStep: next.step, watchAt: next.at } : { watchAt: null }
  await store.db.update(requests).set(set).where(eq(requests.id, id))
}

/** It waits anew in its status: its helper is still on it, or only now can somebody hear of it. */
export async function watchAnew(store: Store, id: string, at: Date) {
  await store.db
    .update(requests)
    .set(watchFrom(at))
    .where(and(eq(requests.id, id), ne(requests.status, 'closed')))
}

/** Which of these their helper was reminded of and has said nothing about since. The step behind the first is planned. */
export async function listAskedAbout(store: Store, requestIds: readonly string[]): Promise<string[]> {
  if (requestIds.length === 0) return []
  const asked = gt(requests.watchStep, claimedSteps.indexOf('remind') + 1)
  const rows = await store.db
    .select({ id: requests.id })
    .from(requests)
    .where(and(inArray(requests.id, [...requestIds]), eq(requests.status, 'claimed'), asked))
  return rows.map(({ id }) => id)
}
