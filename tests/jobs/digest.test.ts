import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { raiseAlert } from '../../db/alerts.ts'
import type { OpenDatabase } from '../../db/client.ts'
import { grantRole } from '../../db/coordinators.ts'
import { countDay } from '../../db/digest.ts'
import { eq } from '../../db/drizzle.ts'
import { addElder } from '../../db/elders.ts'
import { closeRequest } from '../../db/requests.ts'
import { requests, roles } from '../../db/schema.ts'
import type { languages } from '../../domain/language.ts'
import { digest } from '../../jobs/digest.ts'
import { openTestDatabase } from '../town/database.ts'
import { coordinator, farDistrict, helper, neighbour, otherDistrict, request, semey } from '../town/quick.ts'
import {
  type Citizen,
  languagesOn,
  openTown,
  type TestedChannel,
  type Town,
  testedChannels,
} from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const morning = new Date('2026-11-24T03:30:00Z')

function hoursBefore(hours: number): Date {
  return new Date(morning.getTime() - hours * 3_600_000)
}

async function open(channel: TestedChannel, language: (typeof languages)[number] = 'ru') {
  const town = await openTown(database, { channel, language })
  town.at('2026-11-23T06:00:00Z')
  const marat = await coordinator(town, 'Марат', { regionId: '10', cleared: false }, language)
  return { town, t: town.t, marat }
}

/** A day with one of everything the digest counts, and the same again where Марат must not count it. */
async function busyDay(town: Town) {
  const { store } = town
  const aigul = await neighbour(town, 'Айгүл')
  const timur = await helper(town, 'Тимур')
  await timur.says('/tasks')
  const make = (hours: number, more = {}) => request(town, aigul, { at: hoursBefore(hours), ...more })
  const done = async (id: string, hours: number, rating?: number) => {
    await closeRequest(store, id, { outcome: 'fulfilled', by: aigul.personId, at: hoursBefore(hours) })
    if (rating)
      await store.db
        .update(requests)
        .set({ rating, ratedAt: hoursBefore(hours) })
        .where(eq(requests.id, id))
  }
  await make(2)
  await make(3, { districtId: otherDistrict, urgency: 'planned' })
  await make(30, { urgency: 'planned' })
  await make(100, { urgency: 'soon' })
  const { id } = await make(5, { urgency: 'soon' })
  await timur.pressesData(`claim:${id}`)
  const silent = await make(28, { urgency: 'planned' })
  await timur.pressesData(`claim:${silent.id}`)
  await store.db.update(requests).set({ watchStep: 2 }).where(eq(requests.id, silent.id))
  await done((await make(26)).id, 2, 2)
  const unconfirmed = await make(27)
  const closing = { outcome: 'fulfilled', by: null, at: hoursBefore(3), confirmation: 'none' } as const
  await closeRequest(store, unconfirmed.id, closing)
  await done((await make(40)).id, 30, 5)
  const cancelled = await make(8)
  await closeRequest(store, cancelled.id, { outcome: 'cancelled', by: aigul.personId, at: hoursBefore(7) })
  await make(2, { category: 'safety' })
  await make(2, { districtId: farDistrict })
  await helper(town, 'Ерлан', { status: 'pending' })
  await helper(town, 'Данияр', { status: 'pending', districtIds: [farDistrict] })
  const alert = { kind: 'human', personId: aigul.personId, requestId: null, words: '' } as const
  const place = { regionId: '10', districtId: semey }
  await raiseAlert(store, { ...alert, ...place, at: hoursBefore(1), dueAt: morning })
  await raiseAlert(store, { ...alert, ...place, kind: 'abuse', at: hoursBefore(1), dueAt: morning })
  await forgotten(town, aigul.personId, semey)
  await forgotten(town, aigul.personId, farDistrict)
}

/** An older person whom nobody has seen for forty days. */
async function forgotten({ store }: Town, personId: string, districtId: string) {
  const elder = { districtId, regionId: districtId.slice(0, 2), name: 'Күлән', phone: '+77010000001' }
  const home = { settlement: '', text: 'Абай 1' }
  const added = { ...elder, home, agreed: true, self: false }
  await addElder(store, { personId, at: hoursBefore(40 * 24) }, added)
}

