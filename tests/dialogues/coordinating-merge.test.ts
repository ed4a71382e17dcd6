import { describe, expect, test } from 'vitest'
import { attach, listAttachments } from '../../db/attachments.ts'
import { eq } from '../../db/drizzle.ts'
import { updateElder } from '../../db/elders.ts'
import { getRequest } from '../../db/requests.ts'
import { requests, roles } from '../../db/schema.ts'
import type { Role } from '../../domain/roles.ts'
import { watch } from '../../jobs/watch.ts'
import { askerIn, forMyself, walkTo } from '../town/asking.ts'
import { testDatabase } from '../town/database.ts'
import { boundGroup, districtAtNoon } from '../town/district.ts'
import {
  actsOf,
  coordinator,
  helper,
  neighbour,
  noon,
  otherDistrict,
  request,
  semey,
  zeinep,
} from '../town/quick.ts'
import { languagesOn, openTown, type Town, testedChannels } from '../town/town.ts'

const database = testDatabase()
const dayMs = 86_400_000
const daysAgo = (days: number) => new Date(noon.getTime() - days * dayMs)

const mergedInto = async (town: Town, id: string) => {
  const [row] = await town.store.db.select().from(requests).where(eq(requests.id, id))
  return row?.mergedInto
}

describe.each(testedChannels)('two requests that say the same on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s are joined when the coordinator says so, and all is told',
    async language => {
      const { town, t, marat, aigul } = await districtAtNoon(database, {
        channel,
        language,
        role: { regionId: '10' },
      })
      const timur = await helper(town, 'Тимур', { language })
      const group = await boundGroup({ town, marat }, [timur])
      const older = await request(town, aigul, {
        details: 'Нужны лекарства',
        urgency: 'planned',
        at: daysAgo(2),
      })
      await timur.pressesData(`claim:${older.id}`)
      const newer = await request(town, aigul, { details: 'Нужен ещё тонометр' })
      const target = { requestId: newer.id, regionId: '10', channel, at: noon }
      await attach(town.store, target, { type: 'location', latitude: 50.4, longitude: 80.2 })
      await marat.pressesData(`open:${newer.id}`)
      expect(marat.last.text).toContain(t('queue.twin', { num: 1 }))
      await marat.presses(t('queue.merge'))
      expect(marat.last.text).toContain(t('merge.ask', { num: 2, into: 1 }))
      await marat.presses(t('merge.no'))
      expect((await getRequest(town.store, newer.id)).status).toBe('open')
      await marat.pressesData(`open:${newer.id}`)
      await marat.presses(t('queue.merge'))
      await marat.presses(t('merge.yes'))
      expect(marat.last.text).toContain(t('merge.ok', { num: 2, into: 1 }))
      expect(await getRequest(town.store, newer.id)).toMatchObject({ status: 'closed', outcome: 'duplicate' })
      expect(await mergedInto(town, newer.id)).toBe(older.id)
      const joined = await getRequest(town.store, older.id)
      expect(joined).toMatchObject({ status: 'claimed', urgency: 'today', dueAt: newer.dueAt })
      expect(joined.details).toBe('Нужны лекарства\nНужен ещё тонометр')
      expect((await listAttachments(town.store, older.id)).length).toBe(1)
      expect(aigul.last.text).toBe(t('req.merged.other', { num: 2, into: 1, ...zeinep }))
      expect(timur.messages.slice(-2).map(({ text }) => text)).toEqual([
        t('task.sooner', { num: 1, when: { key: 'when.today' } }),
        t('task.added', { num: 1, words: 'Нужен ещё тонометр' }),
      ])
      expect(group.messages.some(({ buttons }) => buttons.includes(t('claim')))).toBe(false)
      const act = (await actsOf(town)).find(({ act }) => act === 'request.merged')
      expect(act).toMatchObject({ actorId: marat.personId, subjectId: newer.id, note: { into: older.id } })
    },
  )
})

test('an open older one shows the joined words in the group', async () => {
  const { town, t, marat, aigul } = await districtAtNoon(database, { channel: 'telegram' })
  const timur = await helper(town, 'Тимур')
  const group = await boundGroup({ town, marat }, [timur])
  await request(town, aigul, { details: 'Нужен хлеб', at: daysAgo(1) })
  const newer = await request(town, aigul, { details: 'Нужно молоко' })
  await marat.pressesData(`open:${newer.id}`)
  await marat.presses(t('queue.merge'))
  await marat.presses(t('merge.yes'))
  const open = group.messages.filter(({ buttons }) => buttons.includes(t('claim')))
  expect(open.map(({ text }) => [text.includes('хлеб'), text.includes('молоко')])).toEqual([[true, true]])
})

