import { describe, expect, test } from 'vitest'
import { type Category, categories, type Urgency, urgencies } from '../../domain/categories.ts'
import {
  afterQuiet,
  claimedLadder,
  type Due,
  doneLadder,
  dueTime,
  mayWake,
  openLadder,
} from '../../domain/watch.ts'

const zone = 'Asia/Almaty'
const hoursOf = (ladder: readonly Due<string>[]) =>
  ladder.map(({ step, afterMinutes }) => [step, afterMinutes / 60])

const open: [Category, Urgency, among: boolean, steps: [string, number][]][] = [
  ['medical', 'today', true, rungs([0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 3, 5])],
  ['household', 'today', true, rungs([0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 3, 5])],
  ['household', 'soon', true, rungs([12, 18, 21, 24, 27, 30, 36, 42, 54])],
  ['medical', 'soon', true, rungs([6, 9, 10.5, 12, 13.5, 15, 18, 21, 27])],
  ['company', 'planned', true, rungs([24, 48, 54, 60, 66, 72, 84, 96, 120])],
  ['heating', 'planned', true, rungs([12, 24, 27, 30, 33, 36, 42, 48, 60])],
  [
    'safety',
    'today',
    false,
    [
      ['district', 0.5],
      ['region', 5],
    ],
  ],
  [
    'legal',
    'planned',
    false,
    [
      ['district', 24],
      ['region', 120],
    ],
  ],
  [
    'care',
    'soon',
    false,
    [
      ['district', 6],
      ['region', 27],
    ],
  ],
]

function rungs(hours: number[]): [string, number][] {
  const steps = ['post', 'ask', 'ask', 'ask', 'ask', 'ask', 'neighbours', 'district', 'region']
  return steps.map((step, n) => [step, hours[n] ?? 0])
}

describe('how long a request waits', () => {
  test.each(open)('%s, %s, for volunteers: %s', (category, urgency, among, steps) => {
    expect(hoursOf(openLadder(category, urgency, among))).toEqual(steps)
  })

  test('every kind of help climbs, each step later than the one before, and ends with the region', () => {
    for (const { code } of categories)
      for (const urgency of urgencies)
        for (const ladder of [openLadder(code, urgency, true), openLadder(code, urgency, false)]) {
          const minutes = ladder.map(({ afterMinutes }) => afterMinutes)
          expect(minutes).toEqual([...new Set(minutes)].sort((a, b) => a - b))
          expect(ladder.at(-1)?.step).toBe('region')
        }
  })

  test.each([
    ['today', [2, 3, 4]],
    ['soon', [24, 36, 48]],
    ['planned', [48, 72, 96]],
  ] as const)('a silent claim, %s', (urgency, hours) => {
    expect(hoursOf(claimedLadder(urgency))).toEqual(
      ['remind', 'still', 'back'].map((step, n) => [step, hours[n]]),
    )
  })

  test('a confirmation', () => {
    expect(hoursOf(doneLadder)).toEqual([
      ['confirm', 24],
      ['close', 48],
    ])
  })
})

const day = '2026-11-23'
const times: [
  name: string,
  since: string,
  before: number | undefined,
  at: string,
  wakes: boolean,
  due: string,
][] = [
  ['at its time', '05:00', undefined, '05:00', false, '10:00'],
  ['in quiet hours it waits for the morning', '13:00', undefined, '13:00', false, '+03:00'],
  ['unless it may wake people', '13:00', undefined, '13:00', true, '18:00'],
  ['late, it keeps three hours from the step before', '00:00', 1, '09:00', false, '12:00'],
  ['or one, where people wait today', '00:00', 1, '09:00', true, '10:00'],
  ['but no more than there is between them', '00:00', 4.75, '09:00', false, '09:15'],
  ['and neither comes at night', '00:00', 1, '15:30', false, '+03:00'],
]

describe('when a step of five hours is due (UTC, Kazakhstan is five hours ahead)', () => {
  test.each(times)('%s', (_, since, before, at, wakes, due) => {
    const moment = (clock: string) =>
      clock.startsWith('+') ? new Date(`2026-11-24T${clock.slice(1)}:00Z`) : new Date(`${day}T${clock}:00Z`)
    const last = before === undefined ? undefined : { step: 'x', afterMinutes: before * 60 }
    const when = { since: moment(since), before: last, at: moment(at), wakes, zone }
    expect(dueTime({ step: 'y', afterMinutes: 300 }, when)).toEqual(moment(due))
  })

  test('quiet hours are from nine in the evening to eight', () => {
    const shown = (clock: string) =>
      afterQuiet(new Date(`${day}T${clock}Z`), zone)
        .toISOString()
        .slice(5, 16)
    expect(shown('15:59:59')).toBe('11-23T15:59')
    expect(shown('16:00:00')).toBe('11-24T03:00')
    expect(shown('02:59:59')).toBe('11-23T03:00')
    expect(shown('03:00:00')).toBe('11-23T03:00')
  })
})

test('only help that is needed today, and has not come, may wake people; not for ever', () => {
  const dueAt = new Date('2026-11-23T15:00:00Z')
  const wakes = (urgency: Urgency, status: 'open' | 'claimed' | 'done', at: string) =>
    mayWake({ urgency, status, dueAt }, new Date(at))
  expect(wakes('today', 'open', '2026-11-23T17:00:00Z')).toBe(true)
  expect(wakes('today', 'claimed', '2026-11-23T17:00:00Z')).toBe(true)
  expect(wakes('today', 'done', '2026-11-23T17:00:00Z')).toBe(false)
  expect(wakes('soon', 'open', '2026-11-23T17:00:00Z')).toBe(false)
  expect(wakes('today', 'open', '2026-11-24T17:00:00Z')).toBe(false)
})
