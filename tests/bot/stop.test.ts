import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'
import { afterEach, describe, expect, test } from 'vitest'
import { serveApp } from '../../bot/http.ts'
import { createLog } from '../../bot/logger.ts'
import { stopInOrder } from '../../bot/stop.ts'
import { type OpenDatabase, openEmbeddedDatabase, openServerDatabase, rowsOf } from '../../db/client.ts'
import { FakeTelegram } from '../fake-telegram/fake-telegram.ts'
import { administer } from '../town/database.ts'
import { startBot, temporaryDirectory } from '../town/process.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

describe('stopping in order', () => {
  test('each waits for the one before; what hangs or fails is named and left', async () => {
    const lines: string[] = []
    const log = createLog('warn', { write: line => void lines.push(line) })
    const done: string[] = []
    const note = (name: string) => async () => void done.push(name)
    const endings = [
      { name: 'first', untilMs: 60_000, stop: async () => sleep(20).then(note('first')) },
      { name: 'hangs', untilMs: 60, stop: () => new Promise(() => {}) },
      { name: 'fails', untilMs: 60_000, stop: () => Promise.reject(new Error('no')) },
      { name: 'last', untilMs: 60_000, stop: note('last') },
    ]
    await stopInOrder(endings, log)
    expect(done).toEqual(['first', 'last'])
    expect(lines.map(line => JSON.parse(line)).map(({ step, msg }) => `${step}: ${msg}`)).toEqual([
      'hangs: stopped before it was over',
      'fails: could not be stopped',
    ])
  })
})

test('a port that closes answers what it was asked, and takes nothing new', async () => {
  const asked = Promise.withResolvers<void>()
  const told = Promise.withResolvers<string>()
  const app = new Hono().get('/', async context => {
    asked.resolve()
    return context.text(await told.promise)
  })
  const { port, close } = await serveApp(app, { host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${port}/`
  const answer = fetch(url)
  await asked.promise
  const closed = close()
  await expect(fetch(url)).rejects.toThrow()
  told.resolve('committed')
  expect(await (await answer).text()).toBe('committed')
  await closed
})

/** A bot on a Telegram of its own; its data outlives the process. */
async function stage() {
  const directory = temporaryDirectory(closing)
  const telegram = new FakeTelegram()
  closing.push(() => telegram.close())
  const { settings, open } = await lasting(directory)
  const wire = { TELEGRAM_API_ROOT: await telegram.listen(), TELEGRAM_BOT_TOKEN: telegram.token }
  return {
    telegram,
    open,
    start(more: Record<string, string> = {}) {
      const bot = startBot({ ...settings, ...wire, ...more }, directory)
      closing.push(() => bot.kill('SIGKILL'))
      return bot
    },
  }
}

async function lasting(
  directory: string,
): Promise<{ settings: Record<string, string>; open: () => Promise<OpenDatabase> }> {
  const server = process.env.TEST_DATABASE_URL
  const DATA_DIR = join(directory, 'data')
  if (!server) return { settings: { DATA_DIR }, open: () => openEmbeddedDatabase(DATA_DIR) }
  const name = `ardaq_test_${randomBytes(6).toString('hex')}`
  await administer(server, `create database ${name}`)
  closing.push(() => administer(server, `drop database if exists ${name} with (force)`))
  const url = new URL(server)
  url.pathname = `/${name}`
  const DATA_KEY = `1:${randomBytes(32).toString('base64')}`
  return { settings: { DATABASE_URL: url.href, DATA_KEY }, open: () => openServerDatabase(url.href) }
}

const words = ['Русский', 'Другому человеку', 'Даю согласие', 'Зейнеп Ахметова', 'Да, знает']

test('stopped in mid-load again and again, the bot loses nothing, says nothing twice and leaves nothing half sent', {
  timeout: 240_000,
}, async () => {
  const { telegram, start, open } = await stage()
  const marat = telegram.user({ firstName: 'Марат', languageCode: 'ru' })
  const group = telegram.group('Ақаулар', { members: [marat], addBot: true })
  const people = Array.from({ length: 6 }, (_, n) =>
    telegram.user({ firstName: `Адам ${n}`, languageCode: 'ru' }),
  )
  for (const person of people) {
    await person.start()
    for (const text of words) await person.send(text)
  }
  const sends = () => telegram.calls.filter(({ method, ok }) => method === 'sendMessage' && ok).length
  for (const more of [3, 6]) {
    const before = sends()
    const bot = start({ FAULTS_CHAT: String(group.id) })
    await telegram.until(() => sends() >= before + more, 60_000)
    expect(await bot.kill('SIGTERM')).toBe(0)
    expect(bot.printed()).not.toContain('stopped before it was over')
  }
  const last = start()
  await telegram.until(() => telegram.updates.length === 0, 60_000)
  const asked = (person: (typeof people)[number]) =>
    person.chat.messages.some(({ text }) => text?.includes('Какая помощь нужна'))
  await telegram.until(() => people.every(asked), 60_000)
  expect(await last.kill('SIGTERM')).toBe(0)
  expect(group.messages.filter(({ text }) => text?.includes('Бот запустился'))).toHaveLength(1)

  const database = await open()
  closing.push(() => database.close())
  // Also that the bot was added to the group.
  expect(await countIn(database, 'inbox')).toBe(people.length * (words.length + 1) + 1)
  expect(await countIn(database, `inbox where parked_for is not null`)).toBe(0)
  expect(await countIn(database, `outbox where status in ('sending', 'unknown')`)).toBe(0)
  const said = (edits: string) =>
    `outbox where status = 'sent' and edit_id is ${edits} and edit_ref is ${edits}`
  expect(await countIn(database, said('null'))).toBe(sends())
})

test('where the platform hangs, it ends with 0 all the same and leaves what it held to the next start', {
  timeout: 120_000,
}, async () => {
  const { telegram, start, open } = await stage()
  await telegram.user({ firstName: 'Айгүл' }).start()
  telegram.faults.next('sendMessage', { kind: 'silent' }, 100)
  const bot = start()
  await telegram.until(() => telegram.calls.some(({ method }) => method === 'sendMessage'), 60_000)
  expect(await bot.kill('SIGTERM')).toBe(0)
  expect(bot.printed()).toMatch(/"step":"sending".*stopped before it was over/)

  const database = await open()
  closing.push(() => database.close())
  expect(await countIn(database, `outbox where status = 'sending' and body is not null`)).toBe(1)
})

test('asked a second time, it ends at once; the echo of the first is no second time', async () => {
  const { telegram, start } = await stage()
  await telegram.user({ firstName: 'Айгүл' }).start()
  telegram.faults.next('sendMessage', { kind: 'silent' }, 100)
  const bot = start()
  await telegram.until(() => telegram.calls.some(({ method }) => method === 'sendMessage'), 60_000)
  process.kill(bot.pid, 'SIGINT')
  process.kill(bot.pid, 'SIGTERM')
  await sleep(1_500)
  expect(await bot.kill('SIGINT')).toBe(1)
})

async function countIn({ db }: OpenDatabase, rows: string): Promise<number> {
  return Number(rowsOf<{ n: string }>(await db.execute(`select count(*) as n from ${rows}`))[0]?.n)
}
