import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { VolunteerStatus } from '../domain/roles.ts'
import type { Store } from './client.ts'
import { isUuid } from './ids.ts'
import {
  assignments,
  groupDistricts,
  groups,
  people,
  volunteerCategories,
  volunteerDistricts,
  volunteers,
} from './schema.ts'

export interface NewVolunteer {
  personId: string
  regionId: string
  districtIds: readonly string[]
  categories: readonly string[]
  wantedRequestId: string | null
  at: Date
}

/** Keeps the form of somebody who wants to help; a coordinator decides. */
export async function applyAsVolunteer(store: Store, form: NewVolunteer) {
  const { personId, regionId, wantedRequestId } = form
  const values = {
    regionId,
    wantedRequestId,
    status: 'pending',
    promisedAt: form.at,
    decidedBy: null,
    decidedAt: null,
  }
  await store.db
    .insert(volunteers)
    .values({ personId, ...values })
    .onConflictDoUpdate({ target: volunteers.personId, set: values })
  await store.db.delete(volunteerDistricts).where(eq(volunteerDistricts.personId, personId))
  await store.db.delete(volunteerCategories).where(eq(volunteerCategories.personId, personId))
  await store.db
    .insert(volunteerDistricts)
    .values(form.districtIds.map(districtId => ({ personId, districtId })))
  if (form.categories.length === 0) return
  await store.db.insert(volunteerCategories).values(form.categories.map(category => ({ personId, category })))
}

export interface Volunteer {
  personId: string
  regionId: string
  status: VolunteerStatus
  wantedRequestId: string | null
  districtIds: string[]
}

export async function findVolunteer(store: Store, personId: string): Promise<Volunteer | undefined> {
  if (!isUuid(personId)) return undefined
  const [row] = await store.db.select().from(volunteers).where(eq(volunteers.personId, personId))
  if (!row) return undefined
  const districts = await store.db
    .select({ districtId: volunteerDistricts.districtId })
    .from(volunteerDistricts)
    .where(eq(volunteerDistricts.personId, personId))
  return {
    ...row,
    status: row.status as VolunteerStatus,
    districtIds: districts.map(entry => entry.districtId),
  }
}

/** Decides once. False if the form was decided by somebody else meanwhile. */
export async function decideVolunteer(
  store: Store,
  personId: string,
  decision: { status: 'approved' | 'declined'; by: string; at: Date },
): Promise<boolean> {
  const rows = await store.db
    .update(volunteers)
    .set({ status: decision.status, decidedBy: decision.by, decidedAt: decision.at })
    .where(and(eq(volunteers.personId, personId), eq(volunteers.status, 'pending')))
    .returning({ personId: volunteers.personId })
  return rows.length > 0
}

/** Approved helpers of a district with the number of requests they hold, the least busy first. */
export async function listApprovedVolunteers(
  store: Store,
  districtId: string,
  limit: number,
): Promise<{ personId: string; name: string; holding: number }[]> {
  const holding = sql<number>`(select count(*)::int from ${assignments}
    where ${assignments.volunteerId} = ${volunteers.personId} and ${assignments.endedAt} is null)`
  const rows = await store.db
    .select({ personId: volunteers.personId, name: people.name, holding })
    .from(volunteerDistricts)
    .innerJoin(volunteers, eq(volunteers.personId, volunteerDistricts.personId))
    .innerJoin(people, eq(people.id, volunteers.personId))
    .where(and(eq(volunteerDistricts.districtId, districtId), eq(volunteers.status, 'approved')))
    .orderBy(sql`3`, people.name)
    .limit(limit)
  return rows.map(row => ({ ...row, name: row.name ?? '' }))
}

export async function listPendingVolunteers(
  store: Store,
  regionId: string | null,
  limit: number,
): Promise<{ personId: string; name: string; regionId: string }[]> {
  const inRegion = regionId ? eq(volunteers.regionId, regionId) : undefined
  const rows = await store.db
    .select({ personId: volunteers.personId, name: people.name, regionId: volunteers.regionId })
    .from(volunteers)
    .innerJoin(people, eq(people.id, volunteers.personId))
    .where(and(inRegion, eq(volunteers.status, 'pending')))
    .orderBy(volunteers.promisedAt)
    .limit(limit)
  return rows.map(row => ({ ...row, name: row.name ?? '' }))
}

export interface Group {
  id: string
  channel: string
  chat: string
  language: string
}

/** The volunteers' groups that hear of a district. */
export async function listGroupsOf(store: Store, districtId: string): Promise<Group[]> {
  return store.db
    .select({ id: groups.id, channel: groups.channel, chat: groups.chat, language: groups.language })
    .from(groupDistricts)
    .innerJoin(groups, eq(groups.id, groupDistricts.groupId))
    .where(and(eq(groupDistricts.districtId, districtId), eq(groups.active, true)))
}

/** Living assignments of these requests, for a coordinator's list. */
export async function listHolders(
  store: Store,
  requestIds: readonly string[],
): Promise<{ requestId: string; personId: string; name: string }[]> {
  if (requestIds.length === 0) return []
  const rows = await store.db
    .select({ requestId: assignments.requestId, personId: people.id, name: people.name })
    .from(assignments)
    .innerJoin(people, eq(people.id, assignments.volunteerId))
    .where(and(inArray(assignments.requestId, [...requestIds]), isNull(assignments.endedAt)))
  return rows.map(row => ({ ...row, name: row.name ?? '' }))
}
