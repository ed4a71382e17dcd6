import { describe, expect, test } from 'vitest'
import { takeUnaskedDay } from '../../db/asking.ts'
import { transact } from '../../db/client.ts'
import { eq } from '../../db/drizzle.ts'
import { countForgotten } from '../../db/forgotten.ts'
import { closeRequest, getRequest, listRequestsOf, submitRequest } from '../../db/requests.ts'
import { askings, elders } from '../../db/schema.ts'
import { join } from '../../deeds/join.ts'
import { routeOf } from '../../domain/categories.ts'
import type { languages } from '../../domain/language.ts'
import { forgottenAfterDays } from '../../domain/volunteer.ts'
import { testDatabase } from '../town/database.ts'
import { boundGroup, districtAtNoon } from '../town/district.ts'
import { actsOf, helper, noon, otherDistrict, request, semey, zeinep } from '../town/quick.ts'
import { languagesOn, type TestedChannel, testedChannels } from '../town/town.ts'

const database = testDatabase()

/** Зейнеп's last help ended long ago; Тимур never had a task, Дина had one, Олжас rests, Ерлан helps elsewhere. */
async function forgotten(channel: TestedChannel, language: (typeof languages)[number] = 'ru') {
  const district = await districtAtNoon(database, { channel, language, role: { regionId: '10' } })
  const { town, t, aigul, marat } = district
  const { store } = town
  const at = new Date(noon.getTime() - 50 * 86_400_000)
  const { id, elderId } = await request(town, aigul, { at })
  const dina = await helper(town, 'Дина', { language })
  await dina.says('/tasks')
  await dina.pressesData(`claim:${id}`)
  await closeRequest(store, id, { outcome: 'fulfilled', by: aigul.personId, at })
  await dina.presses(t('release'))
  const timur = await helper(town, 'Тимур', { language })
  const olzhas = await helper(town, 'Олжас', { language })
  await olzhas.says('/duty')
  await olzhas.presses(t('duty.until'))
  await helper(town, 'Ерлан', { language, districtIds: [otherDistrict] })
  const roles = [{ regionId: '10', districtId: null, cleared: false }]
  const count = () => countForgotten(store, roles, noon)
  const pair = { elderId, volunteerId: timur.personId }
  const joining = () =>
    transact(store, inner => join(inner, pair, { by: { id: marat.personId, roles }, at: noon }))
  return { ...district, store, timur, dina, elderId, count, joining }
}

describe.each(testedChannels)('nobody forgotten, nobody idle on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s one press asks the idle helper; a claim is theirs alone',
    async language => {
      const { town, t, marat, aigul, timur, dina, count, store } = await forgotten(channel, language)
      await boundGroup({ town, marat }, [timur, dina])
      expect(await count()).toBe(1)
      await marat.says('/fairness')
      expect(marat.last.text).toContain(t('fair.count', { n: 1, days: forgottenAfterDays }))
      expect(marat.last.text).toContain(t('fair.never', { name: 'Тимур' }))
      const asks = ['Тимур', 'Дина'].map(name => t('fair.join', { name }))
      expect(
        marat.last.buttons.filter(label => label.startsWith(t('fair.join', { name: '' }).trim())),
      ).toEqual(asks)
      await marat.presses(t('fair.join', { name: 'Тимур' }))
      expect(marat.last.text).toContain(t('fair.asked', zeinep))
      expect(timur.last.text).toContain(t('join.you', { days: 50 }))
      for (const secret of ['Зейнеп', 'Абая', '701']) expect(timur.last.text).not.toContain(secret)
      expect(aigul.last.text).toBe(t('join.asker.other', { ...zeinep, num: 2 }))
      expect(await count()).toBe(0)
      // Neither the group nor anybody else has heard of it yet.
      expect(dina.in('Көршілер').messages.some(({ buttons }) => buttons.includes(t('claim')))).toBe(false)
      expect((await timur.presses(t('claim'))).notice).toBe(t('claim.yours', { num: 2 }))
      expect(timur.last.text).toContain('Абая 12')
      expect((await actsOf(town)).some(({ act }) => act === 'elder.joined')).toBe(true)
      const [own] = await listRequestsOf(store, aigul.personId, 1)
      expect(own).toMatchObject({ category: 'company', status: 'claimed', number: 2 })
    },
  )

  test('passed over stays on the list; nobody near is said; the end is the end', async () => {
    const { t, marat, timur, dina, count } = await forgotten(channel)
    for (const one of [timur, dina]) {
      await one.says('/duty')
      await one.presses(t('duty.week'))
    }
    await marat.says('/fairness')
    expect(marat.last.text).toContain(t('fair.nobody'))
    await marat.presses(t('fair.next'))
    expect(marat.messages.some(({ text }) => text.includes(t('fair.end')))).toBe(true)
    expect(await count()).toBe(1)
  })
})

