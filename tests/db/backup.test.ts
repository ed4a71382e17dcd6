import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { makeBackup, restoreBackup } from '../../bot/backup-deeds.ts'
import { StartFault } from '../../bot/start-faults.ts'
import { dumpDatabase, loadDatabase } from '../../db/backup.ts'
import { openBareEmbedded, openBareServer } from '../../db/backup-bare.ts'
import { listMigrations, makeMigrations, sumOf } from '../../db/backup-state.ts'
import { extensions, failureKind, openEmbeddedDatabase, openServerDatabase, rowsOf } from '../../db/client.ts'
import { openEmbedded } from '../../db/embedded.ts'
import { administer } from '../town/database.ts'
import { temporaryDirectory } from '../town/process.ts'
import { newServer, server, tablesAt } from './backup-places.ts'
import { everything, fill, personId } from './backup-rows.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

type Settings = Record<string, string>
const newKey = () => `1:${randomBytes(32).toString('base64')}`
const DATA_KEY = newKey()
const now = new Date('2026-11-23T06:00:00Z')

/** An empty place for data: on the server of this run, else a directory. */
async function place(ends = closing): Promise<Settings> {
  return server ? { DATABASE_URL: await newServer(ends), DATA_KEY } : folder(ends)
}

function folder(ends = closing): Settings {
  return { DATA_DIR: join(temporaryDirectory(ends), 'data'), DATA_KEY }
}

const bareAt = ({ DATABASE_URL, DATA_DIR = '' }: Settings) =>
  DATABASE_URL ? openBareServer(DATABASE_URL) : openBareEmbedded(DATA_DIR)
const openAt = ({ DATABASE_URL, DATA_DIR }: Settings) =>
  DATABASE_URL ? openServerDatabase(DATABASE_URL, 1) : openEmbeddedDatabase(DATA_DIR)

async function look(at: Settings) {
  const { db, close } = await openAt(at)
  return everything(db).finally(close)
}

async function run(deed: typeof makeBackup, environment: Settings, ...args: string[]): Promise<string[]> {
  const lines: string[] = []
  await deed({ args, environment, now, print: line => void lines.push(line) })
  return lines
}

/** One sentence with an example, and nothing of what is in the data. */
async function fault(deed: typeof makeBackup, environment: Settings, ...args: string[]): Promise<string> {
  const error = await run(deed, environment, ...args).catch((error: unknown) => error)
  if (!(error instanceof StartFault)) throw error
  expect(error.message).toMatch(/^[^\n]+ A right example: [^\n]+$/)
  return error.message
}

let source: Settings
let file: string
let told: string[]
const ending: (() => unknown)[] = []
beforeAll(async () => {
  source = await place(ending)
  await (await openAt(source)).close()
  const bare = await bareAt(source)
  await fill(bare, DATA_KEY)
  await bare.close()
  file = join(temporaryDirectory(ending), 'kept', 'one.backup')
  told = await run(makeBackup, source, file)
})
afterAll(async () => {
  for (const end of ending.reverse()) await end()
})

