import { addAbortSignal } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import postgres, { type Sql } from 'postgres'
import type { Database } from './client.ts'
import { drizzlePglite, drizzlePostgres } from './drizzle.ts'
import { openEmbedded } from './embedded.ts'
import { eachAlone, socketsTo } from './hosts.ts'
import * as schema from './tables.ts'

/** A database on a single connection, as it is: not migrated, and with COPY. */
export interface Bare {
  /** On the same connection, and so in the same transaction. */
  readonly db: Database
  run(statements: string): Promise<void>
  list<Row>(query: string): Promise<Row[]>
  /** Whole rows in each chunk. */
  copyOut(table: string, columns: readonly string[]): AsyncIterable<Uint8Array>
  copyIn(table: string, columns: readonly string[], rows: AsyncIterable<Uint8Array>): Promise<void>
  /** What was not committed is undone by it. */
  close(): Promise<void>
}

const connectSeconds = 10
/** A table of the embedded database comes out in pieces of 16 MB: each is held in memory. */
const pagesAtOnce = 2_000

export async function openBareServer(url: string): Promise<Bare> {
  const hosts = eachAlone(url)
  const [first = url] = hosts
  let lost = new AbortController()
  const client = postgres(first, {
    max: 1,
    // No pause and no age ends the connection in the middle of a long copy.
    max_lifetime: null,
    idle_timeout: 0,
    connect_timeout: connectSeconds,
    prepare: false,
    onnotice() {},
    onclose() {
      lost.abort()
    },
    ...(hosts.length > 1 && { socket: socketsTo(hosts) }),
  })
  await firstAnswer(client, hosts.length)
  lost = new AbortController()
  const { signal } = lost
  // Whatever came after a lost connection would run on a new one, outside of the transaction; and the driver would wait
  // for ever to go on with a copy.
  const told = (error: unknown) =>
    signal.aborted ? Object.assign(new Error('The connection is lost'), { code: 'CONNECTION_CLOSED' }) : error
  const whole = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      signal.throwIfAborted()
      return await work()
    } catch (error) {
      throw told(error)
    }
  }
  return {
    db: drizzlePostgres(client, { schema }),
    run: statements => whole(async () => void (await client.unsafe(statements).simple())),
    list: <Row>(query: string) => whole(async () => [...(await client.unsafe(query))] as unknown as Row[]),
    async *copyOut(table, columns) {
      const copy = client.unsafe(`copy ${named(table, columns)} to stdout`)
      const rows = await whole(async () => addAbortSignal(signal, await copy.readable()))
      try {
        yield* rows
      } catch (error) {
        throw told(error)
      }
      // The driver stops reading while its buffer is full, and goes on only when asked for more rows: without this the
      // next statement would wait for ever if the last rows had filled it.
      rows._read(0)
    },
    copyIn: (table, columns, rows) =>
      whole(async () => {
        const target = await client.unsafe(`copy ${named(table, columns)} from stdin`).writable()
        await pipeline(rows, target, { signal })
      }),
    close: () => client.end({ timeout: 1 }),
  }
}

/** Of several servers each is asked until one answers. */
async function firstAnswer(client: Sql, hosts: number) {
  for (let tried = 1; ; tried++) {
    try {
      await client`select 1`
      return
    } catch (error) {
      if (tried < hosts) continue
      await client.end({ timeout: 1 })
      throw error
    }
  }
}

export async function openBareEmbedded(directory: string): Promise<Bare> {
  const { client, close } = await openEmbedded(directory)
  const list = async <Row>(query: string) => (await client.query<Row>(query)).rows
  return {
    db: drizzlePglite(client, { schema }),
    async run(statements) {
      await client.exec(statements)
    },
    list,
    async *copyOut(table, columns) {
      const [size] = await list<{ pages: number }>(`
        select (pg_relation_size('${quoted(table)}') / current_setting('block_size')::int)::int as pages`)
      for (let from = 0; from < (size?.pages ?? 0); from += pagesAtOnce) {
        const piece = `select ${columns.map(quoted)} from ${quoted(table)}
          where ctid >= '(${from},0)' and ctid < '(${from + pagesAtOnce},0)'`
        const { blob } = await client.query(`copy (${piece}) to '/dev/blob'`)
        if (blob?.size) yield new Uint8Array(await blob.arrayBuffer())
      }
    },
    async copyIn(table, columns, rows) {
      for await (const chunk of rows) {
        const blob = new Blob([Uint8Array.from(chunk)])
        await client.query(`copy ${named(table, columns)} from '/dev/blob'`, [], { blob })
      }
    },
    close,
  }
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function named(table: string, columns: readonly string[]): string {
  return `${quoted(table)} (${columns.map(quoted)})`
}
