import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { textOf } from '../../bot/i18n.ts'
import type { OpenDatabase } from '../../db/client.ts'
import { type Language, languages } from '../../domain/language.ts'
import { askerIn, asks, forMother, forMyself, walkTo } from '../town/asking.ts'
import { openTestDatabase } from '../town/database.ts'
import { zeinep } from '../town/quick.ts'
import { helperOf, requestFrom, type SettledTown, settledTown } from '../town/stories.ts'
import { languagesOn, type TestedChannel, testedChannels } from '../town/town.ts'

vi.setConfig({ testTimeout: 60_000 })
let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

/** What only the one at whose door the helper rings can be told. */
const atTheDoor: Record<Language, RegExp> = {
  ru: /к Вам придёт|придёт к Вам|скажите ему|Вам помогли|Вашего района|сказали цифры/i,
  kk: /Сізге көмекші келеді|Сізге келетін|оған айтыңыз|Сізге көмек көрсетілді|ауданыңыздағы|Цифрларды айтқаныңызға/i,
  en: /A helper is coming|comes to you|Your helper|tell them \d|Did you get help|your district|saying the digits/i,
}
/** How the one who asked is begged to pass something on. */
const passOn: Record<Language, string> = { ru: 'ередайте, пожалуйста', kk: 'йтып қойыңызшы', en: 'lease' }

/** Айгүл, far away, has asked for Зейнеп; the bot's words to her from here on are hers to judge. */
async function abroad(channel: TestedChannel, language: Language) {
  const town = await settledTown(database, { channel, language })
  await requestFrom(town, town.aigul)
  return town
}

async function opensMine({ aigul, t }: SettledTown, status: string) {
  await aigul.says('/my')
  await aigul.presses(t('my.line', { num: 1, status: { key: status } }))
}

/** What one message of the asker's chat reads like from now on. */
function expectNoDoor(town: SettledTown, language: Language) {
  for (const { text } of town.aigul.messages) expect(text).not.toMatch(atTheDoor[language])
}

/** All that the asker reads of a request by itself, without a question or a number above it that names her. */
const naming =
  'created.posted created.coordinator created.morning my.status my.helped req.claimed req.onway req.released req.done ' +
  'req.confirm req.sorry req.closed rate.ask cancel.ok'

test.each(languages)('in %s each text for who asked for another names that one', language => {
  for (const key of naming.split(' '))
    expect(textOf(language, { key: `${key}.other`, values: zeinep })).toContain(zeinep.name)
  expect(textOf(language, { key: 'created.consent', values: zeinep })).toContain(zeinep.name)
})