describe('a backup', () => {
  test('comes back into an empty database, every row as it was, and both say the same of each table', async () => {
    const target = await place()
    const lines = await run(restoreBackup, target, file)
    const before = await look(source)
    expect(Object.keys(before).length).toBeGreaterThan(35)
    expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([])
    expect(await look(target)).toEqual(before)
    const tables = (all: string[]) => all.filter(line => /^\w+: \d+ rows?, [0-9a-f]+$/.test(line))
    expect(tables(lines)).toEqual(tables(told))
    expect(tables(lines)).toHaveLength(Object.keys(before).length)
    expect(lines.at(-1)).toMatch(/^Restored: \d+ rows, each table compared and the same\.$/)
  })

  test.skipIf(!server)('goes from a server into a directory, and from there to a server', async () => {
    const [directory, elsewhere] = [folder(), await place()]
    await run(restoreBackup, directory, file)
    const second = join(temporaryDirectory(closing), 'two.backup')
    await run(makeBackup, directory, second)
    await run(restoreBackup, elsewhere, second)
    expect(await look(elsewhere)).toEqual(await look(source))
  })

  test('is readable by its owner only and shows nothing; the operator is told that the key is not in it', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(file, '..'))).toEqual(['one.backup'])
    const bytes = readFileSync(file)
    for (const word of ['people', 'жаңа', DATA_KEY.slice(2)]) expect(bytes.includes(word)).toBe(false)
    expect(told.join('\n')).toMatch(/DATA_KEY is not in it: keep it in another place\. Without it nobody/)
  })

  test('never takes the place of another file', async () => {
    expect(await fault(makeBackup, source, file)).toContain('is there already and stays')
  })

  test.skipIf(!server)('of an older schema is restored as it was and then brought up', async () => {
    const [old, target] = [await place(), await place()]
    const bare = await bareAt(old)
    for (const name of extensions) await bare.run(`create extension if not exists ${name}`)
    const [first, second] = listMigrations()
    if (!first || !second) throw new Error('There are no older ones')
    await makeMigrations(bare, [first])
    await bare.run(`insert into invitations (id, code_hash, cleared, created_at, expires_at, used_by, used_at)
      values ('${personId(1)}', 'h', false, now(), now(), '${personId(2)}', now())`)
    await bare.close()
    const path = join(temporaryDirectory(closing), 'old.backup')
    await run(makeBackup, old, path)
    const lines = await run(restoreBackup, target, path)
    expect(lines.at(-1)).toMatch(/Brought up from 0000_first to \d+_\w+\.$/)
    const { db, close } = await openAt(target)
    // The second migration has made this row of what stood in the first.
    const uses = rowsOf(await db.execute('select person_id as "personId" from invitation_uses'))
    await close()
    expect(uses).toEqual([{ personId: personId(2) }])
  })

  test.skipIf(!server)('needs no sequence to be set: the day this fails, teach it', async () => {
    const bare = await bareAt(source)
    expect(await bare.list("select sequencename from pg_sequences where schemaname = 'public'")).toEqual([])
    await bare.close()
  })
})

