import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startApp } from '../../bot/app.ts'
import type { Capabilities, Channel, ChannelName } from '../../bot/channel.ts'
import { readConfig } from '../../bot/config.ts'
import { createLog } from '../../bot/logger.ts'
import { startSender } from '../../bot/outbox.ts'
import type { Witness } from '../../bot/status/witness.ts'
import { watchStranded } from '../../bot/stranded.ts'
import { newDataKey, openKeyring } from '../../db/cipher.ts'
import { openEmbeddedDatabase, type Store } from '../../db/client.ts'
import { grantRole, listCoordinatorsOf } from '../../db/coordinators.ts'
import { newId } from '../../db/ids.ts'
import { enqueue, tellPerson } from '../../db/outbox.ts'
import { recognisePerson } from '../../db/recognise.ts'
import { addresses, outbox } from '../../db/schema.ts'
import { part } from '../../domain/message.ts'
import { emptyDatabase, testDatabase } from '../town/database.ts'
import { temporaryDirectory } from '../town/process.ts'
import { noon } from '../town/quick.ts'

/** WhatsApp was on, and the next start is without it. */
const database = testDatabase()
const hourMs = 3_600_000
const unlimited = { max: Infinity, perMs: 1_000 }
const capabilities: Capabilities = {
  options: 'rows',
  groups: 'usual',
  edit: true,
  contactRequest: false,
  textCharsMax: 4096,
  captionCharsMax: 1024,
  downloadBytesMax: 1,
  pace: { all: unlimited, chat: unlimited, group: unlimited },
}
const both: ChannelName[] = ['telegram', 'whatsapp']
let at: Date
let store: Store
let sent: string[]
let told: Parameters<Witness>[0][]

beforeEach(async () => {
  await emptyDatabase(database.db)
  at = noon
  sent = []
  told = []
  store = runs(both)
})

function runs(names: readonly ChannelName[]): Store {
  const keys = store?.keys ?? openKeyring(newDataKey())
  return { db: database.db, keys, channels: new Map(names.map(name => [name, capabilities])) }
}

function channelOf(name: ChannelName): Channel {
  return {
    name,
    capabilities,
    start: async () => {},
    stop: async () => {},
    async send({ chat, text }) {
      sent.push(`${name} ${chat}: ${text}`)
      return { status: 'accepted', externalId: `x${sent.length}` }
    },
    remove: async () => ({ status: 'failed', reason: 'stays' }),
    download: async () => new Uint8Array(),
    startLink: code => code,
  }
}

/** The bot lives for a moment with these messengers, so much later. */
async function lives(names: readonly ChannelName[], laterMs = 0): Promise<string[]> {
  at = new Date(at.getTime() + laterMs)
  store = runs(names)
  const parts = { store, log: createLog('silent'), now: () => at, wake: () => {} }
  const stranded = watchStranded({ ...parts, witness: what => told.push(what) })
  await stranded.stop()
  await stranded.look()
  const channels = new Map(names.map(name => [name, channelOf(name)]))
  await startSender({ ...parts, channels, automatic: false }).drain()
  return sent.splice(0)
}

/** Somebody who wrote last where they are named last. */
async function person(...names: ChannelName[]): Promise<string> {
  const [first = 'whatsapp', ...others] = names
  const id = `${first}-${newId()}`
  const { id: personId } = await recognisePerson(store, {
    channel: first,
    externalId: id,
    inPrivate: true,
    at,
  })
  for (const channel of others) {
    const lastInboundAt = new Date(at.getTime() + 60_000)
    const row = { id: newId(), personId, channel, externalId: id, reachable: true, lastInboundAt }
    await store.db.insert(addresses).values(row)
  }
  return personId
}

const say = (personId: string, text: string) =>
  tellPerson(store, personId, { message: { parts: [part('notice', { text })] }, at })
const ends = (text: string) => expect.stringMatching(new RegExp(`^telegram .*: ${text}$`))