/** By the keys of their words, in the order in which they are told. */
const counted = {
  urgent: 1,
  new: 4,
  nohelper: 2,
  overdue: 1,
  silent: 1,
  working: 2,
  done: 2,
  unconfirmed: 1,
  low: 1,
  alerts: 1,
  applicants: 1,
  forgotten: 1,
}
/** The same by the buttons that open the lists, with the numbers of the requests that stand there. */
const lists: readonly (readonly [button: string, numbers: readonly number[]])[] = [
  ['dg.list.urgent', [1]],
  ['dg.list.fresh', [1, 2, 5, 10]],
  ['dg.list.unclaimed', [3, 4]],
  ['queue.overdue', [4]],
  ['dg.list.silent', [6]],
  ['queue.claimed', [5, 6]],
  ['dg.list.fulfilled', [7, 8]],
  ['dg.list.unconfirmed', [8]],
  ['dg.list.low', [7]],
]
/** Those that are no lists of requests, with the words that show where one has come. */
const others: readonly (readonly [button: string, seen: string])[] = [
  ['queue.alerts', 'Айгүл'],
  ['queue.applicants', 'Ерлан'],
  ['dg.list.forgotten', 'Күлән'],
]

describe.each(testedChannels)('the digest on %s', channel => {
  test.each(languagesOn(channel))('in %s: the right numbers, in words and as a picture', async language => {
    const { town, t, marat } = await open(channel, language)
    await busyDay(town)
    town.at(morning.toISOString())
    await marat.says('/digest')
    expect(marat.last.content).toBe('photo')
    const lines = marat.last.text.split('\n').filter(line => /: \d+$/.test(line))
    expect(lines).toEqual(Object.entries(counted).map(([key, n]) => `${t(`dg.${key}`)}: ${n}`))
    expect(marat.last.text).toContain(t('dg.where', { where: { region: '10' } }))
    const day = { day: morning.toISOString(), zone: 'Asia/Almaty' }
    expect(marat.last.text).toContain(t('dg.title', { date: day }))
    const labels = [
      ...lists.map(([button, numbers]) => t(button, { n: numbers.length })),
      ...others.map(([button]) => t(button, { n: 1 })),
    ]
    expect(marat.last.buttons).toEqual([...labels, t('menu.queue'), t('dg.settings')])
    await marat.presses(t('menu.queue'))
    expect(marat.last.text).toContain(t('queue.ask'))
  })

  test.each(languagesOn(channel))(
    'in %s: each line opens its own list, as it was counted',
    async language => {
      const { town, t, marat } = await open(channel, language)
      await busyDay(town)
      town.at(morning.toISOString())
      await marat.says('/digest')
      // Ten hours later the list still shows what the digest has counted.
      town.at('2026-11-24T13:30:00Z')
      for (const [button, numbers] of lists) {
        await marat.presses(t(button, { n: numbers.length }))
        expect(marat.last.text).toContain(t('queue.list'))
        const shown = marat.last.buttons.flatMap(label => /^(?:№|No\. )(\d+) /.exec(label)?.[1] ?? [])
        expect([button, shown.map(Number).sort((one, other) => one - other)]).toEqual([button, numbers])
      }
      for (const [button, seen] of others) {
        await marat.presses(t(button, { n: 1 }))
        expect(marat.last.text).toContain(seen)
      }
    },
  )

  test.each(languagesOn(channel))('in %s: a quiet day says so', async language => {
    const { t, marat } = await open(channel, language)
    await marat.says('/digest')
    const day = { day: '2026-11-23T06:00:00Z', zone: 'Asia/Almaty' }
    expect(marat.last.text).toBe(t('dg.quiet', { date: day, where: { region: '10' } }))
    expect(marat.last.text).not.toContain('\n')
    expect(marat.last.content).toBeUndefined()
  })
})

/** Came and done on the last five local days, 20 to 24 November. */
const trendOfBusyDay = [
  [1, 0],
  [0, 0],
  [1, 0],
  [4, 1],
  [4, 2],
]

test('counts by territory and clearance', async () => {
  const { town } = await open('telegram')
  await busyDay(town)
  const when = { at: morning, zone: 'Asia/Almaty' }
  const role = (regionId: string | null, districtId: string | null, cleared = false) =>
    countDay(town.store, [{ regionId, districtId, cleared }], when)
  const lines = async (...of: Parameters<typeof role>) => (await role(...of)).lines
  expect(await lines(null, null)).toMatchObject({ fresh: 5, applicants: 2, forgotten: 2 })
  expect(await lines(null, null, true)).toMatchObject({ fresh: 6, alerts: 2 })
  expect(await lines('10', semey)).toMatchObject({ fresh: 3, applicants: 1, working: 2 })
  expect(await lines('10', otherDistrict)).toMatchObject({ fresh: 1, applicants: 0, working: 0, alerts: 0 })
  const region = await role('10', null)
  expect(region.before).toEqual({ fresh: 5, fulfilled: 1 })
  expect(region.trend.length).toBe(30)
  expect(region.trend.slice(-5).map(({ came, done }) => [came, done])).toEqual(trendOfBusyDay)
  expect(region.places.map(({ id, open }) => [id, open])).toEqual([
    [semey, 5],
    [otherDistrict, 1],
  ])
  // Who holds both a district and its region counts nothing twice.
  const both = [
    { regionId: '10', districtId: null, cleared: false },
    { regionId: '10', districtId: semey, cleared: true },
  ] as const
  expect((await countDay(town.store, both, when)).lines).toMatchObject({ fresh: 5, working: 2 })
  const country = await role(null, null)
  expect(country.places.map(({ id }) => id)).toEqual(['10', '75'])
})

