import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { OpenDatabase } from '../../db/client.ts'
import { askedOf, askerIn, asks, forMother, walkTo } from '../town/asking.ts'
import { openTestDatabase } from '../town/database.ts'
import { coordinator } from '../town/quick.ts'
import { becomeCoordinator, requestFrom, settledTown } from '../town/stories.ts'
import { type Citizen, languagesOn, type Town, testedChannels } from '../town/town.ts'

vi.setConfig({ testTimeout: 180_000 })
let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const words = {
  kk: 'Апам есінен танып қалды, тыныс алмай жатыр',
  ru: 'Мама упала и не дышит',
  en: 'My mother fell and is not breathing',
}

async function withCoordinator(town: Town) {
  const marat = await town.person('Марат')
  await becomeCoordinator(town, marat, 'Марат')
  return marat
}

describe.each(testedChannels)('on %s', channel => {
  describe.each(languagesOn(channel))('in %s', language => {
    test('at every question 103 comes at once, the coordinator hears once an hour, the dialogue goes on', async () => {
      const asker = await askerIn(database, { channel, language })
      const { aigul, t } = asker
      const marat = await withCoordinator(asker)
      const alarms = () => marat.messages.filter(({ text }) => text.includes(words[language])).length
      const warnings = () => aigul.messages.filter(({ text }) => text.includes(t('sos.notauto'))).length
      let said = 0
      for (const step of forMother.slice(0, -1)) {
        if (['name.other', 'cat.ask', 'when.ask', 'phone.other'].includes(step.key)) {
          await aigul.says(words[language])
          expect(warnings()).toBe(++said)
          expect(alarms()).toBe(1)
          expect(askedOf(asker, aigul, forMother)).toBe(step.key)
        }
        await step.answer(aigul, asker)
      }
      asker.at('2026-11-23T08:30:00Z')
      await aigul.says(words[language])
      expect(alarms()).toBe(2)
    })
  })

  test('also under a photo, and as the very first words of a stranger', async () => {
    const town = await askerIn(database, { channel })
    const marat = await withCoordinator(town)
    const { t } = town
    const stranger = await town.person('Дамир')
    if (channel === 'telegram') await stranger.start()
    await stranger.sends('photo', words.ru)
    expect(stranger.messages.some(({ text }) => text.includes('103'))).toBe(true)
    expect(asks(town, stranger, 'lang.ask')).toBe(true)
    expect(marat.last.text).toContain(words.ru)
    await stranger.presses(t('lang.ru'))
    expect(asks(town, stranger, 'who.ask')).toBe(true)
  })

  test('what is pressed after the warning is noted and answered, and nothing is closed by it', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMother, 'cat.ask')
    await aigul.says(words.ru)
    await aigul.presses(t('sos.called'))
    expect(aigul.last.text).toBe(t('sos.called.ok'))
    await aigul.presses(t('cat.medical'))
    expect(asks(asker, aigul, 'when.ask')).toBe(true)
  })

  test('where somebody is hurt: 102 and 111, and a cleared coordinator alone reads the words', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul } = asker
    const marat = await withCoordinator(asker)
    const uncleared = await coordinator(asker, 'Дина', { regionId: null, districtId: null, cleared: false })
    await aigul.says('Сын меня бьёт каждый вечер')
    expect(aigul.messages.some(({ text }) => text.includes('102') && text.includes('111'))).toBe(true)
    expect(marat.last.text).toContain(asker.t('alert.abuse').split('.')[0] ?? '')
    expect(marat.last.text).toContain('Сын меня бьёт каждый вечер')
    expect(uncleared.messages.some(({ text }) => text.includes('бьёт'))).toBe(false)
  })

  describe.each(languagesOn(channel))('told as the need itself, in %s', language => {
    const told = {
      life: { kk: words.kk, ru: 'Мама упала и не встаёт', en: 'My mother fell and cannot get up' },
      abuse: { kk: 'Күйеуім ұрады', ru: 'Муж бьёт', en: 'My husband beats me' },
    }
    const need = { kk: 'Валидол 2 қорап керек', ru: 'Нужен валидол 2 пачки', en: 'Bring Validol 2 packs' }

    test('a danger to life: the group reads the need without that sentence, the helper all of it', async () => {
      const town = await settledTown(database, { channel, language })
      const { aigul, timur, t } = town
      await requestFrom(town, aigul, `${told.life[language]}. ${need[language]}`)
      expect(aigul.messages.some(({ text }) => text.includes(t('sos.notauto')))).toBe(true)
      const post = timur.in('Көршілер').last.text
      expect(post).toContain(need[language])
      expect(post).not.toContain(told.life[language])
      await timur.in('Көршілер').presses(t('claim'))
      expect(timur.messages.some(({ text }) => text.includes(told.life[language]))).toBe(true)
    })

    test('violence: no group hears of the request, and nobody but those cleared for it', async () => {
      const town = await settledTown(database, { channel, language })
      const { aigul, timur, marat, t } = town
      const unclear = await coordinator(town, 'Ерлан', { cleared: false }, language)
      const quiet = timur.in('Көршілер').messages.length
      await requestFrom(town, aigul, `${told.abuse[language]}, ${need[language]}`)
      expect(aigul.messages.some(({ text }) => text.includes('102') && text.includes('111'))).toBe(true)
      expect(aigul.last.text).not.toContain(t('created.posted.other', { name: 'Зейнеп Ахметова' }))
      expect(timur.in('Көршілер').messages.length).toBe(quiet)
      const hears = (person: Citizen) => person.messages.some(({ text }) => text.includes(t('cat.medical')))
      expect([hears(marat), hears(unclear), hears(timur)]).toEqual([true, false, false])
      const requests = await database.db.query.requests.findMany()
      expect(requests.map(({ route }) => route)).toEqual(['restricted'])
    })
  })
})
