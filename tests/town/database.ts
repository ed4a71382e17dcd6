import { randomBytes } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import postgres from 'postgres'
import { afterAll, beforeAll, inject } from 'vitest'
import {
  type Database,
  type OpenDatabase,
  openEmbeddedDatabase,
  openServerDatabase,
  rowsOf,
} from '../../db/client.ts'
import { sql } from '../../db/drizzle.ts'

/**
 * An empty database with the real migrations: the embedded one in memory, or, with TEST_DATABASE_URL, a new one on
 * that server, dropped when it is closed. Both are copies of the one that tests/town/migrated.ts has made.
 */
export async function openTestDatabase(): Promise<OpenDatabase> {
  const server = process.env.TEST_DATABASE_URL
  const migrated = inject('migrated')
  if (!server) return borrowEmbedded(migrated)
  const name = `ardaq_test_${randomBytes(6).toString('hex')}`
  await administer(server, `create database ${name} template ${migrated}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  // No test stops the server, so none needs to wait for its disk.
  url.searchParams.set('synchronous_commit', 'off')
  const database = await openServerDatabase(url.href)
  return {
    ...database,
    async close() {
      await database.close()
      await administer(server, `drop database ${name} with (force)`)
    },
  }
}

/**
 * Files that run one after the other in a worker share one embedded database: its machine code is warm after the
 * first of them, which is half of the time. Who opens a second one beside it gets a new one.
 */
async function borrowEmbedded(migrated: string): Promise<OpenDatabase> {
  const free = idle.pop()
  const database = free ?? (await openEmbeddedDatabase(undefined, await openAsBlob(migrated)))
  if (free) await truncateAll(free.db)
  return { ...database, close: async () => void idle.push(database) }
}

const idle: OpenDatabase[] = []

/** What was deleted still fills tables and indexes: nobody vacuums the embedded database. */
async function truncateAll(db: Database) {
  await db.execute(sql.raw(`truncate ${(await tablesOf(db)).map(name => `"${name}"`).join(', ')}`))
}

async function tablesOf(db: Database): Promise<string[]> {
  const found = await db.execute(sql`select tablename as name from pg_tables where schemaname = 'public'`)
  return rowsOf<{ name: string }>(found).map(({ name }) => name)
}

/** The database of all tests in a file, opened before the first and closed after the last. */
export function testDatabase(): OpenDatabase {
  let opened: OpenDatabase | undefined
  beforeAll(async () => {
    opened = await openTestDatabase()
  })
  afterAll(() => opened?.close())
  const current = () => {
    if (!opened) throw new Error('The database is open in the tests only, not while they are listed')
    return opened
  }
  return {
    get db() {
      return current().db
    },
    get kind() {
      return current().kind
    },
    close: () => current().close(),
  }
}

/** The same database as another process has it: with connections of its own on a server, else the one there is. */
export async function joinDatabase(database: OpenDatabase): Promise<OpenDatabase> {
  const server = process.env.TEST_DATABASE_URL
  if (!server) return { ...database, async close() {} }
  const [row] = rowsOf<{ name: string }>(await database.db.execute(sql`select current_database() as name`))
  const url = new URL(server)
  url.pathname = `/${row?.name}`
  return openServerDatabase(url.href, 3)
}

/**
 * Empties every table, so that the next test starts as on the first day. Deletes the few rows there are: truncating
 * all tables with their indexes takes a server longer than a test.
 */
export async function emptyDatabase(db: Database) {
  const each = (await tablesOf(db)).map(
    name => `select '${name}' as name where exists (select 1 from "${name}")`,
  )
  const filled = rowsOf<{ name: string }>(await db.execute(sql.raw(each.join(' union all '))))
  if (filled.length === 0) return
  // In one statement, at whose end every row that points to another is gone too.
  const deletes = filled.map(({ name }, n) => `d${n} as (delete from "${name}")`)
  await db.execute(sql.raw(`with ${deletes.join(', ')} select 1`))
}

export async function administer(url: string, statement: string) {
  const client = postgres(url, { max: 1, onnotice: () => {} })
  await client.unsafe(statement)
  await client.end()
}
