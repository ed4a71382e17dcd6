import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../db/client.ts'
import { openTestDatabase } from '../town/database.ts'
import { zeinep } from '../town/quick.ts'
import { helperOf, requestFrom, settledTown } from '../town/stories.ts'
import { languagesOn, testedChannels } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

describe.each(testedChannels)('on %s', channel => {
  describe.each(languagesOn(channel))('in %s', language => {
    test('a need travels from a message to a closed request', async () => {
      const town = await settledTown(database, { channel, language })
      const { t, aigul, timur, marat } = town
      await requestFrom(town, aigul)
      expect(aigul.last.text).toContain(t('created.posted.other', zeinep))

      const group = timur.in('Көршілер')
      expect(group.last.text).toContain(t('cat.medical'))
      for (const secret of ['Зейнеп', 'Абая', '701', 'Домбровская'])
        expect(group.last.text).not.toContain(secret)
      expect((await group.presses(t('claim'))).notice).toBe(t('claim.yours', { num: 1 }))
      expect(group.last.text).toContain('Тимур')
      expect(group.last.buttons).toEqual([])

      const card = timur.messages.find(message => message.text.includes('Зейнеп'))
      expect(card?.text).toContain('Абая 12')
      expect(card?.text).toContain('+7 701 123 45 67')
      const [, first] = /(\d\d)\D+(\d\d)\D*$/.exec(aigul.last.text) ?? []
      expect(card?.text).toContain(first)

      await timur.presses(t('onway'))
      expect(aigul.last.text).toContain(t('req.onway.other', { vol: 'Тимур', ...zeinep }))
      await timur.presses(t('done'))
      await timur.says(helperOf(aigul).second)
      expect(timur.messages.some(message => message.text.startsWith(t('done.confirmed', { num: 1 })))).toBe(
        true,
      )
      expect(timur.messages.some(message => message.text.includes('Абая'))).toBe(false)
      expect(group.last.text).toContain(t('st.done'))

      await aigul.presses(t('rate.5'))
      await aigul.presses(t('rate.enough'))
      expect(aigul.last.text).toContain(t('rate.done'))

      await marat.says('/digest')
      expect(marat.last.content).toBe('photo')
      expect(marat.last.text).toContain(`${t('dg.done')}: 1`)
    })
  })
})
