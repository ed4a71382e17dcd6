import { claimsMax, type Duty } from '../domain/volunteer.ts'
import { rowsOf, type Store } from './client.ts'
import { and, eq, sql } from './drizzle.ts'
import { askings, volunteers } from './schema.ts'

/** Whether this volunteer may be asked; undefined of who is none. */
export async function findDuty(store: Store, personId: string): Promise<Duty | undefined> {
  const [row] = await store.db
    .select({ onDuty: volunteers.onDuty, offUntil: volunteers.offUntil })
    .from(volunteers)
    .where(eq(volunteers.personId, personId))
  return row
}

export async function setDuty(store: Store, personId: string, duty: Duty) {
  await store.db.update(volunteers).set(duty).where(eq(volunteers.personId, personId))
}

/** Whether somebody may be given one more: not approved (any more), as much as one may hold, or free for it. */
export type Capacity = 'notApproved' | 'full' | 'free'

/**
 * Locks the volunteer's row until this transaction ends, so that of two claims at once, or of a claim and an
 * assignment, the second sees the first. A suspension waits for it and then finds what was claimed. What waits only
 * for the asker's word is no work any more and does not count.
 */
export async function holdCapacity(store: Store, personId: string): Promise<Capacity> {
  const approved = and(eq(volunteers.personId, personId), eq(volunteers.status, 'approved'))
  const rows = await store.db
    .select({ personId: volunteers.personId })
    .from(volunteers)
    .where(approved)
    .for('update')
  if (rows.length === 0) return 'notApproved'
  // A statement of its own, after the wait for the lock: else it would count what was there before.
  const result = await store.db.execute(sql`
    select count(*)::int as n from assignments a join requests r on r.id = a.request_id
    where a.volunteer_id = ${personId} and a.ended_at is null and r.status = 'claimed'`)
  return Number(rowsOf<{ n: number }>(result)[0]?.n) < claimsMax ? 'free' : 'full'
}

/** Their answer is no longer waited for: the requests they were asked about. */
export async function endAskingsOf(store: Store, personId: string): Promise<string[]> {
  const rows = await store.db
    .delete(askings)
    .where(eq(askings.personId, personId))
    .returning({ requestId: askings.requestId })
  return rows.map(({ requestId }) => requestId)
}