test('names all that it counts: every territory that lies in no other', async () => {
  const { town, t } = await open('telegram')
  const ermek = await coordinator(town, 'Ермек', { regionId: '10', districtId: semey })
  const also = [
    { regionId: '10', districtId: otherDistrict },
    { regionId: '75', districtId: farDistrict },
    { regionId: '75', districtId: null },
  ]
  for (const place of also)
    await grantRole(town.store, { ...place, cleared: false, personId: ermek.personId, at: morning })
  await ermek.says('/digest')
  const where = { list: [{ district: semey }, { district: otherDistrict }, { region: '75' }] }
  const day = { day: '2026-11-23T06:00:00Z', zone: 'Asia/Almaty' }
  expect(ermek.last.text).toBe(t('dg.quiet', { date: day, where }))
})

const moments: [name: string, at: string, sent: number][] = [
  ['before half past eight', '2026-11-24T03:29:59Z', 0],
  ['at half past eight', '2026-11-24T03:30:00Z', 1],
  ['after a late start', '2026-11-24T09:12:00Z', 1],
  ['not at night', '2026-11-24T16:00:00Z', 0],
  ['on a Saturday', '2026-11-28T03:30:00Z', 1],
  ['on a Sunday', '2026-11-29T03:30:00Z', 1],
]

/** Every digest ends with the button to its settings. */
function digestsOf(reader: Citizen, { t }: Town): number {
  return reader.messages.filter(({ buttons }) => buttons.includes(t('dg.settings'))).length
}

describe('by itself', () => {
  test.each(moments)('%s', async (_, at, sent) => {
    const { town, marat } = await open('playground')
    town.at(at)
    expect(await digest.run(town.store, new Date(at))).toMatchObject({ sent })
    await town.settle()
    expect(digestsOf(marat, town)).toBe(sent)
  })

  test('once a local day, each minute of it; again the next day', async () => {
    const { town } = await open('telegram')
    const run = (at: string) => digest.run(town.store, new Date(at))
    expect(await run('2026-11-24T03:30:00Z')).toMatchObject({ sent: 1 })
    expect(await run('2026-11-24T03:31:00Z')).toMatchObject({ sent: 0 })
    expect(await run('2026-11-24T15:00:00Z')).toMatchObject({ sent: 0 })
    // Midnight in Kazakhstan has passed, half past eight has not.
    expect(await run('2026-11-24T20:00:00Z')).toMatchObject({ sent: 0 })
    expect(await run('2026-11-25T03:30:00Z')).toMatchObject({ sent: 1 })
  })

  test('three runs at once send one', async () => {
    const { town, marat } = await open('telegram')
    town.at(morning.toISOString())
    const runs = await Promise.all([1, 2, 3].map(() => digest.run(town.store, morning)))
    expect(runs.reduce((sum, { sent = 0 }) => sum + sent, 0)).toBe(1)
    await town.settle()
    expect(digestsOf(marat, town)).toBe(1)
  })

  test('who cannot be reached or has no role any more costs the others nothing', async () => {
    const { town, t, marat } = await open('telegram')
    const saule = await coordinator(town, 'Сәуле', {}, 'ru')
    const former = await coordinator(town, 'Жанар', {}, 'ru')
    const revoked = { revokedAt: morning }
    await town.store.db.update(roles).set(revoked).where(eq(roles.personId, former.personId))
    await marat.blocks()
    town.at(morning.toISOString())
    expect(await digest.run(town.store, morning)).toMatchObject({ sent: 1 })
    await town.settle()
    expect(saule.last.text).toContain(t('place.country'))
    expect(digestsOf(former, town)).toBe(0)
    await marat.start()
    await marat.says('/digest')
    expect(digestsOf(marat, town)).toBe(1)
  })
})
