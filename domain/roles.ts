/** Where a coordinator's word counts: a district, a whole region, or (both empty) the country. */
export interface Territory {
  regionId: string | null
  districtId: string | null
}

/** True if `place`, a district or a whole territory, lies in `territory`. The only place where territory is judged. */
export function covers(territory: Territory, place: Territory): boolean {
  if (territory.districtId) return territory.districtId === place.districtId
  if (territory.regionId) return territory.regionId === place.regionId
  return true
}

export interface Role extends Territory {
  /** Cleared to see the restricted queue: abuse, fraud. */
  cleared: boolean
  /** Held for somebody who is away: it ends by itself, and nobody can pass it on. */
  lent?: boolean
}

/**
 * True if whoever holds `own` answers for a colleague's role: it lies within theirs and is less, or both are of the
 * whole country, above whom there is nobody. What is lent answers for nobody.
 */
export function isAbove(own: Role, other: Role): boolean {
  if (own.lent || !covers(own, other)) return false
  return !own.regionId || !covers(other, own)
}

/** True if these roles answer for all of another's, clearance too: only so can one say who stands in for the other. */
export function answersForAll(own: readonly Role[], others: readonly Role[]): boolean {
  return (
    others.length > 0 &&
    others.every(other => own.some(role => isAbove(role, other) && (role.cleared || !other.cleared)))
  )
}

declare const judged: unique symbol

/** What was found to lie in a coordinator's hands. Only the judges make one, so that no deed can forget to ask them. */
export type Mine<T> = T & { readonly [judged]: true }

/** Territory and clearance in one: true if these roles may see a request and act on it. */
export function coversRequest<R extends Territory & { route: string }>(
  roles: readonly Role[],
  request: R,
): request is Mine<R> {
  return roles.some(role => covers(role, request) && (role.cleared || request.route !== 'restricted'))
}

/** Where these roles count: without what lies in another of them, the first to be held first. */
export function territoriesOf(roles: readonly [Role, ...Role[]]): [Territory, ...Territory[]] {
  const [first = roles[0], ...others] = roles.filter(
    (role, n) => !roles.some((other, m) => covers(other, role) && (m < n || (m > n && !covers(role, other)))),
  )
  const place = ({ regionId, districtId }: Territory): Territory => ({ regionId, districtId })
  return [place(first), ...others.map(place)]
}

/** The same of a call: of a place nobody knows all may answer, of a region without a district its own coordinators. */
export function coversCall<C extends Territory & { restricted: boolean }>(
  roles: readonly Role[],
  call: C,
): call is Mine<C> {
  return roles.some(role => (!call.regionId || covers(role, call)) && (role.cleared || !call.restricted))
}

const volunteerStatuses = ['pending', 'approved', 'declined', 'suspended'] as const
export type VolunteerStatus = (typeof volunteerStatuses)[number]
