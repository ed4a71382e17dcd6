import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { OpenDatabase } from '../../db/client.ts'
import { askerIn, asks, forMother, forMyself, walkTo } from '../town/asking.ts'
import { openTestDatabase } from '../town/database.ts'
import { zeinep } from '../town/quick.ts'
import { requestFrom, settledTown } from '../town/stories.ts'
import { testedChannels } from '../town/town.ts'

vi.setConfig({ testTimeout: 180_000 })
let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

describe.each(testedChannels)('on %s', channel => {
  test('a second request is three taps: kind, when, all correct; everything else is remembered', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMyself)
    await aigul.presses(t('menu'))
    await aigul.presses(t('who.me'))
    await aigul.presses(t('cat.medical'))
    await aigul.presses(t('when.today'))
    for (const remembered of ['Қалима Серікова', 'Абая 12', '+7 705 111 22 33'])
      expect(aigul.last.text).toContain(remembered)
    await aigul.presses(t('check.yes'))
    expect(aigul.last.text).toMatch(/: 2\./)
  })

  test('several older people: each is chosen by name, with their own address', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMother)
    await aigul.says('/menu')
    await aigul.presses(t('who.other'))
    expect(asks(asker, aigul, 'elder.which')).toBe(true)
    await aigul.presses(t('elder.new'))
    const forAunt = forMother.slice(2).map(step => {
      if (step.key === 'name.other') return { ...step, answer: () => aigul.says('Роза Ким') }
      if (step.key === 'place.street') return { ...step, answer: () => aigul.says('Садовая 9') }
      return step
    })
    await walkTo(asker, forAunt)
    await aigul.says('/menu')
    await aigul.presses(t('who.other'))
    expect(aigul.last.buttons).toEqual(expect.arrayContaining(['Роза Ким', 'Зейнеп Ахметова']))
    await aigul.says('Роза')
    await aigul.presses(t('cat.repair'))
    await aigul.presses(t('when.today'))
    expect(aigul.last.text).toContain('Роза Ким')
    expect(aigul.last.text).toContain('Садовая 9')
    await aigul.says('/menu')
    await aigul.presses(t('who.me'))
    await aigul.presses(t('resume.new'))
    expect(asks(asker, aigul, 'name.ask')).toBe(true)
  })

  test('without the consent of the other nothing is posted until a coordinator has asked', async () => {
    const town = await settledTown(database, { channel, language: 'ru' })
    const { aigul, marat, timur, t } = town
    const group = timur.in('Көршілер')
    const before = group.messages.length
    await aigul.start()
    await aigul.presses(t('lang.ru'))
    await walkTo(town, forMother.slice(0, 3))
    await aigul.presses(t('consent.other.no'))
    expect(aigul.last.text).toContain(t('consent.other.wait'))
    await aigul.presses(t('cat.household'))
    await aigul.presses(t('when.today'))
    await aigul.says('Семей')
    await aigul.says('ул. Мира 7')
    await walkTo(town, forMother.slice(10, 13))
    expect(aigul.last.text).not.toContain(t('check.public', { words: '' }).trim())
    await aigul.presses(t('check.yes'))
    expect(aigul.last.text).toContain(t('created.consent', { name: 'Зейнеп Ахметова' }))
    expect(group.messages.length).toBe(before)
    await marat.presses(t('queue.show'))
    await marat.presses(t('queue.agreed'))
    expect(group.messages.length).toBe(before + 1)
    expect(group.last.buttons).toContain(t('claim'))
    await aigul.says('/menu')
    await aigul.presses(t('who.other'))
    await aigul.presses('Зейнеп Ахметова')
    expect(asks(town, aigul, 'cat.ask')).toBe(true)
  })

  test('at night what can wait is posted at eight, and the asker is told so; today is posted at once', async () => {
    const town = await settledTown(database, { channel, language: 'ru' })
    const { aigul, timur, t } = town
    const group = timur.in('Көршілер')
    const before = group.messages.length
    town.at('2026-11-23T18:00:00Z')
    await aigul.start()
    await aigul.presses(t('lang.ru'))
    const steps = forMyself.map(step =>
      step.key === 'when.ask' ? { ...step, answer: () => aigul.presses(t('when.later')) } : step,
    )
    await walkTo(town, steps)
    expect(aigul.last.text).toContain(t('created.morning'))
    expect(group.messages.length).toBe(before)
    await aigul.says('/menu')
    await aigul.presses(t('who.me'))
    await aigul.presses(t('cat.heating'))
    await aigul.presses(t('when.today'))
    await aigul.presses(t('check.yes'))
    expect(aigul.last.text).toContain(t('created.posted'))
    expect(group.messages.length).toBe(before + 1)
    town.at('2026-11-24T02:59:00Z')
    await town.settle()
    expect(group.messages.length).toBe(before + 1)
    town.at('2026-11-24T03:00:00Z')
    await town.settle()
    expect(group.messages.length).toBe(before + 2)
    expect(group.last.text).toContain(t('cat.household'))
  })

  test("the number is told with what comes next, and the group's words are those of the summary", async () => {
    const town = await settledTown(database, { channel, language: 'ru' })
    await requestFrom(town, town.aigul)
    const { aigul, timur, t } = town
    expect(aigul.last.text).toContain(t('created.posted.other', zeinep))
    expect(aigul.last.text).toMatch(/: 1\./)
    const summary = aigul.messages.findLast(({ text }) =>
      text.includes(t('check.public', { words: '' }).trim()),
    )
    const [, shown = ''] = summary?.text.split(t('check.public', { words: '' }).trim()) ?? []
    const words = shown.split('\n\n')[0]?.trim() ?? ''
    expect(words.length).toBeGreaterThan(10)
    expect(timur.in('Көршілер').last.text).toContain(words)
  })
})
