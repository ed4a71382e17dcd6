import type { Territory, VolunteerStatus } from '../domain/roles.ts'
import type { Reason } from '../domain/volunteer.ts'
import { type Assignment, endAssignment, listLivingAssignments } from './claims.ts'
import { rowsOf, type Store, transact } from './client.ts'
import { and, eq, inArray, sql } from './drizzle.ts'
import { isUuid } from './ids.ts'
import { getRequest } from './requests.ts'
import { volunteers } from './schema.ts'
import { appliesIn } from './volunteers.ts'

export const vettingFilters = ['pending', 'approved', 'declined', 'suspended'] as const

/** How many volunteers of these territories are in each state. */
export async function countVolunteers(
  store: Store,
  roles: readonly Territory[],
): Promise<Record<VolunteerStatus, number>> {
  const rows = await store.db
    .select({ status: volunteers.status, n: sql<number>`count(*)::int` })
    .from(volunteers)
    .where(appliesIn(roles))
    .groupBy(volunteers.status)
  const of = (status: VolunteerStatus) => rows.find(row => row.status === status)?.n ?? 0
  return {
    pending: of('pending'),
    approved: of('approved'),
    declined: of('declined'),
    suspended: of('suspended'),
  }
}

export interface Listed {
  personId: string
  name: string
  status: VolunteerStatus
}

/** Volunteers of these territories in one state, or those whose name is like what was typed, mistakes allowed. */
export async function listVolunteers(
  store: Store,
  roles: readonly Territory[],
  which: { status: VolunteerStatus } | { name: string },
  page: { limit: number; offset: number },
): Promise<Listed[]> {
  const like = 'name' in which && sql`word_similarity(lower(${which.name}), lower(people.name))`
  const fits =
    like && 'name' in which
      ? sql`(position(lower(${which.name}) in lower(people.name)) > 0 or ${like} >= 0.4)`
      : sql`volunteers.status = ${'status' in which ? which.status : ''}`
  const first = like ? sql`${like} desc,` : sql``
  const result = await store.db.execute(sql`
    select volunteers.person_id as "personId", coalesce(people.name, '') as name, volunteers.status
    from volunteers join people on people.id = volunteers.person_id
    where ${appliesIn(roles)} and ${fits}
    order by ${first} people.name, volunteers.person_id limit ${page.limit} offset ${page.offset}`)
  return rowsOf<Listed>(result)
}

export interface VolunteerCard {
  personId: string
  name: string
  regionId: string
  status: VolunteerStatus
  reason: Reason | undefined
  decidedAt: Date | null
  decidedBy: string | null
  onDuty: boolean
  offUntil: Date | null
  askedAt: Date | null
  /** Numbers of the requests they hold now. */
  holding: number[]
  done: number
}

/** A volunteer as their coordinator sees them; whose territory it is, the caller judges. */
export async function findVolunteerCard(store: Store, personId: string): Promise<VolunteerCard | undefined> {
  if (!isUuid(personId)) return undefined
  const [row] = await store.db.select().from(volunteers).where(eq(volunteers.personId, personId))
  if (!row) return undefined
  const result = await store.db.execute(sql`
    select (select p.name from people p where p.id = ${personId}) as name,
      (select p.name from people p where p.id = ${row.decidedBy}) as "decidedBy",
      (select coalesce(json_agg(r.number order by r.number), '[]') from assignments a join requests r on r.id = a.request_id
        where a.volunteer_id = ${personId} and a.ended_at is null) as holding,
      (select count(*)::int from assignments a where a.volunteer_id = ${personId} and a.minutes is not null) as done`)
  const [more] = rowsOf<Pick<VolunteerCard, 'decidedBy' | 'holding' | 'done'> & { name: string | null }>(
    result,
  )
  const { decidedAt, onDuty, offUntil, askedAt, regionId } = row
  return {
    personId,
    regionId,
    decidedAt,
    onDuty,
    offUntil,
    askedAt,
    status: row.status as VolunteerStatus,
    reason: openReason(store, row),
    decidedBy: row.decidedBy === personId ? null : (more?.decidedBy ?? null),
    name: more?.name ?? '',
    holding: more?.holding ?? [],
    done: more?.done ?? 0,
  }
}

export interface NewDecision {
  status: VolunteerStatus
  by: string
  at: Date
  reason?: Reason
}

/** Decides about a volunteer who is in one of these states. False if somebody else was faster. */
export async function decide(
  store: Store,
  personId: string,
  decision: NewDecision & { from: readonly VolunteerStatus[] },
): Promise<boolean> {
  const rows = await store.db
    .update(volunteers)
    .set(decisionColumns(store, personId, decision))
    .where(and(eq(volunteers.personId, personId), inArray(volunteers.status, [...decision.from])))
    .returning({ personId: volunteers.personId })
  return rows.length > 0
}

function decisionColumns(store: Store, personId: string, { status, by, at, reason }: NewDecision) {
  const sealed = reason && store.keys.seal(`volunteers.decision_reason.${personId}`, JSON.stringify(reason))
  return { status, decidedBy: by, decidedAt: at, decisionReason: sealed ?? null }
}

export interface Suspended {
  regionId: string
  /** What they held: the request is open again. */
  released: Assignment[]
  /** What they have called done: the asker's word is awaited as before. */
  kept: Assignment[]
}

/**
 * Suspends an approved volunteer and takes back all they hold, in one transaction: a suspended one could not give it
 * back. Undefined if they were not approved.
 */
export function suspendVolunteer(
  outer: Store,
  personId: string,
  decision: { by: string; at: Date; reason?: Reason },
): Promise<Suspended | undefined> {
  return transact(outer, async store => {
    const [row] = await store.db
      .update(volunteers)
      .set(decisionColumns(store, personId, { ...decision, status: 'suspended' }))
      .where(and(eq(volunteers.personId, personId), eq(volunteers.status, 'approved')))
      .returning({ regionId: volunteers.regionId })
    if (!row) return undefined
    const suspended: Suspended = { ...row, released: [], kept: [] }
    for (const assignment of await listLivingAssignments(store, personId)) {
      const { status } = await getRequest(store, assignment.requestId)
      const end = { assignmentId: assignment.id, reason: 'suspended', at: decision.at, reopen: true }
      const open = status === 'claimed' && (await endAssignment(store, end))
      suspended[open ? 'released' : 'kept'].push(assignment)
    }
    return suspended
  })
}

function openReason(store: Store, row: typeof volunteers.$inferSelect): Reason | undefined {
  if (!row.decisionReason) return undefined
  return JSON.parse(
    store.keys.open(`volunteers.decision_reason.${row.personId}`, row.decisionReason),
  ) as Reason
}
