import { describe, expect, test } from 'vitest'
import { markDone } from '../../db/claims.ts'
import { wantsNews } from '../../db/news.ts'
import type { languages } from '../../domain/language.ts'
import { testDatabase } from '../town/database.ts'
import { helper, type Neighbour, neighbour, noon, request } from '../town/quick.ts'
import { languagesOn, openTown, type TestedChannel, type Town, testedChannels } from '../town/town.ts'

const database = testDatabase()

/** A request of this person's that was done, and which they rate. */
async function helped(town: Town, asker: Neighbour, timur: Neighbour, rating: number) {
  const { id } = await request(town, asker)
  await timur.pressesData(`claim:${id}`)
  await markDone(town.store, id, noon)
  await asker.pressesData(`confirm:${id}:yes`)
  await asker.presses(town.t(`rate.${rating}`))
  await asker.presses(town.t('rate.enough'))
}

async function open(channel: TestedChannel, language: (typeof languages)[number] = 'ru') {
  const town = await openTown(database, { channel, language })
  town.at(noon.toISOString())
  const aigul = await neighbour(town, 'Айгүл', language)
  const timur = await helper(town, 'Тимур', { language })
  const offered = () => aigul.messages.filter(({ text }) => text.includes(town.t('news.offer'))).length
  return { town, t: town.t, aigul, timur, offered, wants: () => wantsNews(town.store, aigul.personId) }
}

describe.each(testedChannels)('news on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s: offered once under the thanks, and never by silence',
    async language => {
      const { town, t, aigul, timur, offered, wants } = await open(channel, language)
      await helped(town, aigul, timur, 5)
      expect(aigul.last.text).toContain(t('rate.done'))
      expect(offered()).toBe(1)
      expect(await wants()).toBe(false)
      await helped(town, aigul, timur, 4)
      expect(offered()).toBe(1)
      await aigul.presses(t('news.yes'))
      expect(aigul.last.text).toContain(t('news.on'))
      expect(await wants()).toBe(true)
    },
  )

  test.each(languagesOn(channel))('in %s: switched in the menu', async language => {
    const { t, aigul, wants } = await open(channel, language)
    await aigul.says('/menu')
    await aigul.presses(t('menu.news'))
    expect(aigul.last.text).toContain(t('news.isOff'))
    await aigul.presses(t('news.yes'))
    expect(await wants()).toBe(true)
    await aigul.says('/news')
    expect(aigul.last.text).toContain(t('news.isOn'))
    await aigul.presses(t('news.keep'))
    expect(await wants()).toBe(true)
    await aigul.says('/news')
    await aigul.presses(t('news.stop'))
    expect(aigul.last.text).toContain(t('news.off'))
    expect(await wants()).toBe(false)
  })
})

describe('news', () => {
  test('are not offered to somebody who was not content', async () => {
    const { town, aigul, timur, offered } = await open('telegram')
    await helped(town, aigul, timur, 2)
    expect(offered()).toBe(0)
    await helped(town, aigul, timur, 5)
    expect(offered()).toBe(1)
  })

  test.each(['стоп', 'не пишите', 'тоқта', 'stop'])('end with «%s»', async word => {
    const { t, aigul, wants } = await open('telegram')
    await aigul.pressesData('news:on')
    expect(await wants()).toBe(true)
    await aigul.says(word)
    expect(aigul.last.text).toContain(t('stopped'))
    expect(await wants()).toBe(false)
  })
})
