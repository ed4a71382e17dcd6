import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../db/client.ts'
import { consents } from '../../db/schema.ts'
import { openTestDatabase } from '../town/database.ts'
import { zeinep } from '../town/quick.ts'
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
