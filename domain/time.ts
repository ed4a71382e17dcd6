import type { Language } from './language.ts'
import { remembered } from './remember.ts'

export const homeZone = 'Asia/Almaty'

/** Nothing that can wait is sent from 21:00 to 08:00. */
const quietFromHour = 21
const quietToHour = 8

/** The calendar day there, as 2026-11-22. */
export function localDay(at: Date, zone: string): string {
  const { year, month, day } = localParts(at, zone)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

export function localHour(at: Date, zone: string): number {
  return localParts(at, zone).hour
}

export function isQuietHours(at: Date, zone: string): boolean {
  const hour = localHour(at, zone)
  return hour >= quietFromHour || hour < quietToHour
}

/** The next moment, never `at` itself, when clocks there show `clock`, for example '09:30'. */
export function nextLocalTime(at: Date, zone: string, clock: string): Date {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/u.exec(clock) ?? []
  if (hour === undefined || minute === undefined) {
    throw new RangeError(`«${clock}» is no clock time. Write it as HH:MM, for example 09:30.`)
  }
  const { year, month, day } = localParts(at, zone)
  for (let ahead = 0; ahead <= 2; ahead++) {
    const moment = momentOf(Date.UTC(year, month - 1, day + ahead, Number(hour), Number(minute)), zone)
    if (moment.getTime() > at.getTime()) return moment
  }
  throw new Error(`No ${clock} was found in ${zone} within two days after ${at.toISOString()}.`)
}

/** When the day of `at` began there. */
export function localMidnight(at: Date, zone: string): Date {
  const { year, month, day } = localParts(at, zone)
  return momentOf(Date.UTC(year, month - 1, day), zone)
}

/** A calendar day so many days later, or earlier. */
export function addDays(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`)
  return new Date(at.getTime() + days * 24 * hourMs).toISOString().slice(0, 10)
}

/** «воскресенье, 22 ноября», «22 қараша, жексенбі», "Sunday 22 November". */
export function showDay(at: Date, zone: string, language: Language): string {
  return dayOf(`${language} ${localDay(at, zone)}`)
}

/** The same few days are told all day long. */
const dayOf = remembered(200, asked => {
  const [language = '', day = ''] = asked.split(' ')
  return dayFormats(locales[language as Language], 'UTC').format(new Date(`${day}T00:00:00Z`))
})

/** The clock of 24 hours, as everybody here reads it: «20:00» needs no «вечером» behind it. */
export function showTime(at: Date, zone: string, language: Language): string {
  return clockFormats(locales[language], zone).format(at)
}

/** Minutes since midnight as clocks show them: «08:30». */
export function showClock(minutes: number): string {
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** «8:30», «8.30», «в 9», «сағат 9-да» as minutes since midnight. Undefined if it is no time of day. */
export function readClock(text: string): number | undefined {
  const [, hours, minutes = '0'] =
    /^\D{0,20}([01]?\d|2[0-3])(?:\s?[:.\- ]\s?([0-5]\d))?\D{0,20}$/u.exec(text.normalize('NFKC')) ?? []
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes)
}

/** A calendar day written in figures, «31.12.2027» or «2027-12-31», as 2027-12-31. Undefined if it is none. */
export function readDate(text: string): string | undefined {
  const [, d, m, y] = /^\s*(\d{1,2})\.(\d{1,2})\.(\d{4})\s*$/u.exec(text) ?? []
  const [, year = y, month = m, day = d] = /^\s*(\d{4})-(\d{2})-(\d{2})\s*$/u.exec(text) ?? []
  if (year === undefined || month === undefined || day === undefined) return undefined
  const date = `${year}-${two(Number(month))}-${two(Number(day))}`
  const at = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date) ? date : undefined
}

/** A calendar day without its weekday: «31 декабря», «31 желтоқсан», "31 December", and its year. */
export function showDate(date: string, language: Language): { day: string; year: string } {
  return { day: dateOf(`${language} ${date}`), year: date.slice(0, 4) }
}

const dateOf = remembered(200, asked => {
  const [language = '', date = ''] = asked.split(' ')
  return dateFormats(locales[language as Language], 'UTC').format(new Date(`${date}T00:00:00Z`))
})

/** Old time zone data still say +06:00 and would send every reminder an hour early: then do not start. */
export function assertClock(zone: string = homeZone): string | undefined {
  const shown = clockAtCheck(zone)
  if (shown === '05:00') return undefined
  return (
    `The clock of ${zone} is wrong: 2026-01-01T00:00Z must be 05:00 there, but it is ${shown}. ` +
    'Update Node.js or its time zone data to 2024a or newer.'
  )
}

function clockAtCheck(zone: string): string {
  try {
    const { hour, minute } = localParts(new Date('2026-01-01T00:00:00Z'), zone)
    return `${two(hour)}:${two(minute)}`
  } catch (error) {
    if (error instanceof RangeError) return 'unknown'
    throw error
  }
}

interface LocalParts {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
}

function localParts(at: Date, zone: string): LocalParts {
  const wall = new Date(at.getTime() + offsetAt(at.getTime(), zone))
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    second: wall.getUTCSeconds(),
  }
}

/** The moment when clocks there show what `wall` shows as UTC; in a gap of summer time, the moment after it. */
function momentOf(wall: number, zone: string): Date {
  const before = wall - offsetAt(wall - 24 * hourMs, zone)
  const after = wall - offsetAt(wall + 24 * hourMs, zone)
  const earlier = Math.min(before, after)
  const later = Math.max(before, after)
  return new Date(earlier + offsetAt(earlier, zone) === wall ? earlier : later)
}

const hourMs = 3_600_000

/** How far clocks there are ahead of UTC, in ms. They are only ever set at a quarter of an hour. */
function offsetAt(moment: number, zone: string): number {
  return offsetOfQuarter(`${zone} ${Math.floor(moment / quarterMs)}`)
}

const quarterMs = 900_000

const offsetOfQuarter = remembered(2000, asked => {
  const space = asked.lastIndexOf(' ')
  const moment = Number(asked.slice(space + 1)) * quarterMs
  const parts = partFormats('en-GB', asked.slice(0, space)).formatToParts(new Date(moment))
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find(part => part.type === type)?.value)
  const day = Date.UTC(read('year'), read('month') - 1, read('day'))
  return day + ((read('hour') * 60 + read('minute')) * 60 + read('second')) * 1000 - moment
})

const locales: Record<Language, string> = { kk: 'kk-KZ', ru: 'ru-KZ', en: 'en-GB' }
const dayFormats = formatsOf({ weekday: 'long', day: 'numeric', month: 'long' })
const dateFormats = formatsOf({ day: 'numeric', month: 'long' })
const clockFormats = formatsOf({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const partFormats = formatsOf({
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

/** Making a formatter costs far more than using it. */
function formatsOf(options: Intl.DateTimeFormatOptions) {
  const formats = remembered(100, asked => {
    const [locale = '', timeZone = ''] = asked.split(' ')
    return new Intl.DateTimeFormat(locale, { ...options, timeZone })
  })
  return (locale: string, zone: string) => formats(`${locale} ${zone}`)
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** Minutes since local midnight. */
export function localMinutes(at: Date, zone: string): number {
  const clock = at.toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' })
  const [hours = '0', minutes = '0'] = clock.split(':')
  return Number(hours) * 60 + Number(minutes)
}
