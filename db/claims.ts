import { randomInt } from 'node:crypto'
import { doorCodeTriesMax } from '../domain/request.ts'
import { watchFrom } from '../domain/watch.ts'
import { lostKinds, resolveAlertsOf } from './alerts.ts'
import type { Store } from './client.ts'
import { and, desc, eq, isNull, type SQL, sql } from './drizzle.ts'
import { isUuid, newId } from './ids.ts'
import { assignments, requests } from './schema.ts'
import { given, statement } from './statement.ts'

export interface Assignment {
  id: string
  requestId: string
  volunteerId: string
  regionId: string
  /** Four digits: the helper names the first two, the older person tells the last two. */
  doorCode: string
  startedAt: Date
}

/**
 * The volunteer takes an open request; the database decides who was first. Undefined: somebody else was, or the
 * request is no longer open.
 */
export async function claimRequest(
  store: Store,
  claim: { requestId: string; volunteerId: string; via: 'claim' | 'coordinator'; at: Date },
): Promise<Assignment | undefined> {
  const { requestId, volunteerId, via, at } = claim
  const id = newId()
  const doorCode = newDoorCode()
  const sealed = store.keys.seal(`assignments.door_code.${id}`, doorCode)
  const take = via === 'claim' ? takeFromGroup : takeForAnother
  const values = { id, disclosureId: newId(), requestId, volunteerId, via, sealed, at, ...watchFrom(at) }
  const [taken] = await take<{ regionId: string }>(store, values)
  return taken && { id, requestId, volunteerId, regionId: taken.regionId, doorCode, startedAt: at }
}

/**
 * Who holds the request from now on, and that they were shown where it is. Nobody hears of the older person before they
 * said yes; of a restricted matter no volunteer hears at all.
 */
function takeWhere(route: SQL) {
  return statement<{
    id: string
    disclosureId: string
    requestId: string
    volunteerId: string
    via: string
    sealed: Uint8Array
    at: Date
    watchSince: Date
    watchAt: Date
    watchStep: number
  }>(sql`
    with taken as (
      update requests set status = 'claimed', claimed_at = ${given('at')}, on_way_at = null, done_at = null,
        watch_since = ${given('watchSince')}, watch_at = ${given('watchAt')}, watch_step = ${given('watchStep')}
      where id = ${given('requestId')} and status = 'open' and ${route}
        and exists (select 1 from elders e where e.id = requests.elder_id and e.agreed)
      returning region_id, elder_id),
    held as (
      insert into assignments (id, request_id, region_id, volunteer_id, via, door_code, wrong_tries, started_at)
      select ${given('id')}::uuid, ${given('requestId')}::uuid, region_id, ${given('volunteerId')}::uuid,
        ${given('via')}, ${given('sealed')}::bytea, 0, ${given('at')}::timestamptz from taken),
    shown as (
      insert into disclosures (id, elder_id, request_id, person_id, at)
      select ${given('disclosureId')}::uuid, elder_id, ${given('requestId')}::uuid, ${given('volunteerId')}::uuid,
        ${given('at')}::timestamptz from taken)
    select region_id as "regionId" from taken`)
}

const takeFromGroup = takeWhere(sql`route = 'group'`)
const takeForAnother = takeWhere(sql`route <> 'restricted'`)

/** The assignment if it is still the volunteer's own and living. */
export async function findLivingAssignment(
  store: Store,
  by: { id: string; volunteerId: string } | { requestId: string },
): Promise<Assignment | undefined> {
  if ('requestId' in by) return findLiving(store, eq(assignments.requestId, by.requestId))
  const found = await findLivingById(store, by.id)
  return found?.volunteerId === by.volunteerId ? found : undefined
}

/** The assignment if it is living, whoever holds it: not for what somebody pressed. */
export async function findLivingById(store: Store, id: string): Promise<Assignment | undefined> {
  return isUuid(id) ? findLiving(store, eq(assignments.id, id)) : undefined
}

