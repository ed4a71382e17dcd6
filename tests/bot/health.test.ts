import { beforeEach, expect, test } from 'vitest'
import type { Channel, ChannelName, Inbound } from '../../bot/channel.ts'
import { createHealth, type Health } from '../../bot/health.ts'
import { newDataKey, openKeyring } from '../../db/cipher.ts'
import type { Store } from '../../db/client.ts'
import { enqueue } from '../../db/outbox.ts'
import { part } from '../../domain/message.ts'
import { emptyDatabase, testDatabase } from '../town/database.ts'
import { noon } from '../town/quick.ts'

const database = testDatabase()
const settings = { way: 'web', paceMs: 1_000 }
let store: Store
let at: Date
let health: Health

beforeEach(async () => {
  await emptyDatabase(database.db)
  store = { db: database.db, keys: openKeyring(newDataKey()) }
  at = noon
  health = createHealth({
    store,
    // Of a channel only its name is looked at.
    channels: new Map<ChannelName, Channel>(
      (['telegram', 'whatsapp'] as const).map(name => [name, { name } as Channel]),
    ),
    whatsapp: {
      standing: () => ({ state: 'down', since: noon, reason: 'no connection to web.whatsapp.com' }),
      refused: () => 3,
      settings,
    },
    now: () => at,
  })
})

const later = (seconds: number) => new Date(noon.getTime() + seconds * 1_000)

test('each channel tells how it is, what waits and for how long, and when it last heard anything', async () => {
  const says = {
    channel: 'whatsapp',
    chat: '77011234567@c.us',
    message: { parts: [part('Абай 12')] },
  } as const
  await enqueue(store, { ...says, at })
  await enqueue(store, { ...says, at: later(30) })
  await enqueue(store, { ...says, at, notBefore: later(3_600) })
  at = later(60)
  await health.hearing(async () => ({}))({ channel: 'telegram' } as Inbound)
  at = later(90)
  expect(JSON.parse(JSON.stringify(await health.look()))).toEqual({
    waiting: 2,
    channels: {
      telegram: {
        state: 'ready',
        since: noon.toISOString(),
        lastInboundAt: later(60).toISOString(),
        waiting: 0,
        oldestSeconds: 0,
      },
      whatsapp: {
        state: 'down',
        since: noon.toISOString(),
        reason: 'no connection to web.whatsapp.com',
        lastInboundAt: null,
        waiting: 2,
        oldestSeconds: 90,
        refused: 3,
        settings,
      },
    },
  })
})

test('what was held back for the night is not late in the morning', async () => {
  const notBefore = later(3_600)
  await enqueue(store, { channel: 'telegram', chat: '5', message: { parts: [part('x')] }, at, notBefore })
  at = later(3_605)
  expect(await health.look()).toMatchObject({ channels: { telegram: { waiting: 1, oldestSeconds: 5 } } })
})