test('an open older one that is for today now climbs as fast as what was for today from the start', async () => {
  const { town, t, marat, aigul } = await districtAtNoon(database, { channel: 'playground' })
  const timur = await helper(town, 'Тимур')
  const older = await request(town, aigul, { urgency: 'planned', category: 'household' })
  await watch.run(town.store, noon)
  const newer = await request(town, aigul, { category: 'household' })
  await marat.pressesData(`open:${newer.id}`)
  await marat.presses(t('queue.merge'))
  await marat.presses(t('merge.yes'))
  const asked = () => timur.messages.filter(({ buttons }) => buttons.includes(t('claim'))).length
  for (const clock of ['06:01', '06:32', '06:50']) {
    expect(asked()).toBe(0)
    town.at(`2026-11-23T${clock}:01Z`)
    await watch.run(town.store, new Date(`2026-11-23T${clock}:01Z`))
    await town.settle()
  }
  expect(asked()).toBe(1)
  expect((await getRequest(town.store, older.id)).urgency).toBe('today')
})

test('joined at night: what can wait is heard in the morning', async () => {
  const { town, t, marat, aigul } = await districtAtNoon(database, { channel: 'playground' })
  const timur = await helper(town, 'Тимур')
  const need = { urgency: 'planned', category: 'household' } as const
  const older = await request(town, aigul, { ...need, details: 'Нужен хлеб' })
  await timur.pressesData(`claim:${older.id}`)
  const newer = await request(town, aigul, { ...need, details: 'Нужно молоко' })
  town.at('2026-11-23T21:00:00Z')
  const told = () => [aigul, timur].map(({ messages }) => messages.length)
  const before = told()
  await marat.pressesData(`open:${newer.id}`)
  await marat.presses(t('queue.merge'))
  await marat.presses(t('merge.yes'))
  expect(told()).toEqual(before)
  town.at('2026-11-24T03:00:00Z')
  await town.settle()
  expect(told()).toEqual(before.map(n => n + 1))
})

test('is not offered after a week, for another kind, once done, across clearance, nor on the older one', async () => {
  const { town, t, marat, aigul } = await districtAtNoon(database, { channel: 'playground' })
  const berik = await neighbour(town, 'Берік')
  const offered = async (id: string) => {
    await marat.pressesData(`open:${id}`)
    return marat.last.buttons.includes(t('queue.merge'))
  }
  const old = await request(town, aigul, { at: daysAgo(8), category: 'repair' })
  expect(await offered((await request(town, aigul, { category: 'repair' })).id)).toBe(false)
  expect(await offered(old.id)).toBe(false)
  const first = await request(town, aigul, { category: 'household' })
  expect(await offered((await request(town, aigul, { category: 'company' })).id)).toBe(false)
  // Another asker, but the same phone of the one who needs it.
  const again = await request(town, berik, { category: 'household' })
  expect(await offered(again.id)).toBe(true)
  expect(await offered(first.id)).toBe(false)
  await marat.pressesData(`open:${first.id}`)
  await marat.presses(t('queue.close'))
  await marat.presses(t('outcome.unmet'))
  await marat.says('Никого нет')
  expect(await offered(again.id)).toBe(false)
})

const shownFor: [
  who: string,
  told: { name: string; phone?: string; districtId?: string },
  offered: boolean,
][] = [
  ['an aunt', { name: 'Роза Серікова', phone: '+77052223344', districtId: otherDistrict }, false],
  ['a husband under the same phone', { name: 'Марат Ахметов' }, false],
  ['a namesake elsewhere', { name: 'Зейнеп', phone: '+77052223344', districtId: otherDistrict }, false],
  ['herself in fewer words', { name: 'Зейнеп', districtId: otherDistrict }, true],
  ['herself with another phone', { name: 'Ахметова Зейнеп', phone: '+77052223344' }, true],
]

