import { randomBytes } from 'node:crypto'
import postgres from 'postgres'

const server = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'

export interface TemporaryDatabase {
  name: string
  url: string
  drop(): Promise<void>
}

/** A new database on the server, empty or a copy of another one that nobody is connected to. */
export async function createTemporaryDatabase(copyOf?: TemporaryDatabase): Promise<TemporaryDatabase> {
  const name = `ardaq_bench_${randomBytes(6).toString('hex')}`
  await administer(`create database ${name}${copyOf ? ` template ${copyOf.name}` : ''}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { name, url: url.href, drop: () => administer(`drop database ${name} with (force)`) }
}

async function administer(statement: string) {
  const client = postgres(server, { max: 1, onnotice: () => {} })
  await client.unsafe(statement)
  await client.end()
}
