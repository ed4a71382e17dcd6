import { execFileSync, spawn } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { openEmbeddedDatabase } from '../../db/client.ts'
import { openEmbedded } from '../../db/embedded.ts'
import { temporaryDirectory } from '../town/process.ts'
import { give, lastingOn, openCluster, programs } from './cluster.ts'
import { tell } from './report.ts'
import type { Lasting } from './stage.ts'
import { beginUnbroken, concludeUnbroken, type Unbroken } from './unbroken.ts'

const onServer = Boolean(process.env.TEST_DATABASE_URL)
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const lacking = missing()
if (lacking) tell(`faults, full disk: skipped, ${lacking}.`)

test.skipIf(onServer || lacking)(
  'the embedded database without room for a while',
  { timeout: 180_000 },
  async () => {
    const disk = smallDisk()
    const DATA_DIR = join(disk, 'data')
    const lasting: Lasting = {
      kind: 'embedded',
      settings: { DATA_DIR },
      open: () => openEmbeddedDatabase(DATA_DIR),
    }
    const run = await beginUnbroken(closing, lasting)
    const makeRoom = await withoutRoom(run, disk)
    makeRoom()
    await over(run, 'the embedded database on a full disk')
  },
)

test.skipIf(!onServer || lacking)(
  'a server without room for a while, and then dead of it',
  { timeout: 180_000 },
  async () => {
    const disk = smallDisk()
    give(disk)
    const cluster = await openCluster(closing, {
      within: disk,
      settings: { min_wal_size: '32MB', max_wal_size: '48MB' },
    })
    const run = await beginUnbroken(closing, lastingOn([cluster]))
    const makeRoom = await withoutRoom(run, disk)
    // Its journal finds no room for its next files either: it ends.
    await cluster.ask(`select pg_logical_emit_message(false, 'test', repeat('x', 64000000))`).catch(() => {})
    makeRoom()
    await cluster.start()
    await over(run, 'a server on a full disk, which died of it')
  },
)

test.skipIf(onServer || lacking)(
  'the embedded database without room for its journal',
  { timeout: 120_000 },
  async () => {
    const disk = smallDisk()
    const directory = join(disk, 'data')
    const { client, close } = await openEmbedded(directory)
    await client.exec('create table kept (n int); insert into kept values (1)')
    await close()
    const ballast = join(disk, 'ballast')
    const child = spawn(process.execPath, ['--input-type=module', '-e', journalScript, directory], {
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    closing.push(() => child.kill('SIGKILL'))
    let printed = ''
    child.stderr.on('data', (chunk: Buffer) => {
      printed += chunk
    })
    const ended = new Promise<number | null>(done => child.on('close', done))
    await new Promise(done => child.stdout.once('data', done))
    fill(ballast)
    child.stdin.end('go')
    // It does not hang, whatever it is asked next: it ends, and whoever keeps it running starts it again.
    expect(await ended).toBe(1)
    expect(printed).toContain('The embedded database has ended')
    rmSync(ballast)
    const again = await openEmbedded(directory)
    closing.push(again.close)
    expect((await again.client.query('select n from kept order by n')).rows).toEqual([{ n: 1 }, { n: 2 }])
    tell('faults, the journal of the embedded database without room: the process ended, nothing was lost.')
  },
)

/** Commits a row, then writes more than there is room for, and goes on asking. */
const journalScript = `
  const { openEmbedded } = await import('${new URL('../../db/embedded.ts', import.meta.url).href}')
  const { client } = await openEmbedded(process.argv[1])
  await client.exec('insert into kept values (2)')
  process.stdin.once('data', async () => {
    const much = "select pg_logical_emit_message(false, 'test', repeat('x', 64000000))"
    await client.query(much).catch(() => {})
    await client.query('select 1')
  })
  console.log('kept')`

/** Fills the disk until the bot has noticed; what makes room again is returned. */
async function withoutRoom({ stage, bot, claims }: Unbroken, disk: string): Promise<() => void> {
  await claims(1)
  const ballast = join(disk, 'ballast')
  fill(ballast)
  await stage.telegram.until(() => bot.printed().includes('no room on its disk'), 60_000)
  await sleep(500)
  return () => rmSync(ballast)
}

async function over(run: Unbroken, what: string) {
  await run.works(10)
  const verdict = await concludeUnbroken(run, what)
  const lines = run.bot
    .printed()
    .split('\n')
    .filter(line => line.includes('no room on its disk'))
  expect(lines).toHaveLength(1)
  expect(verdict.faults).toEqual([])
  expect(verdict.repeats).toEqual([])
}

function fill(path: string) {
  const file = openSync(path, 'w')
  for (const bytes of [65_536, 512]) {
    const block = Buffer.alloc(bytes)
    try {
      while (writeSync(file, block) === bytes);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
    }
  }
  closeSync(file)
}

function smallDisk(): string {
  const directory = temporaryDirectory(closing)
  mount(directory)
  closing.push(() => execFileSync('umount', ['--lazy', directory]))
  return directory
}

function mount(directory: string) {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=192m', 'tmpfs', directory], { stdio: 'ignore' })
}

/** Why this cannot be tried here. */
function missing(): string | undefined {
  if (onServer && !programs) return 'the programs of PostgreSQL are not installed here'
  const ending: (() => unknown)[] = []
  const directory = temporaryDirectory(ending)
  try {
    mount(directory)
    execFileSync('umount', [directory])
    return undefined
  } catch {
    return 'a small disk can be mounted by root alone'
  } finally {
    for (const end of ending) end()
  }
}
