import { expect, test } from 'vitest'
import type { Channel, ChannelName } from '../../bot/channel.ts'
import { createLog } from '../../bot/logger.ts'
import { startSender } from '../../bot/outbox.ts'
import { createRouter } from '../../bot/router.ts'
import { newDataKey, openKeyring } from '../../db/cipher.ts'
import type { Store } from '../../db/client.ts'
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
