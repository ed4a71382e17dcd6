import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textOf, valueText } from '../../bot/i18n.ts'
import { languages } from '../../domain/language.ts'
import { regions } from '../../domain/regions.ts'
import {
  assertClock,
  homeZone,
  isQuietHours,
  localDay,
  localHour,
  nextLocalTime,
  readDate,
  showDay,
  showTime,
} from '../../domain/time.ts'
import en from '../../locales/en.json' with { type: 'json' }
import kk from '../../locales/kk.json' with { type: 'json' }
import ru from '../../locales/ru.json' with { type: 'json' }

const locales = { kk, ru, en }

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
        expect(showTime(next, zone, 'en')).toBe(clock)
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

  test.each(['00:00', '04:59', '09:00', '12:00', '20:00', '23:59'])(
    '%s, and no «evening» behind it',
    clock => {
      const moment = new Date(`2026-11-22T${clock}:00+05:00`)
      for (const language of ['kk', 'ru', 'en'] as const)
        expect(showTime(moment, homeZone, language)).toBe(clock)
    },
  )
})

describe('a date in figures', () => {
  test.each([
    ['31.12.2027', '2027-12-31'],
    [' 1.2.2028 ', '2028-02-01'],
    ['29.02.2028', '2028-02-29'],
    ['2027-12-31', '2027-12-31'],
    ['29.02.2027', undefined],
    ['31.04.2027', undefined],
    ['00.01.2027', undefined],
    ['01.13.2027', undefined],
    ['2027-13-01', undefined],
    ['31.12.27', undefined],
    ['до 31.12.2027', undefined],
    ['три года', undefined],
    ['', undefined],
  ])('«%s» is the day %s', (text, date) => {
    expect(readDate(text)).toBe(date)
  })
})

describe('a date as it is read aloud', () => {
  const months = {
    kk: 'қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан',
    ru: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
    en: 'January February March April May June July August September October November December',
  }
  const spoken = {
    kk: (month: string) => `2027 жылғы 3 ${month}`,
    ru: (month: string) => `3 ${month} 2027 года`,
    en: (month: string) => `3 ${month} 2027`,
  }
  const rows = languages.flatMap(language =>
    months[language]
      .split(' ')
      .map(
        (month, n) =>
          [`2027-${String(n + 1).padStart(2, '0')}-03`, language, spoken[language](month)] as const,
      ),
  )
  test.each(rows)('%s in %s: %s', (date, language, words) => {
    expect(valueText(language, { date })).toBe(words)
  })

  test.each([
    ['kk', '2027 жылғы 31 желтоқсан'],
    ['ru', '31 декабря 2027 года'],
    ['en', '31 December 2027'],
  ] as const)('the term of a consent in %s', (language, words) => {
    const date = readDate('31.12.2027') ?? ''
    for (const key of ['consent.ask', 'consent.ask.other', 'consent.full', 'vol.consent'])
      expect(textOf(language, { key, values: { term: { date } } })).toContain(`: ${words}.`)
  })

  test.each([
    ['kk', '27 қараша, жұма, сағат 20:00'],
    ['ru', 'пятница, 27 ноября, 20:00'],
    ['en', 'Friday 27 November, 20:00'],
  ] as const)('a moment in %s', (language, words) => {
    expect(valueText(language, { moment: '2026-11-27T15:00:00Z', zone: homeZone })).toBe(words)
  })

  test.each(languages)(
    'no text in %s holds a date in figures or a clock with its part of the day',
    language => {
      // How a coordinator types a day has to be shown as it is typed.
      const typed = ['absence.from', 'absence.wantDate']
      const texts = Object.entries(locales[language]).filter(([key]) => !typed.includes(key))
      expect(texts.filter(([, text]) => /\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2}/.test(text))).toEqual([])
      const twice =
        /(утром|днём|вечером|ночью|таңертең|күндіз|кешке|түнде|morning|afternoon|evening),? (в |at )?\d/
      expect(texts.filter(([, text]) => twice.test(text))).toEqual([])
    },
  )
})

test('the clock check passes here and tells what is wrong with another clock', () => {
  expect(assertClock()).toBeUndefined()
  for (const { zone } of regions) expect(assertClock(zone)).toBeUndefined()
  // The sign of this zone is reversed: it lies west of Greenwich.
  expect(assertClock('Etc/GMT+5')).toContain('it is 19:00')
  expect(assertClock('Etc/GMT-6')).toContain('it is 06:00')
  expect(assertClock('Asia/Nowhere')).toContain('it is unknown')
})
