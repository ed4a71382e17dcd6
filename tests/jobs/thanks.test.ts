import { describe, expect, test } from 'vitest'
import { isAsked, takeUnaskedDay } from '../../db/asking.ts'
import { claimRequest, endAssignment } from '../../db/claims.ts'
import { noteMinutes } from '../../db/hours.ts'
import { closeRequest, rateRequest } from '../../db/requests.ts'
import { audit, digestRuns, unaskedDays } from '../../db/schema.ts'
import type { languages } from '../../domain/language.ts'
import { lastMonth } from '../../domain/months.ts'
import { helpMinutes, isOnDuty } from '../../domain/volunteer.ts'
import { thanks } from '../../jobs/thanks.ts'
import { watch } from '../../jobs/watch.ts'
import { testDatabase } from '../town/database.ts'
import { districtAtNoon } from '../town/district.ts'
import { helper, type Neighbour, neighbour, request } from '../town/quick.ts'
import { languagesOn, type TestedChannel, type Town, testedChannels } from '../town/town.ts'

const database = testDatabase()
const first = '2026-12-01T13:00:00Z'
const dates = { from: { date: '2026-11-01' }, to: { date: '2026-11-30' } }

/** A help that ended then, with its minutes and, if it was rated, its rating. */
async function help(
  { town, aigul }: { town: Town; aigul: Neighbour },
  volunteer: Neighbour,
  { ended, minutes, rating }: { ended: string; minutes: number; rating?: number },
) {
  const { store } = town
  const at = new Date(ended)
  const { id } = await request(town, aigul, { at })
  const claim = { requestId: id, volunteerId: volunteer.personId, via: 'claim', at } as const
  const assignment = await claimRequest(store, claim)
  await closeRequest(store, id, { outcome: 'fulfilled', by: aigul.personId, at })
  const end = { assignmentId: assignment?.id ?? '', reason: 'door', at, reopen: false }
  await endAssignment(store, end)
  await noteMinutes(store, assignment?.id ?? '', minutes)
  if (rating) await rateRequest(store, id, rating, at)
}

async function november(channel: TestedChannel, language: (typeof languages)[number] = 'ru') {
  const district = await districtAtNoon(database, { channel, language })
  const { town } = district
  const timur = await helper(town, 'Тимур Жұмабаев', { language })
  const dina = await helper(town, 'Дина', { language })
  const days = ['2026-11-02', '2026-11-12', '2026-11-29']
  for (const [n, day] of days.entries())
    await help(district, timur, { ended: `${day}T06:00:00Z`, minutes: 50, rating: 5 - (n % 2) })
  // October's and December's do not count, nor does what was not confirmed as help.
  await help(district, timur, { ended: '2026-10-31T18:59:00Z', minutes: 240, rating: 1 })
  await help(district, timur, { ended: '2026-11-30T19:01:00Z', minutes: 240, rating: 1 })
  // Where there is no group he was asked in private just now, which is his one message of that day.
  await town.store.db.delete(unaskedDays)
  const run = async (at: string) => {
    town.at(at)
    const done = await thanks.run(town.store, new Date(at))
    await town.settle()
    return done
  }
  return { ...district, timur, dina, run }
}

describe.each(testedChannels)('thanks on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s: the month in numbers, once, and a certificate on request',
    async language => {
      const { town, t, timur, dina, run } = await november(channel, language)
      expect(await run(first)).toEqual({ sent: 1 })
      const rating = { rating: { list: [4.7] }, n: 3 }
      expect(timur.last.text).toBe(
        [
          t('thanks.month', dates),
          t('thanks.given', { helps: 3, hours: 3, people: 3 }),
          t('thanks.rating', rating),
          t('thanks.you'),
        ].join('\n\n'),
      )
      expect(dina.messages.some(({ text }) => text.includes(t('thanks.you')))).toBe(false)
      expect(await run('2026-12-01T14:00:00Z')).toEqual({ sent: 0 })
      expect(await town.store.db.select().from(digestRuns)).toMatchObject([
        { personId: timur.personId, day: 'thanks-2026-11' },
      ])

      await timur.presses(t('thanks.certificate'))
      await timur.presses(t('hours.month'))
      expect(timur.last.content).toBe('photo')
      const issued = (await town.store.db.select().from(audit)).find(
        ({ act }) => act === 'certificate.issued',
      )
      expect(issued?.note).toMatchObject({ helps: 3, hours: 3 })
      const number = String(issued?.note?.number)
      expect(timur.last.text).toBe(t('cert.words', { ...dates, number, helps: 3, hours: 3 }))
      await dina.says('/hours')
      await dina.presses(t('hours.year'))
      expect(dina.last.text).toContain(t('hours.nothing'))
    },
  )
})

