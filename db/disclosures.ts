import { rowsOf, type Store } from './client.ts'
import { and, eq, sql } from './drizzle.ts'
import { newId } from './ids.ts'
import { disclosures } from './schema.ts'

/** Puts on record that a person was shown an elder's address or phone: for a request, or for a call without one. */
export async function recordDisclosure(
  store: Store,
  disclosure: { elderId: string; requestId: string; personId: string; at: Date },
) {
  await store.db.insert(disclosures).values({ id: newId(), ...disclosure })
}

/** Those who were shown the address for this request. */
export async function listDisclosed(
  store: Store,
  request: { id: string; elderId: string },
): Promise<string[]> {
  const rows = await store.db
    .selectDistinct({ personId: disclosures.personId })
    .from(disclosures)
    .where(and(eq(disclosures.elderId, request.elderId), eq(disclosures.requestId, request.id)))
  return rows.map(row => row.personId)
}

/** That somebody was shown an older person's address, as it is read afterwards. */
export interface Disclosure {
  personId: string
  /** Null of somebody whose data is erased. */
  name: string | null
  /** True of a helper who held the request; else a coordinator looked. */
  helped: boolean
  at: Date
  /** Null if they were called without a request: then the call stands in its place. */
  number: number | null
  requesterId: string
  regionId: string | null
  districtId: string | null
  route: string
}

/** Who was shown this older person's address, the last first. */
export async function listDisclosures(store: Store, elderId: string, limit: number): Promise<Disclosure[]> {
  const found = await store.db.execute(sql`
    select d.person_id as "personId", p.name, d.at, r.number,
      coalesce(r.requester_id, c.person_id) as "requesterId", coalesce(r.region_id, c.region_id) as "regionId",
      coalesce(r.district_id, c.district_id) as "districtId",
      coalesce(r.route, case c.kind when 'abuse' then 'restricted' else 'group' end) as route,
      exists (select 1 from assignments a where a.volunteer_id = d.person_id and a.request_id = d.request_id) as helped
    from disclosures d join people p on p.id = d.person_id left join requests r on r.id = d.request_id
    left join alerts c on r.id is null and c.id = d.request_id
    where d.elder_id = ${elderId} order by d.at desc, d.id desc limit ${limit}`)
  return rowsOf<Omit<Disclosure, 'at'> & { at: string }>(found).map(row => ({ ...row, at: new Date(row.at) }))
}