/** True of a living assignment, and it stays so until this transaction ends: what takes it back waits for that. */
export async function keepAlive(store: Store, id: string): Promise<boolean> {
  const rows = await store.db
    .select({ id: assignments.id })
    .from(assignments)
    .where(and(eq(assignments.id, id), isNull(assignments.endedAt)))
    .for('share')
  return rows.length > 0
}

/** What the volunteer holds now, the oldest first. */
export async function listLivingAssignments(store: Store, volunteerId: string): Promise<Assignment[]> {
  const rows = await store.db
    .select()
    .from(assignments)
    .where(and(eq(assignments.volunteerId, volunteerId), isNull(assignments.endedAt)))
    .orderBy(desc(assignments.startedAt))
  return rows.map(row => open(store, row)).reverse()
}

/** Ends the living assignment, and opens the request again if `reopen`. False if it had ended before. */
export async function endAssignment(
  store: Store,
  end: { assignmentId: string; reason: string; at: Date; reopen: boolean },
): Promise<boolean> {
  const [row] = await store.db
    .update(assignments)
    .set({ endedAt: end.at, endReason: end.reason })
    .where(and(eq(assignments.id, end.assignmentId), isNull(assignments.endedAt)))
    .returning({ requestId: assignments.requestId })
  if (!row) return false
  if (end.reopen) {
    await store.db
      .update(requests)
      .set({
        status: 'open',
        reopenedAt: end.at,
        claimedAt: null,
        onWayAt: null,
        doneAt: null,
        ...watchFrom(end.at),
      })
      .where(and(eq(requests.id, row.requestId), sql`${requests.status} in ('claimed', 'done')`))
    await resolveAlertsOf(store, row.requestId, { kinds: lostKinds, by: null, at: end.at })
  }
  return true
}

/** True the first time. */
export async function markOnWay(store: Store, requestId: string, at: Date): Promise<boolean> {
  const rows = await store.db
    .update(requests)
    .set({ onWayAt: at, ...watchFrom(at) })
    .where(and(eq(requests.id, requestId), eq(requests.status, 'claimed'), isNull(requests.onWayAt)))
    .returning({ id: requests.id })
  return rows.length > 0
}

/** The volunteer says it is done; the requester's word is awaited. True the first time. */
export async function markDone(store: Store, requestId: string, at: Date): Promise<boolean> {
  const rows = await store.db
    .update(requests)
    .set({ status: 'done', doneAt: at, ...watchFrom(at) })
    .where(and(eq(requests.id, requestId), eq(requests.status, 'claimed')))
    .returning({ id: requests.id })
  return rows.length > 0
}

/** Counts a wrong try at the door code; says how many are left. */
export async function countWrongTry(store: Store, assignmentId: string): Promise<number> {
  const [row] = await store.db
    .update(assignments)
    .set({ wrongTries: sql`${assignments.wrongTries} + 1` })
    .where(eq(assignments.id, assignmentId))
    .returning({ wrongTries: assignments.wrongTries })
  return Math.max(0, doorCodeTriesMax - (row?.wrongTries ?? doorCodeTriesMax))
}

export async function triesLeft(store: Store, assignmentId: string): Promise<number> {
  const [row] = await store.db
    .select({ wrongTries: assignments.wrongTries })
    .from(assignments)
    .where(eq(assignments.id, assignmentId))
  return Math.max(0, doorCodeTriesMax - (row?.wrongTries ?? doorCodeTriesMax))
}

/** Two different pairs, so that naming the first cannot be mistaken for telling the second. */
function newDoorCode(): string {
  const first = randomInt(10, 100)
  const second = (first + randomInt(1, 90) - 10) % 90
  return `${first}${second + 10}`
}

async function findLiving(store: Store, which: SQL): Promise<Assignment | undefined> {
  const [row] = await store.db
    .select()
    .from(assignments)
    .where(and(which, isNull(assignments.endedAt)))
  return row && open(store, row)
}

function open(store: Store, row: typeof assignments.$inferSelect): Assignment {
  const { id, requestId, volunteerId, regionId, startedAt } = row
  const doorCode = store.keys.open(`assignments.door_code.${id}`, row.doorCode)
  return { id, requestId, volunteerId, regionId, doorCode, startedAt }
}
