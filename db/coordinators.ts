import { createHash, randomBytes } from 'node:crypto'
import { covers, type Role, type Territory } from '../domain/roles.ts'
import type { Store } from './client.ts'
import { and, eq, gt, isNull, lt, or, sql } from './drizzle.ts'
import { newId } from './ids.ts'
import { isReachable } from './people.ts'
import { invitations, invitationUses, roles } from './schema.ts'

/** Codes are long enough not to be guessed: 120 random bits. Only their hash is stored. */
const codeBytes = 15

export async function createInvitation(
  store: Store,
  invitation: Role & { createdBy: string | null; at: Date; expiresAt: Date },
): Promise<string> {
  const code = randomBytes(codeBytes).toString('base64url')
  const { at, ...columns } = invitation
  await store.db.insert(invitations).values({ id: newId(), codeHash: hash(code), createdAt: at, ...columns })
  return code
}

/** Uses an invitation once; the winner of two uses gets the role. Undefined: unknown, used, or too old. */
export async function useInvitation(
  store: Store,
  use: { code: string; personId: string; at: Date },
): Promise<Role | undefined> {
  const [row] = await store.db
    .update(invitations)
    .set({ uses: sql`${invitations.uses} + 1` })
    .where(
      and(
        eq(invitations.codeHash, hash(use.code)),
        lt(invitations.uses, invitations.usesMax),
        gt(invitations.expiresAt, use.at),
      ),
    )
    .returning()
  if (!row) return undefined
  await store.db.insert(invitationUses).values({ invitationId: row.id, personId: use.personId, at: use.at })
  const { regionId, districtId, cleared } = row
  const role = { regionId, districtId, cleared }
  await grantRole(store, { ...role, personId: use.personId, grantedBy: row.createdBy, at: use.at })
  return role
}

export async function grantRole(
  store: Store,
  grant: Role & { personId: string; grantedBy?: string | null; at: Date },
) {
  const { at, ...columns } = grant
  await store.db.insert(roles).values({ id: newId(), ...columns, grantedAt: at })
}

export async function anyCoordinator(store: Store): Promise<boolean> {
  return (await store.db.$count(roles, isNull(roles.revokedAt))) > 0
}

/**
 * Those whose territory the place lies in, the nearest only: the district's, without them the region's, without
 * them the country's. Of a place nobody knows yet the widest territory hears, so that never nobody does. Who has stopped the bot does not count, else nobody would hear. `clearedOnly` for the
 * restricted queue.
 */
export async function listCoordinatorsOf(
  store: Store,
  place: { regionId: string | null; districtId: string | null },
  clearedOnly = false,
): Promise<string[]> {
  const cleared = clearedOnly ? eq(roles.cleared, true) : undefined
  const near = place.regionId ? or(isNull(roles.regionId), eq(roles.regionId, place.regionId)) : undefined
  const rows = await store.db
    .select()
    .from(roles)
    .where(and(near, cleared, isNull(roles.revokedAt), isReachable(roles.personId)))
  const { regionId, districtId } = place
  const fitting = rows.filter(role =>
    regionId && districtId ? covers(role, { regionId, districtId }) : !regionId || !role.districtId,
  )
  const grades = fitting.map(nearness)
  const wanted = regionId ? Math.max(...grades) : Math.min(...grades)
  return [...new Set(fitting.filter(role => nearness(role) === wanted).map(role => role.personId))]
}

export async function listAllCoordinators(store: Store): Promise<{ personId: string; roles: Role[] }[]> {
  const rows = await store.db.select().from(roles).where(isNull(roles.revokedAt)).orderBy(roles.grantedAt)
  const byPerson = Map.groupBy(rows, row => row.personId)
  return [...byPerson].map(([personId, own]) => ({ personId, roles: own }))
}

function nearness(territory: Territory): number {
  return territory.districtId ? 2 : territory.regionId ? 1 : 0
}

function hash(code: string): string {
  return createHash('sha256').update(code).digest('base64url')
}
