import { existsSync, statfsSync } from 'node:fs'
import { GrammyError } from 'grammy'
import { DirectoryHeld } from '../db/embedded.ts'
import type { Config } from './config.ts'

/** The steps of starting, each with its own ways to go wrong. */
export type Step = 'database' | 'key' | 'telegram' | 'port' | 'status'

/** What keeps the bot from starting, in one sentence for whoever runs it: the setting, its fault, a right example. */
export class StartFault extends Error {}

/** Does one step of starting; what goes wrong in it becomes a sentence. */
export async function step<T>(name: Step, config: Config, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StartFault) throw error
    throw new StartFault(sentences[name](error, config), { cause: error })
  }
}

const sentences: Record<Step, (error: unknown, config: Config) => string> = {
  database: (error, config) => (config.DATABASE_URL ? serverFault(error) : directoryFault(error, config)),
  key: (_, config) => wrongKey(config),
  telegram: telegramFault,
  port: (error, { PORT, HOST }) => portFault(error, { PORT, HOST }),
  status: (error, { STATUS_PORT, STATUS_HOST }) => portFault(error, { STATUS_PORT, STATUS_HOST }),
}

/** One file of its journal. */
const roomBytesMin = 16 * 1024 * 1024
const databaseExample = 'A right example: DATABASE_URL=postgres://ardaq:secret@127.0.0.1:5432/ardaq'

function serverFault(error: unknown): string {
  const code = codeOf(error)
  if (/^(28...)$/.test(code))
    return `DATABASE_URL names a user or password that the server refuses. ${databaseExample}`
  if (code === '3D000')
    return `DATABASE_URL names a database that the server does not have. ${databaseExample}`
  if (code === '42501')
    return `DATABASE_URL names a user who may not create tables or extensions there. ${databaseExample}`
  if (/^(E[A-Z]|CONNECT)/.test(code) || error instanceof AggregateError)
    return `DATABASE_URL names a server that does not answer (${code || 'no connection'}). ${databaseExample}`
  return `DATABASE_URL names a server that refuses us (${code || 'unknown reason'}). ${databaseExample}`
}

function directoryFault(error: unknown, { DATA_DIR }: Config): string {
  if (error instanceof DirectoryHeld)
    return `DATA_DIR ${DATA_DIR} is in use by another Ardaq process (pid ${error.message}): stop it, or choose another place. A right example: DATA_DIR=./data-2`
  const code = codeOf(error)
  const fault =
    {
      EACCES: 'may not be written by this user',
      EPERM: 'may not be written by this user',
      EROFS: 'cannot be written',
    }[code] ??
    (isFull(DATA_DIR) ? 'is on a full disk: make room there first' : undefined) ??
    (code === 'EEXIST' || code === 'ENOTDIR'
      ? 'is not a directory'
      : `cannot be opened as a database (${code || (error instanceof Error ? error.name : 'unknown reason')})`)
  return `DATA_DIR ${DATA_DIR} ${fault}. A right example: DATA_DIR=./data`
}

/** The database itself does not tell why it cannot begin. */
function isFull(directory: string): boolean {
  if (!existsSync(directory)) return false
  const { bavail, bsize } = statfsSync(directory)
  return bavail * bsize < roomBytesMin
}

function wrongKey({ DATA_KEY, DATA_DIR }: Config): string {
  const whose = DATA_KEY ? 'DATA_KEY' : `DATA_KEY, kept in ${DATA_DIR}/data.key,`
  return `${whose} is not the key that the stored personal data was encrypted with: put the old key back, behind the new one if there is a new one. A right example: DATA_KEY=2:<new key>,1:<old key>`
}

function telegramFault(error: unknown, config: Config): string {
  if (!(error instanceof GrammyError))
    return `TELEGRAM_API_ROOT ${config.TELEGRAM_API_ROOT ?? 'https://api.telegram.org'} cannot be reached from here. A right example: TELEGRAM_API_ROOT=https://api.telegram.org`
  if (error.method === 'setWebhook')
    return `TELEGRAM_WEBHOOK_URL was refused by Telegram (${error.description}). A right example: TELEGRAM_WEBHOOK_URL=https://bot.example.kz/telegram`
  return 'TELEGRAM_BOT_TOKEN was refused by Telegram. A right example, from @BotFather: TELEGRAM_BOT_TOKEN=123456789:AAHk…'
}

/** `where` are the two settings that name a place to listen: its port and its host. */
function portFault(error: unknown, where: Record<string, string | number | undefined>): string {
  const [[port, number], [host, address]] = Object.entries(where) as [Setting, Setting]
  const code = codeOf(error)
  if (code === 'EADDRINUSE')
    return `${port} ${number} is in use by another program. A right example: ${port}=3002`
  if (code === 'EACCES')
    return `${port} ${number} may not be used by this user. A right example: ${port}=3002`
  return `${host} ${address} is not an address of this machine. A right example: ${host}=127.0.0.1`
}

type Setting = [name: string, value: string | number | undefined]

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause ? error.cause : error
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
}
