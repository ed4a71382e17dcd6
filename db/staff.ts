import type { Role } from '../domain/roles.ts'
import type { Store } from './client.ts'
import { and, asc, eq, isNull, ne, or, type SQL, sql } from './drizzle.ts'
import { isUuid } from './ids.ts'
import { people, roles } from './schema.ts'

/** A coordinator in one of their territories, as their colleagues see them. */
export interface StaffRole extends Role {
  id: string
  personId: string
  name: string
}

/** Every living role, or those of people whose name is like what was typed, mistakes allowed. */
export function listStaff(store: Store, name: string): Promise<StaffRole[]> {
  const known = sql`lower(${people.name})`
  const like = sql`word_similarity(lower(${name}), ${known})`
  const fits = name ? sql`(position(lower(${name}) in ${known}) > 0 or ${like} >= 0.4)` : sql`true`
  return rolesWhere(store, fits).orderBy(...(name ? [sql`${like} desc`] : []), people.name, roles.id)
}

/**
 * A role and all that its ending depends on, who ends it included, held until this transaction ends: of two who end
 * each other's one is first, and the other has no role any more.
 */
export async function holdStaff(store: Store, roleId: string, by: string): Promise<StaffRole[]> {
  if (!isUuid(roleId)) return []
  const concerned = or(eq(roles.id, roleId), eq(roles.personId, by), isNull(roles.regionId))
  return rolesWhere(store, concerned).orderBy(asc(roles.id)).for('update', { of: roles })
}

/** True if nobody else is cleared for the whole country. */
export async function isLastCleared(
  store: Store,
  { personId, regionId, cleared }: StaffRole,
): Promise<boolean> {
  if (regionId || !cleared) return false
  const others = and(isNull(roles.regionId), eq(roles.cleared, true), ne(roles.personId, personId))
  return (await store.db.$count(roles, and(isNull(roles.revokedAt), others))) === 0
}

/** The same territory may have been given twice, where two records proved to be one person's. */
export async function revokeRole(
  store: Store,
  { personId, regionId, districtId }: StaffRole,
  at: Date,
): Promise<void> {
  const place = sql`${roles.regionId} is not distinct from ${regionId}
    and ${roles.districtId} is not distinct from ${districtId}`
  await store.db
    .update(roles)
    .set({ revokedAt: at })
    .where(and(eq(roles.personId, personId), isNull(roles.revokedAt), place))
}

/** All that a person coordinates. */
export async function revokeRoles(store: Store, personId: string, at: Date) {
  await store.db
    .update(roles)
    .set({ revokedAt: at })
    .where(and(eq(roles.personId, personId), isNull(roles.revokedAt)))
}

function rolesWhere(store: Store, which: SQL | undefined) {
  const { id, personId, regionId, districtId, cleared } = roles
  const name = sql<string>`coalesce(${people.name}, '')`
  return store.db
    .select({ id, personId, regionId, districtId, cleared, name })
    .from(roles)
    .innerJoin(people, eq(people.id, roles.personId))
    .where(and(isNull(roles.revokedAt), which))
}
