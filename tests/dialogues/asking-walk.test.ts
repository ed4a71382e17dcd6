import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../db/client.ts'
import { askedOf, askerIn, asks, forMother, forMyself, walkTo } from '../town/asking.ts'
import { openTestDatabase } from '../town/database.ts'
import { zeinep } from '../town/quick.ts'
import { languagesOn, testedChannels } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

describe.each(testedChannels)('on %s', channel => {
  describe.each(languagesOn(channel))('in %s', language => {
    test.each([
      ['for a mother in a village', forMother, 'created.coordinator.other'],
      ['for oneself in a city', forMyself, 'created.coordinator'],
    ] as const)('every question comes once and in order: %s', async (_, steps, then) => {
      const asker = await askerIn(database, { channel, language })
      for (const step of steps) {
        expect(askedOf(asker, asker.aigul, steps)).toBe(step.key)
        await step.answer(asker.aigul, asker)
      }
      expect(asker.aigul.last.text).toContain(asker.t(then, zeinep))
    })

    test('back from every question, all the way, and forward again: nothing is lost', async () => {
      const asker = await askerIn(database, { channel, language })
      const { aigul, t } = asker
      await walkTo(asker, forMother, 'check.ask')
      const summary = aigul.last.text
      const way = forMother.slice(1, -1).map(step => step.key)
      for (const key of way.toReversed()) {
        await aigul.presses(t('back'))
        expect(askedOf(asker, aigul, forMother)).toBe(key)
      }
      await aigul.presses(t('back'))
      expect(asks(asker, aigul, 'who.ask')).toBe(true)
      await aigul.presses(t('who.other'))
      expect(asks(asker, aigul, 'consent.ask.other')).toBe(true)
      await aigul.presses(t('consent.yes'))
      expect(aigul.last.text).toBe(summary)
    })
  })

  test('one answer corrected on the way back leads forward to where it was', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMother, 'phone.other')
    for (const key of ['place.street', 'place.settlement', 'place.district', 'place.region', 'when.ask']) {
      await aigul.says('назад')
      expect(askedOf(asker, aigul, forMother)).toBe(key)
    }
    await aigul.says('Назад')
    await aigul.presses(t('cat.transport'))
    expect(asks(asker, aigul, 'phone.other')).toBe(true)
    await walkTo(asker, forMother.slice(10), 'check.ask')
    for (const words of [t('cat.transport'), t('when.3days'), 'Жезкент', 'Мира 7'])
      expect(aigul.last.text).toContain(words)
  })
})