describe.each(testedChannels)('who asks from afar on %s', channel => {
  describe.each(languagesOn(channel))('in %s', language => {
    test('reads of her mother’s door, never of her own, from the consent to the rating', async () => {
      const town = await abroad(channel, language)
      const { t, aigul, timur } = town
      expect(aigul.last.text).toContain(t('created.posted.other', zeinep))
      await timur.in('Көршілер').presses(t('claim'))
      const { first, second } = helperOf(aigul)
      const notice = t('req.claimed.other', { vol: 'Тимур', num: 1, ...zeinep })
      expect(aigul.last.text).toBe(`${notice}\n\n${t('req.door.other', { first, second })}`)
      expect(aigul.last.text).toContain(passOn[language])
      const texts = () => aigul.messages.map(({ text }) => text)
      await opensMine(town, 'st.claimed')
      for (const words of [zeinep.name, 'Тимур', first, second, passOn[language]])
        expect(aigul.last.text).toContain(words)
      await timur.presses(t('onway'))
      const door = t('req.door.other', { first, second })
      expect(texts()).toContain(`${t('req.onway.other', { vol: 'Тимур', ...zeinep })}\n\n${door}`)
      await timur.presses(t('done'))
      await timur.says(second)
      expect(texts()).toContain(t('req.done.other', { num: 1, ...zeinep }))
      expect(aigul.last.text).toBe(t('rate.ask.other', zeinep))
      await aigul.presses(t('rate.1'))
      expect(aigul.last.text).toContain(t('rate.low.other'))
      expectNoDoor(town, language)
    })

    test('is asked to find out whether help came, and rates it', async () => {
      const town = await abroad(channel, language)
      const { t, aigul, timur } = town
      await timur.in('Көршілер').presses(t('claim'))
      await timur.presses(t('done'))
      await timur.presses(t('done.noCode'))
      expect(aigul.last.text).toBe(t('req.confirm.other', zeinep))
      await aigul.presses(t('req.yes'))
      expect(aigul.last.text).toBe(t('rate.ask.other', zeinep))
      expect(aigul.last.buttons).toContain(t('rate.5'))
      expectNoDoor(town, language)
    })

    test('who answers that help did not come reads for whom it is sought again', async () => {
      const { t, aigul, timur } = await abroad(channel, language)
      await timur.in('Көршілер').presses(t('claim'))
      await timur.presses(t('done'))
      await timur.presses(t('done.noCode'))
      await aigul.presses(t('req.no'))
      expect(aigul.last.text).toBe(t('req.sorry.other', zeinep))
      expect(aigul.last.text).toContain(passOn[language])
    })

    test('passes on that the helper cannot come, and that nobody comes after a cancellation', async () => {
      const town = await abroad(channel, language)
      const { t, aigul, timur } = town
      await timur.in('Көршілер').presses(t('claim'))
      await timur.presses(t('release'))
      expect(aigul.last.text).toBe(t('req.released.other', { num: 1, ...zeinep }))
      expect(aigul.last.text).toContain(passOn[language])
      await opensMine(town, 'st.reopened')
      expect(aigul.last.text).toContain(zeinep.name)
      await aigul.presses(t('my.cancel'))
      await aigul.presses(t('cancel.solved'))
      expect(aigul.last.text).toBe(t('cancel.ok.other', { num: 1, ...zeinep }))
      expect(aigul.last.text).toContain(passOn[language])
      expectNoDoor(town, language)
    })

    test('hears for whom a coordinator has closed it', async () => {
      const town = await abroad(channel, language)
      const { t, aigul, marat } = town
      await marat.says('/queue')
      await marat.presses(t('queue.open', { n: 1 }))
      await marat.presses(marat.last.buttons[0] ?? '')
      await marat.presses(t('queue.close'))
      await marat.presses(t('outcome.unmet'))
      await marat.says('Созвонились')
      const closed = { num: 1, status: { key: 'st.unmet' }, reason: 'Созвонились', ...zeinep }
      expect(aigul.last.text).toBe(t('req.closed.other', closed))
    })

    test('is asked about the other one where somebody is hurt', async () => {
      const asker = await askerIn(database, { channel, language })
      await walkTo(asker, forMother, 'cat.ask')
      await asker.aigul.says(asker.t('cat.safety'))
      expect(asks(asker, asker.aigul, 'sos.safety.other')).toBe(true)
    })

    test('at night: local helpers will see it at eight', async () => {
      const town = await settledTown(database, { channel, language })
      const { t, aigul } = town
      town.at('2026-11-23T18:00:00Z')
      await aigul.start()
      await aigul.presses(t(`lang.${language}`))
      const inSemey = forMother
        .filter(({ key }) => !['place.district', 'place.settlement', 'place.street'].includes(key))
        .flatMap(step =>
          step.key === 'place.region'
            ? [
                { ...step, answer: () => aigul.says('Семей') },
                { ...step, answer: () => aigul.says('ул. Абая 12, кв. 5') },
              ]
            : [step],
        )
      await walkTo(town, inSemey)
      expect(aigul.last.text).toContain(t('created.morning.other', zeinep))
      expectNoDoor(town, language)
    })

    test('who asks for herself is spoken to as before', async () => {
      const town = await settledTown(database, { channel, language })
      const { t, aigul, timur } = town
      await aigul.start()
      await aigul.presses(t(`lang.${language}`))
      await walkTo(town, forMyself)
      expect(aigul.last.text).toContain(t('created.posted'))
      await timur.in('Көршілер').presses(t('claim'))
      const { first, second } = helperOf(aigul)
      const notice = t('req.claimed', { vol: 'Тимур', num: 1 })
      expect(aigul.last.text).toBe(`${notice}\n\n${t('req.door', { first, second })}`)
      const texts = () => aigul.messages.map(({ text }) => text)
      await opensMine(town, 'st.claimed')
      expect(aigul.last.text).toContain(t('my.helped').split('\n').at(-1)?.split('{')[0])
      await timur.presses(t('onway'))
      expect(texts()).toContain(`${t('req.onway', { vol: 'Тимур' })}\n\n${t('req.door', { first, second })}`)
      await timur.presses(t('done'))
      await timur.presses(t('done.noCode'))
      expect(aigul.last.text).toBe(t('req.confirm'))
      await aigul.presses(t('req.yes'))
      expect(aigul.last.text).toBe(t('rate.ask'))
      await aigul.presses(t('rate.1'))
      expect(aigul.last.text).toContain(t('rate.low'))
    })
  })
})
