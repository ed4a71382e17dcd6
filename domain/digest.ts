import type { Territory } from './roles.ts'

/** One coordinator's day in numbers; words and picture are made for the reader when it is sent. */
export interface DigestFacts {
  /** The moment it was counted, ISO. */
  at: string
  zone: string
  territory: Territory
  urgent: number
  fresh: number
  unclaimed: number
  overdue: number
  working: number
  done: number
  low: number
  /** People who wait for a coordinator, and volunteers who wait for an approval. */
  alerts: number
  applicants: number
  /** Yesterday's numbers, for the small change beside today's. */
  before: { fresh: number; done: number }
  /** New requests of the last 30 days by kind, the most frequent first. */
  categories: { code: string; count: number }[]
  /** Day by day, the oldest first. */
  trend: { came: number; done: number }[]
  /** Districts, or regions for the whole country, with what is open there. */
  places: { id: string; open: number; overdue: number }[]
}

export const trendDays = 30
export const unclaimedAfterHours = 24
