import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { newDataKey } from '../../db/cipher.ts'
import { token, webhookSecret } from './platform.ts'

/** A bot in a process of its own. */
export interface Bot {
  /** Where updates are brought; undefined if it asks for them. */
  readonly address: string | undefined
  /** CPU it has used since its start, in ms, and its memory now, in MB. */
  cpuMs(): number
  megabytes(): number
  stop(): Promise<void>
}

export type Way = 'polling' | 'webhook'

const dataKey = newDataKey()
const ticksPerSecond = 100

/** Ours, as it is started for people, but for how much one of them may write and the bot may say. */
export async function startOurs(
  root: string,
  way: Way,
  databaseUrl: string,
  nodeOptions: readonly string[] = [],
): Promise<Bot> {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}/telegram`
  const settings = {
    TELEGRAM_API_ROOT: root,
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_PER_SECOND: '1000',
    ...(way === 'webhook' && { TELEGRAM_WEBHOOK_URL: address, TELEGRAM_WEBHOOK_SECRET: webhookSecret }),
    DATABASE_URL: databaseUrl,
    DATA_KEY: dataKey,
    MESSAGES_PER_MINUTE: '60000',
    PORT: String(port),
    STATUS_PORT: 'off',
    LOG_LEVEL: 'warn',
  }
  const main = new URL('../../bot/main.ts', import.meta.url).pathname
  return started(
    [...nodeOptions, '--enable-source-maps', main],
    settings,
    /Ardaq runs/,
    way === 'webhook' ? address : undefined,
  )
}

/** The bare echo. */
export async function startEcho(root: string, way: Way, databaseUrl: string): Promise<Bot> {
  const settings = { BENCH_API_ROOT: root, BENCH_TOKEN: token }
  const script = new URL('./echo.ts', import.meta.url).pathname
  return started([script, databaseUrl, way], settings, /listens at (\d+)/, undefined)
}

async function started(
  args: readonly string[],
  settings: Record<string, string>,
  ready: RegExp,
  given: string | undefined,
): Promise<Bot> {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, args, {
    cwd: tmpdir(),
    env: { PATH, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [, port] = await said(child, ready)
  const address = given ?? (Number(port) > 0 ? `http://127.0.0.1:${port}/` : undefined)
  return {
    address,
    cpuMs: () => cpuOf(child.pid ?? 0),
    megabytes: () => memoryOf(child.pid ?? 0),
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

function said(child: ChildProcess, wanted: RegExp): Promise<RegExpExecArray> {
  let text = ''
  return new Promise((done, failed) => {
    child.stdout?.on('data', chunk => {
      text += chunk
      const found = wanted.exec(text)
      if (found) done(found)
    })
    child.once('exit', code => failed(new Error(`The bot ended with ${code}: ${text}`)))
  })
}

function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond
}

function memoryOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) / 1024
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}
