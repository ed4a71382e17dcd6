import postgres, { type Sql, type TransactionSql } from 'postgres'
import type { Keyring } from './cipher.ts'
import { drizzlePglite, drizzlePostgres, migratePglite, migratePostgres } from './drizzle.ts'
import type { PgDatabase, PgQueryResultHKT } from './drizzle-pg.ts'
import { openEmbedded } from './embedded.ts'
import * as schema from './tables.ts'

/** One type for the embedded database, a server and a transaction in either. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>

/** What every verb of this folder takes first. Inside a transaction only the transaction's store may be used. */
export interface Store {
  db: Database
  keys: Keyring
  /** In a transaction: what is done once, before it is committed. */
  atEnd?: (() => Promise<void>)[]
}

export interface OpenDatabase {
  db: Database
  kind: 'embedded' | 'server'
  close(): Promise<void>
}

const migrationsFolder = new URL('./migrations', import.meta.url).pathname
/** For names with slips in them, within a region. */
const extensions = ['pg_trgm', 'btree_gin']
const migrationLock = 7_246_001
const connectSeconds = 10

/** The embedded database in `directory` (in memory without one, `copyOf` a dumped one), migrated. */
export async function openEmbeddedDatabase(directory?: string, copyOf?: Blob): Promise<OpenDatabase> {
  const { client, close } = await openEmbedded(directory, copyOf)
  for (const name of extensions) await client.exec(`create extension if not exists ${name}`)
  const db = drizzlePglite(client, { schema })
  await migratePglite(db, { migrationsFolder })
  return { db, kind: 'embedded', close }
}

/** A PostgreSQL server, migrated under a lock so that several processes may start at once. */
export async function openServerDatabase(url: string, connectionsMax = 10): Promise<OpenDatabase> {
  await migrateServer(url)
  const client = postgres(url, { max: connectionsMax, connect_timeout: connectSeconds, onnotice: () => {} })
  // A pooler that gives each transaction another connection wants `?prepare=false`.
  if (client.options.prepare) prepareStatements(client)
  return { db: drizzlePostgres(client, { schema }), kind: 'server', close: () => client.end({ timeout: 5 }) }
}

/** Runs `work` in one transaction. */
export function transact<T>(store: Store, work: (store: Store) => Promise<T>): Promise<T> {
  return store.db.transaction(async tx => {
    const atEnd: (() => Promise<void>)[] = []
    const result = await work({ ...store, db: tx, atEnd })
    for (const finish of atEnd) await finish()
    return result
  })
}

/** What a raw query returned, whichever driver ran it. */
export function rowsOf<Row>(result: unknown): Row[] {
  if (Array.isArray(result)) return [...result]
  return (result as { rows: Row[] }).rows
}

/** The database's own error code, for example 23505 for a unique violation. */
export function errorCode(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause ? error.cause : error
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : undefined
}

/**
 * What a failed transaction may be tried again for: `conflict` is two transactions in each other's way, `outage` a
 * database that is out of reach or short of something. Anything else is the deed's own fault.
 */
export function failureKind(error: unknown): 'conflict' | 'outage' | 'fault' {
  const code = errorCode(error) ?? ''
  if (/^(40001|40P01|55P03)$/.test(code)) return 'conflict'
  return /^(08...|53...|57P0.|58...|E[A-Z]{4,}|EAI_AGAIN|CONNECT\w+)$/.test(code) ? 'outage' : 'fault'
}

/** Drizzle has each statement parsed and planned anew; ours are few and come again and again. */
function prepareStatements(client: Sql) {
  const { begin } = client
  prepareIn(client)
  client.begin = ((work: (tx: TransactionSql) => unknown) => begin(tx => work(prepareIn(tx)))) as Sql['begin']
}

function prepareIn<Part extends { unsafe: Sql['unsafe'] }>(sql: Part): Part {
  const { unsafe } = sql
  sql.unsafe = ((text, parameters, options) =>
    unsafe.call(sql, text, parameters, { ...options, prepare: true })) as Sql['unsafe']
  return sql
}

async function migrateServer(url: string) {
  const single = postgres(url, { max: 1, connect_timeout: connectSeconds, onnotice: () => {} })
  try {
    await single`select pg_advisory_lock(${migrationLock})`
    for (const name of extensions) await single.unsafe(`create extension if not exists ${name}`)
    await migratePostgres(drizzlePostgres(single), { migrationsFolder })
  } finally {
    await single.end({ timeout: 5 })
  }
}
