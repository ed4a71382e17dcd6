import { beforeEach, describe, expect, test } from 'vitest'
import type {
  Capabilities,
  Channel,
  ChannelName,
  FailureReason,
  Outgoing,
  SendResult,
} from '../../bot/channel.ts'
import { createLog } from '../../bot/logger.ts'
import { startSender } from '../../bot/outbox.ts'
import { createReport } from '../../bot/report.ts'
import { createRouter } from '../../bot/router.ts'
import { newDataKey, openKeyring } from '../../db/cipher.ts'
import { rowsOf, type Store } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { enqueue } from '../../db/outbox.ts'
import { findReachableAddress, setLanguage } from '../../db/people.ts'
import { recognisePerson } from '../../db/recognise.ts'
import { addresses } from '../../db/schema.ts'
import type { Message } from '../../domain/message.ts'
import { part } from '../../domain/message.ts'
import { emptyDatabase, testDatabase } from '../town/database.ts'
import { noon } from '../town/quick.ts'
import { operator } from '../town/town.ts'

/** What two messengers of one person get, by the real outbox: one lets nobody write freely after a day. */
const database = testDatabase()
const hourMs = 3_600_000
const unlimited = { max: Infinity, perMs: 1_000 }
const plain: Capabilities = {
  options: 'list',
  edit: false,
  contactRequest: false,
  textCharsMax: 4096,
  captionCharsMax: 1024,
  downloadBytesMax: 1,
  pace: { all: unlimited, chat: unlimited, group: unlimited },
}
let store: Store
let at: Date
let personId: string
let sent: { on: ChannelName; message: Outgoing }[]
let answers: SendResult[]

beforeEach(async () => {
  await emptyDatabase(database.db)
  store = { db: database.db, keys: openKeyring(newDataKey()) }
  at = noon
  sent = []
  answers = []
  const sender = { channel: 'whatsapp', externalId: 'aigul', inPrivate: true, at }
  personId = (await recognisePerson(store, sender)).id
  await setLanguage(store, personId, 'kk')
})

function channelOf(name: ChannelName, more: Partial<Capabilities>): Channel {
  return {
    name,
    capabilities: { ...plain, ...more },
    start: async () => {},
    stop: async () => {},
    async send(message) {
      sent.push({ on: name, message })
      return answers.shift() ?? { status: 'accepted', externalId: `x${sent.length}` }
    },
    find: async () => ({ status: 'absent' }),
    remove: async () => ({ status: 'failed', reason: 'stays' }),
    download: async () => new Uint8Array(),
    startLink: code => code,
  }
}

const channels = new Map(
  [channelOf('whatsapp', { freeHours: 24, reports: true }), channelOf('telegram', {})].map(channel => [
    channel.name,
    channel,
  ]),
)

const say = (message: Message) =>
  enqueue(store, { channel: 'whatsapp', chat: 'aigul', personId, message, at })

/** So much later, all goes out that may. */
async function later(ms: number) {
  at = new Date(at.getTime() + ms)
  const log = createLog('silent')
  await startSender({ store, channels, log, now: () => at, automatic: false }).drain()
}

const alsoOnTelegram = () =>
  store.db.insert(addresses).values({
    id: newId(),
    personId,
    channel: 'telegram',
    externalId: '5',
    reachable: true,
    lastInboundAt: at,
  })

const got = () =>
  sent.splice(0).map(({ on, message }) => `${on}: ${message.template ? message.template.name : message.text}`)

async function reports(id: string, state: 'delivered' | 'failed', reason?: FailureReason) {
  const report = createReport({ store, now: () => at, wake: () => {} })
  await report({ channel: 'whatsapp', id, state, ...(reason && { reason }) })
}

async function writes(text: string) {
  const route = createRouter({
    store,
    operator,
    log: createLog('silent'),
    startLink: (_, code) => code,
    capabilitiesOf: () => ({ options: 'list', freeHours: 24 }),
    wake: () => {},
  })
  await route({
    channel: 'whatsapp',
    externalId: text,
    chat: { id: 'aigul', kind: 'private' },
    sender: { id: 'aigul' },
    at,
    content: { type: 'text', text },
  })
}

