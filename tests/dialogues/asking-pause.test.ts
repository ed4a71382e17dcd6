import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../db/client.ts'
import { languages } from '../../domain/language.ts'
import { askedOf, askerIn, asks, forMother, forMyself, walkTo } from '../town/asking.ts'
import { openTestDatabase } from '../town/database.ts'
import { zeinep } from '../town/quick.ts'
import { operator, testedChannels } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

/** The words understood at every step, as people type them. */
const typed = {
  kk: { back: 'артқа', human: 'адам', help: 'нұсқау', menu: 'мәзір', delete: 'жою', language: 'тіл' },
  ru: {
    back: 'назад',
    human: 'человек',
    help: 'как это работает',
    menu: 'меню',
    delete: 'удалить',
    language: 'язык',
  },
  en: {
    back: 'back',
    human: 'person',
    help: 'how it works',
    menu: 'menu',
    delete: 'delete',
    language: 'language',
  },
}

/** The walk through every word at every question is long: in all languages on one channel, in one on the others. */
const spoken = { telegram: ['ru'], playground: languages, whatsapp: ['kk'] } as const

describe.each(testedChannels)('on %s', channel => {
  describe.each(spoken[channel])('in %s', language => {
    test('at every question the words for all of them are understood, and the question stays', async () => {
      const asker = await askerIn(database, { channel, language })
      const { aigul, t } = asker
      const words = typed[language]
      const phone = operator.phone
      for (const [n, step] of forMother.entries()) {
        const stays = () => expect(askedOf(asker, aigul, forMother)).toBe(step.key)
        if (n > 0) {
          await (n % 2 === 0 ? aigul.says(words.human) : aigul.presses(t('human')))
          stays()
          await (n % 2 === 0 ? aigul.says(words.help) : aigul.says('/help'))
          stays()
          expect(aigul.messages.at(-2)?.text).toBe(t('help.text', { phone, hours: operator.hours }))
          await (n % 2 === 0 ? aigul.says(words.delete) : aigul.says('/delete'))
          expect(asks(asker, aigul, 'data.delete')).toBe(true)
          await aigul.presses(t('data.delete.no'))
          expect(aigul.last.text).toContain(t('data.kept'))
          stays()
          await (n % 2 === 0 ? aigul.says(words.language) : aigul.says('/language'))
          await aigul.presses(t(`lang.${language}`))
          stays()
        }
        if (n > 1) {
          await (n % 2 === 0 ? aigul.says(words.back) : aigul.says('/back'))
          expect(askedOf(asker, aigul, forMother)).toBe(forMother[n - 1]?.key)
          await forMother[n - 1]?.answer(aigul, asker)
          stays()
          await (n % 2 === 0 ? aigul.says(words.menu) : aigul.says('/menu'))
          expect(asks(asker, aigul, 'who.ask')).toBe(true)
          await aigul.presses(t('resume'))
          stays()
        }
        await step.answer(aigul, asker)
      }
      expect(aigul.last.text).toContain(t('created.coordinator.other', zeinep))
    }, 180_000)

    test('cancel is understood, says that nothing was sent, and forgets', async () => {
      const asker = await askerIn(database, { channel, language })
      const { aigul, t } = asker
      await walkTo(asker, forMother, 'cat.ask')
      await aigul.says(t('cancel'))
      expect(aigul.messages.at(-2)?.text).toBe(t('cancelled'))
      expect(asks(asker, aigul, 'who.ask')).toBe(true)
      expect(aigul.last.buttons).not.toContain(t('resume'))
    })
  })

  test('a half-done request survives the process and a week, whatever is said then', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMother, 'place.street')
    asker.restart()
    asker.at('2026-11-30T06:00:00Z')
    await aigul.says('Здравствуйте')
    expect(aigul.last.text).toContain(t('err.resume.short'))
    expect(asks(asker, aigul, 'place.street')).toBe(true)
    asker.at('2026-12-07T06:00:00Z')
    await aigul.says('Маме ещё нужен уголь, две тонны')
    expect(asks(asker, aigul, 'resume.ask')).toBe(true)
    await aigul.presses(t('resume.go'))
    expect(asks(asker, aigul, 'place.street')).toBe(true)
    await walkTo(asker, forMother.slice(9), 'text.ask')
    expect(asks(asker, aigul, 'check.ask')).toBe(true)
    for (const kept of ['Зейнеп Ахметова', 'Жезкент', 'две тонны']) expect(aigul.last.text).toContain(kept)
  })

  test('after a week something new can begin instead, with the words just said', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMother, 'place.street')
    asker.at('2026-11-30T06:00:00Z')
    await aigul.says('Мне самой нужны лекарства сегодня')
    await aigul.presses(t('resume.new'))
    await walkTo(
      asker,
      [forMyself[0], ...forMyself.slice(2, 8)].filter(step => step !== undefined),
    )
    expect(aigul.last.text).toContain('Мне самой нужны лекарства')
    expect(aigul.last.text).not.toContain('Зейнеп')
  })

  test('an old button of a request left half-done takes it up again; one already answered says so', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMother, 'cat.ask')
    await aigul.says('/menu')
    await aigul.presses(t('cat.repair'))
    expect(asks(asker, aigul, 'when.ask')).toBe(true)
    await aigul.says('/menu')
    await aigul.presses(t('who.me'))
    expect(asks(asker, aigul, 'resume.ask')).toBe(true)
    await aigul.presses(t('resume.new'))
    expect((await aigul.pressesData('q:gone:1:cat.repair')).notice).toBeUndefined()
    expect(aigul.last.text).toContain(t('err.stale'))
    expect(asks(asker, aigul, 'name.ask')).toBe(true)
  })

  test('«do not write to me» is answered, not taken for something else', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMother, 'cat.ask')
    await aigul.says('не пишите мне больше')
    expect(aigul.last.text).toBe(t('stopped'))
    await aigul.says('/menu')
    await aigul.presses(t('resume'))
    expect(asks(asker, aigul, 'cat.ask')).toBe(true)
  })
})
