import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { runByHand } from '../../bot/by-hand.ts'
import { StartFault } from '../../bot/start-faults.ts'
import { openKeyring } from '../../db/cipher.ts'
import { openEmbeddedDatabase, type Store } from '../../db/client.ts'
import { saveDialog } from '../../db/dialogs.ts'
import { newId } from '../../db/ids.ts'
import { dialogs } from '../../db/schema.ts'
import { temporaryDirectory } from '../town/process.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const now = new Date('2026-11-23T06:00:00Z')

function settings() {
  const DATA_DIR = join(temporaryDirectory(closing), 'data')
  return { DATA_DIR, DATA_KEY: `1:${randomBytes(32).toString('base64')}` }
}

async function fault(args: string[], environment: Record<string, string> = settings()): Promise<string> {
  const error = await runByHand(args, environment, now).catch((error: unknown) => error)
  if (!(error instanceof StartFault)) throw new Error('It ran')
  expect(error.message).not.toContain('\n')
  return error.message
}

describe('a job by hand', () => {
  test('is done as at that time, on the data of the bot, and says what it did', async () => {
    const environment = settings()
    const look = async <T>(work: (store: Store) => Promise<T>) => {
      const { db, close } = await openEmbeddedDatabase(environment.DATA_DIR)
      const seen = await work({ db, keys: openKeyring(environment.DATA_KEY) }).finally(close)
      // The kernel frees the directory's name a moment after.
      await sleep(50)
      return seen
    }
    await look(store => saveDialog(store, newId(), { flow: 'intake', run: 'r', state: {}, at: now }))
    const other = { ...environment, DATA_KEY: settings().DATA_KEY }
    expect(await fault(['sweep'], other)).toContain('DATA_KEY is not the key')
    await sleep(50)
    const later = ['sweep', '--at', '2026-12-24T11:00:00+05:00']
    expect(await runByHand(later, environment, now)).toBe(
      'sweep at 2026-12-24T06:00:00.000Z: nothing to count',
    )
    await sleep(50)
    expect(await look(store => store.db.$count(dialogs))).toBe(0)
  })

  test.each([
    [[], '«» is no job: there are '],
    [['dinner'], '«dinner» is no job: there are '],
    [['watch', 'sweep'], '«watch sweep» is no job: there are '],
    [['watch', '--at', 'tomorrow'], '--at tomorrow is no time with its zone.'],
    [['watch', '--at', '2026-11-24'], '--at 2026-11-24 is no time with its zone.'],
    [['watch', '--at', '2026-11-24T08:30'], '--at 2026-11-24T08:30 is no time with its zone.'],
    [['watch', '--at', '2026-13-24T08:30Z'], '--at 2026-13-24T08:30Z is no time with its zone.'],
    [['watch', '--from', 'x'], "Only --at and a job's name are understood."],
    [['watch', '--at'], "Only --at and a job's name are understood."],
  ])('%j is answered with one sentence and a right example', async (args, sentence) => {
    const said = await fault(args)
    expect(said).toContain(sentence)
    expect(said).toContain('A right example: npm run job -- ')
  })

  test('a wrong setting is told like at the start of the bot', async () => {
    expect(await fault(['watch'], { ...settings(), PORT: 'x' })).toContain('PORT is not a port number')
  })

  test('the database that a running bot holds is left alone, and the process says so', async () => {
    const environment = settings()
    const held = await openEmbeddedDatabase(environment.DATA_DIR)
    closing.push(() => held.close())
    const job = await ended(['watch'], environment)
    expect(job.code).toBe(1)
    expect(job.said.trim().split('\n')).toEqual([
      expect.stringContaining(`is in use by another Ardaq process (pid ${process.pid}): stop it`),
    ])
  })

  test('the process prints its line', async () => {
    const job = await ended(['nudges', '--at', '2026-11-24T08:30:00+05:00'], settings())
    expect(job).toEqual({ code: 0, said: 'nudges at 2026-11-24T03:30:00.000Z: asked 0\n' })
  })
})

/** `node bot/job.ts` with these settings and no others, away from any .env file. */
function ended(
  args: string[],
  environment: Record<string, string>,
): Promise<{ code: number | null; said: string }> {
  const file = fileURLToPath(new URL('../../bot/job.ts', import.meta.url))
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [file, ...args], {
    cwd: temporaryDirectory(closing),
    env: { PATH, ...environment },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (said += String(chunk)))
  return new Promise(done => child.on('close', code => done({ code, said })))
}
