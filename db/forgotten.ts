import { districts } from '../domain/districts.ts'
import { covers, type Role } from '../domain/roles.ts'
import { claimsMax, forgottenAfterDays } from '../domain/volunteer.ts'
import { rowsOf, type Store } from './client.ts'
import { type SQL, sql } from './drizzle.ts'
import { isUuid } from './ids.ts'
import { runs } from './running.ts'

export interface Forgotten {
  elderId: string
  name: string
  regionId: string
  districtId: string
  /** Whole days since anybody of us saw or spoke to them. */
  days: number
}

const dayMs = 86_400_000

/**
 * Older people of these territories whom nobody has seen or spoken to for long and whom nobody is about to help.
 * Who has not agreed yet is on another list already: a coordinator has to call them first.
 */
export async function countForgotten(store: Store, roles: readonly Role[], at: Date): Promise<number> {
  const result = await store.db.execute(countedForgotten(roles, at))
  return Number(rowsOf<{ n: number }>(result)[0]?.n ?? 0)
}

/**
 * The same as a query, for a statement that asks more. In several districts there are so many that whoever is about to
 * be helped is gathered first; a plan made for any territory would take them for few, and sort them all.
 */
export function countedForgotten(roles: readonly Role[], at: Date): SQL {
  const alone =
    districtsIn(roles).length > 1
      ? sql`e.id not in (select r.elder_id from requests r where r.status <> 'closed')`
      : unhelped
  return sql`select count(*)::int as n from elders e where ${unseenIn(roles, at)} and ${alone}`
}

/** The same people, those who have waited longest first. */
export async function listForgotten(
  store: Store,
  roles: readonly Role[],
  page: { at: Date; limit: number; offset: number },
): Promise<Forgotten[]> {
  const result = await store.db.execute(sql`
    select ${columns} from elders e where ${forgottenIn(roles, page.at)}
    order by coalesce(e.last_contact_at, e.created_at), e.id limit ${page.limit} offset ${page.offset}`)
  return rowsOf<Row>(result).map(row => open(row, page.at))
}

/** One of them, held until this transaction ends; undefined if somebody has seen to them meanwhile. */
export async function holdForgotten(
  store: Store,
  elderId: string,
  roles: readonly Role[],
  at: Date,
): Promise<Forgotten | undefined> {
  if (!isUuid(elderId)) return undefined
  await store.db.execute(sql`select 1 from elders where id = ${elderId} for update`)
  const result = await store.db.execute(
    sql`select ${columns} from elders e where e.id = ${elderId} and ${forgottenIn(roles, at)}`,
  )
  const [row] = rowsOf<Row>(result)
  return row && open(row, at)
}

export interface Idle {
  personId: string
  name: string
  /** Their last help or claim; null if they never had one. */
  lastTaskAt: string | null
}

/**
 * Helpers in reach of an older person: of the district, approved, on duty, reachable, not busy, not asked about
 * anything today; first who never had a task, then whose last one is longest ago.
 */
export async function listIdle(
  store: Store,
  near: { elderId: string; regionId: string; districtId: string; day: string; at: Date; personId?: string },
  limit: number,
): Promise<Idle[]> {
  const only = near.personId ? sql`and v.person_id = ${near.personId}` : sql``
  const result = await store.db.execute(sql`
    select v.person_id as "personId", coalesce(p.name, '') as name, last.at as "lastTaskAt"
    from volunteer_districts d
    join volunteers v on v.person_id = d.person_id
    join people p on p.id = v.person_id
    left join lateral (select a.started_at as at from assignments a where a.volunteer_id = v.person_id
      order by a.started_at desc limit 1) last on true
    where d.district_id = ${near.districtId} and v.region_id = ${near.regionId} and v.status = 'approved' ${only}
      and (v.on_duty or v.off_until <= ${near.at.toISOString()}::timestamptz)
      and exists (select 1 from addresses w
        where w.person_id = v.person_id and w.reachable and ${runs(store, sql`w.channel`)})
      and not exists (select 1 from relatives r where r.person_id = v.person_id and r.elder_id = ${near.elderId})
      and not exists (select 1 from unasked_days u where u.person_id = v.person_id and u.day = ${near.day})
      and (select count(*) from assignments h join requests b on b.id = h.request_id
        where h.volunteer_id = v.person_id and h.ended_at is null and b.status = 'claimed') < ${claimsMax}
    order by last.at nulls first, v.asked_at nulls first, v.person_id limit ${limit}`)
  return rowsOf<{ personId: string; name: string; lastTaskAt: string | Date | null }>(result).map(row => ({
    ...row,
    lastTaskAt: row.lastTaskAt === null ? null : new Date(row.lastTaskAt).toISOString(),
  }))
}

/** When somebody of us has seen or spoken to them. */
export async function noteContact(store: Store, elderId: string, at: Date) {
  await store.db.execute(sql`
    update elders set last_contact_at = greatest(coalesce(last_contact_at, created_at), ${at.toISOString()}::timestamptz)
    where id = ${elderId}`)
}

const columns = sql`e.id, e.name, e.region_id, e.district_id, coalesce(e.last_contact_at, e.created_at) as contact`

interface Row {
  id: string
  name: string
  region_id: string
  district_id: string
  contact: string | Date
}

function open({ id, name, region_id, district_id, contact }: Row, at: Date): Forgotten {
  const days = Math.floor((at.getTime() - new Date(contact).getTime()) / dayMs)
  return { elderId: id, name, regionId: region_id, districtId: district_id, days }
}

function forgottenIn(roles: readonly Role[], at: Date): SQL {
  return sql`${unseenIn(roles, at)} and ${unhelped}`
}

const unhelped = sql`not exists (select 1 from requests r where r.elder_id = e.id and r.status <> 'closed')`

function unseenIn(roles: readonly Role[], at: Date): SQL {
  const since = new Date(at.getTime() - forgottenAfterDays * dayMs).toISOString()
  return sql`${livesIn(roles)}
    and coalesce(e.last_contact_at, e.created_at) < ${since}::timestamptz and e.agreed and e.name <> ''
    and ${knownTo(roles)}`
}

/** Who is known from the restricted queue alone is named only to those cleared for it. */
function knownTo(roles: readonly Role[]): SQL {
  const cleared = roles.filter(role => role.cleared)
  if (cleared.length === roles.length) return sql`true`
  return cleared.length > 0 ? sql`(not e.restricted_only or ${livesIn(cleared)})` : sql`not e.restricted_only`
}

/** The index begins with the district, so that a territory is the list of its districts. */
function livesIn(roles: readonly Role[]): SQL {
  const ids = districtsIn(roles).map(({ id }) => id)
  const [only] = ids
  // Said so that a plan made for any value knows that it is one.
  if (only && ids.length === 1) return sql`e.district_id = ${only}`
  return sql`e.district_id = any (string_to_array(${ids.join(' ')}, ' '))`
}

export function districtsIn(roles: readonly Role[]) {
  return districts.filter(({ id, region }) =>
    roles.some(role => covers(role, { regionId: region, districtId: id })),
  )
}

/** Who asks for this older person: they themselves if they write to us, else who asked for them first and still may. */
export async function findAskerFor(store: Store, elderId: string): Promise<string | undefined> {
  const result = await store.db.execute(sql`
    select coalesce(e.person_id, (select r.person_id from relatives r
      where r.person_id = e.created_by and r.elder_id = e.id)) as id
    from elders e where e.id = ${elderId}`)
  return rowsOf<{ id: string | null }>(result)[0]?.id ?? undefined
}
