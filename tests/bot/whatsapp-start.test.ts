import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { browserPids } from '../../bot/whatsapp-web/processes.ts'
import { chromiumPath } from '../town/chromium.ts'
import { type BotProcess, startBot, temporaryDirectory } from '../town/process.ts'
import { eventually } from '../whatsapp-web/devtools.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const pageOf = (bot: BotProcess) => /Playground: (\S+)/.exec(bot.printed())?.[1] ?? ''

async function health(bot: BotProcess) {
  const answer = await fetch(/Status: (\S+)/.exec(bot.printed())?.[1] ?? '')
  return (await answer.json()) as { channels: Record<string, { state: string; settings?: object }> }
}

describe('WHATSAPP=web', () => {
  test.skipIf(!chromiumPath)(
    'without a network: says so in one line, everything else works, and nothing is left behind',
    { timeout: 90_000 },
    async () => {
      const directory = temporaryDirectory(closing)
      const settings = { WHATSAPP: 'web', WHATSAPP_CHROMIUM: offline(directory), WHATSAPP_PACE_MS: '2000' }
      const bot = startBot({ DATA_DIR: 'data', ...settings }, directory)
      closing.push(() => bot.kill('SIGKILL'))
      await bot.ready
      const faults = () => bot.printed().match(/WhatsApp: no connection to web\.whatsapp\.com/g) ?? []
      await eventually(() => faults().length, 'the missing network is reported')
      // A machine busy with a starting browser may take its time to answer.
      const { channels } = await vi.waitFor(() => health(bot), { timeout: 60_000, interval: 500 })
      expect(channels).toMatchObject({
        playground: { waiting: 0 },
        whatsapp: { state: 'down', refused: 0, settings: { way: 'web', paceMs: 2000, chatPaceMs: 3000 } },
      })
      expect((await fetch(pageOf(bot))).status).toBe(200)
      expect((await fetch(`${pageOf(bot)}/whatsapp`)).status).toBe(403)
      // The next attempts fail alike, and are not news.
      await eventually(() => browserPids(join(directory, 'data/whatsapp/session-ardaq')).length, 'again')
      expect(await bot.kill('SIGTERM')).toBe(0)
      expect(faults()).toHaveLength(1)
      expect(browserPids(join(directory, 'data/whatsapp/session-ardaq'))).toEqual([])
      expect(existsSync(join(directory, 'data/whatsapp'))).toBe(true)
    },
  )
})

describe('WHATSAPP=cloud', () => {
  test.each([
    ['WHATSAPP_NUMBER', {}],
    ['WHATSAPP_TOKEN', { WHATSAPP_NUMBER: '77001234567' }],
  ])('without %s says in one sentence what is missing', async (name, settings) => {
    const bot = startBot({ DATA_DIR: 'data', WHATSAPP: 'cloud', ...settings }, temporaryDirectory(closing))
    expect(await bot.ended).toBe(1)
    expect(bot.printed()).toMatch(new RegExp(`^${name} is missing.+ A right example: ${name}=\\S+\\n$`))
  })
})

/** The browser of a machine without a network, wherever this test runs. */
function offline(directory: string): string {
  const path = join(directory, 'browser')
  writeFileSync(path, `#!/bin/sh\nexec ${chromiumPath} --host-resolver-rules='MAP * ~NOTFOUND' "$@"\n`)
  chmodSync(path, 0o755)
  return path
}