test('two ratings would tell who gave them: no average', async () => {
  const district = await districtAtNoon(database, { channel: 'telegram' })
  const timur = await helper(district.town, 'Тимур')
  await help(district, timur, { ended: '2026-11-02T06:00:00Z', minutes: 5, rating: 5 })
  await help(district, timur, { ended: '2026-11-03T06:00:00Z', minutes: 5, rating: 4 })
  district.town.at(first)
  await thanks.run(district.town.store, new Date(first))
  await district.town.settle()
  expect(timur.last.text).toContain(district.t('thanks.given', { helps: 2, hours: 1, people: 2 }))
  expect(timur.last.text).not.toContain(district.t('thanks.rating', { rating: '4,5', n: 2 }))
})

test('not before requests of the day have had their turn, not at night, not later in the month; three processes at once thank once', async () => {
  const { town, timur, run, t } = await november('telegram')
  for (const at of ['2026-12-01T12:59:00Z', '2026-12-01T15:00:00Z', '2026-12-04T13:00:00Z'])
    expect(await run(at)).toEqual({ sent: 0 })
  town.at(first)
  const runs = await Promise.all([1, 2, 3].map(() => thanks.run(town.store, new Date(first))))
  expect(runs.reduce((sum, { sent = 0 }) => sum + sent, 0)).toBe(1)
  await town.settle()
  expect(timur.messages.filter(({ text }) => text.includes(t('thanks.you'))).length).toBe(1)
})

test('who has heard from us unasked on the first is thanked on the second', async () => {
  const { town, timur, run } = await november('telegram')
  await takeUnaskedDay(town.store, timur.personId, '2026-12-01')
  expect(await run(first)).toEqual({ sent: 0 })
  expect(await run('2026-12-02T13:00:00Z')).toEqual({ sent: 1 })
})

test('thanks come after the day’s requests: on the first its helpers are asked as ever', async () => {
  const { town, aigul, timur, run } = await november('telegram')
  const morning = '2026-12-01T04:00:00Z'
  const { id } = await request(town, aigul, { at: new Date(morning) })
  for (let minutes = 0; minutes <= 180; minutes += 5) {
    const at = new Date(Date.parse(morning) + minutes * 60_000)
    await run(at.toISOString())
    await watch.run(town.store, at)
  }
  const asked = { requestId: id, personId: timur.personId }
  expect(await isAsked(town.store, asked)).toBe(true)
})

test('hours are for volunteers only', async () => {
  const { town, t } = await november('telegram')
  const stranger = await neighbour(town, 'Чужой')
  await stranger.says('/hours')
  expect(stranger.last.text).toContain(t('err.command'))
})

describe('the rules', () => {
  const at = (clock: string) => new Date(`2026-11-23T${clock}:00Z`)
  test.each([
    ['on the way an hour and a half', '06:00', '07:00', '08:30', 90],
    ['claimed, and nobody knows when they set out', '06:00', null, '12:00', 60],
    ['claimed and done at once', '06:00', null, '06:25', 25],
    ['done at the door at once', '06:00', '06:01', '06:02', 10],
    ['on the way since the morning', '02:00', '02:00', '14:00', 240],
  ])('%s', (_, startedAt, onWayAt, doneAt, minutes) => {
    const help = { startedAt: at(startedAt), onWayAt: onWayAt ? at(onWayAt) : null, doneAt: at(doneAt) }
    expect(helpMinutes(help)).toBe(minutes)
  })

  test('a rest ends by its time, and without one by a word only', () => {
    expect(isOnDuty({ onDuty: true, offUntil: null }, at('06:00'))).toBe(true)
    expect(isOnDuty({ onDuty: false, offUntil: null }, at('06:00'))).toBe(false)
    expect(isOnDuty({ onDuty: false, offUntil: at('06:01') }, at('06:00'))).toBe(false)
    expect(isOnDuty({ onDuty: false, offUntil: at('06:00') }, at('06:00'))).toBe(true)
  })

  test('the last month, in a year’s first days too', () => {
    const { name, from, to, firstDay, lastDay } = lastMonth(new Date('2027-01-01T05:00:00Z'), 'Asia/Almaty')
    expect([name, firstDay, lastDay]).toEqual(['2026-12', '2026-12-01', '2026-12-31'])
    expect([from.toISOString(), to.toISOString()]).toEqual([
      '2026-11-30T19:00:00.000Z',
      '2026-12-31T19:00:00.000Z',
    ])
  })
})
