import type { Absence } from '../db/absences.ts'
import { type Alert, findAlert } from '../db/alerts.ts'
import { getPerson } from '../db/people.ts'
import { findRequest, holdRequest, type Request } from '../db/requests.ts'
import { holdStaff, listStaff, type StaffRole } from '../db/staff.ts'
import { findVolunteer, type Volunteer } from '../db/volunteers.ts'
import { findGap } from '../deeds/deputies.ts'
import {
  answersForAll,
  covers,
  coversCall,
  coversRequest,
  isAbove,
  type Mine,
  type Role,
  type Territory,
} from '../domain/roles.ts'
import { answersFor } from '../domain/volunteer.ts'
import type { Scene } from './dialog.ts'

/**
 * Here it is judged what lies in a coordinator's hands, at this very message: what they may do takes a `Mine`, which
 * nothing else makes. An id that was invented, or is not theirs any more, finds nothing.
 */
export async function findMyRequest({ store, me }: Scene, id: string): Promise<Mine<Request> | undefined> {
  const found = await findRequest(store, id)
  return found && coversRequest(me.roles, found) ? found : undefined
}

/** The same, held until this transaction ends. */
export async function holdMyRequest({ store, me }: Scene, id: string): Promise<Mine<Request> | undefined> {
  const found = await holdRequest(store, id)
  return found && coversRequest(me.roles, found) ? found : undefined
}

/** The volunteer if the coordinator answers for them. */
export async function findMyVolunteer(
  { store, me }: Scene,
  personId: string,
): Promise<Mine<Volunteer> | undefined> {
  const found = await findVolunteer(store, personId)
  return found && answersFor(me.roles, found) ? found : undefined
}

export async function findMyAlert(scene: Scene, id: string): Promise<Mine<Alert> | undefined> {
  const found = await findAlert(scene.store, id)
  return found && mayAnswer(scene, found) ? found : undefined
}

export function mayAnswer({ me }: Scene, alert: Alert): alert is Mine<Alert> {
  return coversCall(me.roles, alert)
}

/** Colleagues for whom this coordinator answers, once in each of their territories; all, or those of a name. */
export async function listMyStaff({ store, me }: Scene, name: string): Promise<Mine<StaffRole>[]> {
  const below = (await listStaff(store, name)).filter(role => isBelow(me, role))
  const placeOf = ({ personId, regionId, districtId }: StaffRole) => `${personId} ${districtId ?? regionId}`
  return [...Map.groupBy(below, placeOf).values()].flatMap(([first]) => first ?? [])
}

/** One of these roles, held until this transaction ends, as is what this coordinator holds themselves. */
export async function holdMyStaff(
  { store, me }: Scene,
  roleId: string,
): Promise<Mine<StaffRole> | undefined> {
  const held = await holdStaff(store, roleId, me.id)
  const now = { id: me.id, roles: held.filter(({ personId }) => personId === me.id) }
  const found = held.find(({ id }) => id === roleId)
  return found && isBelow(now, found) ? found : undefined
}

function isBelow(me: { id: string; roles: readonly Role[] }, role: StaffRole): role is Mine<StaffRole> {
  return role.personId !== me.id && me.roles.some(own => isAbove(own, role))
}

/** An absence without a deputy, one's own or that of a colleague for whom one answers. */
export async function findMyGap({ store, me, at }: Scene, id: string): Promise<Mine<Absence> | undefined> {
  const found = await findGap(store, id, at)
  if (!found) return undefined
  const { roles } = await getPerson(store, found.personId)
  const mayName = (gap: Absence): gap is Mine<Absence> =>
    gap.personId === me.id || answersForAll(me.roles, roles)
  return mayName(found) ? found : undefined
}

/** True of an older person who lives where this coordinator's word counts. */
export function livesInMine({ me }: Scene, elder: Territory): boolean {
  return me.roles.some(role => covers(role, elder))
}

/** True if this coordinator's word counts in the whole of a territory. */
export function holds<T extends Territory>({ me }: Scene, territory: T): territory is Mine<T> {
  return me.roles.some(role => covers(role, wholeOf(territory)))
}

/** True if they hold as much themselves, for good: what is lent, or more than one's own, is not passed on. */
export function mayPassOn({ me }: Scene, wanted: Role): wanted is Mine<Role> {
  return me.roles.some(
    role => !role.lent && covers(role, wholeOf(wanted)) && (role.cleared || !wanted.cleared),
  )
}

/** A part of it does not stand for the whole: an empty id is no district's and no region's. */
function wholeOf({ regionId, districtId }: Territory): Territory {
  return { regionId: regionId ?? '', districtId: districtId ?? '' }
}
