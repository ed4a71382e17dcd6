import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { heading, median, print, report, round } from './figures.ts'

/**
 * From spawning the bot to its page answering, on a database that is there already, beside a bare script that only
 * opens the same directory as durably. Taken in turns, so that a busy moment of the machine falls on both.
 */
const runs = 5
const root = new URL('..', import.meta.url).pathname
const directory = mkdtempSync(join(tmpdir(), 'ardaq-bench-'))
const settings = { PLAYGROUND: 'on', DATA_DIR: directory, HOST: '127.0.0.1', LOG_LEVEL: 'error' }

try {
  const first = await startBot()
  const bot: number[] = []
  const bare: number[] = []
  for (let n = 0; n < runs; n++) {
    bare.push(await openBare())
    bot.push(await startBot())
  }
  heading(`From the command to the page, median of ${runs}`)
  print(`  the very first start, on an empty directory: ${round(first)} ms`)
  report({
    what: 'start with a database',
    ours: median(bot),
    reference: median(bare),
    referenceIs: 'PGlite alone',
    unit: 'ms',
    most: { value: 3, of: 'ratio' },
  })
} finally {
  rmSync(directory, { recursive: true, force: true })
}

async function startBot(): Promise<number> {
  const port = await freePort()
  const began = performance.now()
  const bot = launch(['--enable-source-maps', 'bot/main.ts'], { ...settings, PORT: String(port) })
  await answering(`http://127.0.0.1:${port}/`, bot)
  const took = performance.now() - began
  bot.kill('SIGTERM')
  await once(bot, 'exit')
  return took
}

async function openBare(): Promise<number> {
  const began = performance.now()
  const script = launch(['bench/bare-pglite.ts', directory], {})
  const ended = once(script, 'exit')
  if (script.stdout) await once(script.stdout, 'data')
  const took = performance.now() - began
  const [code] = await ended
  if (code !== 0) throw new Error(`The bare script ended with ${code}`)
  return took
}

function launch(command: string[], more: Record<string, string>): ChildProcess {
  const { PATH = '', HOME = '' } = process.env
  const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit']
  return spawn(process.execPath, command, { cwd: root, env: { PATH, HOME, ...more }, stdio })
}

async function answering(url: string, bot: ChildProcess) {
  while (bot.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer?.ok) return
    await sleep(5)
  }
  throw new Error(`The bot ended with ${bot.exitCode}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
