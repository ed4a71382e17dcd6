import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newDataKey, openKeyring } from '../../db/cipher.ts'
import {
  errorCode,
  failureKind,
  type OpenDatabase,
  rowsOf,
  type Store,
  transact,
  withoutWaiting,
} from '../../db/client.ts'
import { findActiveDialog, saveDialog } from '../../db/dialogs.ts'
import { sql } from '../../db/drizzle.ts'
import { newId } from '../../db/ids.ts'
import { leaseOutbox } from '../../db/leases.ts'
import { enqueue } from '../../db/outbox.ts'
import { setPhone } from '../../db/people.ts'
import { recogniseOnce, recognisePerson } from '../../db/recognise.ts'
import { addresses, audit, inbox, outbox } from '../../db/schema.ts'
import { listWaiting } from '../../db/sending.ts'
import { given, statement } from '../../db/statement.ts'
import { part } from '../../domain/message.ts'
import { emptyDatabase, openTestDatabase } from '../town/database.ts'

let database: OpenDatabase
let store: Store
beforeAll(async () => {
  database = await openTestDatabase()
  store = { db: database.db, keys: openKeyring(newDataKey()) }
})
beforeEach(() => emptyDatabase(database.db))
afterAll(() => database.close())

const at = new Date('2026-11-23T06:00:00.123Z')

