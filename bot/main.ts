import { existsSync } from 'node:fs'
import { DirectoryHeld } from '../db/embedded.ts'
import { assertClock } from '../domain/time.ts'
import { startApp } from './app.ts'
import { readConfig } from './config.ts'
import { createLog } from './logger.ts'

if (existsSync('.env')) process.loadEnvFile('.env')
const read = readConfig(process.env)
if ('fault' in read) fail(read.fault)
const { config } = read
const wrongClock = assertClock()
if (wrongClock) fail(wrongClock)

try {
  const log = createLog(config.LOG_LEVEL)
  const app = await startApp(config, log)
  process.stdout.write(`${app.lines.join('\n')}\n`)
  const stop = async () => {
    await app.stop()
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
} catch (error) {
  fail(sentenceOf(error))
}

/** What keeps the bot from starting, in one sentence for whoever runs it. */
function sentenceOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  if (error instanceof DirectoryHeld) {
    return `DATA_DIR ${config.DATA_DIR} is in use by another Ardaq process (pid ${error.message}). Stop it, or choose another place: DATA_DIR=./data-2`
  }
  if (code === 'EADDRINUSE')
    return `PORT ${config.PORT} is in use by another program. A right example: PORT=3001`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `HOST ${config.HOST} is not an address of this machine. A right example: HOST=127.0.0.1`
  }
  if (code === 'EACCES')
    return `DATA_DIR ${config.DATA_DIR} or PORT ${config.PORT} may not be used by this user. A right example: DATA_DIR=./data`
  if (config.DATABASE_URL && isDatabaseError(error)) {
    return 'DATABASE_URL names a server that does not answer or refuses us. A right example: DATABASE_URL=postgres://ardaq:secret@127.0.0.1:5432/ardaq'
  }
  if (error instanceof Error && error.constructor.name === 'GrammyError') {
    return 'TELEGRAM_BOT_TOKEN was refused by Telegram. A right example, from @BotFather: TELEGRAM_BOT_TOKEN=123456789:AAHk…'
  }
  if (error instanceof Error && error.constructor.name === 'HttpError') {
    return 'TELEGRAM_API_ROOT cannot be reached from here. A right example: TELEGRAM_API_ROOT=https://api.telegram.org'
  }
  return `Ardaq could not start: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown reason'}`
}

function isDatabaseError(error: unknown): boolean {
  const code = String((error as { code?: unknown }).code ?? '')
  return /^(ECONN|ETIMEDOUT|CONNECT|[0-9A-Z]{5}$)/.test(code) || error instanceof AggregateError
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
