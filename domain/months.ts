import { localDay, nextLocalTime } from './time.ts'

/** A span of whole local days. */
export interface Span {
  /** The first moment, and the first moment behind it. */
  from: Date
  to: Date
  /** The first and the last day, as 2026-11-01. */
  firstDay: string
  lastDay: string
}

/** The month before the local day of `at`, with its name, 2026-11. */
export function lastMonth(at: Date, zone: string): Span & { name: string } {
  const [year = 0, month = 0] = localDay(at, zone).split('-').map(Number)
  const name = new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 7)
  const lastDay = new Date(Date.UTC(year, month - 1, 0)).toISOString().slice(0, 10)
  const to = startOf(localDay(at, zone).slice(0, 8), zone)
  return { name, from: startOf(`${name}-`, zone), to, firstDay: `${name}-01`, lastDay }
}

/** From the first of January until now. */
export function thisYear(at: Date, zone: string): Span {
  const lastDay = localDay(at, zone)
  const firstDay = `${lastDay.slice(0, 4)}-01-01`
  return { from: startOf(`${lastDay.slice(0, 4)}-01-`, zone), to: at, firstDay, lastDay }
}

/** Midnight of the first day of `month`, 2026-11-, there. */
function startOf(month: string, zone: string): Date {
  const day = `${month}01`
  let moment = new Date(Date.parse(`${day}T00:00:00Z`) - 36 * 3_600_000)
  while (localDay(moment, zone) < day) moment = nextLocalTime(moment, zone, '00:00')
  return moment
}
