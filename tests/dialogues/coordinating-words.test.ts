import { describe, expect, test } from 'vitest'
import { getRequest } from '../../db/requests.ts'
import type { Role } from '../../domain/roles.ts'
import { testDatabase } from '../town/database.ts'
import { boundGroup, districtAtNoon } from '../town/district.ts'
import { actsOf, helper, otherDistrict, request, semey } from '../town/quick.ts'
import { languagesOn, testedChannels } from '../town/town.ts'

const database = testDatabase()

describe.each(testedChannels)('the public words on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s are written anew, shown first, without a secret, in every group',
    async language => {
      const { town, t, marat, aigul } = await districtAtNoon(database, {
        channel,
        language,
        role: { regionId: '10' },
      })
      const timur = await helper(town, 'Тимур', { language })
      const dina = await helper(town, 'Дина', { language })
      const first = await boundGroup({ town, marat }, [timur])
      const second = await boundGroup({ town, marat }, [dina], { title: 'Достар' })
      const { id } = await request(town, aigul, { details: 'Нужны лекарства' })
      await marat.pressesData(`open:${id}`)
      await marat.presses(t('queue.words'))
      expect(marat.last.text).toContain(t('words.now', { words: 'Нужны лекарства' }))
      await marat.says('Зейнеп Ахметова, ул. Абая 12, кв. 5, тел. 8 701 123 45 67: нужен хлеб')
      const seen = marat.last.text
      expect(seen).toContain('хлеб')
      for (const secret of ['Зейнеп', 'Ахметова', 'Абая', '701', '123']) expect(seen).not.toContain(secret)
      expect(first.last.text).toContain('лекарства')
      await marat.presses(t('words.anew'))
      await marat.says('Нужны хлеб и молоко, Зейнеп ждёт вечером')
      await marat.presses(t('words.yes'))
      expect(marat.last.text).toContain(t('words.ok', { num: 1 }))
      for (const group of [first, second]) {
        expect(group.last.text).toContain('хлеб и молоко')
        expect(group.last.text).not.toMatch(/Нужны лекарства|Зейнеп/)
        expect(group.last.buttons).toContain(t('claim'))
        expect(group.messages.filter(({ buttons }) => buttons.includes(t('claim'))).length).toBe(1)
      }
      // The private words stay as they were told.
      expect((await getRequest(town.store, id)).details).toBe('Нужны лекарства')
      expect((await actsOf(town)).at(-1)).toMatchObject({ act: 'request.reworded', actorId: marat.personId })
      await timur.in('Көршілер').presses(t('claim'))
      expect(second.last.text).not.toContain('хлеб')
      await marat.pressesData(`open:${id}`)
      expect(marat.last.buttons).not.toContain(t('queue.words'))
    },
  )
})

test('a post that waits for the morning goes out with the new words', async () => {
  const { town, t, marat, aigul } = await districtAtNoon(database, { channel: 'telegram' })
  const timur = await helper(town, 'Тимур')
  const group = await boundGroup({ town, marat }, [timur])
  const night = new Date('2026-11-23T18:00:00Z')
  town.at(night.toISOString())
  const { id } = await request(town, aigul, { urgency: 'planned', at: night })
  const posts = () => group.messages.filter(({ buttons }) => buttons.includes(t('claim')))
  expect(posts()).toEqual([])
  await marat.pressesData(`open:${id}`)
  await marat.presses(t('queue.words'))
  await marat.says('Нужен хлеб')
  await marat.presses(t('words.yes'))
  expect(posts()).toEqual([])
  town.at('2026-11-24T03:30:00Z')
  await town.settle()
  expect(posts().map(({ text }) => [text.includes('хлеб'), text.includes('Нужны лекарства')])).toEqual([
    [true, false],
  ])
})

test('taken while they were written: nothing changes', async () => {
  const { town, t, marat, aigul } = await districtAtNoon(database, { channel: 'playground' })
  const timur = await helper(town, 'Тимур')
  await timur.says('/tasks')
  const { id } = await request(town, aigul)
  await marat.pressesData(`open:${id}`)
  await marat.presses(t('queue.words'))
  await marat.says('Нужен хлеб')
  await timur.pressesData(`claim:${id}`)
  await marat.presses(t('words.yes'))
  expect(marat.last.text).toContain(t('st.line', { num: 1, status: { key: 'st.claimed' } }))
  expect(marat.last.buttons).not.toContain(t('queue.words'))
  expect((await getRequest(town.store, id)).publicWords).toBe('Нужны лекарства')
})

const territories: { role: string; given: Partial<Role>; may: boolean }[] = [
  { role: 'the country', given: {}, may: true },
  { role: 'the district', given: { regionId: '10', districtId: semey }, may: true },
  { role: 'another district', given: { regionId: '10', districtId: otherDistrict }, may: false },
  { role: 'another region', given: { regionId: '75' }, may: false },
]

test.each(territories)('$role: may write them anew $may', async ({ given, may }) => {
  const { town, t, marat, aigul } = await districtAtNoon(database, { channel: 'playground', role: given })
  const { id } = await request(town, aigul)
  await marat.pressesData(`open:${id}`)
  expect(marat.last.buttons.includes(t('queue.words'))).toBe(may)
  const restricted = await request(town, aigul, { category: 'safety' })
  await marat.pressesData(`open:${restricted.id}`)
  expect(marat.last.buttons.includes(t('queue.words'))).toBe(false)
})
