import { describe, expect, test } from 'vitest'
import { attach } from '../../db/attachments.ts'
import { disclosures } from '../../db/schema.ts'
import { testDatabase } from '../town/database.ts'
import { boundGroup, districtAtNoon } from '../town/district.ts'
import { coordinator, helper, type Neighbour, noon, request } from '../town/quick.ts'
import { type TestedChannel, testedChannels } from '../town/town.ts'

const database = testDatabase()

async function open(channel: TestedChannel) {
  const district = await districtAtNoon(database, { channel })
  return { ...district, timur: await helper(district.town, 'Тимур') }
}

function addressesIn({ messages }: Neighbour): number {
  return messages.filter(({ text }) => text.includes('Абая') || text.includes('701 123')).length
}

describe.each(testedChannels)('the address on %s', channel => {
  test('stays in one message however often it is asked for, and in none after the closing', async () => {
    const { t, town, aigul, timur } = await open(channel)
    const { id } = await request(town, aigul)
    await timur.says('/tasks')
    await timur.pressesData(`claim:${id}`)
    await timur.says('/tasks')
    await timur.says('/tasks')
    expect(addressesIn(timur)).toBe(1)
    await timur.presses(t('done'))
    await timur.presses(t('done.noCode'))
    await aigul.presses(t('req.yes'))
    expect(addressesIn(timur)).toBe(0)
    expect(timur.messages.some(({ text }) => text.includes(t('card.closed', { num: 1 })))).toBe(true)
    await timur.says('/tasks')
    expect(addressesIn(timur)).toBe(0)
  })

  test('a pin and a voice come to the winner; the pin goes with the address', async () => {
    const { t, town, aigul, timur } = await open(channel)
    const { id, regionId } = await request(town, aigul)
    const to = { requestId: id, regionId, channel, at: noon }
    await attach(town.store, to, { type: 'location', latitude: 50.4111, longitude: 80.2275 })
    await timur.says('/tasks')
    await timur.pressesData(`claim:${id}`)
    expect(timur.last.buttons).toContain(t('claim.pin'))
    expect(timur.messages.some(({ content }) => content === 'location')).toBe(false)
    await timur.presses(t('release'))
    expect(timur.messages.some(({ buttons }) => buttons.includes(t('claim.pin')))).toBe(false)
  })

  test('coordinators lose their copies too, and each look is on record', async () => {
    const { t, town, aigul, marat, timur } = await open(channel)
    const saule = await coordinator(town, 'Сәуле')
    const { id } = await request(town, aigul)
    for (const one of [marat, saule]) {
      await one.says('/queue')
      await one.pressesData(`open:${id}`)
      await one.pressesData(`open:${id}`)
      expect(addressesIn(one)).toBe(1)
    }
    const looks = await town.store.db.select().from(disclosures)
    expect(looks.filter(({ personId }) => personId === saule.personId).length).toBe(2)
    await timur.says('/tasks')
    await timur.pressesData(`claim:${id}`)
    await marat.pressesData(`open:${id}`)
    await marat.presses(t('queue.close'))
    await marat.presses(t('outcome.unmet'))
    await marat.says('Уехали к родственникам')
    for (const one of [marat, saule, timur]) expect(addressesIn(one)).toBe(0)
    expect(aigul.last.text).toContain('Уехали к родственникам')
  })

  test('a post held back for the night does not come after the request was taken', async () => {
    const { t, town, aigul, timur, marat } = await open(channel)
    const group = await boundGroup({ town, marat }, [timur])
    town.at('2026-11-23T18:00:00Z')
    const night = new Date('2026-11-23T18:00:00Z')
    const { id } = await request(town, aigul, { urgency: 'soon', at: night })
    expect(group.messages.some(({ buttons }) => buttons.includes(t('claim')))).toBe(false)
    await timur.pressesData(`claim:${id}`)
    town.at('2026-11-24T03:00:30Z')
    await town.settle()
    expect(group.messages.some(({ buttons }) => buttons.includes(t('claim')))).toBe(false)
    // Given back in the morning it is posted at last.
    await timur.presses(t('release'))
    expect(group.messages.filter(({ buttons }) => buttons.includes(t('claim'))).length).toBe(1)
  })

  test('at night coordinators hear at once what cannot wait, the rest at eight', async () => {
    const { t, town, aigul, marat } = await open(channel)
    town.at('2026-11-23T18:00:00Z')
    const night = new Date('2026-11-23T18:00:00Z')
    await request(town, aigul, { category: 'benefits', urgency: 'planned', at: night })
    await helper(town, 'Арман', { status: 'pending' })
    await aigul.says('/human')
    expect(aigul.last.text).toContain(t('human.night', { due: '' }).slice(0, 12))
    expect(marat.messages.some(({ buttons }) => buttons.includes(t('queue.show')))).toBe(false)
    await request(town, aigul, { category: 'care', urgency: 'today', at: night })
    expect(marat.last.text).toContain(t('cat.care'))
    town.at('2026-11-24T03:00:30Z')
    await town.settle()
    const told = marat.messages.map(({ text }) => text).join('\n')
    for (const late of [t('cat.benefits'), 'Айгүл']) expect(told).toContain(late)
  })
})
