import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../db/client.ts'
import { eq } from '../../db/drizzle.ts'
import { enqueue } from '../../db/outbox.ts'
import { addresses, assignments, consents, inbox, people, requests } from '../../db/schema.ts'
import { part } from '../../domain/message.ts'
import { openTestDatabase } from '../town/database.ts'
import { helper, otherDistrict, zeinep } from '../town/quick.ts'
import { requestFrom, settledTown } from '../town/stories.ts'
import { openTown } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const open = () => settledTown(database, { channel: 'whatsapp', language: 'ru' })

describe('where there are no buttons', () => {
  test('a request is taken in the group by its number, once, and others are told in private', async () => {
    const town = await open()
    const { t, aigul, timur, dina } = town
    await requestFrom(town, aigul)
    const group = timur.in('Көршілер')
    expect(group.last.buttons).toEqual([t('claim')])
    await dina.in('Көршілер').says('кто сможет?')
    await group.says('возьму 1')
    expect(timur.messages.map(({ text }) => text)).toContain(t('claim.yours', { num: 1 }))
    expect(
      group.messages
        .filter(({ from }) => from === 'bot')
        .map(({ text }) => text)
        .join(),
    ).toContain('Тимур')
    await dina.in('Көршілер').says('1')
    expect(dina.last.text).toBe(t('claim.taken'))
    for (const { text } of group.messages) expect(text).not.toContain('Зейнеп')
  })

  test('a helper may write in private what they would write in the group, if the request is for their district', async () => {
    const town = await open()
    const { t, store, aigul, timur, dina } = town
    const saule = await helper(town, 'Сәуле', { districtIds: [otherDistrict] })
    await requestFrom(town, aigul)
    await store.db.update(requests).set({ number: 17 })
    const isOpen = () => store.db.$count(requests, eq(requests.status, 'open'))
    for (const [one, text] of [
      [saule, 'возьму 17'],
      [timur, '7'],
      [timur, 'возьму 8'],
      [timur, 'нет 17'],
      [aigul, '17'],
    ] as const) {
      await one.says(text)
      expect(await isOpen(), text).toBe(1)
    }
    await timur.says('17')
    expect(timur.messages.map(({ text }) => text)).toContain(t('claim.yours', { num: 17 }))
    await dina.says('возьму №17')
    expect(dina.last.text).toBe(t('claim.taken'))
    expect(await store.db.$count(assignments)).toBe(1)
  })

  test('a number that the card does not have brings the card again; the card’s own words count, a story does not', async () => {
    const town = await open()
    const { t, aigul, timur } = town
    await requestFrom(town, aigul)
    await timur.in('Көршілер').presses(t('claim'))
    await timur.says('9')
    expect(timur.last.text).toContain(t('err.range'))
    expect(timur.last.buttons).toContain(t('release'))
    await timur.says('не могу найти дом, а так еду')
    expect(
      aigul.messages.some(({ text }) => text.includes(t('req.released.other', { num: 1, ...zeinep }))),
    ).toBe(false)
    await timur.presses(t('onway'))
    expect(aigul.last.text).toContain('Тимур')
  })

  test('a question just asked is what a number answers, even if a card came in between', async () => {
    const town = await open()
    const { t, aigul, timur, dina } = town
    await requestFrom(town, aigul)
    await timur.in('Көршілер').presses(t('claim'))
    await dina.start()
    await dina.presses(t('who.me'))
    expect(dina.last.buttons).toContain(t('consent.yes'))
    await timur.presses(t('release'))
    await dina.says('1')
    expect(dina.last.text).toContain(t('name.ask'))
  })

  test('a digit answers what was there to be read, not what came later, nor what is a week old', async () => {
    const town = await open()
    const { t, store, aigul, timur } = town
    await requestFrom(town, aigul)
    await timur.in('Көршілер').presses(t('claim'))
    const [address] = await store.db.select().from(addresses).where(eq(addresses.personId, timur.personId))
    const chat = { channel: 'whatsapp', chat: address?.externalId ?? '', personId: timur.personId }
    const heard = aigul.messages.length
    for (const time of ['2026-11-23T05:00:00Z', '2026-11-29T06:00:00Z']) {
      town.at(time)
      await timur.says('1')
      expect(timur.last.text).toContain(t('err.range'))
    }
    town.at('2026-11-29T06:05:00Z')
    // A newer card has arrived, perhaps, and its sender knows nothing of that yet.
    const options = [{ id: 'do:menu', label: { key: 'menu' } }]
    const at = new Date('2026-11-29T06:04:00Z')
    await enqueue(store, { ...chat, message: { parts: [part('stopped')], options }, at })
    await store.db.execute(`update outbox set status = 'sending', attempts = 1 where status = 'queued'`)
    await timur.says('1')
    expect(aigul.messages).toHaveLength(heard)
    await store.db.execute(`update outbox set status = 'failed' where status = 'sending'`)
    await timur.says('1')
    expect(aigul.last.text).toContain('Тимур')
  })

  test('of neighbours who answer one another in a group nothing is kept', async () => {
    const town = await open()
    const { numbers, store, aigul, timur, dina } = town
    await requestFrom(town, aigul)
    const group = timur.in('Көршілер')
    await dina.in('Көршілер').says('Завтра субботник?')
    const quotes = group.messages.at(-1)?.id ?? ''
    const guest = { id: '77055555555@c.us', name: 'Қонақ', language: 'ru' } as const
    const counts = async () => Promise.all([people, addresses, inbox].map(table => store.db.$count(table)))
    const before = await counts()
    for (const text of ['ок', '+', '17']) {
      await numbers?.act(guest, 'Көршілер@g.us', { type: 'text', text }, { shown: text, quotes })
      await numbers?.act(guest, 'Көршілер@g.us', { type: 'reaction', emoji: '👍', messageId: quotes })
    }
    await town.settle()
    expect(await counts()).toEqual(before)
    expect(group.last.buttons).not.toEqual([])
    expect(town.log.join('')).not.toMatch(/@g\.us|7705555/)
  })

  test('who never wrote is not written to: the group is told how to begin', async () => {
    const town = await open()
    const { t, aigul, marat } = town
    const guest = await town.person('Қонақ')
    await town.group('Көршілер', [marat, guest])
    await requestFrom(town, aigul)
    const before = guest.messages.length
    await guest.in('Көршілер').says('1')
    const [beginning = ''] = t('group.writeFirst', { link: '|' }).split('|')
    expect(guest.in('Көршілер').last.text).toContain(beginning)
    expect(guest.in('Көршілер').last.text).toContain('wa.me')
    expect(guest.messages.length).toBe(before)
  })
})

test('digits typed before anything could be read agree to nothing', async () => {
  const town = await openTown(database, { channel: 'telegram', language: 'ru', beside: ['whatsapp'] })
  town.at('2026-11-23T06:00:00Z')
  const aigul = await town.on('whatsapp').person('Айгүл')
  if (town.numbers) town.numbers.down = true
  for (const text of ['Сәлем', '1', '1', '1', '1']) await aigul.says(text)
  expect(await town.store.db.select().from(consents)).toEqual([])
})