async function fates(): Promise<string[]> {
  const rows = await store.db.execute('select channel, status from outbox order by id')
  return rowsOf<{ channel: string; status: string }>(rows).map(row => `${row.channel} ${row.status}`)
}

const words: Message = { parts: [part('Ертең келеді')] }
const question: Message = {
  parts: [part('Қай күні?')],
  options: [{ id: 'today', label: { key: 'when.today' } }],
  question: { run: 'r1', step: 1, controls: [] },
}

describe('a day after a person has written', () => {
  test('at 23:59:59 free words still go out', async () => {
    at = new Date(at.getTime() + 24 * hourMs - 1_000)
    await say(words)
    await later(0)
    expect(got()).toEqual(['whatsapp: Ертең келеді'])
  })

  test('at 24:00:00 a template asks them to write, once; the words wait and go out when they do', async () => {
    at = new Date(at.getTime() + 24 * hourMs)
    await say(words)
    await later(0)
    const [{ message } = { message: undefined }] = sent
    expect(message?.template).toMatchObject({ name: 'message_waiting', language: 'kk' })
    expect(got()).toHaveLength(1)
    for (const hours of [1, 6, 6, 6]) await later(hours * hourMs)
    expect(got()).toEqual([])
    await writes('Сәлем')
    await later(1_000)
    const [first] = sent
    expect(got()[0]).toBe('whatsapp: Ертең келеді')
    expect(await fates()).not.toContain('whatsapp queued')
    // What is out stays where it is, whatever became of the template.
    await alsoOnTelegram()
    await reports(`${first?.message.id}.t`, 'failed', 'gone')
    await later(1_000)
    expect(got()).toEqual([])
  })

  test('begins anew with each word, and not earlier with one that comes late', async () => {
    const before = at
    at = new Date(at.getTime() + 23 * hourMs)
    await writes('Сәлем')
    at = before
    await writes('Қайырлы таң')
    await store.db.execute('delete from outbox')
    at = new Date(before.getTime() + 46 * hourMs)
    await say(words)
    await later(0)
    expect(got()).toEqual(['whatsapp: Ертең келеді'])
  })

  test('whether the template arrived nobody knows: it is not sent again', async () => {
    at = new Date(at.getTime() + 25 * hourMs)
    answers = [{ status: 'unknown', reason: 'timed out' }]
    await say(words)
    for (const hours of [0, 7, 7]) await later(hours * hourMs)
    expect(got()).toEqual(['whatsapp: message_waiting'])
  })

  test('a template that is refused, or does not arrive, leads to the other messenger', async () => {
    at = new Date(at.getTime() + 25 * hourMs)
    await alsoOnTelegram()
    answers = [{ status: 'failed', reason: 'policy' }]
    await say(words)
    await later(0)
    await later(1_000)
    expect(got()).toEqual(['whatsapp: message_waiting', 'telegram: Ертең келеді'])
    await say(words)
    await later(0)
    await reports(sent[0]?.message.id ?? '', 'failed', 'gone')
    await later(1_000)
    expect(got()).toEqual(['whatsapp: message_waiting', 'telegram: Ертең келеді'])
    await writes('Сәлем')
    await later(1_000)
    expect(got().join()).not.toContain('Ертең келеді')
  })
})

