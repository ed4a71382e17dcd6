import type { Role } from '../domain/roles.ts'
import { rowsOf, type Store } from './client.ts'
import { and, asc, eq, gte, isNull, lte, or, type SQL, sql } from './drizzle.ts'
import { isUuid, newId } from './ids.ts'
import { absences, people } from './schema.ts'
import type { given } from './statement.ts'

export interface Absence {
  id: string
  personId: string
  deputyId: string
  /** The first and the last local day, both included, as 2026-12-31. */
  fromDay: string
  toDay: string
}

export async function addAbsence(
  store: Store,
  absence: Omit<Absence, 'id'> & { at: Date },
): Promise<Absence> {
  const { at, ...columns } = absence
  const row = { id: newId(), ...columns }
  await store.db.insert(absences).values({ ...row, createdAt: at })
  return row
}

/** A person's own absences, and those they stand in for, that last on this day or begin later. */
export async function listAbsences(store: Store, personId: string, day: string): Promise<Absence[]> {
  return store.db
    .select(shown)
    .from(absences)
    .where(
      and(
        or(eq(absences.personId, personId), eq(absences.deputyId, personId)),
        isNull(absences.endedAt),
        gte(absences.toDay, day),
      ),
    )
    .orderBy(asc(absences.fromDay), asc(absences.id))
}

/** Whom this person stands in for on this day. */
export async function listStandsIn(
  store: Store,
  deputyId: string,
  day: string,
): Promise<{ name: string; toDay: string }[]> {
  const rows = await store.db
    .select({ name: people.name, toDay: absences.toDay })
    .from(absences)
    .innerJoin(people, eq(people.id, absences.personId))
    .where(
      and(
        eq(absences.deputyId, deputyId),
        isNull(absences.endedAt),
        lte(absences.fromDay, day),
        gte(absences.toDay, day),
      ),
    )
    .orderBy(asc(absences.toDay), asc(absences.id))
  return rows.map(row => ({ ...row, name: row.name ?? '' }))
}

/** Ends it before its last day; only the two it is about can. Undefined if it is theirs no more, or over. */
export async function endAbsence(
  store: Store,
  id: string,
  by: { personId: string; day: string; at: Date },
): Promise<Absence | undefined> {
  if (!isUuid(id)) return undefined
  const [row] = await store.db
    .update(absences)
    .set({ endedAt: by.at })
    .where(
      and(
        eq(absences.id, id),
        or(eq(absences.personId, by.personId), eq(absences.deputyId, by.personId)),
        isNull(absences.endedAt),
        gte(absences.toDay, by.day),
      ),
    )
    .returning(shown)
  return row
}

const { id, personId, deputyId, fromDay, toDay } = absences
const shown = { id, personId, deputyId, fromDay, toDay }

/**
 * What a person may do today as rows of a query: their own roles, then, marked as lent, those of everybody they stand
 * in for. Whoever stands in for somebody who is away as well stands in for both: else what waits there would wait
 * unseen. What somebody is given after they named their deputy was not theirs to lend then. `person` is a column of the
 * query around it.
 */
export function heldBy(person: SQL, day: Day): SQL {
  return sql`(
    with recursive standing (person_id, lent_at) as (
      select a.person_id, a.created_at from absences a where a.deputy_id = ${person} and ${lasts(day)}
      union
      select a.person_id, a.created_at from standing s join absences a on a.deputy_id = s.person_id and ${lasts(day)}),
    holders as (
      select ${person} as person_id, null::timestamptz as lent_at
      union all select person_id, lent_at from standing where person_id <> ${person})
    select r.region_id, r.district_id, r.cleared, r.granted_at, h.lent_at is not null as lent
    from holders h join roles r on r.person_id = h.person_id and r.revoked_at is null
      and (h.lent_at is null or r.granted_at <= h.lent_at))`
}

export interface Held extends Role {
  personId: string
}

/** The same of all coordinators: who holds what today, the longest held first; what is lent comes last. */
export async function listHeld(store: Store, day: string, which: SQL = sql`true`): Promise<Held[]> {
  const found = await store.db.execute(sql`
    with recursive standing (deputy_id, person_id, lent_at) as (
      select a.deputy_id, a.person_id, a.created_at from absences a where ${lasts(day)}
      union
      select s.deputy_id, a.person_id, a.created_at from standing s join absences a on a.deputy_id = s.person_id and ${lasts(day)}),
    held as (
      select person_id as holder, roles.*, false as lent from roles
      union all
      select s.deputy_id, r.*, true from standing s join roles r on r.person_id = s.person_id
        and r.granted_at <= s.lent_at
      where s.deputy_id <> s.person_id)
    select holder as "personId", region_id as "regionId", district_id as "districtId", cleared, lent
    from held where revoked_at is null and ${which} order by lent, granted_at, id`)
  return rowsOf<Held>(found)
}

/** True of an absence on this day. Who is no coordinator any more stands in for nobody. */
/** Local, as 2026-12-31, or what is given with each call of a statement. */
type Day = string | ReturnType<typeof given>

function lasts(day: Day): SQL {
  return sql`(a.ended_at is null and a.from_day <= ${day} and a.to_day >= ${day}
    and exists (select 1 from roles own where own.person_id = a.deputy_id and own.revoked_at is null))`
}
