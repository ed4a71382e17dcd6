import { randomBytes } from 'node:crypto'
import { type Bare, quoted } from '../../db/backup-bare.ts'
import { listTables } from '../../db/backup-state.ts'
import { openKeyring } from '../../db/cipher.ts'
import { type Database, rowsOf } from '../../db/client.ts'
import { saveDialog } from '../../db/dialogs.ts'
import { sql } from '../../db/drizzle.ts'
import { setPhone } from '../../db/people.ts'

/** Words that a careless copy would spoil. */
const odd = ['таб\tжол\nжаңа \\ \\. \\N', '', 'Ä𝄞 "«”\' \r, {} |', '\\.']

/** Rows with odd values in every table there is, some of them empty where that is allowed. */
export async function fill(bare: Bare, key: string) {
  for (const { name } of await listTables(bare)) {
    if (name === 'dialogs') continue
    const columns = await bare.list<{ name: string; type: string; needed: boolean }>(`
      select column_name as name, data_type as type, is_nullable = 'NO' as needed
      from information_schema.columns where table_schema = 'public' and table_name = '${name}'`)
    for (let n = 0; n < odd.length; n++) {
      const values = columns.map(column =>
        !column.needed && (n === 1 || isSealedFor(name, column.name)) ? 'null' : value(column, n),
      )
      await bare.run(
        `insert into ${quoted(name)} (${columns.map(column => quoted(column.name))}) values (${values})`,
      )
    }
  }
  const store = { db: bare.db, keys: openKeyring(key) }
  await setPhone(store, personId(0), '+77011234567')
  await saveDialog(store, personId(0), {
    flow: 'intake',
    run: 'r',
    state: { answers: ['Абай'] },
    at: new Date(),
  })
}

export const personId = (n: number) => `00000000-0000-7000-8000-00000000000${n}`

/** Everything that is kept: each table's rows in their text, in order. */
export async function everything(db: Database): Promise<Record<string, string[]>> {
  const names = rowsOf<{ name: string }>(
    await db.execute(sql`select tablename as name from pg_tables where schemaname = 'public' order by 1`),
  )
  const all: Record<string, string[]> = {}
  for (const { name } of names) {
    const rows = await db.execute(sql.raw(`select md5(t::text) as row from ${quoted(name)} t order by 1`))
    all[name] = rowsOf<{ row: string }>(rows).map(({ row }) => row)
  }
  return all
}

/** These are opened when a database is checked, so they are written by the verbs. */
function isSealedFor(table: string, column: string): boolean {
  return table === 'people' && column.startsWith('phone')
}

function value({ name, type }: { name: string; type: string }, n: number): string {
  if (type === 'uuid') return `'${personId(n)}'`
  if (type === 'boolean') return String(n % 2 === 0)
  if (type === 'integer' || type === 'bigint') return String(n)
  if (type === 'jsonb')
    return `'${JSON.stringify({ [`кілт ${n}`]: odd[n], list: [n, null] }).replaceAll("'", "''")}'`
  if (type === 'bytea')
    return n === 0 ? `decode('${randomBytes(120_000).toString('hex')}', 'hex')` : `'\\x00ff0a5c'`
  if (type === 'timestamp with time zone') return `'2026-11-23T06:00:0${n}.12345${n}+05'`
  // What points to another row must find it.
  const words = name === 'id' || name.endsWith('_id') ? `id ${n}` : (odd[n] ?? '')
  return `'${words.replaceAll("'", "''")}'`
}
