import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Bare, quoted } from './backup-bare.ts'
import type { TableSum } from './backup-parts.ts'
import { migrationsFolder } from './client.ts'
import { readMigrationFiles } from './drizzle.ts'

export interface Migration {
  name: string
  /** Its time: the later one builds on the earlier. */
  when: number
  hash: string
  statements: readonly string[]
}

/** Those that this program knows, the oldest first. */
export function listMigrations(): Migration[] {
  const journal = JSON.parse(readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8')) as {
    entries: { when: number; tag: string }[]
  }
  const names = new Map(journal.entries.map(({ when, tag }) => [when, tag]))
  return readMigrationFiles({ migrationsFolder }).map(({ folderMillis: when, hash, sql: statements }) => ({
    name: names.get(when) ?? '',
    when,
    hash,
    statements,
  }))
}

/** The time of the last migration that was made here; undefined in an empty database. */
export async function stateOf(bare: Bare): Promise<number | undefined> {
  const [there] = await bare.list<{ there: boolean }>(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as there",
  )
  if (!there?.there) return undefined
  const [last] = await bare.list<{ when: string }>(
    'select max(created_at)::text as when from drizzle.__drizzle_migrations',
  )
  return last?.when ? Number(last.when) : undefined
}

/** Makes these migrations and notes them as drizzle's migrator does, but within the transaction that is open. */
export async function makeMigrations(bare: Bare, migrations: readonly Migration[]) {
  await bare.run(`create schema if not exists drizzle;
    create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`)
  for (const { statements, hash, when } of migrations) {
    for (const statement of statements) await bare.run(statement)
    await bare.run(
      `insert into drizzle.__drizzle_migrations (hash, created_at) values ('${hash}', ${Math.trunc(when)})`,
    )
  }
}

export interface Table {
  name: string
  columns: string[]
}

/** All tables; what another one points to comes before it. */
export async function listTables(bare: Bare): Promise<Table[]> {
  const found = await bare.list<Table & { needs: string[] }>(`
    select c.relname as name,
      (select json_agg(a.attname order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select coalesce(json_agg(f.relname), '[]') from pg_constraint k join pg_class f on f.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and f.oid <> c.oid) as needs
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by c.relname`)
  const ordered: Table[] = []
  const done = new Set<string>()
  for (let left = found; left.length > 0; left = left.filter(({ name }) => !done.has(name))) {
    const ready = left.filter(({ needs }) => needs.every(name => done.has(name)))
    if (ready.length === 0) throw new Error('Tables point at each other in a circle')
    for (const { name, columns } of ready) {
      ordered.push({ name, columns })
      done.add(name)
    }
  }
  return ordered
}

/** The same on every server: each row's text is hashed, and the hashes added up, whatever their order. */
export async function sumOf(bare: Bare, { name, columns }: Table): Promise<TableSum> {
  const [row] = await bare.list<{ rows: string; sum: string }>(`
    select count(*)::text as rows, coalesce(sum(('x' || left(md5(r::text), 15))::bit(60)::bigint), 0)::text as sum
    from (select ${columns.map(quoted)} from ${quoted(name)}) r`)
  return { rows: Number(row?.rows), digest: BigInt(row?.sum ?? 0).toString(16) }
}

/** So that a value's text is the same on every server, and no limit of the operator's ends a long copy. */
export const plainSettings = `
  set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local bytea_output = 'hex';
  set local extra_float_digits = 1; set local intervalstyle = 'postgres'; set local lock_timeout = 0;
  set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`
