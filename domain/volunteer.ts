import { covers, type Mine, type Territory } from './roles.ts'

/** How many open claims one volunteer may hold; who has them is not asked for more. */
export const claimsMax = 3

/** After so many days without a visit or a call an older person counts as forgotten. */
export const forgottenAfterDays = 30

/** A helper who wants a rest is on duty again after so many days by themselves. */
export const restDays = 7

export interface Duty {
  onDuty: boolean
  /** Off duty until then; without it, until they say. */
  offUntil: Date | null
}

export function isOnDuty({ onDuty, offUntil }: Duty, at: Date): boolean {
  return onDuty || (offUntil !== null && offUntil.getTime() <= at.getTime())
}

/** True if a holder of these roles answers for a volunteer: one of the volunteer's districts lies in a territory. */
export function answersFor<V extends { regionId: string; districtIds: readonly string[] }>(
  roles: readonly Territory[],
  volunteer: V,
): volunteer is Mine<V> {
  const { regionId, districtIds } = volunteer
  return roles.some(role => districtIds.some(districtId => covers(role, { regionId, districtId })))
}

/** What a coordinator can decide about a volunteer, from which states, and what becomes of them. */
export const decisions = {
  approve: { from: ['pending', 'declined'], to: 'approved' },
  decline: { from: ['pending'], to: 'declined' },
  suspend: { from: ['approved'], to: 'suspended' },
  restore: { from: ['suspended'], to: 'approved' },
} as const
export type Decision = keyof typeof decisions

/** Reasons to choose from, so that most decisions need no typing; any other is written in words. */
export const reasonsFor = {
  approve: ['why.met', 'why.known', 'why.papers'],
  decline: ['why.unreached', 'why.place', 'why.papers.no'],
  suspend: ['why.complaint', 'why.silent', 'why.wish'],
  restore: ['why.settled', 'why.back'],
} as const satisfies Record<Decision, readonly string[]>

/** A ready reason, read in the reader's language, or somebody's own words. */
export type Reason = { key: string } | { words: string }

const helpMinutesMin = 10
const helpMinutesMax = 240
/** What a help counts for when nobody knows when the helper set out: a claim may be days older than the visit. */
const helpMinutesAssumed = 60

/** How long a help took: from setting out to done, within what is likely. */
export function helpMinutes(help: { startedAt: Date; onWayAt: Date | null; doneAt: Date }): number {
  const since = (from: Date) => Math.round((help.doneAt.getTime() - from.getTime()) / 60_000)
  const minutes = help.onWayAt ? since(help.onWayAt) : Math.min(since(help.startedAt), helpMinutesAssumed)
  return Math.min(helpMinutesMax, Math.max(helpMinutesMin, minutes))
}

/** So long after a help its helper may leave a note for the next. */
export const noteDays = 7
export const noteCharsMax = 300
/** As many stand in a claim card; the newest first. */
export const notesShownMax = 3

/** An average of fewer would tell the helper who rated them. */
export const ratingsMin = 3
