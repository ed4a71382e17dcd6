import type { Bare } from './backup-bare.ts'
import { type BackupPart, packPart, readParts, type TableSum } from './backup-parts.ts'
import { BackupFault } from './backup-seal.ts'
import {
  listMigrations,
  listTables,
  type Migration,
  makeMigrations,
  plainSettings,
  stateOf,
  sumOf,
  type Table,
} from './backup-state.ts'
import { extensions, migrationLock } from './client.ts'

const batchBytes = 262_144

/** Called with each table that is copied. */
export type OnTable = (table: Table, sum: TableSum) => void

/** Everything in the database as of one moment, while others go on with it. */
export async function* dumpDatabase(bare: Bare, madeAt: Date, onTable: OnTable): AsyncGenerator<Buffer> {
  await bare.run('begin isolation level repeatable read read only')
  await bare.run(plainSettings)
  const migration = await stateOf(bare)
  if (migration === undefined) throw new BackupFault('empty')
  const migrationName = listMigrations().find(({ when }) => when === migration)?.name ?? ''
  yield packPart({ is: 'head', migration, migrationName, madeAt: madeAt.toISOString() })
  for (const table of await listTables(bare)) {
    yield packPart({ is: 'table', ...table })
    for await (const rows of inBatches(bare.copyOut(table.name, table.columns)))
      yield packPart({ is: 'rows', rows })
    const sum = await sumOf(bare, table)
    yield packPart({ is: 'sum', ...sum })
    onTable(table, sum)
  }
  yield packPart({ is: 'end' })
  await bare.run('commit')
}

/** True if every migration that this program knows was made there. */
export async function isCurrent(bare: Bare): Promise<boolean> {
  return (await stateOf(bare)) === listMigrations().at(-1)?.when
}

export interface Loaded {
  from: Migration
  /** Where the migrations that came after have brought it. */
  to: Migration
  rows: number
}

/**
 * Puts a dump into an empty database, in one transaction: the schema as it was, the rows, each table compared with what
 * the dump says of it, then the migrations that came since. `check` has the last word before it counts.
 */
export async function loadDatabase(
  bare: Bare,
  dump: AsyncIterable<Uint8Array>,
  { onTable, check }: { onTable: OnTable; check(): Promise<void> },
): Promise<Loaded> {
  await bare.run('begin')
  await bare.run(plainSettings)
  // A bot that starts meanwhile waits.
  await bare.list(`select pg_advisory_xact_lock(${migrationLock})`)
  if ((await stateOf(bare)) !== undefined || (await listTables(bare)).length > 0)
    throw new BackupFault('filled')
  for (const name of extensions) await bare.run(`create extension if not exists ${name}`)
  const parts = readParts(dump)
  const { before, from, to, after } = placeOf(await next(parts))
  await makeMigrations(bare, before)
  let rows = 0
  for (let part = await next(parts); part.is !== 'end'; part = await next(parts)) {
    if (part.is !== 'table') throw new BackupFault('broken')
    const sum = await loadTable(bare, part, parts)
    onTable(part, sum)
    rows += sum.rows
  }
  await makeMigrations(bare, after)
  await check()
  await bare.run('commit')
  // Or the planner would know nothing of what is there.
  await bare.run('analyze')
  return { from, to, rows }
}

/** Reads a dump to its end and keeps nothing: true of a whole one that this program can restore. */
export async function inspectDump(dump: AsyncIterable<Uint8Array>): Promise<{ madeAt: string }> {
  const parts = readParts(dump)
  const head = await next(parts)
  placeOf(head)
  let last = head
  for await (const part of parts) last = part
  if (last.is !== 'end' || head.is !== 'head') throw new BackupFault('broken')
  return { madeAt: head.madeAt }
}

/** Which migrations come before the rows and which after them. */
function placeOf(head: BackupPart) {
  if (head.is !== 'head') throw new BackupFault('broken')
  const known = listMigrations()
  const at = known.findIndex(({ when }) => when === head.migration)
  const [from, to] = [known[at], known.at(-1)]
  if (!from || !to) throw new BackupFault('newer', head.migrationName)
  return { from, to, before: known.slice(0, at + 1), after: known.slice(at + 1) }
}

async function loadTable(bare: Bare, table: Table, parts: AsyncGenerator<BackupPart>): Promise<TableSum> {
  let told: TableSum | undefined
  async function* rows() {
    for (let part = await next(parts); ; part = await next(parts)) {
      if (part.is === 'rows') yield part.rows
      else {
        if (part.is === 'sum') told = part
        return
      }
    }
  }
  await bare.copyIn(table.name, table.columns, rows())
  if (!told) throw new BackupFault('broken')
  const sum = await sumOf(bare, table)
  if (sum.rows !== told.rows || sum.digest !== told.digest) throw new BackupFault('different', table.name)
  return sum
}

async function next(parts: AsyncGenerator<BackupPart>): Promise<BackupPart> {
  const { value, done } = await parts.next()
  if (done) throw new BackupFault('broken')
  return value
}

/** A server gives row after row; a part for each would cost more than the row. */
async function* inBatches(rows: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let batch: Uint8Array[] = []
  let bytes = 0
  for await (const row of rows) {
    batch.push(row)
    bytes += row.length
    if (bytes < batchBytes) continue
    yield Buffer.concat(batch)
    batch = []
    bytes = 0
  }
  if (bytes > 0) yield Buffer.concat(batch)
}
