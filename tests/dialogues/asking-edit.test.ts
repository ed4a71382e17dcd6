import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../db/client.ts'
import { type Asker, askerIn, asks, forMother, forMyself, type Step, walkTo } from '../town/asking.ts'
import { openTestDatabase } from '../town/database.ts'
import { testedChannels } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

/** What each line asks anew, in order, what is answered, and what the summary must then show. */
interface Change {
  line: string
  says: readonly [question: string, words: string][]
  shows: string
}

const changesOf = (village: boolean, self: boolean): Change[] => [
  { line: 'edit.name', says: [[self ? 'name.ask' : 'name.other', 'Нурлан Сейтов']], shows: 'Нурлан Сейтов' },
  { line: 'edit.cat', says: [['cat.ask', 'Ремонт']], shows: 'емонт' },
  { line: 'edit.when', says: [['when.ask', 'Сегодня']], shows: 'Сегодня' },
  {
    line: 'edit.address',
    says: village
      ? [
          ['place.settlement', 'Новая Шульба'],
          ['place.street', 'Ленина 1'],
        ]
      : [['place.address', 'Ленина 1']],
    shows: 'Ленина 1',
  },
  {
    line: 'edit.phone',
    says: [[self ? 'phone.ask' : 'phone.other', '8 777 000 11 22']],
    shows: '+7 777 000 11 22',
  },
  {
    line: 'edit.place',
    says: [
      ['place.region', 'Алматы қаласы'],
      ['place.district', 'Бостандық'],
      ['place.address', 'Тимирязева 40'],
    ],
    shows: 'Тимирязева 40',
  },
]

async function known(asker: Asker, steps: readonly Step[]) {
  const { aigul, t } = asker
  await walkTo(asker, steps)
  await aigul.says('меню')
  const self = steps === forMyself
  await aigul.presses(t(self ? 'who.me' : 'who.other'))
  if (!self) await aigul.presses('Зейнеп Ахметова')
  await aigul.presses(t('cat.household'))
  await aigul.presses(t('when.3days'))
}

const cases: [string, boolean, (asker: Asker) => Promise<void>][] = [
  ['a new older person', false, asker => walkTo(asker, forMother, 'check.ask')],
  ['an older person we know', false, asker => known(asker, forMother)],
  ['oneself, for the first time', true, asker => walkTo(asker, forMyself, 'check.ask')],
  ['oneself, known', true, asker => known(asker, forMyself)],
]

describe.each(testedChannels)('on %s, the summary', channel => {
  test.each(cases)('for %s: every line can be changed, and a step back loses nothing', async (...with_) => {
    const [, self, arrive] = with_
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await arrive(asker)
    for (const { line, says, shows } of changesOf(!self, self)) {
      const before = aigul.last.text
      expect(asks(asker, aigul, 'check.ask')).toBe(true)
      await aigul.presses(t('check.edit'))
      await aigul.presses(t(line))
      for (const [question] of says.slice(0, 1)) {
        expect({ line, asked: asks(asker, aigul, question) }).toEqual({ line, asked: true })
        await aigul.presses(t('back'))
        expect(aigul.last.text).toBe(before)
      }
      await aigul.presses(t('check.edit'))
      await aigul.presses(t(line))
      for (const [question, words] of says) {
        expect({ line, asked: asks(asker, aigul, question) }).toEqual({ line, asked: true })
        await aigul.says(words)
      }
      expect({ line, text: aigul.last.text }).toEqual({ line, text: expect.stringContaining(shows) })
    }
    for (const kept of ['Нурлан Сейтов', '+7 777 000 11 22', 'Тимирязева 40', 'Сегодня'])
      expect(aigul.last.text).toContain(kept)
    await aigul.presses(t('check.yes'))
    expect(aigul.last.text).toContain(
      t(`created.coordinator${self ? '' : '.other'}`, { name: 'Нурлан Сейтов' }),
    )
  })

  test('words are told anew, those added at the summary included; a step back brings all of them back', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMyself, 'check.ask')
    await aigul.says('И спички, пожалуйста')
    const before = aigul.last.text
    await aigul.presses(t('check.edit'))
    await aigul.presses(t('edit.words'))
    expect(asks(asker, aigul, 'text.ask')).toBe(true)
    await aigul.presses(t('back'))
    expect(aigul.last.text.endsWith(before)).toBe(true)
    await aigul.presses(t('check.edit'))
    await aigul.presses(t('edit.words'))
    await aigul.says('Только соль')
    await aigul.presses(t('text.enough'))
    expect(aigul.last.text).toContain(t('check.words', { words: 'Только соль' }))
    for (const gone of ['хлеб', 'спички']) expect(aigul.last.text).not.toContain(gone)
  })
})