test.each(shownFor)('%s, asked for by the same daughter', async (_, told, offered) => {
  const { town, t, marat, aigul } = await districtAtNoon(database, { channel: 'playground' })
  await request(town, aigul)
  const { name, phone = '+77011234567', districtId = semey } = told
  const newer = await request(town, aigul, { districtId })
  const home = { settlement: '', text: 'ул. Мира 3' }
  await updateElder(town.store, newer.elderId, {
    name,
    phone,
    home,
    regionId: '10',
    districtId,
    agreed: true,
  })
  await marat.pressesData(`open:${newer.id}`)
  expect(marat.last.buttons.includes(t('queue.merge'))).toBe(offered)
  if (!offered) return
  await marat.presses(t('queue.merge'))
  for (const [num, short, district] of [
    [newer.number, name === 'Зейнеп' ? name : 'Ахметова З.', districtId],
    [1, 'Зейнеп А.', semey],
  ] as const)
    expect(marat.last.text).toContain(t('merge.whose', { num, name: short, district: { district } }))
})

const territories: { role: string; given: Partial<Role>; opens: boolean; merges: boolean }[] = [
  { role: 'the region', given: { regionId: '10' }, opens: true, merges: true },
  {
    role: 'the newer one’s district',
    given: { regionId: '10', districtId: semey },
    opens: true,
    merges: false,
  },
  {
    role: 'the older one’s district',
    given: { regionId: '10', districtId: otherDistrict },
    opens: false,
    merges: false,
  },
  { role: 'another region', given: { regionId: '75' }, opens: false, merges: false },
]

test.each(territories)(
  '$role: both must be the coordinator’s to be joined',
  async ({ given, opens, merges }) => {
    const { town, t, marat, aigul } = await districtAtNoon(database, { channel: 'playground', role: given })
    await request(town, aigul, { districtId: otherDistrict })
    const newer = await request(town, aigul)
    await marat.pressesData(`open:${newer.id}`)
    expect(marat.last.buttons.includes(t('queue.close'))).toBe(opens)
    expect(marat.last.buttons.includes(t('queue.merge'))).toBe(merges)
  },
)

test('clearance lost while the question stood: nothing is joined', async () => {
  const { town, t, marat, aigul } = await districtAtNoon(database, {
    channel: 'playground',
    role: { regionId: '10' },
  })
  await coordinator(town, 'Сара')
  await request(town, aigul, { category: 'safety' })
  const newer = await request(town, aigul, { category: 'safety' })
  await marat.pressesData(`open:${newer.id}`)
  await marat.presses(t('queue.merge'))
  await town.store.db.update(roles).set({ cleared: false }).where(eq(roles.personId, marat.personId))
  await marat.presses(t('merge.yes'))
  expect(marat.last.text).toContain(t('act.notYours'))
  expect((await getRequest(town.store, newer.id)).status).toBe('open')
})

describe.each(testedChannels)('who asks for the same again on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s is asked whether it is the same, and it goes on as one',
    async language => {
      const asker = await askerIn(database, { channel, language })
      const { aigul, t, store } = asker
      await walkTo(asker, forMyself)
      const again = async () => {
        await aigul.says('/menu')
        await aigul.presses(t('who.me'))
        await aigul.presses(t('cat.household'))
        await aigul.presses(t('when.today'))
        await aigul.says('Ещё и соль')
        await aigul.presses(t('check.yes'))
      }
      await again()
      expect(aigul.last.text).toContain(t('same.ask', { num: 1 }))
      await aigul.presses(t('same.yes'))
      expect(aigul.last.text).toContain(t('same.added', { num: 1 }))
      const [only, ...more] = await store.db.select().from(requests)
      expect([only?.urgency, more.length]).toEqual(['today', 0])
      expect((await getRequest(store, only?.id ?? '')).details).toContain('Ещё и соль')
      await again()
      await aigul.presses(t('same.no'))
      expect(await store.db.$count(requests)).toBe(2)
    },
  )
})

test('another kind, or another’s request under the same phone, is nobody’s question', async () => {
  const town = await openTown(database, { channel: 'playground', language: 'ru' })
  town.at(noon.toISOString())
  const berik = await neighbour(town, 'Берік')
  await request(town, berik, { category: 'household' })
  const asker = Object.assign(town, { aigul: await town.person('Айгүл') })
  await asker.aigul.start()
  await asker.aigul.presses('Русский')
  const withTheirPhone = forMyself.map(step =>
    step.key === 'phone.ask' ? { ...step, answer: () => asker.aigul.says('+7 701 123 45 67') } : step,
  )
  await walkTo(asker, withTheirPhone)
  expect(asker.aigul.last.text).not.toContain(asker.t('same.ask', { num: 1 }))
  expect(await town.store.db.$count(requests)).toBe(2)
})
