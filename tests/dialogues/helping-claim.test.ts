import { describe, expect, test } from 'vitest'
import { disclosures } from '../../db/schema.ts'
import { testDatabase } from '../town/database.ts'
import { boundGroup, districtAtNoon, looksAt } from '../town/district.ts'
import { actsOf, farDistrict, helper, type Neighbour, otherDistrict, request } from '../town/quick.ts'
import { languagesOn, testedChannels } from '../town/town.ts'

const database = testDatabase()

describe.each(testedChannels)('claiming on %s', channel => {
  test.each(languagesOn(channel))(
    'in %s the winner alone gets the address, and it is on record',
    async language => {
      const { town, marat, aigul, t } = await districtAtNoon(database, { channel, language })
      const timur = await helper(town, 'Тимур', { language })
      const dina = await helper(town, 'Дина', { language })
      await boundGroup({ town, marat }, [timur, dina], { title: 'Бірінші' })
      await boundGroup({ town, marat }, [dina], { title: 'Екінші' })
      const { id, elderId } = await request(town, aigul, { details: 'Рецепт, 2 пачки' })
      expect(dina.in('Бірінші').last.text).toContain('Рецепт, 2 пачки')
      expect(dina.in('Екінші').last.buttons).toContain(t('claim'))

      const { notice } = await timur.in('Бірінші').presses(t('claim'))
      expect(notice).toBe(t('claim.yours', { num: 1 }))
      const card = timur.last
      for (const known of ['Зейнеп Ахметова', 'Абая 12', '+7 701 123 45 67', 'Рецепт, 2 пачки'])
        expect(card.text).toContain(known)
      expect(card.buttons).toEqual(['done', 'release', 'problem', 'onway', 'claim.map'].map(key => t(key)))
      for (const group of ['Бірінші', 'Екінші']) {
        const post = dina.in(group).last
        expect(post.text).toContain('Тимур')
        expect(post.buttons).toEqual([])
      }
      expect((await dina.in('Екінші').pressesData(`claim:${id}`)).notice).toBe(t('claim.taken'))
      expect((await timur.in('Бірінші').pressesData(`claim:${id}`)).notice).toBe(t('claim.yours', { num: 1 }))
      for (const other of [dina, marat])
        expect(other.messages.some(({ text }) => text.includes('Абая'))).toBe(false)
      expect(await town.store.db.select().from(disclosures)).toMatchObject([
        { elderId, requestId: id, personId: timur.personId },
      ])
      expect((await actsOf(town)).at(-1)).toMatchObject({
        act: 'request.claimed',
        actorId: timur.personId,
        subjectId: id,
      })
    },
  )

  test.each([2, 20])('%i at once: one wins, the others are thanked', async crowd => {
    const { town, marat, aigul, t } = await districtAtNoon(database, { channel })
    const helpers: Neighbour[] = []
    for (let n = 0; n < crowd; n++) helpers.push(await helper(town, `Көмекші${'абвгдежзиклмнопрстуф'[n]}`))
    await boundGroup({ town, marat }, helpers)
    await request(town, aigul)
    const answers = await Promise.all(helpers.map(one => one.in('Көршілер').presses(t('claim'))))
    const won = answers.filter(({ notice }) => notice === t('claim.yours', { num: 1 }))
    const thanked = answers.filter(({ notice }) => notice === t('claim.taken'))
    expect([won.length, thanked.length]).toEqual([1, crowd - 1])
    const told = helpers.filter(one => one.messages.some(({ text }) => text.includes('Абая')))
    expect(told.length).toBe(1)
    expect((await actsOf(town)).filter(({ act }) => act === 'request.claimed').length).toBe(1)
  })

  test('who may claim: by status, district, group and what became of the request', async () => {
    const { town, marat, aigul, t } = await districtAtNoon(database, { channel })
    const pending = await helper(town, 'Ерлан', { status: 'pending' })
    const suspended = await helper(town, 'Сергей', { status: 'suspended' })
    const declined = await helper(town, 'Олжас', { status: 'declined' })
    const far = await helper(town, 'Данияр', { districtIds: [farDistrict] })
    const near = await helper(town, 'Ләззат', { districtIds: [otherDistrict] })
    await boundGroup({ town, marat }, [pending, suspended, declined, far, near])
    const { id } = await request(town, aigul)
    const press = (one: Neighbour) => one.in('Көршілер').presses(t('claim'))
    expect((await press(pending)).notice).toBe(t('vol.pending'))
    expect((await press(suspended)).notice).toBe(t('vol.suspended'))
    expect((await press(declined)).notice).toBe(t('vol.declined'))
    expect((await press(far)).notice).toBe(t('claim.elsewhere'))
    // In private a helper of another district is refused; in the district's own group they belong to it.
    expect((await near.pressesData(`claim:${id}`)).notice).toBe(t('claim.elsewhere'))
    expect((await press(near)).notice).toBe(t('claim.yours', { num: 1 }))

    const cancelled = await request(town, aigul)
    await aigul.says('/my')
    await aigul.presses(t('my.line', { num: 2, status: { key: 'st.search' } }))
    await aigul.presses(t('my.cancel'))
    await aigul.presses(t('cancel.solved'))
    const group = near.in('Көршілер')
    expect(group.messages.some(({ text }) => text.includes(t('st.cancelled')))).toBe(true)
    expect((await group.pressesData(`claim:${cancelled.id}`)).notice).toBe(t('claim.gone'))
    expect((await group.pressesData('claim:no-such-id')).notice).toBe(t('claim.gone'))
  })

  test('"more" tells the village to approved helpers only, in private', async () => {
    const { town, marat, aigul, t } = await districtAtNoon(database, { channel })
    const timur = await helper(town, 'Тимур', { districtIds: [otherDistrict] })
    const pending = await helper(town, 'Ерлан', { status: 'pending' })
    await boundGroup({ town, marat }, [timur, pending], { districtId: otherDistrict })
    const home = { settlement: 'Қарауыл', text: 'үй 7' }
    const { id } = await request(town, aigul, { districtId: otherDistrict, home })
    expect(timur.in('Көршілер').last.text).not.toContain('Қарауыл')
    expect((await looksAt(town, pending, id)).notice).toBe(t('vol.pending'))
    expect((await looksAt(town, timur, id)).notice).toBe(t('post.sent'))
    expect(timur.last.text).toContain('Қарауыл')
    for (const secret of ['үй 7', 'Зейнеп', '701']) expect(timur.last.text).not.toContain(secret)
    expect((await timur.presses(t('claim'))).notice).toBe(t('claim.yours', { num: 1 }))
    expect(timur.last.text).toContain('үй 7')
  })
})