describe('nothing is changed by', () => {
  test.skipIf(!server).each([3, 5])('a connection that is lost at part %i', async lostAt => {
    const at = await place()
    const [from, target] = [await bareAt(source), await bareAt(at)]
    const [own] = await target.list<{ pid: number }>('select pg_backend_pid() as pid')
    async function* dump() {
      let n = 0
      for await (const part of dumpDatabase(from, now, () => {})) {
        n += 1
        if (n === lostAt) await administer(server ?? '', `select pg_terminate_backend(${own?.pid})`)
        yield part
      }
    }
    const loading = loadDatabase(target, dump(), { onTable: () => {}, check: async () => {} })
    expect(await loading.then(() => 'loaded', failureKind)).toBe('outage')
    expect(await tablesAt(at.DATABASE_URL ?? '')).toBe(0)
    for (const bare of [from, target]) await bare.close()
  })

  /** What is said, and that the place is as empty as before. */
  async function refused(path: string, own: Settings = {}): Promise<string> {
    const target = { ...(await place()), ...own }
    const said = await fault(restoreBackup, target, path)
    if (target.DATABASE_URL) expect(await tablesAt(target.DATABASE_URL)).toBe(0)
    else expect(existsSync(target.DATA_DIR ?? '')).toBe(false)
    return said
  }

  function changed(change: (bytes: Buffer) => Buffer): string {
    const path = join(temporaryDirectory(closing), 'changed.backup')
    writeFileSync(path, change(Buffer.from(readFileSync(file))))
    return path
  }

  test.each([
    ['cut in half', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['without its last byte', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['that ends where a block ends', (bytes: Buffer) => bytes.subarray(0, 48 + 65_552)],
    ['of its head alone', (bytes: Buffer) => bytes.subarray(0, 48)],
    ['with something behind it', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('more')])],
    ['with one bit turned', (bytes: Buffer) => bytes.fill((bytes[90_000] ?? 0) ^ 1, 90_000, 90_001)],
    [
      'with a block left out',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 48), bytes.subarray(48 + 65_552)]),
    ],
  ])('a file %s', async (_, change) => {
    expect(await refused(changed(change))).toContain('is not whole')
  })

  test('a file of another kind, one that is not there, none at all', async () => {
    expect(await refused(changed(() => Buffer.from('SQLite format 3')))).toContain('is not a backup of Ardaq')
    expect(await refused('/no/such/file')).toContain('/no/such/file cannot be opened (ENOENT)')
    expect(await fault(restoreBackup, folder())).toContain('Name the one file to restore')
  })

  test('another key, none, or one of another id', async () => {
    expect(await refused(file, { DATA_KEY: newKey() })).toContain('sealed with another key')
    expect(await refused(file, { DATA_KEY: newKey().replace('1:', '2:') })).toContain(
      'sealed with another key',
    )
    const { DATA_DIR = '' } = folder()
    expect(await fault(restoreBackup, { DATA_DIR }, file)).toMatch(
      /^DATA_KEY is missing, and a backup is read/,
    )
    expect(existsSync(DATA_DIR)).toBe(false)
  })

  test('a database that holds something, be it one person', async () => {
    const before = await look(source)
    expect(await fault(restoreBackup, source, file)).toContain('is not empty')
    expect(await look(source)).toEqual(before)
  })

  test.skipIf(!server)(
    'rows that are not what the backup says of them, and a backup of a newer program',
    async () => {
      const bare = await bareAt(source)
      const parts: Buffer[] = []
      for await (const part of dumpDatabase(bare, now, () => {})) parts.push(Buffer.from(part))
      const people = { name: 'people', columns: ['id', 'name'] }
      expect((await sumOf(bare, people)).rows).toBeGreaterThan(0)
      await bare.close()
      const attempt = async (dump: Buffer[]) => {
        const target = await bareAt(await place())
        const loading = loadDatabase(target, Readable.from(dump), {
          onTable: () => {},
          check: async () => {},
        })
        const kind = await loading.then(
          () => 'loaded',
          (error: { kind: string }) => error.kind,
        )
        await target.close()
        return kind
      }
      expect(await attempt(parts)).toBe('loaded')
      const replaced = (from: RegExp, to: string) =>
        parts.map(part => Buffer.from(part.toString('latin1').replace(from, to), 'latin1'))
      expect(await attempt(replaced(/"rows":4,"digest":"./, '"rows":5,"digest":"0'))).toBe('different')
      expect(await attempt(replaced(/"migration":\d{13}/, '"migration":9999999999999'))).toBe('newer')
      expect(await attempt(parts.slice(0, -1))).toBe('broken')
    },
  )
})

test('the embedded database of a running bot: one sentence with its pid, and 1', async () => {
  const { DATA_DIR = '' } = folder()
  mkdirSync(DATA_DIR, { recursive: true })
  const held = await openEmbedded(DATA_DIR)
  closing.push(held.close)
  const { PATH = '' } = process.env
  const command = fileURLToPath(new URL('../../bot/backup.ts', import.meta.url))
  const child = spawn(process.execPath, [command], {
    cwd: join(DATA_DIR, '..'),
    env: { PATH, DATA_DIR, DATA_KEY },
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (printed += chunk))
  expect(await new Promise(done => child.on('close', done))).toBe(1)
  expect(printed).toMatch(
    new RegExp(
      `^DATA_DIR .* in use by a running Ardaq process \\(pid ${process.pid}\\): stop it first.*\\n$`,
    ),
  )
  expect(readdirSync(join(DATA_DIR, '..'))).toEqual(['data'])
})

test('where there is nothing yet, there is nothing to copy', async () => {
  const empty = await place()
  expect(await fault(makeBackup, empty, join(temporaryDirectory(closing), 'x'))).toContain(
    'there is nothing to copy',
  )
  if (empty.DATA_DIR) expect(existsSync(empty.DATA_DIR)).toBe(false)
})

test.skipIf(!server)('is of one moment, whatever is written meanwhile', async () => {
  const [reading, writing] = [await bareAt(source), await bareAt(source)]
  const parts: string[] = []
  for await (const part of dumpDatabase(reading, now, () => {})) {
    if (parts.length === 0)
      await writing.run("insert into audit (id, at, act) values (gen_random_uuid(), now(), 'meanwhile')")
    parts.push(part.toString('latin1'))
  }
  expect(parts.join('')).not.toContain('meanwhile')
  await writing.run("delete from audit where act = 'meanwhile'")
  for (const bare of [reading, writing]) await bare.close()
})
