import type { Sql } from 'postgres'
import type { Keyring } from './cipher.ts'
import { drizzlePglite, drizzlePostgres, migratePglite, migratePostgres } from './drizzle.ts'
import type { PgDatabase, PgQueryResultHKT } from './drizzle-pg.ts'
import { openEmbedded } from './embedded.ts'
import type { RunningChannel } from './running.ts'
import { type Connections, type Server, serverAt } from './server.ts'
import * as schema from './tables.ts'

/** One type for the embedded database, a server and a transaction in either. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>

/** What every verb of this folder takes first. Inside a transaction only the transaction's store may be used. */
export interface Store {
  db: Database
  keys: Keyring
  /** In a transaction: what is done once, before it is committed; all that it says to the database, it says at once. */
  atEnd?: (() => Promise<void>)[]
  /** The channels that run; all, if not said. */
  channels?: ReadonlyMap<string, RunningChannel>
  /** In a transaction: what was sent and not yet answered. */
  underWay?: Promise<void>[]
}

export interface OpenDatabase {
  db: Database
  kind: 'embedded' | 'server'
  close(): Promise<void>
}

export const migrationsFolder = new URL('./migrations', import.meta.url).pathname
/** For names with slips in them, within a region. */
export const extensions = ['pg_trgm', 'btree_gin']
export const migrationLock = 7_246_001

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
  const server = serverAt(url)
  const single = server.connect({ max: 1, prepare: false })
  const { pooled } = await migrateServer(server, single)
  // A pooler gives each transaction another connection, where what was prepared is not known.
  const wanted = new URLSearchParams(url.split('?')[1]).get('prepare')
  const prepare = wanted ? wanted === 'true' : !pooled
  const client = server.connect({ max: connectionsMax, prepare, like: single })
  const db = drizzlePostgres(client as unknown as Sql, { schema })
  return { db, kind: 'server', close: () => client.end() }
}

/** Runs `work` in one transaction. */
export async function transact<T>(store: Store, work: (store: Store) => Promise<T>): Promise<T> {
  const atEnd: (() => Promise<void>)[] = []
  const underWay: Promise<void>[] = []
  const answers = () => Promise.all(underWay)
  try {
    const result = await store.db.transaction(async tx => {
      const result = await work({ ...store, db: tx, atEnd, underWay })
      for (const finish of atEnd) await withoutWaiting({ underWay }, finish())
      await (mayPipeline(store.db) ? handedOver(answers()) : answers())
      return result
    })
    await answers()
    return result
  } catch (error) {
    // What was sent before may have failed before: then that is why.
    await answers()
    throw error
  }
}

function mayPipeline(db: Database): boolean {
  const { $client: client } = db as { $client?: object }
  return client !== undefined && 'pipelines' in client
}

/**
 * Waits until what is under way has left us, so that COMMIT goes with it and the answers come together: if one of them
 * fails, COMMIT rolls back and says so. Throws what has failed on our side and was never sent.
 */
async function handedOver(answers: Promise<unknown>) {
  // All that a driver does before it sends is done before the next tick.
  await Promise.race([answers, new Promise<void>(tick => process.nextTick(tick))])
}

/** Sent at once, but in a transaction not waited for before its end: nothing is learnt from its answer. */
export async function withoutWaiting({ underWay }: Pick<Store, 'underWay'>, write: Promise<unknown>) {
  const done = write.then(() => {})
  if (!underWay) return done
  done.catch(() => {})
  underWay.push(done)
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
  return /^(08...|25006|53...|57P0.|58...|E[A-Z]{4,}|EAI_AGAIN|CONNECT\w+)$/.test(code) ? 'outage' : 'fault'
}

async function migrateServer({ hosts }: Server, single: Connections): Promise<{ pooled: boolean }> {
  try {
    for (let tried = 1; ; tried++) {
      try {
        return await migrateOn(single)
      } catch (error) {
        if (tried === hosts || failureKind(error) !== 'outage') throw error
      }
    }
  } finally {
    await single.end()
  }
}

/**
 * All in one transaction, which holds the lock as well: behind a pooler the next statement outside of it may go to
 * another connection. Tells whether there is such a pooler: it names another process to us than the one that answers.
 */
function migrateOn(single: Connections): Promise<{ pooled: boolean }> {
  return single.begin(async tx => {
    await tx.unsafe(`select pg_advisory_xact_lock(${migrationLock})`)
    for (const name of extensions) await tx.unsafe(`create extension if not exists ${name}`)
    const begin = <T>(work: (sql: typeof tx) => T) => work(tx)
    const within = Object.assign(tx, { options: single.options, begin }) as unknown as Sql
    await migratePostgres(drizzlePostgres(within), { migrationsFolder })
    const answer = await tx.unsafe('select pg_backend_pid() as pid')
    return { pooled: answer[0]?.pid !== answer.state.pid }
  })
}
