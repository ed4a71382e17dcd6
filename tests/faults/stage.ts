import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inject } from 'vitest'
import { newDataKey, openKeyring } from '../../db/cipher.ts'
import { type OpenDatabase, openEmbeddedDatabase, openServerDatabase, type Store } from '../../db/client.ts'
import { FakeTelegram, type Options } from '../fake-telegram/fake-telegram.ts'
import { administer } from '../town/database.ts'
import { type BotProcess, startBot, temporaryDirectory } from '../town/process.ts'

/** A database that outlives the processes on it. */
export interface Lasting {
  readonly kind: OpenDatabase['kind']
  /** What a process must be told to find it. */
  readonly settings: Record<string, string>
  open(): Promise<OpenDatabase>
}

/** Something done to a process or to what it stands on. Calls are counted as the platform saw them. */
export interface Strike {
  readonly at: Date
  readonly callsBefore: number
  readonly callsAfter: number
}

/** Bot processes, a Telegram by real HTTP, and a database: all that a fault can be put between. */
export interface Stage {
  readonly telegram: FakeTelegram
  readonly lasting: Lasting
  /** Each excuses a message that was out, and of which this could not be written down, for coming again. */
  readonly strikes: readonly Strike[]
  /** A `node bot/main.ts` on this database and this Telegram, by long polling if not set otherwise. */
  start(settings?: Record<string, string>): BotProcess
  /** SIGKILL, as a strike; resolves when the process is gone. */
  kill(bot: BotProcess): Promise<void>
  strike(deed: () => Promise<unknown>): Promise<void>
  /** Opens the database for the time of a deed. The embedded one has room for one process: stop the bot first. */
  withStore<T>(deed: (store: Store) => Promise<T>): Promise<T>
}

/** With TEST_DATABASE_URL a new database on that server, dropped at the end; else a directory. */
export async function lastingDatabase(closing: (() => unknown)[]): Promise<Lasting> {
  const server = process.env.TEST_DATABASE_URL
  if (!server) {
    const directory = join(temporaryDirectory(closing), 'data')
    return {
      kind: 'embedded',
      settings: { DATA_DIR: directory },
      open: () => openEmbeddedDatabase(directory),
    }
  }
  const name = `ardaq_test_${randomBytes(6).toString('hex')}`
  await administer(server, `create database ${name} template ${inject('migrated')}`)
  closing.push(() => administer(server, `drop database if exists ${name} with (force)`))
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    kind: 'server',
    settings: { DATABASE_URL: url.href },
    open: () => openServerDatabase(url.href, 3),
  }
}

/** What is opened here is closed by what is pushed to `closing`, the last first. */
export async function openStage(
  closing: (() => unknown)[],
  { telegram: options = {}, lasting: given }: { telegram?: Options; lasting?: Lasting } = {},
): Promise<Stage> {
  const lasting = given ?? (await lastingDatabase(closing))
  const directory = temporaryDirectory(closing)
  const telegram = new FakeTelegram(options)
  closing.push(() => telegram.close())
  const settings = {
    TELEGRAM_API_ROOT: await telegram.listen(),
    TELEGRAM_BOT_TOKEN: telegram.token,
    DATA_KEY: newDataKey(),
    LOG_LEVEL: 'warn',
    ...lasting.settings,
  }
  const strikes: Strike[] = []
  async function strike(deed: () => Promise<unknown>) {
    const [at, callsBefore] = [new Date(), telegram.calls.length]
    await deed()
    // What the process has sent last may still be on its way to the platform.
    await sleep(20)
    strikes.push({ at, callsBefore, callsAfter: telegram.calls.length })
  }
  return {
    telegram,
    lasting,
    strikes,
    strike,
    kill: bot => strike(() => bot.kill('SIGKILL')),
    start(more = {}) {
      const bot = startBot({ ...settings, ...more }, directory)
      closing.push(() => bot.kill('SIGKILL'))
      return bot
    },
    async withStore(deed) {
      const database = await lasting.open()
      try {
        return await deed({ db: database.db, keys: openKeyring(settings.DATA_KEY) })
      } finally {
        await database.close()
      }
    },
  }
}
