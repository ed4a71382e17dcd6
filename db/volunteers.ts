import type { Territory, VolunteerStatus } from '../domain/roles.ts'
import type { Store } from './client.ts'
import { and, type Column, eq, inArray, lte, not, or, type SQL, sql } from './drizzle.ts'
import { isUuid } from './ids.ts'
import { isReachable } from './people.ts'
import { runs } from './running.ts'
import {
  assignments,
  groupDistricts,
  groups,
  people,
  relatives,
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

/**
 * Keeps the form of somebody who wants to help; a coordinator decides. False if one has decided meanwhile: a form left
 * half-done undoes no suspension.
 */
export async function applyAsVolunteer(store: Store, form: NewVolunteer): Promise<boolean> {
  const { personId, regionId, wantedRequestId } = form
  const values = {
    regionId,
    wantedRequestId,
    status: 'pending',
    promisedAt: form.at,
    decidedBy: null,
    decidedAt: null,
  }
  const undecided = inArray(volunteers.status, ['pending', 'declined'])
  const [kept] = await store.db
    .insert(volunteers)
    .values({ personId, ...values })
    .onConflictDoUpdate({ target: volunteers.personId, set: values, setWhere: undecided })
    .returning({ personId: volunteers.personId })
  if (!kept) return false
  await store.db.delete(volunteerDistricts).where(eq(volunteerDistricts.personId, personId))
  await store.db.delete(volunteerCategories).where(eq(volunteerCategories.personId, personId))
  await store.db
    .insert(volunteerDistricts)
    .values(form.districtIds.map(districtId => ({ personId, districtId })))
  if (form.categories.length === 0) return true
  await store.db.insert(volunteerCategories).values(form.categories.map(category => ({ personId, category })))
  return true
}

export interface Volunteer {
  personId: string
  regionId: string
  status: VolunteerStatus
  decidedBy: string | null
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

/** One more district that this volunteer helps in. */
export async function addDistrict(store: Store, personId: string, districtId: string) {
  await store.db.insert(volunteerDistricts).values({ personId, districtId }).onConflictDoNothing()
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

/** The part of a request that tells whose it is. */
export interface Need {
  requesterId: string
  elderId: string
}

/** True of who asked for this help and of who stands behind the older person: they do not come to themselves. */
export async function isOwnNeed(store: Store, personId: string, need: Need): Promise<boolean> {
  return (await store.db.$count(people, and(eq(people.id, personId), owns(people.id, need)))) > 0
}

function owns(personId: Column, { requesterId, elderId }: Need): SQL {
  return sql`(${personId} = ${requesterId} or exists (select 1 from ${relatives}
    where ${relatives.personId} = ${personId} and ${relatives.elderId} = ${elderId}))`
}

/**
 * Approved helpers of the request's district who are on duty and whom the bot can write to, with what they hold now;
 * the least busy first.
 */
export async function listApprovedVolunteers(
  store: Store,
  { districtId, ...need }: Need & { districtId: string },
  { at, limit, only }: { at: Date; limit: number; only?: string },
): Promise<{ personId: string; name: string; holding: number }[]> {
  const holding = sql<number>`(select count(*)::int from ${assignments}
    where ${assignments.volunteerId} = ${volunteers.personId} and ${assignments.endedAt} is null)`
  const rows = await store.db
    .select({ personId: volunteers.personId, name: people.name, holding })
    .from(volunteerDistricts)
    .innerJoin(volunteers, eq(volunteers.personId, volunteerDistricts.personId))
    .innerJoin(people, eq(people.id, volunteers.personId))
    .where(
      and(
        eq(volunteerDistricts.districtId, districtId),
        only ? eq(volunteers.personId, only) : undefined,
        eq(volunteers.status, 'approved'),
        or(volunteers.onDuty, lte(volunteers.offUntil, at)),
        isReachable(store, volunteers.personId),
        not(owns(volunteers.personId, need)),
      ),
    )
    .orderBy(sql`3`, people.name, people.id)
    .limit(limit)
  return rows.map(row => ({ ...row, name: row.name ?? '' }))
}

/** Forms that wait in these territories, the oldest first. */
export async function listPendingVolunteers(
  store: Store,
  roles: readonly Territory[],
  limit: number,
): Promise<string[]> {
  const rows = await store.db
    .select({ personId: volunteers.personId })
    .from(volunteers)
    .where(and(eq(volunteers.status, 'pending'), appliesIn(roles)))
    .orderBy(volunteers.promisedAt)
    .limit(limit)
  return rows.map(row => row.personId)
}

/** Volunteers whom the holders of these territories answer for. */
export function appliesIn(roles: readonly Territory[]): SQL {
  const each = roles.map(({ regionId, districtId }) => {
    const inDistrict = sql`exists (select 1 from ${volunteerDistricts}
      where ${volunteerDistricts.personId} = ${volunteers.personId} and ${volunteerDistricts.districtId} = ${districtId})`
    const inRegion = regionId ? eq(volunteers.regionId, regionId) : undefined
    return and(inRegion, districtId ? inDistrict : undefined) ?? sql`true`
  })
  return or(...each) ?? sql`false`
}

export async function listSkills(store: Store, personId: string): Promise<string[]> {
  const rows = await store.db
    .select({ category: volunteerCategories.category })
    .from(volunteerCategories)
    .where(eq(volunteerCategories.personId, personId))
  return rows.map(row => row.category)
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
    .where(
      and(eq(groupDistricts.districtId, districtId), eq(groups.active, true), runs(store, groups.channel)),
    )
}
