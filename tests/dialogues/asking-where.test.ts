import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenDatabase, rowsOf } from '../../db/client.ts'
import { type Asker, askerIn, asks, forMother, forMyself, walkTo } from '../town/asking.ts'
import { openTestDatabase } from '../town/database.ts'
import { languagesOn, testedChannels } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

describe.each(testedChannels)('on %s', channel => {
  describe.each(languagesOn(channel))('in %s', language => {
    test('a place from the list, page by page, and an unknown one', async () => {
      const asker = await askerIn(database, { channel, language })
      const { aigul, t } = asker
      await walkTo(asker, forMyself, 'place.region')
      const seen = new Set<string>()
      const regionsOnPages = async () => {
        for (let page = 0; page < 3; page++) {
          for (const label of aigul.last.buttons) seen.add(label)
          await aigul.presses(t('cat.more'))
        }
      }
      await regionsOnPages()
      for (const control of [t('cat.more'), t('back'), t('human')]) seen.delete(control)
      expect(seen.size).toBe(20)
      await aigul.says('Атлантида')
      expect(aigul.last.text).toContain(t('place.none'))
      expect(asks(asker, aigul, 'place.region')).toBe(true)
      const [region = ''] = aigul.last.buttons
      await aigul.presses(region)
      expect(asks(asker, aigul, 'place.district')).toBe(true)
      await aigul.says('Атлантида')
      expect(aigul.last.text).toContain(t('place.none'))
      expect(asks(asker, aigul, 'place.district')).toBe(true)
    })
  })

  test('a few letters of a district are enough; of one name in several regions one chooses', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMyself, 'place.region')
    await aigul.says('Абай')
    expect(aigul.last.buttons.length).toBeGreaterThan(3)
    await aigul.says('назад')
    await aigul.says('Бородулиха')
    expect(asks(asker, aigul, 'place.settlement')).toBe(true)
    await aigul.says('назад')
    await aigul.says('семей')
    expect(asks(asker, aigul, 'place.address')).toBe(true)
    expect(aigul.messages.some(({ text }) => text.includes(t('place.none')))).toBe(false)
  })

  test('a village is asked for in a rural district only, and what is not words is refused kindly', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMother, 'place.settlement')
    expect(aigul.last.text).toBe(t('place.settlement'))
    await aigul.sends('location')
    expect(aigul.last.text).toContain(t('err.wantText'))
    await aigul.says('Жезкент')
    expect(asks(asker, aigul, 'place.street')).toBe(true)
  })

  test('an address by a pin: the flat is asked for, the volunteer gets the place on the map', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMyself, 'place.address')
    await aigul.sends('location')
    expect(asks(asker, aigul, 'place.flat')).toBe(true)
    await aigul.presses(t('back'))
    expect(asks(asker, aigul, 'place.address')).toBe(true)
    await aigul.sends('location')
    await aigul.says('дом 12, кв. 5')
    await walkTo(asker, forMyself.slice(7))
    const { home } = await elderOf(asker)
    expect(home).toEqual({
      settlement: '',
      text: 'дом 12, кв. 5',
      location: { latitude: expect.closeTo(50.4111, 3), longitude: expect.closeTo(80.2275, 3) },
    })
  })

  describe('the phone', () => {
    test.each(['8 (705) 111-22-33', '+7 705 111 22 33', '7051112233', 'мой номер 87051112233'])(
      'typed as «%s»',
      async typed => {
        const asker = await askerIn(database, { channel })
        await walkTo(asker, forMyself, 'phone.ask')
        await asker.aigul.says(typed)
        expect(asks(asker, asker.aigul, 'text.ask')).toBe(true)
        await walkTo(asker, forMyself.slice(8), 'check.ask')
        expect(asker.aigul.last.text).toContain('+7 705 111 22 33')
      },
    )

    test('what is no phone is asked again; the own number comes by one press', async () => {
      const asker = await askerIn(database, { channel })
      const { aigul, t } = asker
      await walkTo(asker, forMyself, 'phone.ask')
      for (const wrong of ['123', 'не помню']) {
        await aigul.says(wrong)
        expect(aigul.last.text).toContain(t('phone.bad'))
      }
      expect(aigul.last.text).toContain(t('err.person'))
      // A number that the messenger vouches for is offered as it is.
      const own = aigul.last.buttons.find(label => label.startsWith('+7')) ?? t('phone.share')
      await aigul.presses(own)
      expect(asks(asker, aigul, 'text.ask')).toBe(true)
    })

    test('for another person it is said whose phone is meant', async () => {
      const asker = await askerIn(database, { channel })
      await walkTo(asker, forMother, 'phone.other')
      expect(asker.aigul.last.text).toBe(asker.t('phone.other'))
    })
  })

  test('a half-done intake up to the phone takes at most 1 KB', async () => {
    const asker = await askerIn(database, { channel })
    await walkTo(asker, forMother, 'text.ask')
    const [row] = rowsOf<{ bytes: number }>(
      await database.db.execute("select length(state) as bytes from dialogs where flow = 'intake'"),
    )
    expect(row?.bytes).toBeLessThanOrEqual(1024)
  })
})

async function elderOf({ store }: Asker) {
  const [row] = await store.db.query.elders.findMany()
  if (!row?.homeAddress) throw new Error('No elder was kept')
  return { home: JSON.parse(store.keys.open(`elders.home_address.${row.id}`, row.homeAddress)) }
}
