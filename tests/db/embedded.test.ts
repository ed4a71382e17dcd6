import fs, { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { DirectoryHeld, openEmbedded } from '../../db/embedded.ts'
import { PGlite } from '../../db/pglite.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'ardaq-test-'))
  closing.push(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** Counts what reaches the disk's own "now it is safe". */
function countSyncs(): { count: number } {
  const seen = { count: 0 }
  const { fsyncSync } = fs
  fs.fsyncSync = descriptor => {
    seen.count += 1
    fsyncSync(descriptor)
  }
  syncBuiltinESMExports()
  closing.push(() => {
    fs.fsyncSync = fsyncSync
    syncBuiltinESMExports()
  })
  return seen
}

async function commit(client: PGlite, times: number) {
  for (let n = 0; n < times; n++) await client.query('insert into kept values ($1)', [n])
}

describe('the embedded database', () => {
  test('has every commit on disk before it is acknowledged', async () => {
    const { client, close } = await openEmbedded(directory())
    closing.push(close)
    await client.exec('create table kept (n int)')
    const syncs = countSyncs()
    const counts: number[] = []
    for (let n = 0; n < 20; n++) {
      const before = syncs.count
      await commit(client, 1)
      counts.push(syncs.count - before)
    }
    expect(Math.min(...counts)).toBeGreaterThan(0)
    const settings = await client.query<{ fsync: string; method: string }>(
      "select current_setting('fsync') as fsync, current_setting('wal_sync_method') as method",
    )
    expect(settings.rows[0]).toEqual({ fsync: 'on', method: 'fsync' })
  })

  test('would not be so without the cure: the day this fails, the cure can go', async () => {
    const client = await PGlite.create(join(directory(), 'plain'))
    closing.push(() => client.close())
    await client.exec('create table kept (n int)')
    const syncs = countSyncs()
    await commit(client, 20)
    expect(syncs.count).toBe(0)
  })

  test('is held by one process: the second is told whose it is, under any name of the directory', async () => {
    const path = directory()
    const first = await openEmbedded(path)
    const link = join(directory(), 'link')
    symlinkSync(path, link)
    for (const name of [path, `${path}/`, link]) {
      const refused = await openEmbedded(name).catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(DirectoryHeld)
      expect((refused as Error).message).toBe(String(process.pid))
    }
    await first.client.exec("create table kept (word text); insert into kept values ('қалды')")
    await first.close()
    const second = await openEmbedded(path)
    closing.push(second.close)
    expect((await second.client.query('select word from kept')).rows).toEqual([{ word: 'қалды' }])
  })

  test('is not mistaken for one whose name ends alike', async () => {
    const tail = 'a-long-name-that-two-directories-share-to-the-last-letter/data'
    const [one, two] = [
      await openEmbedded(join(directory(), tail)),
      await openEmbedded(join(directory(), tail)),
    ]
    closing.push(one.close, two.close)
    expect((await two.client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })
})