/** What the two drivers do differently; each of these has a place in db/ that relies on it being evened out. */
describe('on either driver', () => {
  test('raw rows are an array, times go in as text', async () => {
    const result = await store.db.execute(
      sql`select ${at.toISOString()}::timestamptz < now() + interval '99 years' as ok`,
    )
    expect(rowsOf<{ ok: boolean }>(result)).toEqual([{ ok: true }])
  })

  test('counts are numbers, moments are dates, sealed values are bytes, notes are objects', async () => {
    const { id } = await recognisePerson(store, { channel: 'telegram', externalId: '1', inPrivate: true, at })
    await setPhone(store, id, '+77011234567')
    await store.db.insert(audit).values({ id: newId(), at, act: 'x', note: { n: 1, yes: true } })
    expect(await store.db.$count(addresses)).toBe(1)
    expect(await listWaiting(store, new Date())).toEqual([])
    const [address] = await store.db.select().from(addresses)
    expect(address?.lastInboundAt).toEqual(at)
    const [line] = await store.db.select().from(audit)
    expect(line?.note).toEqual({ n: 1, yes: true })
  })

  test('a list goes into a query whole', async () => {
    for (const chat of ['a', "b'; --", 'c']) {
      await enqueue(store, { channel: 'telegram', chat, message: { parts: [part('x')] }, at })
    }
    const lease = { channel: 'telegram', at, until: at, limit: 9, idleLimit: 0, except: ["b'; --", 'c'] }
    expect((await leaseOutbox(store, lease)).map(({ chat }) => chat)).toEqual(['a'])
  })

  test('errors tell their code, and what may be tried again is told from what may not', async () => {
    const twice = () => store.db.insert(inbox).values({ channel: 'c', externalId: '1', receivedAt: at })
    await twice()
    const unique = await twice().catch((error: unknown) => error)
    expect(errorCode(unique)).toBe('23505')
    expect(failureKind(unique)).toBe('fault')
    for (const code of ['40001', '40P01']) expect(failureKind({ code })).toBe('conflict')
    for (const code of ['08006', '57P01', '53300', 'ECONNREFUSED', 'CONNECTION_CLOSED', 'CONNECT_TIMEOUT'])
      expect(failureKind({ code })).toBe('outage')
    for (const code of ['42P01', '22021', 'ERR_X', undefined]) expect(failureKind({ code })).toBe('fault')
  })

  test('a transaction that throws leaves nothing', async () => {
    const message = { channel: 'telegram', messageId: '7', externalId: '1', inPrivate: true, at }
    const failing = transact(store, async inner => {
      expect(await recogniseOnce(inner, message)).toBeDefined()
      expect(await recogniseOnce(inner, message)).toBeUndefined()
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await recogniseOnce(store, message)).toBeDefined()
  })
})

test.each(['for the first time', 'again'])(
  'a value that cannot be written takes all with it, %s',
  async () => {
    const write = statement<Record<'id' | 'key', unknown>>(sql`
    insert into inbox (channel, external_id, received_at) values ('c', ${given('id')}, '2026-11-23')
    on conflict do nothing returning decode('00', 'hex') = ${given('key')}::bytea`)
    const failing = transact(store, async inner => {
      await withoutWaiting(inner, write(inner, { id: '1', key: new Uint8Array(1) }))
      await withoutWaiting(inner, write(inner, { id: '2', key: Symbol('no bytes') }))
    })
    await expect(failing).rejects.toThrow()
    expect(await store.db.$count(inbox)).toBe(0)
    await transact(store, inner => write(inner, { id: '3', key: new Uint8Array(1) }))
    expect(await store.db.$count(inbox)).toBe(1)
  },
)

test('more messages than one statement has room for', async () => {
  const { id } = await recognisePerson(store, { channel: 'telegram', externalId: '1', inPrivate: true, at })
  await transact(store, async inner => {
    await saveDialog(inner, id, { flow: 'intake', run: '1', state: {}, at })
    for (let n = 0; n < 6_000; n++)
      await enqueue(inner, { channel: 'telegram', chat: `${n}`, message: { parts: [] }, at })
  })
  expect(await store.db.$count(outbox)).toBe(6_000)
})

const server = process.env.TEST_DATABASE_URL
test.skipIf(!server)('what was prepared and is gone is not written after the end', async () => {
  const hear = (n: number) =>
    transact(store, async inner => {
      const message = { channel: 'telegram', messageId: `${n}`, externalId: '1', inPrivate: true, at }
      const personId = (await recogniseOnce(inner, message))?.person.id ?? ''
      await saveDialog(inner, personId, { flow: 'intake', run: `${n}`, state: { n }, at })
      await enqueue(inner, { channel: 'telegram', chat: '1', message: { parts: [part('x')] }, at })
      return personId
    })
  const personId = await hear(1)
  await hear(2)
  await store.db.execute(sql`do $$ declare known record; begin
    for known in select name from pg_prepared_statements where statement ~ 'insert into (dialogs|outbox)'
    loop execute format('deallocate %I', known.name); end loop; end $$`)
  const failure = await hear(3).catch((error: unknown) => error)
  expect(errorCode(failure)).toBe('26000')
  expect(await findActiveDialog(store, personId)).toMatchObject({ run: '2', state: { n: 2 } })
  expect(await store.db.$count(outbox)).toBe(2)
  await hear(3)
  expect(await findActiveDialog(store, personId)).toMatchObject({ run: '3', state: { n: 3 } })
  expect(await store.db.$count(outbox)).toBe(3)
})

test.skipIf(!server)('five processes that start at once migrate a new server together', async () => {
  const name = `ardaq_race_${randomBytes(6).toString('hex')}`
  const url = new URL(server ?? '')
  const admin = postgres(url.href, { max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${name}`)
  url.pathname = `/${name}`
  const client = new URL('../../db/client.ts', import.meta.url).href
  const script = `const { openServerDatabase } = await import('${client}'); const d = await openServerDatabase('${url.href}', 2); await d.close()`
  try {
    const ends = Array.from({ length: 5 }, () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let errors = ''
      child.stderr.on('data', chunk => {
        errors += chunk
      })
      return new Promise<string>(done => child.on('exit', code => done(`${code} ${errors}`.trim())))
    })
    expect(await Promise.all(ends)).toEqual(Array(5).fill('0'))
  } finally {
    await admin.unsafe(`drop database ${name} with (force)`)
    await admin.end()
  }
})
