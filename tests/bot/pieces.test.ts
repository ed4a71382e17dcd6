import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { OpenDatabase } from '../../db/client.ts'
import { part } from '../../domain/message.ts'
import { openTestDatabase } from '../town/database.ts'
import { openOffice } from '../town/office.ts'

let database: OpenDatabase
let office: Awaited<ReturnType<typeof openOffice>>
beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  office = await openOffice(database)
})
afterAll(() => database.close())

const words = (count: number, from = 0) => Array.from({ length: count }, (_, n) => `сөз${from + n}`).join(' ')
const long = {
  parts: [part('echo', { text: words(1500), chosen: 'соңы' })],
  options: [{ id: 'do:menu', label: 'Мәзір' }],
}

test('a text too long for one message comes as several, nothing lost, the buttons under the last', async () => {
  const [aigul] = await office.crowd(1)
  await office.tell('', { to: aigul, message: long })
  await office.drain()
  const bot = aigul.chat.messages.filter(({ from }) => from === 'bot')
  expect(bot.length).toBeGreaterThan(2)
  expect(
    bot
      .map(({ text }) => text)
      .join(' ')
      .replace('\n→ соңы', ''),
  ).toBe(words(1500))
  expect(bot.map(({ buttons }) => buttons.length)).toEqual([...Array(bot.length - 1).fill(0), 1])
})

test('a refusal in the middle does not repeat what is out already, not even in another process', async () => {
  const [aigul] = await office.crowd(1)
  await office.tell('', { to: aigul, message: long, resend: false })
  let calls = 0
  const flood = {
    ...office.channel,
    send: (message: Parameters<typeof office.channel.send>[0]) =>
      ++calls === 2
        ? Promise.resolve({ status: 'retry', afterMs: 3000, reason: 'too fast' } as const)
        : office.channel.send(message),
  }
  await office.newSender({ through: flood }).drain()
  expect(office.said(aigul)).toHaveLength(1)
  office.wait(4)
  await office.newSender().drain()
  expect(office.said(aigul).join(' ').replace('\n→ соңы', '')).toBe(words(1500))
})

test('pieces keep the pace of their chat', async () => {
  office = await openOffice(database, { rateLimits: true })
  const [aigul] = await office.crowd(1)
  for (let n = 0; n < 3; n++) await office.tell('', { to: aigul, message: long })
  for (let n = 0; n < 20; n++) {
    await office.drain()
    office.wait(1)
  }
  expect(office.calls().every(({ ok }) => ok)).toBe(true)
  expect(await office.fates()).toHaveLength(3)
  expect(office.said(aigul)).toHaveLength(9)
})

test('a card sent in pieces is replaced in all of them', async () => {
  const [timur] = await office.crowd(1)
  const card = { parts: [part('echo', { text: `Абай 12, +7 701 123 45 67 ${words(900)}`, chosen: 'x' })] }
  await office.tell('', { to: timur, message: card, ref: 'card:1', resend: false })
  await office.drain()
  expect(office.said(timur).join()).toContain('Абай 12')
  await office.tell('Аяқталды', { to: timur, editRef: 'card:1' })
  await office.drain()
  expect(office.said(timur)).toEqual(['Аяқталды'])
  // Once more: what is out of the chat already is no obstacle.
  await office.tell('Бәрі бітті', { to: timur, editRef: 'card:1' })
  await office.drain()
  expect(office.said(timur)).toEqual(['Бәрі бітті'])
})

test('pieces too old to be deleted point to the one below', async () => {
  const [timur] = await office.crowd(1)
  await office.tell('', { to: timur, message: long, ref: 'card:1' })
  await office.drain()
  office.wait(49 * 3600)
  await office.tell('Аяқталды', { to: timur, editRef: 'card:1' })
  await office.drain()
  expect(office.said(timur).at(-1)).toBe('Аяқталды')
  expect(new Set(office.said(timur).slice(0, -1))).toEqual(new Set(['Это сообщение теперь ниже.']))
})

test('longer words in place of several pieces fill them, nothing lost', async () => {
  const [timur] = await office.crowd(1)
  await office.tell('', { to: timur, message: long, ref: 'card:1' })
  await office.drain()
  const message = { parts: [part('echo', { text: words(900, 2000), chosen: 'x' })] }
  await office.tell('', { to: timur, message, editRef: 'card:1' })
  await office.drain()
  expect(office.said(timur)).toHaveLength(2)
  expect(office.said(timur).join(' ').replace('\n→ x', '')).toBe(words(900, 2000))
})

test('a caption too long for its picture follows it as a text', async () => {
  const [timur] = await office.crowd(1)
  await timur.photo(new Uint8Array([1]))
  const file = { id: office.telegram.updateLog.at(-1)?.message?.photo?.at(-1)?.file_id ?? '' }
  const message = { parts: [part(words(300))], media: { channel: 'telegram', kind: 'photo', file } } as const
  await office.tell('', { to: timur, message })
  await office.drain()
  expect(await office.fates()).toEqual(['sent'])
  const [picture, text] = timur.chat.messages.filter(({ from }) => from === 'bot')
  expect(picture?.content).toBe('photo')
  expect(text?.text).toBe(words(300))
})

test('letters outside the first plane are never cut in two', async () => {
  const [aigul] = await office.crowd(1)
  await office.tell('', { to: aigul, message: { parts: [part(`а${'😀'.repeat(3000)}`)] } })
  await office.drain()
  const texts = office.said(aigul)
  expect(texts.join('')).toBe(`а${'😀'.repeat(3000)}`)
  expect(texts.every(text => text?.isWellFormed())).toBe(true)
})
