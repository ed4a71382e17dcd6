import { answersForAll, covers, type Role, type Territory } from '../domain/roles.ts'
import { homeZone, localDay } from '../domain/time.ts'
import { listHeld } from './absences.ts'
import type { Store } from './client.ts'
import { and, eq, isNull, ne, sql } from './drizzle.ts'
import { newId } from './ids.ts'
import { isReachable } from './people.ts'
import { people, roles } from './schema.ts'

export async function grantRole(
  store: Store,
  grant: Role & { personId: string; grantedBy?: string | null; at: Date },
) {
  const { at, ...columns } = grant
  await store.db.insert(roles).values({ id: newId(), ...columns, grantedAt: at })
}

/** Without one of the whole country, who could invite the others, the place of the first is free. */
export async function anyCoordinator(store: Store): Promise<boolean> {
  return (await store.db.$count(roles, and(isNull(roles.revokedAt), isNull(roles.regionId)))) > 0
}

/**
 * Those whose territory the place lies in, the nearest only: the district's, without them the region's, without
 * them the country's. Of a place nobody knows yet the widest territory hears, so that never nobody does. Who stands
 * in for one of them hears it too. Who has stopped the bot does not count, else nobody would hear. `clearedOnly` for
 * the restricted queue.
 */
export async function listCoordinatorsOf(
  store: Store,
  place: Territory,
  how: { at: Date; clearedOnly?: boolean },
): Promise<string[]> {
  const [nearest = []] = await listByNearness(store, place, how)
  return nearest
}

/** Those one level above the nearest. Above whom a call of unknown place is heard by there is nobody. */
export async function listCoordinatorsAbove(
  store: Store,
  place: Territory,
  how: { at: Date; clearedOnly?: boolean },
): Promise<string[]> {
  const [, above = []] = place.regionId ? await listByNearness(store, place, how) : []
  return above
}

async function listByNearness(
  store: Store,
  { regionId, districtId }: Territory,
  { at, clearedOnly = false }: { at: Date; clearedOnly?: boolean },
): Promise<string[][]> {
  const near = regionId ? sql`(region_id is null or region_id = ${regionId})` : sql`true`
  const cleared = clearedOnly ? sql`cleared` : sql`true`
  const held = await listHeld(
    store,
    localDay(at, homeZone),
    sql`${near} and ${cleared} and ${isReachable(store, sql`holder`)}`,
  )
  const fitting = held.filter(role =>
    regionId && districtId ? covers(role, { regionId, districtId }) : !regionId || !role.districtId,
  )
  const levels = [...Map.groupBy(fitting, nearness)].toSorted(([one], [other]) =>
    regionId ? other - one : one - other,
  )
  return levels.map(([, roles]) => [...new Set(roles.map(role => role.personId))])
}

/** Every coordinator with all they hold at this time, their own territory first. */
export async function listAllCoordinators(
  store: Store,
  at: Date,
): Promise<{ personId: string; roles: Role[] }[]> {
  const held = await listHeld(store, localDay(at, homeZone))
  return [...Map.groupBy(held, ({ personId }) => personId)].map(([personId, roles]) => ({ personId, roles }))
}

/** Who answers for the holder of all these roles and can be written to: the nearest only. */
export async function listAnswering(
  store: Store,
  of: { personId: string; roles: readonly Role[] },
  at: Date,
): Promise<string[]> {
  const held = await listHeld(store, localDay(at, homeZone), isReachable(store, sql`holder`))
  const above = [...Map.groupBy(held, ({ personId }) => personId)].filter(
    ([personId, theirs]) => personId !== of.personId && answersForAll(theirs, of.roles),
  )
  const nearest = Math.max(...above.map(([, theirs]) => widest(theirs)))
  return above.flatMap(([personId, theirs]) => (widest(theirs) === nearest ? [personId] : []))
}

function widest(theirs: readonly Territory[]): number {
  return Math.min(...theirs.map(nearness))
}

/** Who could stand in for the holder of these roles: coordinators of the same territories or wider, the nearest first. */
export async function listPossibleDeputies(
  store: Store,
  of: { personId: string; roles: readonly Role[] },
): Promise<{ personId: string; name: string; territory: Territory }[]> {
  const rows = await store.db
    .select({
      personId: roles.personId,
      name: people.name,
      regionId: roles.regionId,
      districtId: roles.districtId,
    })
    .from(roles)
    .innerJoin(people, eq(people.id, roles.personId))
    .where(and(isNull(roles.revokedAt), ne(roles.personId, of.personId), isReachable(store, roles.personId)))
    .orderBy(people.name, people.id)
  const fitting = [...Map.groupBy(rows, ({ personId }) => personId)].filter(([, theirs]) =>
    of.roles.every(role => theirs.some(their => covers(their, role))),
  )
  const shown = fitting.flatMap(([personId, theirs]) => {
    const [territory] = theirs.toSorted((one, other) => nearness(other) - nearness(one))
    return territory ? [{ personId, name: territory.name ?? '', territory }] : []
  })
  return shown.toSorted((one, other) => nearness(other.territory) - nearness(one.territory))
}

function nearness(territory: Territory): number {
  return territory.districtId ? 2 : territory.regionId ? 1 : 0
}
