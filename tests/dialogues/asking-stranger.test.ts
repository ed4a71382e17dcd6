import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../db/client.ts'
import { asks, forMyself, walkTo } from '../town/asking.ts'
import { openTestDatabase } from '../town/database.ts'
import { openTown } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

async function stranger(channel: 'telegram' | 'playground' = 'telegram') {
  const town = await openTown(database, { channel, language: 'ru' })
  town.at('2026-11-23T06:00:00Z')
  return { ...town, aigul: await town.person('Айгүл') }
}

const greetings = [
  'здрасте',
  'Здравствуйте, как вы поживаете?',
  'Добрый день, меня зовут Айгүл Серікқызы',
  'Ассалаумағалейкум, қалыңыз қалай',
  'Вы кто?',
]

describe('a greeting is no need', () => {
  test.each(greetings)('as the first words: %s', async said => {
    const asker = await stranger('playground')
    const { aigul, t } = asker
    await aigul.says(said)
    expect(asks(asker, aigul, 'lang.ask')).toBe(true)
    await aigul.presses(t('lang.ru'))
    await walkTo(asker, forMyself, 'text.ask')
    expect(asks(asker, aigul, 'text.ask')).toBe(true)
  })

  test.each(greetings)('at the question for the language: %s', async said => {
    const asker = await stranger()
    const { aigul, t } = asker
    await aigul.start()
    await aigul.says(said)
    expect(asks(asker, aigul, 'lang.ask')).toBe(true)
    await aigul.presses(t('lang.ru'))
    await walkTo(asker, forMyself)
    expect(aigul.messages.some(({ text }) => text.includes(t('check.words', { words: said })))).toBe(false)
    expect(
      aigul.messages.some(({ text }) => text.includes(t('check.words', { words: 'Нужны хлеб и молоко' }))),
    ).toBe(true)
  })

  test.each(['Здравствуйте! Маме нужны лекарства', 'валидол 2 пачки'])('but this is one: %s', async said => {
    const asker = await stranger('playground')
    const { aigul, t } = asker
    await aigul.says(said)
    await aigul.presses(t('lang.ru'))
    await walkTo(asker, forMyself, 'text.ask')
    expect(asks(asker, aigul, 'text.ask')).toBe(false)
    expect(aigul.last.text).toContain(t('check.words', { words: said }))
  })
})

test('the very first question has nothing to go back to; the next one has', async () => {
  const { aigul, t } = await stranger()
  await aigul.start()
  expect(aigul.last.buttons).not.toContain(t('back'))
  expect(aigul.last.buttons).toContain(t('human'))
  await aigul.presses(t('lang.ru'))
  expect(aigul.last.buttons).toContain(t('back'))
})

describe('at the summary', () => {
  async function atSummary() {
    const asker = await stranger()
    const { aigul, t } = asker
    await aigul.start()
    await aigul.presses(t('lang.ru'))
    await walkTo(asker, forMyself, 'check.ask')
    return asker
  }

  test.each(['8 702 000 56 78', 'мой телефон 8 702 000 56 78', '+7 702 000 56 78 правильный'])(
    'a phone told alone corrects the phone: %s',
    async said => {
      const { aigul, t } = await atSummary()
      expect(aigul.last.text).toContain('+7 705 111 22 33')
      await aigul.says(said)
      expect(aigul.last.text).toContain('+7 702 000 56 78')
      expect(aigul.last.text).not.toContain('+7 705 111 22 33')
      expect(aigul.last.text).toContain(t('check.words', { words: 'Нужны хлеб и молоко' }))
      // What is changed later counts, and other lines leave it alone.
      await aigul.presses(t('check.edit'))
      await aigul.presses(t('edit.words'))
      await aigul.says('Нужна соль')
      await aigul.presses(t('text.enough'))
      expect(aigul.last.text).toContain('+7 702 000 56 78')
      await aigul.presses(t('check.edit'))
      await aigul.presses(t('edit.phone'))
      await aigul.says('8 708 000 11 22')
      expect(aigul.last.text).toContain('+7 708 000 11 22')
    },
  )

  test('a phone inside words is a part of the need', async () => {
    const { aigul, t } = await atSummary()
    await aigul.says('Ключ у соседки, 8 702 000 56 78')
    expect(aigul.last.text).toContain('+7 705 111 22 33')
    expect(aigul.last.text).toContain(
      t('check.words', { words: 'Нужны хлеб и молоко\nКлюч у соседки, 8 702 000 56 78' }),
    )
  })
})

test('what is too long is to be written shorter: a name, an address', async () => {
  const asker = await stranger()
  const { aigul, t } = asker
  await aigul.start()
  await aigul.presses(t('lang.ru'))
  await walkTo(asker, forMyself, 'name.ask')
  await aigul.says('Қалима '.repeat(43))
  expect(aigul.last.text).toContain(t('err.shorter', { n: 80 }))
  await walkTo(asker, forMyself.slice(2), 'place.address')
  await aigul.says('улица Абая '.repeat(30))
  expect(aigul.last.text).toContain(t('err.shorter', { n: 300 }))
  expect(aigul.last.text).toContain(t('place.address'))
})
