import type { Urgency } from './categories.ts'
import { localHour, nextLocalTime } from './time.ts'

/** Whose move it is: volunteers', the volunteer's, the requester's, nobody's. */
const statuses = ['open', 'claimed', 'done', 'closed'] as const
export type Status = (typeof statuses)[number]

export const outcomes = ['fulfilled', 'cancelled', 'unmet', 'duplicate', 'referred'] as const
export type Outcome = (typeof outcomes)[number]

/** How we know that the help came. `none`: the helper said so and nobody answered; counted apart for ever. */
const confirmations = ['door', 'requester', 'coordinator', 'none'] as const
export type Confirmation = (typeof confirmations)[number]

export const doorCodeTriesMax = 3
export const piecesMax = 12

/** Days until the promised time, counted from the local day of the request. */
const dueAfterDays: Record<Urgency, number> = { today: 0, soon: 3, planned: 7 }

/** A request for today that comes after 17:00 local time is promised for the next evening. */
const lateHour = 17

/** The time we promise: 20:00 local time of the day that the urgency allows. */
export function dueAt(urgency: Urgency, at: Date, zone: string): Date {
  const late = urgency === 'today' && localHour(at, zone) >= lateHour
  let day = at
  for (let days = dueAfterDays[urgency] + (late ? 1 : 0); days > 0; days--)
    day = nextLocalTime(day, zone, '00:00')
  return nextLocalTime(day, zone, '20:00')
}

export interface DoorCode {
  /** What the helper names at the door. */
  helperSays: string
  /** What the older person tells when the help is done. */
  elderSays: string
}

/** Splits the four stored digits into the two pairs. */
export function doorCode(digits: string): DoorCode {
  return { helperSays: digits.slice(0, 2), elderSays: digits.slice(2, 4) }
}

/** The two digits in a helper's answer to the question for them: «19», «47-19», «она сказала 1 9». */
export function readPair(text: string): string | undefined {
  const digits = text.normalize('NFKC').match(/^\D{0,40}(?:\d{2}\s*[-–—. ]\s*)?(\d)\s?(\d)\D{0,12}$/u)
  return digits ? `${digits[1]}${digits[2]}` : undefined
}

/**
 * The same out of the blue: digits alone, or with a word that says where they are from. «Буду в 18» is none, or
 * a helper's small talk would use up the tries.
 */
export function readUnaskedPair(text: string): string | undefined {
  const said = text.normalize('NFKC').toLowerCase()
  return /\p{L}/u.test(said) && !tellsOfDigits.test(said) ? undefined : readPair(said)
}

const tellsOfDigits =
  /(?<!\p{L})(сказа|говори|назва|код|цифр|айтты|атады|деді|сан|code|digit|said|says|told)/u
