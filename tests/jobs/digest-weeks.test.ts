import { describe, expect, test } from 'vitest'
import { openServerDatabase, type Store } from '../../db/client.ts'
import { beginDigest, setDigestSettings } from '../../db/digest-runs.ts'
import { countWeek } from '../../db/digest-week.ts'
import { sql } from '../../db/drizzle.ts'
import { closeRequest } from '../../db/requests.ts'
import { languages } from '../../domain/language.ts'
import { addDays } from '../../domain/time.ts'
import { digest } from '../../jobs/digest.ts'
import { testDatabase } from '../town/database.ts'
import { coordinator, farDistrict, neighbour, otherDistrict, request, semey } from '../town/quick.ts'
import { type Citizen, openTown, type Town } from '../town/town.ts'

const database = testDatabase()
/** A Monday. */
const monday = '2026-11-23'

function open(language: (typeof languages)[number] = 'ru') {
  return openTown(database, { channel: 'telegram', language })
}

function digestsOf(reader: Citizen, { t }: Town) {
  return reader.messages.filter(({ buttons }) => buttons.includes(t('dg.settings')))
}

describe('three processes over three weeks', () => {
  test('each coordinator reads one digest a local day at their hour, and one a week', async () => {
    const town = await open()
    town.at(`${monday}T00:00:00Z`)
    const [marat, saule, zhanar] = [
      await coordinator(town, 'Марат', { regionId: '10', districtId: semey }),
      await coordinator(town, 'Сәуле', { regionId: '10' }),
      await coordinator(town, 'Жанар'),
    ]
    await setDigestSettings(town.store, saule.personId, { atMinutes: 18 * 60 })
    await setDigestSettings(town.store, zhanar.personId, { paused: true })
    const processes = await openProcesses(town)
    const seen: string[] = []
    for (let day = 0; day < 21; day++) {
      const date = addDays(monday, day)
      for (const clock of ['03:29', '03:30', '03:31', '08:00', '12:59', '13:00', '15:59', '18:30']) {
        const at = new Date(`${date}T${clock}:00Z`)
        const runs = await Promise.all(processes.map(store => digest.run(store, at)))
        const sum = (name: string) => runs.reduce((total, run) => total + (run[name] ?? 0), 0)
        if (sum('sent') + sum('weekly') > 0) seen.push(`${date} ${clock} ${sum('sent')} ${sum('weekly')}`)
      }
      town.at(`${date}T19:00:00Z`)
      await town.settle()
    }
    const expected = Array.from({ length: 21 }, (_, day) => addDays(monday, day)).flatMap((date, day) => [
      `${date} 03:30 1 0`,
      `${date} 13:00 1 ${day % 7 === 0 ? 1 : 0}`,
    ])
    expect(seen).toEqual(expected)
    expect(digestsOf(marat, town).length).toBe(21)
    expect(digestsOf(saule, town).length).toBe(24)
    expect(digestsOf(zhanar, town).length).toBe(0)
    await Promise.all(processes.slice(1).map(store => closers.get(store)?.()))
  }, 120_000)

  test('a process that dies between the note and the message has done neither', async () => {
    const town = await open()
    town.at(`${monday}T00:00:00Z`)
    const { personId } = await coordinator(town, 'Марат', { regionId: '10', districtId: semey })
    const at = new Date(`${monday}T03:30:00Z`)
    const dying = town.store.db.transaction(async tx => {
      const store = { ...town.store, db: tx }
      expect(await beginDigest(store, { personId, day: monday, at })).toBe(true)
      throw new Error('killed')
    })
    await expect(dying).rejects.toThrow('killed')
    expect(await digest.run(town.store, at)).toEqual({ sent: 1, weekly: 0 })
  })
})

