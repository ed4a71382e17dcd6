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

const volunteerStatuses = ['pending', 'approved', 'declined', 'suspended'] as const
export type VolunteerStatus = (typeof volunteerStatuses)[number]
