import { claimsMax } from '../domain/volunteer.ts'
import { rowsOf, type Store } from './client.ts'
import { and, eq, inArray, lt, sql } from './drizzle.ts'
import { runs } from './running.ts'
import { askings, unaskedDays, volunteers } from './schema.ts'

export interface Sought {
  requestId: string
  requesterId: string
  elderId: string
  regionId: string
  districtId: string
  category: string
  /** The local day there: nobody hears from us unasked twice in one. */
  day: string
  at: Date
}

/**
 * Whom to ask next about an open request: approved, on duty, reachable, not busy, for this kind of help, not asked
 * about it before, about nothing today, and not who gave it back; those not asked for longest first. All but the
 * first few conditions are looked up for one volunteer after another until enough are found: `is true` and
 * `is false` keep the planner from answering them for everybody at once.
 */
export async function listToAsk(
  store: Store,
  sought: Sought,
  reach: { where: 'district' | 'region'; limit: number; on?: readonly string[] | undefined },
): Promise<string[]> {
  const { requestId, requesterId, elderId, regionId, districtId, category, day } = sought
  const here = sql`exists (select 1 from volunteer_districts d
    where d.person_id = v.person_id and d.district_id = ${districtId})`
  const result = await store.db.execute(sql`
    select v.person_id as id from (
      select v.person_id, v.asked_at from volunteers v
      where v.region_id = ${regionId} and v.status = 'approved' and v.person_id <> ${requesterId}
        and (v.on_duty or v.off_until <= ${sought.at.toISOString()})
        and ${reach.where === 'district' ? here : sql`not ${here}`}
      order by v.asked_at nulls first, v.person_id offset 0) v
    where exists (select 1 from relatives r where r.person_id = v.person_id and r.elder_id = ${elderId}) is false
      and exists (select 1 from askings a where a.person_id = v.person_id and a.request_id = ${requestId}) is false
      and exists (select 1 from unasked_days u where u.person_id = v.person_id and u.day = ${day}) is false
      and exists (select 1 from assignments g
        where g.volunteer_id = v.person_id and g.request_id = ${requestId}) is false
      and (select count(*) from assignments h join requests b on b.id = h.request_id
        where h.volunteer_id = v.person_id and h.ended_at is null and b.status = 'claimed') < ${claimsMax}
      and coalesce((select bool_or(c.category = ${category}) from volunteer_categories c
        where c.person_id = v.person_id), true)
      and exists (select 1 from addresses w
        where w.person_id = v.person_id and w.reachable and ${runs(store, sql`w.channel`)}) is true
      ${reach.on ? sql`and ${writesOn(store, reach.on)}` : sql``}
    order by v.asked_at nulls first, v.person_id limit ${reach.limit}`)
  return rowsOf<{ id: string }>(result).map(({ id }) => id)
}

/** Where the volunteer `v` last wrote is where they are reached. */
function writesOn(store: Store, channels: readonly string[]) {
  const last = sql`(select w.channel from addresses w
    where w.person_id = v.person_id and w.reachable and ${runs(store, sql`w.channel`)}
    order by w.last_inbound_at desc limit 1)`
  return inArray(last, [...channels])
}

/** Notes that this volunteer is asked now. */
export async function noteAsked(store: Store, asked: { requestId: string; personId: string; at: Date }) {
  await store.db.insert(askings).values(asked).onConflictDoNothing()
  await store.db.update(volunteers).set({ askedAt: asked.at }).where(eq(volunteers.personId, asked.personId))
}

/** True of a volunteer who was asked in private and whose answer is still waited for. */
export async function isAsked(
  store: Store,
  asking: { requestId: string; personId: string },
): Promise<boolean> {
  const { requestId, personId } = asking
  const row = and(eq(askings.requestId, requestId), eq(askings.personId, personId))
  return (await store.db.$count(askings, row)) > 0
}

/** True if at least one volunteer was asked in private about this open request. */
export async function isAnyoneAsked(store: Store, requestId: string): Promise<boolean> {
  return (await store.db.$count(askings, eq(askings.requestId, requestId))) > 0
}

/** Nobody is waited for any more: says who was, and forgets it. */
export async function endAskings(store: Store, requestId: string): Promise<string[]> {
  const rows = await store.db
    .delete(askings)
    .where(eq(askings.requestId, requestId))
    .returning({ personId: askings.personId })
  return rows.map(({ personId }) => personId)
}

/** True if this person has not heard from us unasked on this local day: now they have. */
export async function takeUnaskedDay(store: Store, personId: string, day: string): Promise<boolean> {
  const rows = await store.db
    .insert(unaskedDays)
    .values({ personId, day })
    .onConflictDoNothing()
    .returning({ day: unaskedDays.day })
  return rows.length > 0
}

/** The same for many at once: those who now hear from us on that day. */
export async function takeUnaskedDays(
  store: Store,
  personIds: readonly string[],
  day: string,
): Promise<Set<string>> {
  if (personIds.length === 0) return new Set()
  const rows = await store.db
    .insert(unaskedDays)
    .values(personIds.map(personId => ({ personId, day })))
    .onConflictDoNothing()
    .returning({ personId: unaskedDays.personId })
  return new Set(rows.map(({ personId }) => personId))
}

export async function forgetUnaskedBefore(store: Store, day: string) {
  await store.db.delete(unaskedDays).where(lt(unaskedDays.day, day))
}
