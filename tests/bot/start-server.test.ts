import { randomBytes } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { startBot, temporaryDirectory } from '../town/process.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

test.skipIf(!process.env.TEST_DATABASE_URL)(
  'a database that the server does not have is one sentence',
  async () => {
    const url = new URL(process.env.TEST_DATABASE_URL ?? '')
    url.pathname = '/ardaq_no_such_database'
    const settings = { DATABASE_URL: url.href, DATA_KEY: `1:${randomBytes(32).toString('base64')}` }
    const bot = startBot(settings, temporaryDirectory(closing))
    expect(await bot.ended).toBe(1)
    expect(bot.printed()).toMatch(/^DATABASE_URL .*database that the server does not have.*\n$/)
  },
)
