import { type Alert, findAlert } from '../db/alerts.ts'
import { findRequest, holdRequest, type Request } from '../db/requests.ts'
import { findVolunteer, type Volunteer } from '../db/volunteers.ts'
import { covers, coversRequest, type Mine, type Role, type Territory } from '../domain/roles.ts'
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

/** Of a place nobody knows everybody may answer; of a region's without a district its own coordinators. */
export function mayAnswer({ me }: Scene, alert: Alert): alert is Mine<Alert> {
  const { regionId, districtId, restricted } = alert
  const fits = (role: Role) => !regionId || covers(role, { regionId, districtId })
  return me.roles.some(role => fits(role) && (role.cleared || !restricted))
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
