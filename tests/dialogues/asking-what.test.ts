import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { OpenDatabase } from '../../db/client.ts'
import { categories } from '../../domain/categories.ts'
import { askerIn, asks, forMyself, walkTo } from '../town/asking.ts'
import { openTestDatabase } from '../town/database.ts'
import { becomeCoordinator, settledTown } from '../town/stories.ts'
import { languagesOn, testedChannels } from '../town/town.ts'

vi.setConfig({ testTimeout: 180_000 })
let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const afterCategory = (code: string) => (code === 'safety' ? 'sos.safety' : 'when.ask')

describe.each(testedChannels)('on %s', channel => {
  describe.each(languagesOn(channel))('in %s', language => {
    test('each of the seventeen kinds of help is reached by press, by number and by word', async () => {
      const asker = await askerIn(database, { channel, language })
      const { aigul, t } = asker
      await walkTo(asker, forMyself, 'cat.ask')
      for (const [index, { code, list }] of categories.entries()) {
        const label = t(`cat.${code}`)
        const place = categories.filter(entry => entry.list === list).findIndex(entry => entry.code === code)
        const how = ['press', 'number', 'word'][index % 3]
        if (list === 2 && how !== 'word') await aigul.presses(t('cat.more'))
        if (how === 'press') await aigul.presses(label)
        else await aigul.says(how === 'number' ? String(place + 1) : label.toLowerCase())
        expect({ code, asked: asks(asker, aigul, afterCategory(code)) }).toEqual({ code, asked: true })
        await aigul.presses(t('back'))
        if (list === 2 && how !== 'word') await aigul.presses(t('back'))
        expect(asks(asker, aigul, 'cat.ask')).toBe(true)
      }
    })
  })

  test('103 and 112 stand above the question of urgency; 102 and 111 where somebody is hurt', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMyself, 'when.ask')
    expect(aigul.last.text).toBe(`${t('sos.warn')}\n\n${t('when.ask')}`)
    await aigul.presses(t('back'))
    await aigul.says('мошенники или насилие')
    expect(aigul.last.text).toContain('102')
    expect(aigul.last.text).toContain('111')
    expect(aigul.last.text.split(t('sos.safety')).length).toBe(2)
  })

  describe('what must not be posted', () => {
    const secret = categories.filter(entry => entry.route === 'coordinator').map(entry => entry.code)

    test('goes to the coordinator and to no group', async () => {
      const town = await settledTown(database, { channel, language: 'ru' })
      const { aigul, marat, timur, t } = town
      const before = timur.in('Көршілер').messages.length
      await aigul.start()
      await aigul.presses(t('lang.ru'))
      for (const [n, code] of secret.entries()) {
        if (n === 0) await walkTo(town, forMyself, 'cat.ask')
        else await aigul.says('меню')
        if (n > 0) await aigul.presses(t('who.me'))
        await aigul.says(t(`cat.${code}`))
        await aigul.presses(t('when.3days'))
        if (n === 0) await walkTo(town, forMyself.slice(5), 'check.ask')
        expect(aigul.last.text).toContain(t('check.ask'))
        expect(aigul.last.text).not.toContain(t('check.public', { words: '' }).trim())
        await aigul.presses(t('check.yes'))
        expect(aigul.last.text).toContain(t('created.coordinator'))
        expect(marat.last.text).toContain(t(`cat.${code}`))
      }
      expect(timur.in('Көршілер').messages.length).toBe(before)
    })

    test('safety: only a cleared coordinator hears of it, without a word of it', async () => {
      const town = await settledTown(database, { channel, language: 'ru' })
      const { aigul, marat, timur, t } = town
      const saule = await town.person('Сауле')
      await becomeCoordinator(town, saule, 'Сауле', { regionId: 'abai', districtId: null, cleared: false })
      const before = timur.in('Көршілер').messages.length
      const heard = saule.messages.length
      await aigul.start()
      await aigul.presses(t('lang.ru'))
      await walkTo(town, forMyself, 'cat.ask')
      await aigul.says(t('cat.safety'))
      await aigul.presses(t('sos.answer.yes'))
      await walkTo(town, forMyself.slice(5, 8))
      await aigul.says('Внук меня обижает, забирает пенсию')
      await aigul.presses(t('text.enough'))
      await aigul.presses(t('check.edit'))
      expect(aigul.last.buttons).not.toContain(t('edit.when'))
      await aigul.presses(t('back'))
      await aigul.presses(t('check.yes'))
      expect(aigul.last.text).toContain(t('created.coordinator'))
      expect(timur.in('Көршілер').messages.length).toBe(before)
      expect(saule.messages.length).toBe(heard)
      expect(marat.last.text).toContain(t('cat.safety'))
      const told = marat.messages.map(({ text }) => text).join('\n')
      for (const words of ['обижает', 'Внук']) expect(told).not.toContain(words)
      await marat.presses(t('queue.show'))
      expect(marat.messages.some(({ text }) => text.includes('Внук меня обижает'))).toBe(true)
    })

    test('not safe to write: one number is asked, and a cleared coordinator calls', async () => {
      const town = await settledTown(database, { channel, language: 'ru' })
      const { aigul, marat, t } = town
      await aigul.start()
      await aigul.presses(t('lang.ru'))
      await walkTo(town, forMyself, 'cat.ask')
      await aigul.says(t('cat.safety'))
      await aigul.presses(t('sos.answer.no'))
      expect(asks(town, aigul, 'phone.safe')).toBe(true)
      await aigul.says('8 705 111 22 33')
      expect(aigul.last.text).toContain(t('sos.call'))
      expect(marat.last.text).toContain('+7 705 111 22 33')
      expect(marat.last.buttons).toContain(t('alert.reply'))
    })
  })
})
