import { createHash, randomBytes } from 'node:crypto'
import type { Role, Territory } from '../domain/roles.ts'
import type { Store } from './client.ts'
import { grantRole } from './coordinators.ts'
import { and, asc, eq, exists, gt, gte, isNull, lt, ne, or, type SQL, sql } from './drizzle.ts'
import { isUuid, newId } from './ids.ts'
import { audit, invitations, invitationUses, roles } from './schema.ts'

/** Codes are long enough not to be guessed: 120 random bits. Only their hash is stored. */
const codeBytes = 15

export type InvitationKind = 'coordinator' | 'volunteer'

export interface NewInvitation extends Role {
  kind?: InvitationKind
  usesMax?: number
  createdBy: string | null
  at: Date
  expiresAt: Date
}

export interface Invitation extends Role {
  id: string
  kind: InvitationKind
  usesMax: number
  uses: number
  createdBy: string | null
  expiresAt: Date
}

/** The code; it is shown once and kept nowhere. */
export async function createInvitation(store: Store, invitation: NewInvitation): Promise<string> {
  const code = newCode()
  const { at, regionId, districtId, cleared, createdBy, expiresAt, kind, usesMax } = invitation
  const row = { regionId, districtId, cleared, createdBy, expiresAt, kind, usesMax }
  await store.db.insert(invitations).values({ id: newId(), codeHash: hashOf(code), createdAt: at, ...row })
  return code
}

export function newCode(): string {
  return randomBytes(codeBytes).toString('base64url')
}

/** `unknown`: no such code was ever made. `over`: used up, too old, revoked, or its maker does not hold as much any more. */
export async function readInvitation(
  store: Store,
  code: string,
  at: Date,
): Promise<Invitation | 'unknown' | 'over'> {
  const [row] = await store.db
    .select({ invitation: invitations, living: sql<boolean>`${isLiving(store, at)}` })
    .from(invitations)
    .where(eq(invitations.codeHash, hashOf(code)))
  if (!row) return 'unknown'
  return row.living ? read(row.invitation) : 'over'
}

export async function findInvitation(store: Store, id: string): Promise<Invitation | undefined> {
  if (!isUuid(id)) return undefined
  const [row] = await store.db.select().from(invitations).where(eq(invitations.id, id))
  return row && read(row)
}

/** Takes one of its uses. False if none was left, or this person had one. Of two who want the last one gets it. */
export async function takeUse(
  store: Store,
  { id, personId, at }: { id: string; personId: string; at: Date },
): Promise<boolean> {
  const own = and(eq(invitationUses.invitationId, id), eq(invitationUses.personId, personId))
  if ((await store.db.$count(invitationUses, own)) > 0) return false
  const [row] = await store.db
    .update(invitations)
    .set({ uses: sql`${invitations.uses} + 1` })
    .where(and(eq(invitations.id, id), isLiving(store, at)))
    .returning({ id: invitations.id })
  if (!row) return false
  await store.db.insert(invitationUses).values({ invitationId: id, personId, at })
  return true
}

/** Makes a coordinator of whoever uses it. False as in `takeUse`. */
export async function becomeCoordinator(
  store: Store,
  invitation: Invitation,
  { personId, at }: { personId: string; at: Date },
): Promise<boolean> {
  if (!(await takeUse(store, { id: invitation.id, personId, at }))) return false
  const { regionId, districtId, cleared, createdBy } = invitation
  await grantRole(store, { regionId, districtId, cleared, personId, grantedBy: createdBy, at })
  return true
}

/** Those that can still be used in these territories, the next to end first. */
export async function listLivingInvitations(
  store: Store,
  territories: readonly Territory[],
  at: Date,
  limit: number,
): Promise<Invitation[]> {
  const within = territories.map(
    ({ regionId, districtId }) =>
      and(
        regionId ? eq(invitations.regionId, regionId) : undefined,
        districtId ? eq(invitations.districtId, districtId) : undefined,
      ) ?? sql`true`,
  )
  const rows = await store.db
    .select()
    .from(invitations)
    .where(and(or(...within) ?? sql`false`, isLiving(store, at)))
    .orderBy(asc(invitations.expiresAt), asc(invitations.id))
    .limit(limit)
  return rows.map(read)
}

/** From now on it is as one that has expired. False if it was over before. */
export async function revokeInvitation(store: Store, id: string, at: Date): Promise<boolean> {
  const rows = await store.db
    .update(invitations)
    .set({ expiresAt: at })
    .where(and(eq(invitations.id, id), gt(invitations.expiresAt, at)))
    .returning({ id: invitations.id })
  return rows.length > 0
}

/** The act under which a code that nobody made is put on record. */
export const wrongCode = 'invitation.guessed'

export function countWrongCodes(store: Store, personId: string, since: Date): Promise<number> {
  const own = and(eq(audit.subjectId, personId), gte(audit.at, since), eq(audit.act, wrongCode))
  return store.db.$count(audit, own)
}

/** The link of somebody who does not hold as much any more opens nothing. The first one of all has no maker. */
function isLiving(store: Store, at: Date): SQL {
  const maker = store.db
    .select({ one: sql`1` })
    .from(roles)
    .where(
      and(
        eq(roles.personId, invitations.createdBy),
        isNull(roles.revokedAt),
        or(isNull(roles.regionId), eq(roles.regionId, invitations.regionId)),
        or(isNull(roles.districtId), eq(roles.districtId, invitations.districtId)),
        or(eq(roles.cleared, true), eq(invitations.cleared, false)),
      ),
    )
  // The link between somebody's own chats makes nobody a coordinator.
  const living = and(
    ne(invitations.kind, 'chat'),
    lt(invitations.uses, invitations.usesMax),
    gt(invitations.expiresAt, at),
    or(isNull(invitations.createdBy), exists(maker)),
  )
  return living ?? sql`false`
}

function read(row: typeof invitations.$inferSelect): Invitation {
  const { id, regionId, districtId, cleared, usesMax, uses, createdBy, expiresAt } = row
  const kind = row.kind === 'volunteer' ? 'volunteer' : 'coordinator'
  return { id, kind, regionId, districtId, cleared, usesMax, uses, createdBy, expiresAt }
}

export function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('base64url')
}
