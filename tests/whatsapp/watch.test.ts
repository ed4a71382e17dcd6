import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLog } from '../../bot/logger.ts'
import { createRouter } from '../../bot/router.ts'
import type { Standing } from '../../bot/status/contact.ts'
import { watchWhatsapp } from '../../bot/whatsapp/watch.ts'
import { newDataKey, openKeyring } from '../../db/cipher.ts'
import type { Store } from '../../db/client.ts'
import { grantRole } from '../../db/coordinators.ts'
import { newId } from '../../db/ids.ts'
import { setLanguage } from '../../db/people.ts'
import { recognisePerson } from '../../db/recognise.ts'
import { addresses, outbox } from '../../db/schema.ts'
import type { Message } from '../../domain/message.ts'
import type { Role } from '../../domain/roles.ts'
import { emptyDatabase, testDatabase } from '../town/database.ts'
import { failingStore } from '../town/mortal.ts'
import { noon } from '../town/quick.ts'
import { operator } from '../town/town.ts'

const database = testDatabase()
const minuteMs = 60_000
const country = { regionId: null, districtId: null, cleared: true }
let store: Store
let at: Date
let standing: Standing
let watch: ReturnType<typeof watchWhatsapp>

beforeEach(async () => {
  await emptyDatabase(database.db)
  store = { db: database.db, keys: openKeyring(newDataKey()) }
  at = noon
  standing = { state: 'ready', since: at }
  await coordinator('t1', country, ['telegram', 'whatsapp'])
  await coordinator('p1', country, ['playground'])
  await coordinator('w1', country, ['whatsapp'])
  await coordinator('t2', { ...country, regionId: '10' }, ['telegram'])
  await recognisePerson(store, { channel: 'telegram', externalId: 't3', inPrivate: true, at })
  watch = begin()
})
afterEach(() => watch.stop())

function begin(on = store) {
  return watchWhatsapp({
    store: on,
    log: createLog('silent'),
    now: () => at,
    wake: () => {},
    standing: () => standing,
  })
}

async function coordinator(name: string, role: Role, [first = '', ...others]: string[]) {
  const sender = { channel: first, externalId: name, inPrivate: true, at }
  const { id } = await recognisePerson(store, sender)
  await setLanguage(store, id, 'ru')
  await grantRole(store, { ...role, personId: id, at })
  for (const channel of others) {
    // They wrote there last, and there they must not be told.
    const lastInboundAt = new Date(at.getTime() + minuteMs)
    const own = { id: newId(), personId: id, channel, externalId: name, reachable: true, lastInboundAt }
    await store.db.insert(addresses).values(own)
  }
}

async function passes(ms: number, state = standing.state) {
  at = new Date(at.getTime() + ms)
  if (state !== standing.state) standing = { state, since: at }
  await watch.look()
}

/** Who was told what since the last look, as «channel chat: key». */
async function told(): Promise<string[]> {
  const rows = await store.db.delete(outbox).returning()
  const lines = rows.map(({ id, channel, chat, body }) => {
    const message: Message = JSON.parse(body ? store.keys.open(`outbox.body.${id}`, body) : '{}')
    return `${channel} ${chat}: ${message.parts.map(({ key }) => key)}`
  })
  return lines.sort()
}

const both = (key: string) => [`playground p1: ${key}`, `telegram t1: ${key}`]

describe('the coordinators of the whole country hear, by another messenger', () => {
  test('after five minutes of silence, once an outage', async () => {
    await passes(0, 'down')
    await passes(5 * minuteMs - 1)
    expect(await told()).toEqual([])
    await passes(1)
    expect(await told()).toEqual(both('wa.down'))
    for (let n = 0; n < 120; n++) await passes(minuteMs / 2)
    expect(await told()).toEqual([])
    await passes(0, 'ready')
    await passes(minuteMs, 'down')
    await passes(5 * minuteMs)
    expect(await told()).toEqual(both('wa.down'))
  })

  test('nothing of a restart', async () => {
    await passes(0, 'down')
    await passes(4 * minuteMs, 'ready')
    await passes(10 * minuteMs)
    expect(await told()).toEqual([])
  })

  test.each([
    ['blocked', 'wa.blocked'],
    ['pairing', 'wa.pair'],
  ] as const)('%s: at once, and once', async (state, key) => {
    await passes(0, state)
    expect(await told()).toEqual(both(key))
    await passes(60 * minuteMs)
    expect(await told()).toEqual([])
  })

  test('what could not be written down is told with the next look', async () => {
    watch.stop()
    watch = begin(failingStore(store, ['57P01']))
    standing = { state: 'blocked', since: at }
    await expect(watch.look()).rejects.toThrow()
    expect(await told()).toEqual([])
    await watch.look()
    expect(await told()).toEqual(both('wa.blocked'))
  })
})

describe('the code that pairs', () => {
  const presses = (sender: string) =>
    createRouter({
      store,
      operator,
      log: createLog('silent'),
      startLink: (_, code) => code,
      pairing: () => ({ page: 'https://bot.example.kz/whatsapp?key=once', qr: '2@secret' }),
      wake: () => {},
    })({
      channel: 'telegram',
      externalId: `press ${sender}`,
      chat: { id: sender, kind: 'private' },
      sender: { id: sender },
      at,
      content: { type: 'button', data: 'waqr', messageId: '1' },
    })

  test('is shown to a coordinator of the whole country', async () => {
    await presses('t1')
    expect((await told()).join()).toMatch(/wa\.pair\.how.*wa\.pair\.page/)
  })

  test.each(['t2', 't3', 'stranger'])('is not shown to anybody else (%s)', async sender => {
    await presses(sender)
    expect((await told()).join()).not.toMatch(/wa\.pair/)
  })
})
