import { addDays, readDate } from './time.ts'

/** Longer is no absence: then the role goes to somebody else. */
export const absenceDaysMax = 92
const aheadDaysMax = 365

export type DayFault = 'absence.wantDate' | 'absence.past' | 'absence.far' | 'absence.long'

/** The first day, as told: not before today, within a year. */
export function readFirstDay(text: string, today: string): { day: string } | { fault: DayFault } {
  const day = readDay(text, today)
  if (!day) return { fault: 'absence.wantDate' }
  if (day < today) return { fault: 'absence.past' }
  return day > addDays(today, aheadDaysMax) ? { fault: 'absence.far' } : { day }
}

/** The last day, included: not before the first, and not too long after it. */
export function readLastDay(text: string, first: string): { day: string } | { fault: DayFault } {
  const day = readDay(text, first)
  if (!day) return { fault: 'absence.wantDate' }
  if (day < first) return { fault: 'absence.past' }
  return day > addDays(first, absenceDaysMax - 1) ? { fault: 'absence.long' } : { day }
}

/** A date; without a year the next such day. */
function readDay(text: string, from: string): string | undefined {
  const tidy = text.normalize('NFKC').replace(/\s/gu, '')
  const short = /^\d{1,2}\.\d{1,2}\.?$/u.test(tidy) ? tidy.replace(/\.$/u, '') : undefined
  if (!short) return readDate(tidy)
  const year = Number(from.slice(0, 4))
  return [year, year + 1]
    .map(next => readDate(`${short}.${next}`))
    .find(day => day !== undefined && day >= from)
}
