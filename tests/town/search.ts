import { rowsOf, type Store } from '../../db/client.ts'
import type { Town } from './town.ts'

/** What must not be found any more, by what it is. */
export type Wanted = Readonly<Record<string, RegExp>>

interface Column {
  table: string
  name: string
  type: string
}

/** The playground's own tables are the messenger, not the service: what a person wrote stays in their own chat. */
const messenger = "table_name not like 'playground%'"

/**
 * Where any of it is still to be found: every column of every table, as the database itself lists them, the sealed
 * ones opened with the keys; the outbox among them; and every line of the log.
 */
export async function search({ store, log }: Pick<Town, 'store' | 'log'>, wanted: Wanted): Promise<string[]> {
  const columns = rowsOf<Column>(
    await store.db.execute(
      `select table_name as table, column_name as name, data_type as type from information_schema.columns
        where table_schema = 'public' and ${messenger} order by 1, ordinal_position`,
    ),
  )
  const found: string[] = []
  const look = (place: string, text: string) => {
    for (const [what, pattern] of Object.entries(wanted))
      if (pattern.test(text)) found.push(`${place}: ${what}`)
  }
  for (const [table, own] of Map.groupBy(columns, column => column.table)) {
    const rows = rowsOf<Record<string, unknown>>(await store.db.execute(`select * from "${table}"`))
    for (const row of rows)
      for (const { name, type } of own) look(`${table}.${name}`, textOf(store, { table, name, type }, row))
  }
  for (const line of log) look('log', line)
  return [...new Set(found)]
}

function textOf(store: Store, { table, name, type }: Column, row: Record<string, unknown>): string {
  const value = row[name]
  if (value === null || value === undefined) return ''
  if (type !== 'bytea') return typeof value === 'object' ? JSON.stringify(value) : String(value)
  const sealed = value as Uint8Array
  // Throws if it was sealed to another place: then this search would be blind, and the test must say so.
  return sealed.length > 0 ? store.keys.open(placeOf(table, name, row), sealed) : ''
}

function placeOf(table: string, name: string, row: Record<string, unknown>): string {
  if (table === 'dialogs') return `dialogs.${name}.${row.person_id}.${row.flow}`
  if (table === 'offers') return `offers.${row.channel}.${row.chat}.${row.message_id}`
  return `${table}.${name}.${row.id}`
}

/** A name in any of its cases: all that begins with its stem. */
export function named(...stems: string[]): RegExp {
  return new RegExp(stems.join('|'), 'iu')
}

/** A phone's last ten digits, however they are written. */
export function phone(digits: string): RegExp {
  return new RegExp([...digits].join('[\\s()+-]*'))
}
