import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { OpenDatabase } from '../../db/client.ts'

/** One statement as our driver was given it. */
export interface Said {
  text: string
  params: readonly unknown[]
}

/** What `deed` says to the database, in its order. */
export async function recorded({ db }: OpenDatabase, deed: () => Promise<unknown>): Promise<Said[]> {
  const said: Said[] = []
  const client = (db as unknown as { $client: Client }).$client
  const { begin, unsafe } = client
  const noted =
    (own: Client['unsafe']): Client['unsafe'] =>
    (text, params = [], options) => {
      said.push({ text, params })
      return own(text, params, options)
    }
  client.unsafe = noted(unsafe)
  client.begin = work =>
    begin(async tx => {
      said.push({ text: 'begin', params: [] })
      const result = await work(Object.assign(tx, { unsafe: noted(tx.unsafe) }))
      said.push({ text: 'commit', params: [] })
      return result
    })
  await deed()
  Object.assign(client, { begin, unsafe })
  return said
}

interface Client {
  unsafe(text: string, params?: readonly unknown[], options?: object): unknown
  begin(work: (tx: Client) => Promise<unknown>): Promise<unknown>
}

/**
 * The same statements as a script for pgbench. `names` gives, for a value of ours, what stands for it in the script;
 * what `asks` matches gives its columns to the statements after it.
 */
export function scriptOf(
  said: readonly Said[],
  names: (value: unknown) => string | undefined,
  asks: RegExp,
): string {
  const statements = said.map(({ text, params }) => {
    const filled = text.replace(/\$(\d+)/g, (_, n) => {
      const value = params[Number(n) - 1]
      return names(value) ?? literal(value)
    })
    return `${filled.trim()}${asks.test(text) ? ' \\aset' : ';'}`
  })
  return `${statements.join('\n')}\n`
}

/** Transactions a second, as PostgreSQL's own program reaches them with prepared statements. */
export async function pgbench(
  url: string,
  {
    script,
    clients,
    seconds,
    variables = [],
  }: { script: string; clients: number; seconds: number; variables?: readonly string[] },
): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'ardaq-bench-'))
  const file = join(directory, 'script.sql')
  writeFileSync(file, script)
  const given = variables.flatMap(variable => ['-D', variable])
  const how = [
    ...given,
    '-n',
    '-M',
    'prepared',
    '-c',
    String(clients),
    '-j',
    '2',
    '-T',
    String(seconds),
    '-f',
    file,
  ]
  try {
    const { stdout } = await promisify(execFile)('pgbench', [...how, url])
    if (/number of failed transactions: [1-9]/.test(stdout)) throw new Error(stdout)
    return Number(/tps = ([\d.]+)/.exec(stdout)?.[1])
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** A new id in the order of time, as ours are. */
export const newIdSql = `(lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
  || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid`

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString('hex')}'::bytea`
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return `'${String(value).replaceAll("'", "''")}'`
}
