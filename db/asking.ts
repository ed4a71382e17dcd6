import { claimsMax } from '../domain/volunteer.ts'
import { rowsOf, type Store } from './client.ts'
import { eq, sql } from './drizzle.ts'
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
 * about it before and about nothing today; those not asked for longest first.
 */
export async function listToAsk(
  store: Store,
  sought: Sought,
  reach: { where: 'district' | 'region'; limit: number },
): Promise<string[]> {
  const here = sql`exists (select 1 from volunteer_districts d
    where d.person_id = v.person_id and d.district_id = ${sought.districtId})`
  const result = await store.db.execute(sql`
    select v.person_id as id from volunteers v
    where v.region_id = ${sought.regionId} and v.status = 'approved' and ${reach.where === 'district' ? here : sql`not ${here}`}
      and (v.on_duty or v.off_until <= ${sought.at.toISOString()})
      and v.person_id <> ${sought.requesterId}
      and not exists (select 1 from relatives r where r.person_id = v.person_id and r.elder_id = ${sought.elderId})
      and not exists (select 1 from askings a where a.person_id = v.person_id and a.request_id = ${sought.requestId})
      and not exists (select 1 from unasked_days u where u.person_id = v.person_id and u.day = ${sought.day})
      and (select count(*) from assignments h where h.volunteer_id = v.person_id and h.ended_at is null) < ${claimsMax}
      and (not exists (select 1 from volunteer_categories c where c.person_id = v.person_id)
        or exists (select 1 from volunteer_categories c where c.person_id = v.person_id and c.category = ${sought.category}))
      and exists (select 1 from addresses w where w.person_id = v.person_id and w.reachable)
    order by v.asked_at nulls first, v.person_id limit ${reach.limit}`)
  return rowsOf<{ id: string }>(result).map(({ id }) => id)
}

/** Notes that this volunteer is asked now. */
export async function noteAsked(store: Store, asked: { requestId: string; personId: string; at: Date }) {
  await store.db.insert(askings).values(asked).onConflictDoNothing()
  await store.db.update(volunteers).set({ askedAt: asked.at }).where(eq(volunteers.personId, asked.personId))
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