test('two coordinators at once make one request, and the helper hears once', async () => {
  const { town, t, timur, store, joining } = await forgotten('telegram')
  expect((await Promise.all([joining(), joining()])).sort()).toEqual(['asked', 'gone'])
  await town.settle()
  const told = timur.messages.filter(({ text }) => text.includes(t('join.you', { days: 50 })))
  expect(told.length).toBe(1)
  expect(await store.db.$count(askings)).toBe(1)
})

test('who has heard from us today is not asked, and no request is left behind', async () => {
  const { timur, aigul, store, joining, count } = await forgotten('telegram')
  await takeUnaskedDay(store, timur.personId, '2026-11-23')
  expect(await joining()).toBe('busy')
  expect(await count()).toBe(1)
  expect((await listRequestsOf(store, aigul.personId, 9)).length).toBe(1)
})

test('counted: by territory, by the last contact, only who agreed and waits for nothing', async () => {
  const { town, store, aigul, elderId } = await forgotten('telegram')
  const count = (regionId: string | null, districtId: string | null) =>
    countForgotten(store, [{ regionId, districtId, cleared: false }], noon)
  expect(await count(null, null)).toBe(1)
  expect(await count('10', semey)).toBe(1)
  expect(await count('10', otherDistrict)).toBe(0)
  expect(await count('75', null)).toBe(0)
  expect(await countForgotten(store, [], noon)).toBe(0)
  const set = (values: Partial<typeof elders.$inferInsert>) =>
    store.db.update(elders).set(values).where(eq(elders.id, elderId))
  const days = (n: number) => new Date(noon.getTime() - n * 86_400_000)
  await set({ lastContactAt: days(forgottenAfterDays - 1) })
  expect(await count('10', semey)).toBe(0)
  await set({ lastContactAt: days(forgottenAfterDays + 1) })
  expect(await count('10', semey)).toBe(1)
  await set({ agreed: false })
  expect(await count('10', semey)).toBe(0)
  await set({ agreed: true })
  // Somebody new with an open request waits for help, not for a visit.
  await request(town, aigul, { at: days(40) })
  expect(await count('10', semey)).toBe(1)
})

test('who is known from the restricted queue alone is named only to those cleared', async () => {
  const { town, store, aigul, count } = await forgotten('telegram')
  const at = new Date(noon.getTime() - 50 * 86_400_000)
  const { id } = await request(town, aigul, { at, category: 'safety' })
  await closeRequest(store, id, { outcome: 'fulfilled', by: aigul.personId, at })
  expect(await count()).toBe(1)
  const country = { regionId: null, districtId: null }
  expect(await countForgotten(store, [{ ...country, cleared: true }], noon)).toBe(2)
  // Cleared for one district is not cleared for another.
  const roles = [
    { ...country, cleared: false },
    { regionId: '10', districtId: otherDistrict, cleared: true },
  ]
  expect(await countForgotten(store, roles, noon)).toBe(1)
  // For whom somebody has asked openly as well is known to all, whatever comes afterwards.
  const { elderId, requesterId, regionId, districtId } = await getRequest(store, id)
  const known = { elderId, requesterId, regionId, districtId, details: '', publicWords: '', danger: null }
  for (const category of ['company', 'safety'] as const) {
    const what = { category, route: routeOf(category), urgency: 'today' } as const
    const { id: again } = await submitRequest(store, { ...known, ...what, at, dueAt: at, year: 2026 })
    await closeRequest(store, again, { outcome: 'fulfilled', by: aigul.personId, at })
    expect(await count()).toBe(2)
  }
})
