import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../db/client.ts'
import { askerIn, asks, forMother, forMyself, walkTo } from '../town/asking.ts'
import { openTestDatabase } from '../town/database.ts'
import { testedChannels } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

describe.each(testedChannels)('plain answers on %s', channel => {
  test.each([
    ['ru', 'да', 'И соль'],
    ['ru', 'Да, конечно', 'И соль'],
    ['kk', 'иә', 'Тұз да керек'],
    ['en', 'yes', 'Salt too'],
  ] as const)(
    'in %s «%s» to "add more?" promises more and is no part of the need',
    async (language, yes, more) => {
      const asker = await askerIn(database, { channel, language })
      const { aigul, t } = asker
      await walkTo(asker, forMyself, 'cat.ask')
      await aigul.presses(t('cat.household'))
      await aigul.presses(t('when.3days'))
      await walkTo(asker, forMyself.slice(5), 'text.ask')
      await aigul.says('Хлеб, молоко')
      await aigul.says(yes)
      expect(aigul.last.text).toBe(t('text.goOn'))
      await aigul.says(yes)
      expect(aigul.last.text).toBe(t('text.goOn'))
      await aigul.says(more)
      expect(aigul.last.text).toBe(t('text.more'))
      await aigul.presses(t('text.enough'))
      expect(aigul.last.text).toContain(t('check.words', { words: `Хлеб, молоко\n${more}` }))
    },
  )

  test('a step back from "go on" asks whether that is all, and the words stay', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMyself, 'text.more')
    await aigul.says('да')
    expect(aigul.last.text).toBe(t('text.goOn'))
    await aigul.presses(t('back'))
    expect(aigul.last.text).toBe(t('text.more'))
    await aigul.presses(t('text.enough'))
    expect(aigul.last.text).toContain(t('check.words', { words: 'Нужны хлеб и молоко' }))
  })

  test.each(['нет', 'не надо', 'жоқ', 'no', 'больше ничего'])('«%s» there is all', async no => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMyself, 'text.more')
    await aigul.says(no)
    expect(asks(asker, aigul, 'check.ask')).toBe(true)
    expect(aigul.last.text).toContain(t('check.words', { words: 'Нужны хлеб и молоко' }))
  })

  test.each([
    ['name.ask', 'продукты'],
    ['name.ask', 'Лекарства'],
    ['name.other', 'помощь'],
    ['name.other', 'help me'],
    ['name.other', 'көмек керек'],
    ['name.other', 'Дәрі'],
    ['name.ask', 'восемь семь ноль пять'],
    ['name.other', 'Сломался кран, течёт на кухне'],
  ])('at %s «%s» is asked about once and never becomes a name unasked', async (key, told) => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    const steps = key === 'name.ask' ? forMyself : forMother
    await walkTo(asker, steps, key)
    await aigul.says(told)
    expect(aigul.last.text).toBe(t('name.sure', { name: told }))
    await aigul.presses(t('name.anew'))
    expect(asks(asker, aigul, key)).toBe(true)
    await aigul.says('Зейнеп Ахметова')
    await walkTo(asker, steps.slice(3), 'check.ask')
    expect(aigul.last.text).toContain('Зейнеп Ахметова')
  })

  test('what really is the name is kept by a press or a word; a name typed at once is taken', async () => {
    for (const keep of ['press', 'да', 'Қалима']) {
      const asker = await askerIn(database, { channel })
      const { aigul, t } = asker
      await walkTo(asker, forMyself, 'name.ask')
      await aigul.says('Елена Врач')
      if (keep === 'press') await aigul.presses(t('name.keep'))
      else await aigul.says(keep)
      await walkTo(asker, forMyself.slice(3), 'check.ask')
      expect(aigul.last.text).toContain(keep === 'Қалима' ? 'Қалима' : 'Елена Врач')
    }
  })

  test('digits are still refused, «меня зовут» is no part of a name, and a name corrected later is asked anew', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMyself, 'name.ask')
    await aigul.says('87011234567')
    expect(aigul.last.text).toContain(t('err.name'))
    await aigul.says('Лекарства')
    await aigul.presses(t('name.keep'))
    await walkTo(asker, forMyself.slice(3), 'check.ask')
    expect(aigul.last.text).toContain('Лекарства')
    await aigul.presses(t('check.edit'))
    await aigul.presses(t('edit.name'))
    await aigul.says('Меня зовут Қалима Серікова')
    expect(asks(asker, aigul, 'check.ask')).toBe(true)
    expect(aigul.last.text).toContain('Қалима Серікова')
    expect(aigul.last.text).not.toContain('зовут')
  })
})
