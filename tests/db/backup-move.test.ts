import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { moveDatabase } from '../../bot/backup-deeds.ts'
import { newDataKey } from '../../db/cipher.ts'
import {
  type Database,
  type OpenDatabase,
  openEmbeddedDatabase,
  openServerDatabase,
} from '../../db/client.ts'
import { enqueue } from '../../db/outbox.ts'
import { findReachableAddress } from '../../db/people.ts'
import { requests } from '../../db/schema.ts'
import { part } from '../../domain/message.ts'
import { temporaryDirectory } from '../town/process.ts'
import { chooseLanguage, helperOf, requestFrom, settledTown } from '../town/stories.ts'
import { newServer, server } from './backup-places.ts'
import { everything } from './backup-rows.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A database whose place can change under the town that lives on it. */
function movable(first: OpenDatabase) {
  let current = first
  const db = new Proxy({} as Database, {
    get(_, name) {
      const value: unknown = Reflect.get(current.db, name)
      return typeof value === 'function' ? value.bind(current.db) : value
    },
  })
  return {
    database: { ...first, db },
    move(to: OpenDatabase) {
      current = to
    },
  }
}

test.skipIf(!server)('a town moves to a server, and everybody goes on where they were', async () => {
  const DATA_DIR = join(temporaryDirectory(closing), 'data')
  const DATA_KEY = newDataKey()
  const DATABASE_URL = await newServer(closing)
  const embedded = await openEmbeddedDatabase(DATA_DIR)
  const { database, move } = movable(embedded)
  const town = await settledTown(database, { channel: 'telegram', language: 'ru', dataKey: DATA_KEY })
  const { t, aigul, timur, store } = town
  await requestFrom(town, aigul)
  const bolat = await town.person('Болат')
  await bolat.start()
  await chooseLanguage(town, bolat)
  await bolat.presses(t('who.other'))
  await bolat.presses(t('consent.yes'))
  const asked = bolat.last.text
  const [row] = await database.db.select().from(requests)
  const chat = await findReachableAddress(store, row?.requesterId ?? '')
  if (!chat) throw new Error('Nobody to write to')
  await enqueue(store, {
    ...chat,
    message: { parts: [part('stopped')] },
    at: new Date('2026-11-23T06:00:00Z'),
  })
  const before = await everything(database.db)
  await embedded.close()

  const lines: string[] = []
  const environment = { DATA_DIR, DATA_KEY, DATABASE_URL }
  await moveDatabase({ args: [], environment, now: new Date(), print: line => void lines.push(line) })
  expect(lines).toContainEqual(expect.stringMatching(/^Moved: \d+ rows, each table compared and the same\.$/))
  expect(lines).toContainEqual(expect.stringMatching(/^requests: 1 row, [0-9a-f]+$/))

  const moved = await openServerDatabase(DATABASE_URL, 3)
  closing.push(moved.close)
  move(moved)
  town.restart()
  expect(await everything(database.db)).toEqual(before)
  await town.settle()
  // What waited in the outbox arrives.
  expect(aigul.last.text).toBe(t('stopped'))
  // A half-finished dialog goes on with the question that was open.
  await bolat.says('Зейнеп Ахметова')
  expect(bolat.last.text).not.toBe(asked)
  await bolat.presses(t('consent.other.yes'))
  await bolat.presses(t('cat.medical'))
  expect(bolat.last.buttons).toContain(t('when.today'))
  // The open request is taken under its old post, and the door opens with the code told before.
  await timur.in('Көршілер').presses(t('claim'))
  await timur.presses(t('done'))
  await timur.says(helperOf(aigul).second)
  await aigul.presses(t('rate.5'))
  expect(timur.in('Көршілер').last.text).toContain(t('st.done'))

  // The embedded one was only read.
  const left = await openEmbeddedDatabase(DATA_DIR)
  closing.push(left.close)
  expect(await everything(left.db)).toEqual(before)
})
