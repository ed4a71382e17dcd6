import { describe, expect, test } from 'vitest'
import { groupDistricts, groups } from '../../db/schema.ts'
import type { Language } from '../../domain/language.ts'
import { nameOf } from '../../domain/places.ts'
import { testDatabase } from '../town/database.ts'
import { districtAtNoon } from '../town/district.ts'
import { actsOf, coordinator, farDistrict, helper, otherDistrict, request, semey } from '../town/quick.ts'
import { hasButtons, languagesOn, type TestedChannel, testedChannels } from '../town/town.ts'

const database = testDatabase()

/** A group that hears of no district yet. */
async function open(channel: TestedChannel, language: Language = 'ru') {
  const district = await districtAtNoon(database, { channel, language, role: { regionId: '10' } })
  const { town, marat } = district
  const timur = await helper(town, 'Тимур', { language })
  await town.group('Көршілер', [marat, timur])
  const bound = async () =>
    (await town.store.db.select().from(groupDistricts)).map(row => row.districtId).sort()
  return { ...district, timur, group: marat.in('Көршілер'), bound }
}

describe.each(testedChannels)('a group on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s: bound by letters, by a button, twice; taken away by a press',
    async language => {
      const { town, t, timur, group, bound } = await open(channel, language)
      expect(group.last.text).toBe(t('group.hello'))
      await timur.in('Көршілер').says('/bind Семей')
      expect(group.last.text).toBe(t('group.coordinatorOnly'))
      await group.says('/bind')
      expect(group.last.text).toBe(t('group.typeDistrict'))
      await group.says('/bind Нарния')
      expect(group.last.text).toBe(t('group.noDistrict'))
      await group.says('/bind семе')
      expect(group.last.text).toContain(nameOf(semey, language))
      expect(await bound()).toEqual([semey])
      await group.says('/bind Жарма')
      expect(await bound()).toEqual([semey, otherDistrict].sort())
      // In a group without buttons a number takes a request, and nothing else.
      if (!hasButtons(channel)) return
      expect(group.last.buttons.length).toBe(2)
      expect((await timur.in('Көршілер').presses(nameOf(semey, language))).notice).toBe(t('act.notYours'))
      expect((await group.presses(nameOf(semey, language))).notice).toBe(t('group.unbound'))
      expect(await bound()).toEqual([otherDistrict])
      await group.presses(nameOf(otherDistrict, language))
      expect(group.last.text).toBe(t('group.free'))
      expect((await actsOf(town)).map(({ act }) => act)).toEqual([
        'group.bound',
        'group.bound',
        'group.unbound',
        'group.unbound',
      ])
    },
  )

  test('letters that fit several districts offer them; other territories are not offered', async () => {
    const { t, town, timur, group, bound } = await open(channel)
    await group.says('/bind а')
    if (group.last.buttons.length > 0) {
      expect(group.last.text).toBe(t('group.which'))
      expect((await timur.in('Көршілер').presses(group.last.buttons[0] ?? '')).notice).toBe(t('act.notYours'))
      await group.presses(group.last.buttons[0] ?? '')
      expect((await bound()).length).toBe(1)
    }
    const before = await bound()
    await group.says(`/bind ${nameOf(farDistrict, 'ru')}`)
    expect(group.last.text).toBe(t('group.noDistrict'))
    expect((await group.pressesData(`bindto:${farDistrict}`)).notice).toBe(t('act.notYours'))
    expect((await group.pressesData('bindto:nowhere')).notice).toBe(t('act.notYours'))
    expect(await bound()).toEqual(before)
    const olga = await coordinator(town, 'Ольга', { regionId: '10', districtId: semey })
    await olga.says('/bind Семей')
    expect(olga.last.text).toContain(t('group.inside'))
    await town.group('Екінші', [olga, timur])
    await olga.in('Екінші').says('/bind')
    expect(olga.in('Екінші').last.text).toContain(nameOf(semey, 'ru'))
  })

  test('of a few that fit, the coordinator chooses; nobody else does, and a choice is made once', async () => {
    const { t, town, timur, group, marat, bound } = await open(channel)
    await group.says('/bind жа')
    const offered = group.last.buttons
    expect(offered.length).toBeGreaterThan(1)
    const wanted = offered[1] ?? ''
    if (hasButtons(channel))
      expect((await timur.in('Көршілер').presses(wanted)).notice).toBe(t('act.notYours'))
    else {
      expect(group.last.text).toContain(t('group.which'))
      const heard = timur.messages.length
      await timur.in('Көршілер').says('2')
      expect(timur.messages).toHaveLength(heard)
    }
    expect(await bound()).toEqual([])
    await group.presses(wanted)
    const [only = '', ...others] = await bound()
    expect([nameOf(only, 'ru'), others]).toEqual([wanted, []])
    if (hasButtons(channel)) return
    // From now on the number is a request's again, and later too.
    await marat.in('Көршілер').says('1')
    expect(await bound()).toEqual([only])
    await group.says('/bind жа')
    town.at('2026-11-23T07:30:00Z')
    await group.says('1')
    expect(await bound()).toEqual([only])
  })

  test('what was asked for before there was a group is posted when it comes', async () => {
    const { t, town, aigul, group, marat } = await open(channel)
    await request(town, aigul, { details: 'Раньше группы' })
    await request(town, aigul, { details: 'Без согласия', agreed: false })
    await request(town, aigul, { details: 'Пособие', category: 'benefits' })
    await group.says('/bind Семей')
    const posts = group.messages.filter(({ buttons }) => buttons.includes(t('claim')))
    expect(posts.length).toBe(1)
    expect(posts[0]?.text).toContain('Раньше группы')
    await town.group('Екінші', [marat])
    await marat.in('Екінші').says('/bind Семей')
    await request(town, aigul, { details: 'После' })
    for (const title of ['Көршілер', 'Екінші']) expect(marat.in(title).last.text).toContain('После')
  })

  test('a group without the bot hears nothing; back in it, everything', async () => {
    const { t, town, aigul, timur, marat, group } = await open(channel)
    await group.says('/bind Семей')
    await group.removesBot()
    await request(town, aigul)
    expect(group.messages.some(({ buttons }) => buttons.includes(t('claim')))).toBe(false)
    expect(marat.last.text).toContain(t('cat.medical'))
    const [row] = await town.store.db.select().from(groups)
    expect(row?.active).toBe(false)
    if (hasButtons(channel))
      expect(timur.messages.some(({ text }) => text.includes(t('cat.medical')))).toBe(false)
    await group.addsBot()
    await request(town, aigul)
    expect(group.last.buttons).toContain(t('claim'))
  })
})

test('a group that becomes a supergroup keeps its districts', async () => {
  const { t, town, aigul, timur, group } = await open('telegram')
  await group.says('/bind Семей')
  await town.grow?.('Көршілер')
  await town.settle()
  await request(town, aigul)
  expect(timur.in('Көршілер').last.buttons).toEqual([t('claim'), t('post.more')])
  expect((await timur.in('Көршілер').presses(t('claim'))).notice).toBe(t('claim.yours', { num: 1 }))
  expect(timur.in('Көршілер').last.text).toContain('Тимур')
  expect((await town.store.db.select().from(groups)).length).toBe(1)
})
