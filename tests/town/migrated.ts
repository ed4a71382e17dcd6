import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openEmbeddedDatabase, openServerDatabase } from '../../db/client.ts'
import type { PGlite } from '../../db/pglite.ts'
import { administer } from './database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated, empty database that each test file copies: a file, or a database's name on the server. */
    migrated: string
  }
}

/** Once for the whole run: every file making its own would take minutes. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL
  return server ? onServer(project, server) : embedded(project)
}

async function embedded(project: TestProject) {
  const directory = mkdtempSync(join(tmpdir(), 'ardaq-migrated-'))
  const database = await openEmbeddedDatabase()
  const client = (database.db as unknown as { $client: PGlite }).$client
  const dump = await client.dumpDataDir('none')
  await database.close()
  const file = join(directory, 'migrated.tar')
  writeFileSync(file, new Uint8Array(await dump.arrayBuffer()))
  project.provide('migrated', file)
  return async () => rmSync(directory, { recursive: true })
}

async function onServer(project: TestProject, server: string) {
  const name = `ardaq_migrated_${randomBytes(6).toString('hex')}`
  await administer(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const database = await openServerDatabase(url.href)
  await database.close()
  project.provide('migrated', name)
  return () => administer(server, `drop database ${name} with (force)`)
}