describe('a message that was accepted and did not arrive', () => {
  test('goes to the other messenger, and never to both', async () => {
    await alsoOnTelegram()
    await say(words)
    await later(0)
    const id = sent[0]?.message.id ?? ''
    await reports(id, 'failed', 'gone')
    await reports(id, 'failed', 'gone')
    await later(1_000)
    expect(got()).toEqual(['whatsapp: Ертең келеді', 'telegram: Ертең келеді'])
    await reports(id, 'failed', 'gone')
    await later(hourMs)
    expect(got()).toEqual([])
  })

  test('stays where it is if it arrived after all, and the other has not got it yet', async () => {
    await alsoOnTelegram()
    await say(words)
    await later(0)
    const id = sent[0]?.message.id ?? ''
    await reports(id, 'failed', 'gone')
    await reports(id, 'delivered')
    await later(1_000)
    expect(got()).toEqual(['whatsapp: Ертең келеді'])
    // Nothing of it holds up what comes next.
    await say(words)
    await later(1_000)
    expect(got()).toHaveLength(1)
  })

  test('is lost where there is no other, and the chat is out of reach', async () => {
    await say(words)
    await later(0)
    await reports(sent[0]?.message.id ?? '', 'failed', 'blocked')
    await later(hourMs)
    expect(got()).toHaveLength(1)
    expect(await fates()).toEqual(['whatsapp failed'])
  })

  test('one that arrived stays where it is, whatever is said later', async () => {
    await alsoOnTelegram()
    await say(words)
    await later(0)
    const id = sent[0]?.message.id ?? ''
    await reports(id, 'delivered')
    await reports(id, 'failed', 'gone')
    await later(hourMs)
    expect(got()).toEqual(['whatsapp: Ертең келеді'])
    expect(await fates()).toEqual(['whatsapp sent'])
    expect(await findReachableAddress(store, personId, { except: 'telegram' })).toBeDefined()
  })

  test('of several pieces the last one tells whether it arrived', async () => {
    await alsoOnTelegram()
    await say(words)
    await later(0)
    const id = sent[0]?.message.id ?? ''
    await reports(`${id}.0`, 'delivered')
    await reports(id, 'failed', 'policy')
    await later(1_000)
    expect(got()).toEqual(['whatsapp: Ертең келеді', 'telegram: Ертең келеді'])
  })
})

describe('a messenger that takes nothing', () => {
  const down: SendResult = { status: 'retry', afterMs: 60_000, reason: 'down' }

  test('keeps nobody waiting longer than two minutes who has another one', async () => {
    await alsoOnTelegram()
    answers = [down, down]
    await say(words)
    await later(0)
    await later(119_000)
    expect(got()).toEqual(['whatsapp: Ертең келеді', 'whatsapp: Ертең келеді'])
    answers = [down]
    await later(60_000)
    await later(1_000)
    expect(got()).toEqual(['whatsapp: Ертең келеді', 'telegram: Ертең келеді'])
    expect(await fates()).toEqual(['telegram sent'])
  })

  test.each([
    ['a question, which is answered where it was begun', question],
    ['what is half out', { parts: [part('сөз '.repeat(2_000))], pieces: ['w1'] }],
  ])('keeps %s', async (_, message) => {
    await alsoOnTelegram()
    answers = [down, down, down, down]
    await say(message)
    for (let n = 0; n < 4; n++) await later(60_000)
    expect(await fates()).toEqual(['whatsapp queued'])
  })
})

describe('a sending that breaks off', () => {
  const broken: SendResult = { status: 'unknown', reason: 'broke off' }

  test('after an hour in which nothing could be sent is tried as often as any other', async () => {
    const down: SendResult = { status: 'retry', afterMs: 60_000, reason: 'down' }
    answers = [...Array.from({ length: 60 }, () => down), broken, broken, broken]
    await say(words)
    for (let n = 0; n < 60; n++) await later(60_000)
    for (let n = 0; n < 3; n++) await later(10 * 60_000)
    expect(await fates()).toEqual(['whatsapp queued'])
    await later(10 * 60_000)
    expect(await fates()).toEqual(['whatsapp sent'])
  })

  test('four times is left, and not tried a fifth time', async () => {
    answers = Array.from({ length: 5 }, () => broken)
    await say(words)
    for (let n = 0; n < 6; n++) await later(10 * 60_000)
    expect(sent).toHaveLength(4)
    expect(await fates()).toEqual(['whatsapp unknown'])
  })
})

describe('a question that had to wait', () => {
  test('half an hour is dropped when something newer waits behind it, and only then', async () => {
    await say(question)
    await say(words)
    await say(question)
    await later(30 * 60_000 + 1)
    const all = got()
    expect(all).toHaveLength(2)
    expect(all[0]).toContain('Ертең келеді')
    expect(all[1]).toContain('Қай күні?')
  })

  test('no longer than that is asked', async () => {
    await say(question)
    await say(words)
    await later(30 * 60_000)
    expect(got()).toHaveLength(2)
  })
})
