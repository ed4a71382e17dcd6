import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { administer } from '../town/database.ts'

export const server = process.env.TEST_DATABASE_URL

/** A database of its own on the test's server, with nothing in it. */
export async function newServer(closing: (() => unknown)[]): Promise<string> {
  const name = `ardaq_backup_${randomBytes(6).toString('hex')}`
  await administer(server ?? '', `create database ${name}`)
  closing.push(() => administer(server ?? '', `drop database ${name} with (force)`))
  const url = new URL(server ?? '')
  url.pathname = `/${name}`
  return url.href
}

/** How many tables a server's database has. */
export async function tablesAt(url: string): Promise<number> {
  const client = postgres(url, { max: 1, onnotice: () => {} })
  const [row] = await client`select count(*)::int as tables from pg_tables where schemaname = 'public'`
  await client.end()
  return row?.tables
}
