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

describe.each(testedChannels)('on %s', channel => {
  test('the need comes in pieces: words, a voice, a photo; each is confirmed and counted', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMother, 'text.ask')
    await aigul.says('Маме Зейнеп нужны дрова.')
    expect(aigul.last.text).toBe(t('text.more'))
    await aigul.sends('voice')
    expect(aigul.last.text).toContain(t('voice.ok'))
    await aigul.sends('photo', 'вот печь, телефон 87011234567')
    expect(aigul.last.text).toContain(t('photo.ok'))
    await aigul.presses(t('text.enough'))
    const summary = aigul.last.text
    expect(summary).toContain('Маме Зейнеп нужны дрова.\nвот печь, телефон 87011234567')
    expect(summary).toContain(t('check.files', { n: 2 }))
    const [, group = ''] = summary.split(t('check.public', { words: '' }).trim())
    expect(group).toContain('нужны дрова')
    for (const secret of ['Зейнеп', '87011234567']) expect(group).not.toContain(secret)
  })

  test('more can be told at the summary, but not without end, and nothing is sent unasked', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMyself, 'check.ask')
    for (let n = 2; n <= 12; n++) await aigul.says(`И соль тоже нужна, пачек ${n}`)
    expect(aigul.last.text).toContain('пачек 12')
    await aigul.says('И ещё одно, пожалуйста')
    expect(aigul.last.text).toContain(t('check.full'))
    expect(asks(asker, aigul, 'check.ask')).toBe(true)
    expect(await database.db.$count(asker.store.db._.fullSchema.requests)).toBe(0)
  })

  test('a story or a voice told where a button is due is kept for the request', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMyself, 'cat.ask')
    await aigul.says('Не знаю, снег у калитки выше колена')
    expect(asks(asker, aigul, 'cat.ask')).toBe(true)
    await aigul.says('Мне нужны лекарства, валидол две пачки')
    await aigul.sends('voice')
    expect(asks(asker, aigul, 'when.ask')).toBe(true)
    await walkTo(asker, forMyself.slice(4, 8))
    expect(asks(asker, aigul, 'check.ask')).toBe(true)
    expect(aigul.last.text).toContain('снег у калитки')
    expect(aigul.last.text).toContain(t('cat.medical'))
    expect(aigul.last.text).toContain('валидол две пачки')
    expect(aigul.last.text).toContain(t('check.files', { n: 1 }))
  })

  describe('a need told in a row of short messages, the first of which chose its kind', () => {
    test.each([
      ['ru', ['нужны лекарства', 'валидол 2 пачки', 'и хлеб']],
      ['ru', ['дрова', '2 мешка', 'молоко', 'нужны ещё спички']],
      ['kk', ['дәрі керек', 'валидол 2 қорап', 'нан да']],
      ['kk', ['отын керек', 'бір машина', 'көмір де']],
      ['en', ['I need medicine', 'validol 2 packs', 'bread too']],
    ] as const)('%s: %j', async (language, [first, ...rest]) => {
      const asker = await askerIn(database, { channel, language })
      const { aigul, t } = asker
      await walkTo(asker, forMyself, 'cat.ask')
      await aigul.says(first)
      for (const words of rest) {
        await aigul.says(words)
        expect(aigul.last.text).toContain(t('aside.kept'))
        expect(asks(asker, aigul, 'when.ask')).toBe(true)
      }
      await aigul.presses(t('when.today'))
      await walkTo(asker, forMyself.slice(5, 8))
      expect(asks(asker, aigul, 'check.ask')).toBe(true)
      expect(aigul.last.text).toContain(rest.join('\n'))
    })
  })

  test('what is told beside an answer, instead of a place or of one of two kinds is kept too, once', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMyself, 'cat.ask')
    await aigul.says('хлеб и такси')
    expect(aigul.last.text).toContain(t('err.two'))
    await aigul.says('хлеб и такси')
    await aigul.says('валидол')
    expect(asks(asker, aigul, 'when.ask')).toBe(true)
    await aigul.says('корвалол сегодня')
    expect(asks(asker, aigul, 'place.region')).toBe(true)
    await aigul.says('сахар 2 кг')
    expect(aigul.last.text).toContain(t('aside.kept'))
    expect(asks(asker, aigul, 'place.region')).toBe(true)
    await walkTo(asker, forMyself.slice(5, 8))
    expect(aigul.last.text).toContain('хлеб и такси\nвалидол\nкорвалол сегодня\nсахар 2 кг')
    expect(aigul.last.text.split('хлеб и такси').length).toBe(3)
  })

  test('an amount is no number of an option, and one word alone is asked about', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMyself, 'cat.ask')
    await aigul.says('лекарства')
    await aigul.says('валидол')
    await aigul.says('2')
    expect(asks(asker, aigul, 'place.region')).toBe(true)
    await walkTo(asker, forMyself.slice(5, 8))
    expect(asks(asker, aigul, 'text.ask')).toBe(true)
    await aigul.says('Для сердца')
    await aigul.presses(t('text.enough'))
    expect(aigul.last.text).toContain('валидол\nДля сердца')
    expect(aigul.last.text).toContain(t('when.3days'))
  })

  test('empty, endless and unreadable words each get a kind sentence, and the question stays', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMyself, 'text.ask')
    await aigul.says('\u200B\u200B.')
    await aigul.edits('другое')
    expect(aigul.last.text).toContain(t('err.edited'))
    await aigul.sends('sticker')
    expect(asks(asker, aigul, 'text.more')).toBe(true)
    await aigul.says('Дрова и уголь. '.repeat(270))
    expect(asks(asker, aigul, 'text.more')).toBe(true)
    await aigul.says("<b>хлеб</b>'; drop table people; --")
    await aigul.presses(t('text.enough'))
    expect(aigul.last.text).toContain("<b>хлеб</b>'; drop table people; --")
  })
})
