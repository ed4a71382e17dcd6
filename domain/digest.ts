import type { Territory } from './roles.ts'

/** The lines of a digest that open a list of requests. */
export const digestLists = [
  'urgent',
  'fresh',
  'unclaimed',
  'overdue',
  'working',
  'silent',
  'fulfilled',
  'unconfirmed',
  'low',
] as const
export type DigestList = (typeof digestLists)[number]

/** The lines that open another list: people who wait for an answer, volunteers for an approval, the forgotten. */
export const otherLists = ['alerts', 'applicants', 'forgotten'] as const
export type OtherList = (typeof otherLists)[number]

export type DigestLine = DigestList | OtherList

/** One coordinator's day in numbers; words and picture are made for the reader when it is sent. */
export interface DigestFacts {
  /** The moment it was counted, ISO. */
  at: string
  zone: string
  territory: Territory
  /** What is counted beside it: of coordinators of several territories. */
  others?: readonly Territory[]
  lines: Record<DigestLine, number>
  /** Yesterday's numbers, for the small change beside today's. */
  before: { fresh: number; fulfilled: number }
  /** New requests of the last 30 days by kind, the most frequent first. */
  categories: { code: string; count: number }[]
  /** Day by day, the oldest first. */
  trend: { came: number; done: number }[]
  /** Districts, or regions for the whole country, with what is open there. */
  places: { id: string; open: number; overdue: number }[]
  /** Whom the reader stands in for, and until which day. */
  standsIn: { name: string; toDay: string }[]
}

/** A week beside the week before it, for regions and the country. */
export interface WeekFacts {
  kind: 'week'
  /** The first and the last day of the week, as 2026-11-22. */
  fromDay: string
  toDay: string
  zone: string
  at: string
  territory: Territory
  others?: readonly Territory[]
  week: WeekFigures
  before: WeekFigures
  places: { id: string; week: WeekFigures; before: WeekFigures }[]
  categories: { code: string; count: number }[]
  /** The fourteen days of both weeks, the oldest first. */
  trend: { came: number; done: number }[]
}

export interface WeekFigures {
  came: number
  done: number
  /** Of the done ones those that nobody has confirmed. */
  unconfirmed: number
  /** Closed without help. */
  unmet: number
  low: number
}

export const trendDays = 30
export const unclaimedAfterHours = 24
/** The hour of a coordinator who has not chosen another, in minutes since midnight. */
export const digestAtMinutes = 8 * 60 + 30
/** A digest that is late still comes, but neither into the night nor out of it. */
export const digestFromMinutes = 8 * 60
export const digestToMinutes = 21 * 60

/** A digest's list as its button carries it: what the digest counted, not what has come since. */
export type DatedList = `${DigestList}@${number}`

export function datedList(list: DigestList, at: Date): DatedList {
  return `${list}@${minuteOf(at)}`
}

export function readDatedList(text: string): { list: DigestList; at: Date } | undefined {
  const [, name, minute] = /^([a-z]+)@(\d{1,9})$/.exec(text) ?? []
  const list = digestLists.find(known => known === name)
  return list && { list, at: new Date(Number(minute) * 60_000) }
}

/** Digests count by whole minutes, so that a button of theirs finds the same. */
export function wholeMinute(at: Date): Date {
  return new Date(minuteOf(at) * 60_000)
}

function minuteOf(at: Date): number {
  return Math.floor(at.getTime() / 60_000)
}