describe('with WhatsApp off', () => {
  test('what waited there goes to the other messenger, in its order, once', async () => {
    const aigul = await person('telegram', 'whatsapp')
    await say(aigul, 'Бірінші')
    await say(aigul, 'Екінші')
    expect(await lives(['telegram'])).toEqual([ends('Бірінші'), ends('Екінші')])
    expect(await lives(both, hourMs)).toEqual([])
  })

  test('what is said from then on goes there at once', async () => {
    const aigul = await person('telegram', 'whatsapp')
    await lives(['telegram'])
    await say(aigul, 'Жаңа')
    expect((await store.db.select().from(outbox)).map(({ channel }) => channel)).toEqual(['telegram'])
  })

  test('who has no other messenger waits for it; after 36 hours it is given up, and counted', async () => {
    const zeinep = await person('whatsapp')
    await say(zeinep, 'Күтеді')
    expect(await lives(['telegram'], 36 * hourMs)).toEqual([])
    expect(await lives(both)).toEqual([expect.stringContaining('whatsapp')])
    await say(zeinep, 'Ескі')
    expect(await lives(['telegram'], 36 * hourMs + 1)).toEqual([])
    expect(told).toEqual([{ what: 'givenUp', channel: 'whatsapp' }])
    expect(await lives(both)).toEqual([])
  })

  test('no messenger at all is no fault', async () => {
    const zeinep = await person('whatsapp')
    expect(await lives([])).toEqual([])
    expect(await say(zeinep, 'Күтеді')).toBe(true)
    expect(await lives([])).toEqual([])
  })

  test('who links another messenger meanwhile gets it there', async () => {
    const zeinep = await person('whatsapp')
    await say(zeinep, 'Күтеді')
    expect(await lives(['telegram'])).toEqual([])
    const there = { channel: 'telegram', externalId: 'zeinep', reachable: true, lastInboundAt: at }
    await store.db.insert(addresses).values({ id: newId(), personId: zeinep, ...there })
    expect(await lives(['telegram'], 60_000)).toEqual([ends('Күтеді')])
  })

  test('what went to WhatsApp because Telegram rested comes back', async () => {
    const aigul = await person('telegram', 'whatsapp')
    await say(aigul, 'Екі рет')
    await store.db.update(outbox).set({ failure: 'elsewhere' })
    expect(await lives(['telegram'])).toEqual([ends('Екі рет')])
  })

  test('what was half sent goes on, unless it must not come twice', async () => {
    const aigul = await person('telegram', 'whatsapp')
    await say(aigul, 'Жартылай')
    const message = { parts: [part('notice', { text: 'Мекенжай' })] }
    await tellPerson(store, aigul, { message, at, resend: false })
    await store.db.update(outbox).set({ status: 'sending', lockedUntil: at, attempts: 1 })
    expect(await lives(['telegram'], 60_000)).toEqual([ends('Жартылай')])
    expect((await store.db.select().from(outbox)).map(({ status }) => status).sort()).toEqual([
      'sent',
      'unknown',
    ])
  })

  test('an edit stays with its message, and nobody is told of it elsewhere', async () => {
    const aigul = await person('telegram', 'whatsapp')
    const [there] = await store.db.select().from(addresses)
    const message = { parts: [part('notice', { text: 'Өзгерді' })] }
    const edit = {
      channel: 'whatsapp',
      chat: there?.externalId ?? '',
      personId: aigul,
      message,
      at,
      editId: '1',
    }
    await enqueue(store, edit)
    expect(await lives(['telegram'], hourMs)).toEqual([])
  })

  test('a coordinator who is there alone does not count: the next one hears', async () => {
    const [near, far] = [await person('whatsapp'), await person('telegram')]
    const region = { regionId: '10', districtId: null, cleared: true }
    await grantRole(store, { ...region, personId: near, at })
    await grantRole(store, { ...region, regionId: null, personId: far, at })
    expect(await listCoordinatorsOf(store, region, { at })).toEqual([near])
    expect(await listCoordinatorsOf(runs(['telegram']), region, { at })).toEqual([far])
  })
})

describe('the whole bot', () => {
  const closing: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  test('moves at its start what waits for a messenger that is not set', { timeout: 60_000 }, async () => {
    const DATA_DIR = join(temporaryDirectory(closing), 'data')
    const DATA_KEY = `1:${randomBytes(32).toString('base64')}`
    const { db, close } = await openEmbeddedDatabase(DATA_DIR)
    const before = { db, keys: openKeyring(DATA_KEY) }
    const at = new Date()
    const here = { channel: 'playground', externalId: 'p1', inPrivate: true, at }
    const { id: personId } = await recognisePerson(before, here)
    const message = { parts: [part('notice', { text: 'Күтеді' })] }
    await enqueue(before, { channel: 'whatsapp', chat: 'gone', personId, message, at })
    await close()

    const read = readConfig({ DATA_DIR, DATA_KEY, PORT: '0', STATUS_PORT: 'off' })
    if ('fault' in read) throw new Error(read.fault)
    const app = await startApp(read.config, createLog('silent'))
    await new Promise(resolve => setTimeout(resolve, 1_000))
    await app.stop()
    const after = await openEmbeddedDatabase(DATA_DIR)
    closing.push(after.close)
    const rows = await after.db.select({ channel: outbox.channel }).from(outbox)
    expect(rows).toEqual([{ channel: 'playground' }])
  })
})
