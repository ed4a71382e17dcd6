import { createServer, type Server } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../../bot/config.ts'
import { createLog } from '../../bot/logger.ts'
import { StartFault } from '../../bot/start-faults.ts'
import { openStatus } from '../../bot/status/open.ts'
import { newDataKey, openKeyring } from '../../db/cipher.ts'
import type { Store } from '../../db/client.ts'
import { outbox } from '../../db/schema.ts'
import { emptyDatabase, testDatabase } from '../town/database.ts'
import { noon } from '../town/quick.ts'

const database = testDatabase()
const closing: (() => unknown)[] = []
let store: Store
let lines: string[]

beforeEach(async () => {
  await emptyDatabase(database.db)
  store = { db: database.db, keys: openKeyring(newDataKey()) }
  lines = []
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

function statusOf(settings: Record<string, string>) {
  const read = readConfig(settings)
  if ('fault' in read) throw new Error(read.fault)
  const status = openStatus({
    config: read.config,
    log: createLog('warn', { write: line => void lines.push(line) }),
    store,
    kind: 'embedded',
    channels: new Map(),
    telegram: undefined,
    whatsapp: undefined,
    now: () => noon,
    wake: () => {},
  })
  closing.push(status.stop)
  return status
}

/** Somebody else listens there, we or another program. */
async function take(port: number): Promise<number> {
  const server = await new Promise<Server | undefined>(done => {
    const made = createServer()
    made.once('error', () => done(undefined)).listen(port, '127.0.0.1', () => done(made))
  })
  if (server) closing.push(() => server.close())
  const address = server?.address()
  return typeof address === 'object' && address ? address.port : port
}

test('the usual port is left to whoever has it, and the bot goes on without', async () => {
  await take(3001)
  expect(await statusOf({}).open()).toBeUndefined()
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/"port":3001.*STATUS_PORT names another/)
})

test('a port that was asked for and is taken is one sentence; off is none at all', async () => {
  const port = await take(0)
  const taken = statusOf({ STATUS_PORT: String(port) }).open()
  await expect(taken).rejects.toThrow(StartFault)
  await expect(taken).rejects.toThrow(
    /^STATUS_PORT \d+ is in use by another program\. A right example: STATUS_PORT=3002$/,
  )
  expect(await statusOf({ STATUS_PORT: 'off' }).open()).toBeUndefined()
  expect(lines).toEqual([])
})

test('it answers by HTTP with all that the process has told, and the chat for faults hears of the start', async () => {
  const token = '123456789:AAHk-your-token-from-BotFather'
  const status = statusOf({ STATUS_PORT: '0', FAULTS_CHAT: '-1001234567890', TELEGRAM_BOT_TOKEN: token })
  const open = await status.open()
  closing.push(() => open?.close())
  status.witness({ what: 'sent', channel: 'telegram', result: 'accepted' })
  const page = await fetch(`http://127.0.0.1:${open?.port}/metrics`)
  expect(page.headers.get('content-type')).toContain('text/plain')
  expect(await page.text()).toContain('ardaq_sent_total{channel="telegram",result="accepted"} 1')
  expect((await fetch(`http://127.0.0.1:${open?.port}/health/ready`)).status).toBe(200)
  expect(await store.db.select({ chat: outbox.chat, channel: outbox.channel }).from(outbox)).toEqual([
    { chat: '-1001234567890', channel: 'telegram' },
  ])
})

test('a chat for faults needs Telegram, and is a number', () => {
  const fault = (settings: Record<string, string>) => {
    const read = readConfig(settings)
    return 'fault' in read ? read.fault : ''
  }
  expect(fault({ FAULTS_CHAT: '-1001234567890' })).toMatch(
    /^TELEGRAM_BOT_TOKEN is missing, and FAULTS_CHAT needs it/,
  )
  expect(fault({ FAULTS_CHAT: '@faults' })).toMatch(
    /^FAULTS_CHAT is not the number .+ FAULTS_CHAT=-1001234567890$/,
  )
  for (const port of ['on', '65536', '-1'])
    expect(fault({ STATUS_PORT: port })).toMatch(/^STATUS_PORT is not a port/)
})
