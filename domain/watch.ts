import type { Category, Urgency } from './categories.ts'
import type { Status } from './request.ts'
import { isQuietHours, nextLocalTime } from './time.ts'

/**
 * What the clock does for a request that waits too long, step by step, in each of its states. Open: the group hears
 * of it again, volunteers of the district are asked one by one, then those of the neighbouring districts, then the
 * district's coordinator is told, then the region's. Claimed: the helper is reminded, asked, and then the request
 * goes back. Done: the asker is reminded, and then it closes unconfirmed.
 */
export const openSteps = ['post', 'ask', 'neighbours', 'district', 'region'] as const
export const claimedSteps = ['remind', 'still', 'back'] as const
export const doneSteps = ['confirm', 'close'] as const
export type OpenStep = (typeof openSteps)[number]
export type ClaimedStep = (typeof claimedSteps)[number]
export type DoneStep = (typeof doneSteps)[number]

export interface Due<Step extends string> {
  step: Step
  afterMinutes: number
}

/** How many volunteers are asked in private, one after the other, before neighbours are. */
export const askedOneByOneMax = 5

const hour = 60

const openFrom: Record<Urgency, { first: number; ask: number; between: number; later: readonly number[] }> = {
  today: { first: 30, ask: 45, between: 15, later: [2 * hour, 3 * hour, 5 * hour] },
  soon: { first: 12 * hour, ask: 18 * hour, between: 3 * hour, later: [36 * hour, 42 * hour, 54 * hour] },
  planned: { first: 24 * hour, ask: 48 * hour, between: 6 * hour, later: [84 * hour, 96 * hour, 120 * hour] },
}

/** Where waiting does harm, an open request climbs twice as fast. */
const pressing: ReadonlySet<Category> = new Set(['medical', 'care', 'heating', 'safety', 'psych'])

/**
 * The steps of an open request, in order, with minutes since it was opened. `among` is true of what volunteers may
 * hear of; of anything else only coordinators do.
 */
export function openLadder(category: Category, urgency: Urgency, among: boolean): readonly Due<OpenStep>[] {
  const { first, ask, between, later } = openFrom[urgency]
  const [neighbours = 0, district = 0, region = 0] = later
  const asks = Array.from({ length: askedOneByOneMax }, (_, n) => due('ask', ask + n * between))
  const asked = among ? [due('post', first), ...asks, due('neighbours', neighbours)] : []
  const told = [due('district', among ? district : first), due('region', region)]
  const pace = pressing.has(category) && urgency !== 'today' ? 2 : 1
  return [...asked, ...told].map(({ step, afterMinutes }) => ({ step, afterMinutes: afterMinutes / pace }))
}

const claimedAfter: Record<Urgency, readonly [number, number, number]> = {
  today: [2 * hour, 3 * hour, 4 * hour],
  soon: [24 * hour, 36 * hour, 48 * hour],
  planned: [48 * hour, 72 * hour, 96 * hour],
}

/** Minutes since the claim, or since the helper last said that they are still on it. */
export function claimedLadder(urgency: Urgency): readonly Due<ClaimedStep>[] {
  return claimedSteps.map((step, n) => due(step, claimedAfter[urgency][n] ?? 0))
}

/** Minutes since the helper said it is done. */
export const doneLadder: readonly Due<DoneStep>[] = [due('confirm', 24 * hour), due('close', 48 * hour)]

/** What was for today and is long past its promise waits for the morning like all else. */
const pressingAfterDueMs = 12 * hour * 60_000

/** True of a step that may come at night: help is needed today and nobody has brought it yet. */
export function mayWake(request: { urgency: Urgency; status: Status; dueAt: Date }, at: Date): boolean {
  const unhelped = request.urgency === 'today' && request.status !== 'done'
  return unhelped && at.getTime() < request.dueAt.getTime() + pressingAfterDueMs
}

/** A step that is late keeps so far from the one before: whoever was asked has this long to answer. */
const apartMinutes = { wakes: hour, waits: 3 * hour }

/**
 * When a step is due: at its time, but at night only what may wake people. After a quiet night not all of them come
 * at eight.
 */
export function dueTime(
  due: Due<string>,
  when: { since: Date; before: Due<string> | undefined; at: Date; wakes: boolean; zone: string },
): Date {
  const planned = when.since.getTime() + due.afterMinutes * 60_000
  const gap = (due.afterMinutes - (when.before?.afterMinutes ?? 0)) * 60_000
  const apartMs = apartMinutes[when.wakes ? 'wakes' : 'waits'] * 60_000
  const apart = when.before ? when.at.getTime() + Math.min(gap, apartMs) : planned
  const moment = new Date(Math.max(planned, apart))
  return when.wakes ? moment : afterQuiet(moment, when.zone)
}

/** The same moment, or the morning after it if it lies in quiet hours. */
export function afterQuiet(moment: Date, zone: string): Date {
  return isQuietHours(moment, zone) ? nextLocalTime(moment, zone, '08:00') : moment
}

/** A request whose state began just now: the clock looks at it at once and plans its first step. */
export function watchFrom(at: Date) {
  return { watchSince: at, watchAt: at, watchStep: 0 } as const
}

export const watchNoMore = { watchSince: null, watchAt: null, watchStep: 0 } as const

function due<Step extends string>(step: Step, afterMinutes: number): Due<Step> {
  return { step, afterMinutes }
}
