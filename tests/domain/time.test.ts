import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { regions } from '../../domain/regions.ts'
import {
  assertClock,
  homeZone,
  isQuietHours,
  localDay,
  localHour,
  nextLocalTime,
  showDay,
  showTime,
} from '../../domain/time.ts'

describe('day and hour are those of the zone, not of the server', () => {
  test.each([
    ['2026-11-22T10:00:00Z', homeZone, '2026-11-22', 15],
    ['2026-11-21T18:59:59Z', homeZone, '2026-11-21', 23],
    ['2026-11-21T19:00:00Z', homeZone, '2026-11-22', 0],
    ['2026-12-31T19:00:00Z', 'Asia/Aqtau', '2027-01-01', 0],
    ['2026-11-21T19:00:00Z', 'UTC', '2026-11-21', 19],
    ['2026-02-28T20:00:00Z', 'Asia/Qyzylorda', '2026-03-01', 1],
    ['2023-06-01T18:00:00Z', homeZone, '2023-06-02', 0],
  ])('%s in %s', (at, zone, day, hour) => {
    expect(localDay(new Date(at), zone)).toBe(day)
    expect(localHour(new Date(at), zone)).toBe(hour)
  })
})

test.each([
  ['15:59:59', false],
  ['16:00:00', true],
  ['18:30:00', true],
  ['19:00:00', true],
  ['02:59:59', true],
  ['03:00:00', false],
  ['10:00:00', false],
])('at %s UTC it is quiet in Almaty: %s', (clock, quiet) => {
  expect(isQuietHours(new Date(`2026-11-22T${clock}Z`), homeZone)).toBe(quiet)
})

describe('the next time clocks show', () => {
  test.each([
    ['2026-11-22T00:00:00Z', homeZone, '09:00', '2026-11-22T04:00:00.000Z'],
    ['2026-11-22T03:59:59Z', homeZone, '09:00', '2026-11-22T04:00:00.000Z'],
    // Never the same moment again, or a job would run for ever.
    ['2026-11-22T04:00:00Z', homeZone, '09:00', '2026-11-23T04:00:00.000Z'],
    ['2026-11-22T20:00:00Z', homeZone, '00:00', '2026-11-23T19:00:00.000Z'],
    ['2026-12-31T12:00:00Z', homeZone, '08:00', '2027-01-01T03:00:00.000Z'],
    ['2028-02-28T12:00:00Z', homeZone, '08:30', '2028-02-29T03:30:00.000Z'],
    ['2026-11-22T20:00:00Z', 'UTC', '23:59', '2026-11-22T23:59:00.000Z'],
    // Almaty went from +06:00 to +05:00 at midnight of 1 March 2024: the clock showed 23:30 twice.
    ['2024-02-29T00:00:00Z', homeZone, '23:30', '2024-02-29T17:30:00.000Z'],
    ['2024-02-29T17:30:00Z', homeZone, '23:30', '2024-03-01T18:30:00.000Z'],
    ['2024-02-29T12:00:00Z', homeZone, '09:00', '2024-03-01T04:00:00.000Z'],
    // In a gap of summer time the clock jumps over 02:30.
    ['2026-03-28T23:00:00Z', 'Europe/Berlin', '02:30', '2026-03-29T01:30:00.000Z'],
    ['2026-03-28T23:00:00Z', 'Europe/Berlin', '09:00', '2026-03-29T07:00:00.000Z'],
    ['2026-11-22T00:00:00Z', 'America/New_York', '08:00', '2026-11-22T13:00:00.000Z'],
  ])('after %s in %s %s', (at, zone, clock, expected) => {
    expect(nextLocalTime(new Date(at), zone, clock).toISOString()).toBe(expected)
  })

  test('is later, within a day, and on the clock, in every region at any moment since 2024-03-02', () => {
    const minute = fc.integer({ min: 0, max: 24 * 60 - 1 })
    const moment = fc.date({
      min: new Date('2024-03-02T00:00:00Z'),
      max: new Date('2040-01-01T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(moment, minute, fc.constantFrom(...regions), (at, minutes, { zone }) => {
        const clock = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
        const next = nextLocalTime(at, zone, clock)
        expect(next.getTime()).toBeGreaterThan(at.getTime())
        expect(next.getTime() - at.getTime()).toBeLessThanOrEqual(24 * 3_600_000)
        expect(showTime(next, zone, 'en').clock).toBe(clock)
      }),
    )
  })

  test.each(['9:00', '24:00', '12:60', 'noon', ''])('«%s» is refused', clock => {
    expect(() => nextLocalTime(new Date('2026-11-22T00:00:00Z'), homeZone, clock)).toThrow(RangeError)
  })
})

describe('as people read it', () => {
  const at = new Date('2026-11-22T10:05:00Z')

  test('the day, in Kazakh with the weekday behind it', () => {
    expect(showDay(at, homeZone, 'kk')).toBe('22 қараша, жексенбі')
    expect(showDay(at, homeZone, 'ru')).toBe('воскресенье, 22 ноября')
    expect(showDay(at, homeZone, 'en')).toBe('Sunday 22 November')
    expect(showDay(new Date('2026-11-22T19:30:00Z'), homeZone, 'en')).toBe('Monday 23 November')
  })

  test.each([
    ['00:00', 'night'],
    ['04:59', 'night'],
    ['05:00', 'morning'],
    ['11:59', 'morning'],
    ['12:00', 'day'],
    ['17:59', 'day'],
    ['18:00', 'evening'],
    ['22:59', 'evening'],
    ['23:00', 'night'],
  ] as const)('%s is %s', (clock, part) => {
    const moment = new Date(`2026-11-22T${clock}:00+05:00`)
    for (const language of ['kk', 'ru', 'en'] as const) {
      expect(showTime(moment, homeZone, language)).toEqual({ clock, part })
    }
  })
})

test('the clock check passes here and tells what is wrong with another clock', () => {
  expect(assertClock()).toBeUndefined()
  for (const { zone } of regions) expect(assertClock(zone)).toBeUndefined()
  // The sign of this zone is reversed: it lies west of Greenwich.
  expect(assertClock('Etc/GMT+5')).toContain('it is 19:00')
  expect(assertClock('Etc/GMT-6')).toContain('it is 06:00')
  expect(assertClock('Asia/Nowhere')).toContain('it is unknown')
})
