import { describe, expect, test } from 'vitest'
import type { Channel, ChannelName } from '../../bot/channel.ts'
import { createLog } from '../../bot/logger.ts'
import { startSender } from '../../bot/outbox.ts'
import { createRouter } from '../../bot/router.ts'
import { newDataKey, openKeyring } from '../../db/cipher.ts'
import type { Store } from '../../db/client.ts'
import { tellPerson } from '../../db/outbox.ts'
import { addresses } from '../../db/schema.ts'
import { part } from '../../domain/message.ts'
import { sweep } from '../../jobs/sweep.ts'
import { emptyDatabase, testDatabase } from '../town/database.ts'
import { operator } from '../town/town.ts'
import { cloudCast, handClock } from './setup.ts'

const database = testDatabase()

/** The real bot behind the driver. */
async function bot() {
  const clock = handClock()
  const cast = await cloudCast({ now: clock.now })
  await emptyDatabase(database.db)
  const store: Store = { db: database.db, keys: openKeyring(newDataKey()) }
  const log = createLog('debug', { write: line => void cast.logged.push(line) })
  const channels = new Map<ChannelName, Channel>([['whatsapp', cast.channel]])
  const sender = startSender({ store, channels, log, now: clock.now, automatic: false })
  const startLink = (_: string, code: string) => cast.channel.startLink(code)
  const capabilitiesOf = () => cast.channel.capabilities
  cast.ears.receive = createRouter({ store, operator, log, startLink, capabilitiesOf, wake: () => {} })
  const settle = async () => {
    await sender.drain()
    await cast.graph.webhooks.settled()
  }
  const heard = () => cast.zeinep.messages.filter(({ from }) => from === 'bot')
  return { ...cast, clock, settle, heard, store }
}

test('a person chooses a language by a button and goes on by a typed number', async () => {
  const { zeinep, settle, logged } = await bot()
  await zeinep.says('Сәлеметсіз бе')
  await settle()
  expect(zeinep.last.options.map(({ title }) => title)).toContain('Қазақша')
  await zeinep.presses('Қазақша')
  await settle()
  const { text, options } = zeinep.last
  const title = options[0]?.title ?? ''
  expect(text).toContain(`*1* — ${title}`)
  await zeinep.says('1')
  await settle()
  expect(zeinep.last.text).not.toBe(text)
  expect(logged.join()).not.toMatch(/7701|Зейнеп|Сәлеметсіз/)
})

test('what Meta brings three times, or again after a week, is heard once', async () => {
  const { zeinep, settle, heard, graph, store, clock } = await bot()
  graph.webhooks.hold()
  await zeinep.says('Сәлеметсіз бе')
  await graph.webhooks.release(held => [[...held, ...held], [...held], [...held]])
  await settle()
  const greeting = graph.webhooks.posts.findLast(({ body }) => body.includes('"messages":'))
  await sweep.run(store, new Date(clock.now().getTime() + 7 * 86_400_000), { retentionDays: 0 })
  await graph.webhooks.post(greeting?.body ?? '')
  await settle()
  expect(heard()).toHaveLength(1)
  graph.webhooks.hold()
  await zeinep.presses('Қазақша')
  await graph.webhooks.release(held => [[...held], [...held], [...held]])
  await settle()
  expect(heard()).toHaveLength(2)
})

/** What may be written once the window is closed. */
const waiting = { name: 'message_waiting', language: 'kk', body: 'Сізге хабар бар. «Сәлем» деп жазыңыз.' }

describe('one account under two ids', () => {
  const holders = async (store: Store) =>
    new Set((await store.db.select().from(addresses)).map(({ personId }) => personId))

  test('who hides the number later is the same person, and what waited for the number arrives', async () => {
    const { zeinep, settle, store, clock, graph } = await bot()
    graph.templates.push(waiting)
    await zeinep.says('Сәлеметсіз бе')
    await settle()
    await zeinep.presses('Қазақша')
    await settle()
    const [personId = ''] = await holders(store)
    clock.wait(25 * 3600)
    const message = { parts: [part('notice', { text: 'Көмекші табылды' })] }
    await tellPerson(store, personId, { message, at: clock.now() })
    await settle()
    expect(zeinep.messages.some(({ text }) => text.includes('Көмекші табылды'))).toBe(false)

    zeinep.hides = true
    await zeinep.says('/menu')
    await settle()
    expect([...(await holders(store))]).toEqual([personId])
    expect(zeinep.messages.filter(({ text }) => text.includes('Көмекші табылды'))).toHaveLength(1)
    expect(graph.calls.some(({ body }) => JSON.stringify(body ?? {}).includes(zeinep.userId))).toBe(true)
  })

  test('who shows the number later stays who they were', async () => {
    const { zeinep, settle, store } = await bot()
    zeinep.hides = true
    await zeinep.says('Сәлеметсіз бе')
    await settle()
    await zeinep.presses('Қазақша')
    await settle()
    const [personId] = await holders(store)
    zeinep.hides = false
    await zeinep.says('/menu')
    await settle()
    expect([...(await holders(store))]).toEqual([personId])
    expect(zeinep.last.options.map(({ title }) => title)).not.toContain('Қазақша')
  })
})

describe('a phone that rings', () => {
  const told = 'Бұл жерде қоңырауға жауап бере алмаймыз'

  test('is answered in words, while free words may be written', async () => {
    const { zeinep, settle, heard, clock, graph } = await bot()
    graph.templates.push(waiting)
    await zeinep.says('Сәлеметсіз бе')
    await settle()
    await zeinep.presses('Қазақша')
    await settle()
    const before = heard().length
    await zeinep.calls()
    await settle()
    expect(zeinep.last.text).toContain(told)
    expect(zeinep.last.text).toContain(operator.phone)
    clock.wait(24 * 3600)
    await zeinep.calls()
    await settle()
    expect(heard()).toHaveLength(before + 1)
  })
})
