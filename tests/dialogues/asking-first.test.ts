import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenDatabase, rowsOf } from '../../db/client.ts'
import { consentVersion } from '../../handlers/consent.ts'
import { askerIn, asks } from '../town/asking.ts'
import { openTestDatabase } from '../town/database.ts'
import { languagesOn, openTown, operator, testedChannels } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const consentsOf = async () =>
  rowsOf<{ version: string; language: string; text_hash: string; withdrawn: boolean }>(
    await database.db.execute(
      'select version, language, text_hash, withdrawn_at is not null as withdrawn from consents order by id',
    ),
  )
const consentWords = {
  operator: operator.name,
  bin: operator.bin,
  // 31.12.2030, as it is said.
  term: { date: '2030-12-31' },
  phone: operator.phone,
}

describe.each(testedChannels)('on %s', channel => {
  describe.each(languagesOn(channel))('in %s', language => {
    test('the language is asked once, then who we are, 103 and 112, and that a program speaks', async () => {
      const town = await openTown(database, { channel, language })
      const { t } = town
      const aigul = await town.person('Айгүл')
      await aigul.start()
      expect(aigul.last.text).toBe(t('lang.ask'))
      await aigul.presses(t(`lang.${language}`))
      for (const words of ['103', '112', t('greet.robot'), t('who.ask')])
        expect(aigul.last.text).toContain(words)
      await aigul.start()
      expect(aigul.last.text).toBe(t('who.ask'))
      expect(aigul.last.buttons).toContain(t('lang.change'))
    })

    test('consent: read more, then yes; the evidence names the very words', async () => {
      const asker = await askerIn(database, { channel, language })
      const { aigul, t } = asker
      await aigul.presses(t('who.me'))
      expect(aigul.last.text).toContain(operator.bin)
      await aigul.presses(t('consent.more'))
      expect(aigul.last.text).toBe(t('consent.full', consentWords))
      await aigul.presses(t('consent.yes'))
      expect(aigul.last.text).toContain(t('safe.never'))
      const hash = createHash('sha256').update(t('consent.full', consentWords)).digest('base64url')
      expect(await consentsOf()).toEqual([
        { version: consentVersion, language, text_hash: hash, withdrawn: false },
      ])
    })

    test('no consent: a phone is named and nothing is kept', async () => {
      const asker = await askerIn(database, { channel, language })
      const { aigul, t } = asker
      await aigul.presses(t('who.me'))
      await aigul.says(t('consent.no'))
      expect(aigul.last.text).toBe(t('consent.declined', { phone: operator.phone }))
      expect(aigul.last.buttons).toEqual([t('menu')])
      expect(await consentsOf()).toEqual([])
    })
  })

  test('consent is asked again when its words change, and a no then counts for the old ones too', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await aigul.presses(t('who.me'))
    await aigul.presses(t('consent.yes'))
    await aigul.says('/menu')
    await aigul.presses(t('who.other'))
    expect(asks(asker, aigul, 'resume.ask')).toBe(true)
    await aigul.presses(t('resume.new'))
    expect(asks(asker, aigul, 'name.other')).toBe(true)
    await database.db.execute("update consents set version = '2020-01'")
    await aigul.says('Отмена')
    await aigul.presses(t('who.other'))
    expect(asks(asker, aigul, 'consent.ask.other')).toBe(true)
    await aigul.says('не согласна')
    expect(aigul.last.text).toContain(operator.phone)
    expect((await consentsOf()).map(({ withdrawn }) => withdrawn)).toEqual([true])
  })

  describe('the first words of a stranger', () => {
    test.each(['Здравствуйте', 'Салем', 'спасибо большое!'])('«%s» begins no request', async words => {
      const town = await openTown(database, { channel, language: 'ru' })
      const aigul = await town.person('Айгүл')
      if (channel === 'telegram') await aigul.start()
      await aigul.says(words)
      expect(aigul.last.text).toContain(town.t('lang.ask'))
      await aigul.presses(town.t('lang.ru'))
      await aigul.says(words)
      expect(aigul.last.text).toContain(town.t('greet.short'))
      expect(asks(town, aigul, 'who.ask')).toBe(true)
    })

    test.each(['words', 'voice'] as const)('%s become part of the request', async what => {
      const town = await openTown(database, { channel, language: 'ru' })
      town.at('2026-11-23T06:00:00Z')
      const { t } = town
      const aigul = await town.person('Айгүл')
      if (channel === 'telegram') await aigul.start()
      if (what === 'voice') await aigul.sends('voice')
      else await aigul.says('Маме нужны дрова, ИИН 480202300422')
      await aigul.presses(t('lang.ru'))
      expect(asks(town, aigul, 'who.ask')).toBe(true)
      expect(aigul.last.text).toContain('103')
      await aigul.presses(t('who.me'))
      await aigul.presses(t('consent.yes'))
      await aigul.says('Қалима')
      await aigul.presses(t('cat.heating'))
      await aigul.presses(t('when.today'))
      await aigul.says('Семей')
      await aigul.says('Абая 12')
      await aigul.says('87051112233')
      expect(asks(town, aigul, 'check.ask')).toBe(true)
      if (what === 'voice') expect(aigul.last.text).toContain(t('check.files', { n: 1 }))
      else expect(aigul.last.text).toContain('Маме нужны дрова')
      expect(aigul.last.text).not.toContain('480202300422')
    })

    test('as many of them as one message holds are taken whole', async () => {
      const asker = await askerIn(database, { channel })
      const { aigul, t } = asker
      await aigul.says('Дрова и уголь. '.repeat(270))
      expect(aigul.last.text).not.toContain(t('err.long', { n: 4096 }))
    })
  })

  test('another language, by its name or its button, leads back to the open question', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await aigul.presses(t('who.me'))
    await aigul.presses(t('consent.yes'))
    await aigul.says('қазақша')
    expect(aigul.last.text).toContain('Сізді қалай атайық?')
    await aigul.says('/language')
    await aigul.presses('English')
    expect(aigul.last.text).toContain('What should we call you?')
  })
})
