import { beforeEach, expect, test } from 'vitest'
import type { Channel, ChannelName, Inbound } from '../../bot/channel.ts'
import { createHealth, type Health } from '../../bot/health.ts'
import { serve } from '../../bot/http.ts'
import { createMetrics } from '../../bot/metrics.ts'
import { createContact } from '../../bot/status/contact.ts'
import { statusRoutes } from '../../bot/status/server.ts'
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
  health = healthOn(store)
})

function healthOn(store: Store, contact = createContact(() => at)) {
  return createHealth({
    store,
    kind: 'server',
    // Of a channel only its name is looked at.
    channels: new Map<ChannelName, Channel>(
      (['telegram', 'whatsapp', 'playground'] as const).map(name => [name, { name } as Channel]),
    ),
    telegram: contact,
    whatsapp: {
      standing: () => ({ state: 'down', since: noon, reason: 'no connection to web.whatsapp.com' }),
      refused: () => 3,
      settings,
    },
    now: () => at,
    databaseMs: 50,
  })
}

/** The store of a database that fails, or never answers. */
function awayStore(fails: () => Promise<never>): Store {
  return { ...store, db: { execute: fails } as unknown as Store['db'] }
}

const lost = () => Promise.reject(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }))
const later = (seconds: number) => new Date(noon.getTime() + seconds * 1_000)
const plain = async (looked: Promise<object>) => JSON.parse(JSON.stringify(await looked))

test('each channel tells how it is, what waits and for how long, and when it last heard and said anything', async () => {
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
  at = later(70)
  health.witness({ what: 'sent', channel: 'telegram', result: 'accepted' })
  health.witness({ what: 'sent', channel: 'whatsapp', result: 'retry' })
  at = later(90)
  const { database, ...look } = await plain(health.look())
  expect(database).toEqual({ kind: 'server', state: 'ready', answeredInMs: expect.any(Number) })
  expect(look).toEqual({
    ready: true,
    since: noon.toISOString(),
    waiting: 2,
    oldestSeconds: 90,
    channels: {
      telegram: {
        state: 'unknown',
        since: noon.toISOString(),
        lastInboundAt: later(60).toISOString(),
        lastSentAt: later(70).toISOString(),
        waiting: 0,
        oldestSeconds: 0,
      },
      whatsapp: {
        state: 'down',
        since: noon.toISOString(),
        reason: 'no connection to web.whatsapp.com',
        lastInboundAt: null,
        lastSentAt: null,
        waiting: 2,
        oldestSeconds: 90,
        refused: 3,
        settings,
      },
      // No platform, so nothing is said of one.
      playground: { lastInboundAt: null, lastSentAt: null, waiting: 0, oldestSeconds: 0 },
    },
  })
})

test('what was held back for the night is not late in the morning', async () => {
  const notBefore = later(3_600)
  await enqueue(store, { channel: 'telegram', chat: '5', message: { parts: [part('x')] }, at, notBefore })
  at = later(3_605)
  expect(await health.look()).toMatchObject({ channels: { telegram: { waiting: 1, oldestSeconds: 5 } } })
})

test.each([
  ['that refuses', lost, 'ECONNREFUSED'],
  ['that hangs', () => new Promise<never>(() => {}), 'no answer'],
])('a database %s is said to be down, and nothing is claimed of what waits', async (_, fails, reason) => {
  expect(await healthOn(awayStore(fails)).look()).toMatchObject({
    ready: false,
    database: { state: 'down', reason },
    waiting: null,
    oldestSeconds: null,
    channels: { telegram: { waiting: null }, whatsapp: { state: 'down', waiting: null } },
  })
})

test('a platform is ready when it has answered, down when it fails twice, and ready when it answers again', () => {
  const contact = createContact(() => at, { 409: 'another program' })
  const state = () => contact.standing().state
  expect(state()).toBe('unknown')
  contact.heard(400)
  expect(contact.standing()).toEqual({ state: 'ready', since: noon })
  at = later(10)
  contact.heard(502)
  expect(state()).toBe('ready')
  at = later(20)
  contact.heard(undefined)
  expect(contact.standing()).toEqual({ state: 'down', since: later(10), reason: 'no connection' })
  contact.heard(409)
  expect(contact.standing()).toMatchObject({ since: later(10), reason: 'another program' })
  contact.heard(429)
  expect(contact.standing()).toEqual({ state: 'ready', since: later(20) })
})

test('the port for watchers answers each of them; the port for others knows none of it', async () => {
  const metrics = createMetrics()
  const asked = async (path: string, of = health) => {
    const answer = await statusRoutes({ health: of, metrics }).request(path)
    return { status: answer.status, text: await answer.text() }
  }
  expect(await asked('/health/live')).toEqual({ status: 200, text: '{"live":true}' })
  expect(await asked('/health/ready')).toEqual({ status: 200, text: '{"ready":true}' })
  expect(await asked('/health')).toMatchObject({ status: 200 })

  const away = healthOn(awayStore(lost))
  expect((await asked('/health/live', away)).status).toBe(200)
  expect(await asked('/health/ready', away)).toEqual({ status: 503, text: '{"ready":false}' })
  expect(await asked('/health', away)).toMatchObject({
    status: 503,
    text: expect.stringContaining('ECONNREFUSED'),
  })

  health.stopping()
  expect((await asked('/health/ready')).status).toBe(503)
  expect((await asked('/health/live')).status).toBe(200)

  const parts = { telegram: undefined, webhookUrl: undefined, playground: undefined }
  const others = await serve({ host: '127.0.0.1', port: 0, ...parts })
  for (const path of ['/health', '/health/ready', '/metrics'])
    expect((await fetch(`http://127.0.0.1:${others.port}${path}`)).status).toBe(404)
  await others.close()
})

test('the page of metrics shows what is seen, and drops what is not known', async () => {
  const metrics = createMetrics()
  const page = async (of: Health) =>
    (await metrics.page(await of.look()))
      .split('\n')
      .filter(line => /^ardaq_(outbox|channel|database_up)/.test(line))
  await enqueue(store, { channel: 'telegram', chat: '5', message: { parts: [part('x')] }, at })
  at = later(7)
  expect(await page(health)).toEqual([
    'ardaq_outbox_waiting{channel="telegram"} 1',
    'ardaq_outbox_waiting{channel="whatsapp"} 0',
    'ardaq_outbox_waiting{channel="playground"} 0',
    'ardaq_outbox_oldest_seconds{channel="telegram"} 7',
    'ardaq_outbox_oldest_seconds{channel="whatsapp"} 0',
    'ardaq_outbox_oldest_seconds{channel="playground"} 0',
    'ardaq_channel_up{channel="whatsapp"} 0',
    'ardaq_database_up 1',
  ])
  expect(await page(healthOn(awayStore(lost)))).toEqual([
    'ardaq_channel_up{channel="whatsapp"} 0',
    'ardaq_database_up 0',
  ])
})
