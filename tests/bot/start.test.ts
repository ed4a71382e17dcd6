import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { FakeTelegram } from '../fake-telegram/fake-telegram.ts'
import { startBot, temporaryDirectory } from '../town/process.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const key = () => `1:${randomBytes(32).toString('base64')}`

/** With an embedded database in it, so that not every start has to make a new one. */
let home: string
const ending: (() => unknown)[] = []
beforeAll(async () => {
  home = temporaryDirectory(ending)
  const bot = startBot({ DATA_DIR: 'data' }, home)
  await bot.ready
  await bot.kill('SIGTERM')
})
afterAll(() => {
  for (const end of ending) end()
})

/** What it prints when it cannot start; the exit code must be 1. */
async function refusal(settings: Record<string, string>, directory = home) {
  const bot = startBot({ DATA_DIR: 'data', LOG_LEVEL: 'warn', ...settings }, directory)
  closing.push(() => bot.kill('SIGKILL'))
  expect(await bot.ended).toBe(1)
  return bot.printed()
}

/** One line, and in it: the setting's name, what is wrong, and a right example of it. */
function expectSentence(printed: string, setting: string, fault: RegExp) {
  expect(printed.trim().split('\n')).toHaveLength(1)
  expect(printed).toMatch(new RegExp(`^${setting}\\b.*A right example[^:]*: ${setting}=\\S+`))
  expect(printed).toMatch(fault)
}

async function takenPort(): Promise<string> {
  const server = createServer()
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  closing.push(() => server.close())
  const address = server.address()
  return String(typeof address === 'object' && address?.port)
}

describe('a bot that cannot start says why in one sentence and ends with 1', () => {
  test('a setting that is none', async () => {
    expectSentence(await refusal({ PORT: 'http' }), 'PORT', /is not a port number/)
  })

  test('a port that is taken', async () => {
    expectSentence(await refusal({ PORT: await takenPort() }), 'PORT', /is in use by another program/)
  })

  test('an address of another machine', async () => {
    expectSentence(await refusal({ HOST: '192.0.2.1' }), 'HOST', /not an address of this machine/)
  })

  test('a server that does not answer, or whose name is unknown', async () => {
    const dead = 'postgres://a:b@127.0.0.1:9/ardaq'
    expectSentence(await refusal({ DATABASE_URL: dead, DATA_KEY: key() }), 'DATABASE_URL', /does not answer/)
    const unknown = 'postgres://a:b@no-such-host.invalid:5432/ardaq'
    const printed = await refusal({ DATABASE_URL: unknown, DATA_KEY: key() })
    expectSentence(printed, 'DATABASE_URL', /does not answer/)
    expect(printed).not.toContain('a:b')
  })

  test('a place for data that is a file', async () => {
    const directory = temporaryDirectory(closing)
    writeFileSync(join(directory, 'data'), '')
    expectSentence(await refusal({}, directory), 'DATA_DIR', /is not a directory/)
  })

  test('a token that Telegram does not know, a Telegram that is not there', async () => {
    const telegram = new FakeTelegram()
    closing.push(() => telegram.close())
    const TELEGRAM_API_ROOT = await telegram.listen()
    const TELEGRAM_BOT_TOKEN = '7000000009:AAsome-other-token-for-tests-only_01234'
    const refused = await refusal({ TELEGRAM_API_ROOT, TELEGRAM_BOT_TOKEN })
    expectSentence(refused, 'TELEGRAM_BOT_TOKEN', /refused by Telegram/)
    const lost = await refusal({ TELEGRAM_API_ROOT: 'http://127.0.0.1:9', TELEGRAM_BOT_TOKEN })
    expectSentence(lost, 'TELEGRAM_API_ROOT', /cannot be reached/)
    for (const printed of [refused, lost]) expect(printed).not.toContain(TELEGRAM_BOT_TOKEN.slice(11))
  })

  test('a webhook address that Telegram refuses', async () => {
    const telegram = new FakeTelegram()
    closing.push(() => telegram.close())
    const printed = await refusal({
      TELEGRAM_API_ROOT: await telegram.listen(),
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_WEBHOOK_URL: 'http://bot.example.kz/telegram',
      TELEGRAM_WEBHOOK_SECRET: 'a-long-random-word-1234',
    })
    expectSentence(printed, 'TELEGRAM_WEBHOOK_URL', /HTTPS URL must be provided/)
  })
})

describe('with data that is there already', () => {
  test('a key was made, which only its owner may read, and a second process is told who holds the data', async () => {
    expect(statSync(join(home, 'data', 'data.key')).mode & 0o777).toBe(0o600)
    expect(statSync(join(home, 'data')).mode & 0o777).toBe(0o700)
    const first = startBot({ DATA_DIR: 'data' }, home)
    closing.push(() => first.kill('SIGKILL'))
    await first.ready
    const printed = await refusal({})
    expectSentence(printed, 'DATA_DIR', new RegExp(`another Ardaq process \\(pid ${first.pid}\\)`))
  })

  test('another key, or none, is noticed at once; the right one opens it', { timeout: 120_000 }, async () => {
    const file = join(home, 'data', 'data.key')
    const kept = join(home, 'kept.key')
    copyFileSync(file, kept)
    expectSentence(await refusal({ DATA_KEY: key() }), 'DATA_KEY', /is not the key/)
    rmSync(file)
    expectSentence(await refusal({}), 'DATA_KEY', /holds data but not its key file/)
    expect(existsSync(file)).toBe(false)
    writeFileSync(file, key())
    expectSentence(await refusal({}), 'DATA_KEY', /kept in data\/data.key/)
    copyFileSync(kept, file)
    const again = startBot({ DATA_DIR: 'data' }, home)
    await again.ready
    expect(await again.kill('SIGINT')).toBe(0)
  })
})