describe('the week', () => {
  test.each(languages)('in %s: beside the week before, by district', async language => {
    const town = await open(language)
    const { t, store } = town
    town.at('2026-11-09T06:00:00Z')
    const saule = await coordinator(town, 'Сәуле', { regionId: '10', cleared: false }, language)
    const aigul = await neighbour(town, 'Айгүл', language)
    const make = (at: string, more = {}) => request(town, aigul, { at: new Date(at), ...more })
    const close = (id: string, at: string, how = {}) =>
      closeRequest(store, id, { outcome: 'fulfilled', by: null, at: new Date(at), ...how })
    // The week before begins on Monday 9 November at midnight there, and the week on the 16th.
    await make('2026-11-08T18:59:00Z')
    await close((await make('2026-11-08T19:00:00Z')).id, '2026-11-15T18:59:00Z')
    await close((await make('2026-11-15T19:00:00Z')).id, '2026-11-16T06:00:00Z', { confirmation: 'none' })
    await close((await make('2026-11-18T06:00:00Z')).id, '2026-11-22T18:59:00Z', { outcome: 'unmet' })
    await make('2026-11-20T06:00:00Z', { districtId: otherDistrict })
    await make('2026-11-20T06:00:00Z', { districtId: farDistrict })
    await make('2026-11-20T06:00:00Z', { category: 'safety' })
    await make('2026-11-22T19:00:00Z')
    const at = `${monday}T03:30:00Z`
    town.at(at)
    expect(await digest.run(store, new Date(at))).toEqual({ sent: 1, weekly: 1 })
    await town.settle()
    const [, week] = digestsOf(saule, town)
    const line = (key: string, n: number, before: number) => t('dg.week.line', { label: { key }, n, before })
    const place = (id: string, values: Record<string, number>) =>
      t('dg.week.place', { place: { district: id }, ...values })
    expect(week?.text.split('\n\n')).toEqual([
      t('dg.week.title', { from: { date: '2026-11-16' }, to: { date: '2026-11-22' } }),
      t('dg.where', { where: { region: '10' } }),
      [
        line('dg.week.came', 3, 1),
        line('dg.week.done', 1, 1),
        line('dg.unconfirmed', 1, 0),
        line('dg.week.unmet', 1, 0),
      ].join('\n'),
      [
        t('dg.week.brackets'),
        place(semey, { came: 2, cameBefore: 1, done: 1, doneBefore: 1 }),
        place(otherDistrict, { came: 1, cameBefore: 0, done: 0, doneBefore: 0 }),
      ].join('\n'),
    ])
    expect(week?.content).toBe('photo')
  })

  test('the country is told by region; a week of nothing is one line', async () => {
    const town = await open()
    town.at('2026-11-20T06:00:00Z')
    await coordinator(town, 'Жанар')
    const saule = await coordinator(town, 'Сәуле', { regionId: '11' })
    const aigul = await neighbour(town, 'Айгүл')
    await request(town, aigul, { at: new Date('2026-11-20T06:00:00Z') })
    await request(town, aigul, { at: new Date('2026-11-20T06:00:00Z'), districtId: farDistrict })
    const at = new Date(`${monday}T03:30:00Z`)
    const country = [{ regionId: null, districtId: null, cleared: true }] as const
    const week = await countWeek(town.store, country, { at, zone: 'Asia/Almaty' })
    expect(week.places.map(({ id, week: { came } }) => [id, came])).toEqual([
      ['10', 1],
      ['75', 1],
    ])
    town.at(at.toISOString())
    await digest.run(town.store, at)
    await town.settle()
    const quiet = digestsOf(saule, town).map(({ text }) => text)
    expect(quiet.length).toBe(2)
    expect(quiet.every(text => !text.includes('\n'))).toBe(true)
  })
})

const closers = new Map<Store, () => Promise<void>>()

/** Three processes: on a server each with connections of its own, else three runs at once in one. */
async function openProcesses(town: Town): Promise<Store[]> {
  const server = process.env.TEST_DATABASE_URL
  if (!server) return [town.store, town.store, town.store]
  const found = await town.store.db.execute(sql`select current_database() as name`)
  const url = new URL(server)
  url.pathname = `/${(found as unknown as { name: string }[])[0]?.name}`
  const others = await Promise.all([1, 2].map(() => openServerDatabase(url.href)))
  return [
    town.store,
    ...others.map(({ db, close }) => {
      const store = { ...town.store, db }
      closers.set(store, close)
      return store
    }),
  ]
}
