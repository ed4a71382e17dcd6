import { expect, test } from 'vitest'
import type { Channel, ChannelName, SendResult } from '../../bot/channel.ts'
import { createLog } from '../../bot/logger.ts'
import { openMarks } from '../../bot/marks.ts'
import { startSender } from '../../bot/outbox.ts'
import { newDataKey, openKeyring } from '../../db/cipher.ts'
import { transact } from '../../db/client.ts'
import { eq } from '../../db/drizzle.ts'
import { enqueue } from '../../db/outbox.ts'
import { outbox } from '../../db/schema.ts'
import { part } from '../../domain/message.ts'
import { testDatabase } from '../town/database.ts'

const at = new Date('2026-11-23T06:00:00Z')
const database = testDatabase()
const keys = openKeyring(newDataKey())

test('with every place taken, who waits comes when one is free', async () => {
  const store = { db: database.db, keys }
  const ids = Array.from({ length: 40 }, (_, n) => `${n}`)
  for (const chat of ids)
    await enqueue(store, { channel: 'telegram', chat, message: { parts: [part('err.tech')] }, at })
  const reached: string[] = []
  const free = { max: Infinity, perMs: 1000 }
  const channel = {
    name: 'telegram',
    capabilities: { options: 'rows', edit: true, pace: { all: free, chat: free, group: free } },
    async send({ chat }: { chat: string }): Promise<SendResult> {
      await new Promise(done => setTimeout(done, 50))
      reached.push(chat)
      return { status: 'accepted', externalId: chat }
    },
  } as unknown as Channel
  const channels = new Map<ChannelName, Channel>([['telegram', channel]])
  const sender = startSender({ store, channels, log: createLog('fatal'), now: () => at, automatic: false })
  await sender.drain()
  expect(reached.toSorted()).toEqual(ids.toSorted())
})

test('one that cannot be written down as sent does not keep the others from it', async () => {
  const store = { db: database.db, keys }
  await store.db.delete(outbox)
  const ids = ['01a2069f-0000-7000-8000-000000000001', '01a2069f-0000-7000-8000-000000000002']
  for (const id of ids)
    await enqueue(store, { id, channel: 'telegram', chat: id, message: { parts: [part('x')] }, at })
  const marks = openMarks(store, () => 0)
  const write = (id: string, externalId: string) => marks.write({ id, externalId, keepBody: false }, at)
  // The first goes alone; the others wait for it and go together.
  const written = await Promise.allSettled([
    write('01a2069f-0000-7000-8000-000000000000', '0'),
    write(ids[0] ?? '', 'a\0'),
    write(ids[1] ?? '', 'b'),
  ])
  expect(written.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect((await store.db.select().from(outbox)).map(({ status }) => status).toSorted()).toEqual([
    'queued',
    'sent',
  ])
})

test.skipIf(!process.env.TEST_DATABASE_URL)('a row that somebody holds holds up nobody else', async () => {
  const store = { db: database.db, keys }
  await store.db.delete(outbox)
  const ids = [1, 2, 3].map(n => `01a2069f-0000-7000-8000-00000000000${n}`)
  for (const id of ids)
    await enqueue(store, { id, channel: 'telegram', chat: id, message: { parts: [part('x')] }, at })
  const [held = '', ...others] = ids
  const marks = openMarks(store, () => 0)
  const write = (id: string) => marks.write({ id, externalId: '1', keepBody: false }, at)
  let waits: Promise<boolean> | undefined
  await transact(store, async ({ db }) => {
    await db.update(outbox).set({ failure: 'held' }).where(eq(outbox.id, held))
    waits = write(held)
    await Promise.all(others.map(write))
    expect((await db.select().from(outbox).where(eq(outbox.status, 'sent'))).length).toBe(2)
  })
  await waits
  expect(await store.db.$count(outbox, eq(outbox.status, 'sent'))).toBe(3)
})
