/** Where a coordinator's word counts: a district, a whole region, or (both empty) the country. */
export interface Territory {
  regionId: string | null
  districtId: string | null
}

/** True if `place` lies in `territory`. The only place where territory is judged. */
export function covers(territory: Territory, place: { regionId: string; districtId: string }): boolean {
  if (territory.districtId) return territory.districtId === place.districtId
  if (territory.regionId) return territory.regionId === place.regionId
  return true
}

export interface Role extends Territory {
  /** Cleared to see the restricted queue: abuse, fraud. */
  cleared: boolean
}

const volunteerStatuses = ['pending', 'approved', 'declined', 'suspended'] as const
export type VolunteerStatus = (typeof volunteerStatuses)[number]
