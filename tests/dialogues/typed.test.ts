import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../db/client.ts'
import { openTestDatabase } from '../town/database.ts'
import { coordinator, helper, neighbour, zeinep } from '../town/quick.ts'
import { helperOf, requestFrom, settledTown } from '../town/stories.ts'
import { openTown, testedChannels } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

describe.each(testedChannels)('typed instead of pressed, on %s', channel => {
  test.each([
    ['да, помогли, спасибо', 'rate.ask.other'],
    ['не помогли', 'req.sorry.other'],
  ])('«%s» answers whether help was given', async (words, then) => {
    const town = await settledTown(database, { channel, language: 'ru' })
    const { t, aigul, timur } = town
    await requestFrom(town, aigul)
    await timur.in('Көршілер').presses(t('claim'))
    await timur.presses(t('done'))
    await timur.presses(t('done.noCode'))
    expect(aigul.last.text).toContain(t('req.confirm.other', zeinep))
    await aigul.says(words)
    expect(aigul.last.text).toContain(t(then, zeinep))
  })

  test.each(['5', 'пять', 'очень хорошо'])('«%s» rates the help and opens no menu', async words => {
    const town = await settledTown(database, { channel, language: 'ru' })
    const { t, aigul, timur } = town
    await requestFrom(town, aigul)
    await timur.in('Көршілер').presses(t('claim'))
    await timur.presses(t('done'))
    await timur.says(helperOf(aigul).second)
    expect(aigul.last.text).toContain(t('rate.ask.other', zeinep))
    await aigul.says(words)
    expect(aigul.last.text).toContain(t('rate.thanks'))
  })

  test('a digit out of the blue shows the menu and picks nothing from it', async () => {
    const town = await openTown(database, { channel, language: 'ru' })
    const aigul = await neighbour(town, 'Айгүл')
    await aigul.says('3')
    expect(aigul.last.text).toBe(town.t('who.ask'))
  })
})

describe.each(testedChannels)('a call for a person, on %s', channel => {
  test('reaches a coordinator of any territory while the place is unknown', async () => {
    const town = await openTown(database, { channel, language: 'ru' })
    town.at('2026-11-23T06:00:00Z')
    const marat = await coordinator(town, 'Марат', { regionId: '10' })
    const aigul = await neighbour(town, 'Айгүл')
    await aigul.says('человек')
    expect(marat.last.text).toContain(town.t('alert.human').split('\n')[0])
    await marat.presses(town.t('alert.reply'))
    await marat.says('Слушаю Вас')
    expect(aigul.last.text).toContain('Слушаю Вас')
  })

  test('goes by the place that the half-finished request names, and by a volunteer’s district', async () => {
    const town = await openTown(database, { channel, language: 'ru' })
    town.at('2026-11-23T06:00:00Z')
    const far = await coordinator(town, 'Гүлнар', { regionId: '75' })
    const near = await coordinator(town, 'Марат', { regionId: '10' })
    const timur = await helper(town, 'Тимур')
    await timur.says('человек')
    expect(near.last.text).toContain('Тимур')
    const aigul = await neighbour(town, 'Айгүл')
    await aigul.says('/menu')
    await aigul.presses(town.t('who.me'))
    for (const key of ['consent.yes', 'cat.household', 'when.today']) {
      if (key === 'cat.household') await aigul.says('Айгүл')
      await aigul.presses(town.t(key))
    }
    await aigul.says('Семей')
    await aigul.says('человек')
    expect(near.last.text).toContain('Айгүл')
    expect(far.messages.some(({ text }) => /Айгүл|Тимур/.test(text))).toBe(false)
  })

  test('with no coordinator at all names the phone instead of a promise', async () => {
    const town = await openTown(database, { channel, language: 'ru' })
    const aigul = await neighbour(town, 'Айгүл')
    await aigul.says('человек')
    expect(aigul.messages.some(({ text }) => text.includes('+7 700 000 00 99'))).toBe(true)
    expect(aigul.messages.some(({ text }) => text.startsWith('Позвали координатора'))).toBe(false)
  })
})
