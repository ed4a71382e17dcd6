import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { textOf } from '../../bot/i18n.ts'
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
import { addresses, audit, outbox } from '../../db/schema.ts'
import { type Message, part } from '../../domain/message.ts'
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

  test('of a second block, after a human let it begin again', async () => {
    await passes(0, 'blocked')
    await passes(minuteMs, 'down')
    await passes(minuteMs, 'blocked')
    expect(await told()).toEqual([...both('wa.blocked'), ...both('wa.blocked')].sort())
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

const presses = (sender: string, data: string, resume = () => false) =>
  createRouter({
    store,
    operator,
    log: createLog('silent'),
    startLink: (_, code) => code,
    pairing: () => ({ page: 'https://bot.example.kz/whatsapp?key=once', qr: '2@secret' }),
    resume,
    wake: () => {},
  })({
    channel: 'telegram',
    externalId: `press ${sender} ${data} ${at.getTime()}`,
    chat: { id: sender, kind: 'private' },
    sender: { id: sender },
    at,
    content: { type: 'button', data, messageId: '1' },
  })

describe('the code that pairs', () => {
  test('is shown to a coordinator of the whole country', async () => {
    await presses('t1', 'waqr')
    expect((await told()).join()).toMatch(/wa\.pair\.how.*wa\.pair\.page/)
  })

  test.each(['t2', 't3', 'stranger'])('is not shown to anybody else (%s)', async sender => {
    await presses(sender, 'waqr')
    expect((await told()).join()).not.toMatch(/wa\.pair/)
  })
})

describe('the button under «WhatsApp has stopped»', () => {
  const begun: string[] = []
  /** It had stopped, and the first press lets it begin. */
  const pressed = (sender: string) =>
    presses(sender, 'waagain', () => begun.length === 0 && begun.push(sender) > 0)
  beforeEach(() => begun.splice(0))

  test('stands there, and begins it again, once', async () => {
    await passes(0, 'blocked')
    const [row] = await store.db.select().from(outbox)
    const message: Message = JSON.parse(
      store.keys.open(`outbox.body.${row?.id}`, row?.body ?? new Uint8Array()),
    )
    expect(message.options?.map(({ id }) => id)).toEqual(['waagain'])
    await told()
    await pressed('t1')
    expect(await told()).toEqual(['telegram t1: wa.again.begun'])
    at = new Date(at.getTime() + minuteMs)
    expect((await pressed('t1')).notice).toBe(textOf('ru', part('wa.again.none')))
    expect(begun).toEqual(['t1'])
    expect((await store.db.select().from(audit)).map(({ act }) => act)).toEqual(['whatsapp.resumed'])
  })

  test.each(['t2', 't3', 'stranger'])('is nobody else’s to press (%s)', async sender => {
    await pressed(sender)
    expect(begun).toEqual([])
  })
})
