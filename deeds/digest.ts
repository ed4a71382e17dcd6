import { listStandsIn } from '../db/absences.ts'
import type { Store } from '../db/client.ts'
import { countDay } from '../db/digest.ts'
import { countWeek } from '../db/digest-week.ts'
import { tellPerson } from '../db/outbox.ts'
import { digestMessage, weekMessage } from '../domain/digest-message.ts'
import { zoneOf } from '../domain/places.ts'
import type { Role } from '../domain/roles.ts'
import { homeZone, localDay } from '../domain/time.ts'

export interface Reader {
  personId: string
  roles: readonly Role[]
  at: Date
}

/** Counts the day of a coordinator's territories and tells it. False if there is none, or they cannot be reached. */
export async function tellDigest(store: Store, { personId, roles, at }: Reader): Promise<boolean> {
  const [first, ...rest] = roles
  if (!first) return false
  const day = await countDay(store, [first, ...rest], { at, zone: zoneOfRoles(roles) })
  const standsIn = await listStandsIn(store, personId, localDay(at, homeZone))
  return tellPerson(store, personId, { message: digestMessage({ ...day, standsIn }), at })
}

/** The week beside the week before it, of those territories that are more than a district. */
export async function tellWeek(store: Store, { personId, roles, at }: Reader): Promise<boolean> {
  const [first, ...rest] = roles.filter(role => !role.districtId)
  if (!first) return false
  const week = await countWeek(store, [first, ...rest], { at, zone: zoneOfRoles(roles) })
  return tellPerson(store, personId, { message: weekMessage(week), at })
}

/** The clock of a coordinator is that of their first territory. */
export function zoneOfRoles([first]: readonly Role[]): string {
  return zoneOf(first?.regionId ?? '')
}
