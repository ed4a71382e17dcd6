import { beforeEach, expect, test, vi } from 'vitest'
import type { Outgoing } from '../../bot/channel.ts'
import { type Life, NothingDone, noAnswer } from '../../bot/whatsapp-web/life.ts'
import { createReceipts } from '../../bot/whatsapp-web/receipts.ts'
import { createSending } from '../../bot/whatsapp-web/sending.ts'

/** What the bot process knows of a message whose worker may die at any moment. */

const message: Outgoing = { id: 'own-1', chat: '77010000001@c.us', text: 'Сәлем' }
let chat: string[]
let settledMs = 0
let lookedSince = 0
let worker: 'works' | 'gone' | 'breaks after' | 'breaks before' | 'is away' | 'stalls'
let asked: string[]
let receipts: ReturnType<typeof createReceipts>
let mayBegin: boolean | undefined
let hasWritten: () => Promise<boolean>
let sending: ReturnType<typeof createSending>

beforeEach(() => {
  chat = []
  asked = []
  worker = 'works'
  hasWritten = async () => true
  sending = begin()
})

function begin() {
  receipts = createReceipts()
  return createSending({
    life: () => (worker === 'is away' ? undefined : life),
    notNow: () => ({ status: 'retry', afterMs: 1_000, reason: 'not ready' }),
    hasWritten: () => hasWritten(),
    newChats: { begin: () => false },
    receipts,
    callMs: 1_000,
    settledMs,
  })
}

const life: Life = {
  call: (async (name: 'send' | 'find', args: object) => {
    asked.push(name)
    if (worker === 'gone' || (name === 'find' && worker !== 'works')) throw new Error('worker gone')
    if (name === 'find') lookedSince = (args as { since: number }).since
    if (name === 'find') return chat.toReversed()
    mayBegin = (args as { mayBegin: boolean }).mayBegin
    if (worker === 'breaks before') throw new NothingDone('TypeError')
    if (worker === 'stalls') throw new Error(noAnswer)
    const key = `true_77010000001@c.us_${chat.length}`
    chat.push(key)
    if (worker === 'breaks after') throw new Error('worker gone')
    return { status: 'accepted', externalId: key }
  }) as Life['call'],
  received: () => {},
  memoryBytes: () => 0,
  end: async () => {},
}

test('broken off after it left: found, and not sent again', async () => {
  worker = 'breaks after'
  expect(await sending.send(message)).toMatchObject({ status: 'unknown' })
  worker = 'works'
  expect(await sending.find(message)).toEqual({ status: 'sent', externalId: chat[0] })
  expect(chat).toHaveLength(1)
})

test('broken off, and nobody can look: the look comes before the next sending', async () => {
  worker = 'breaks after'
  await sending.send(message)
  worker = 'is away'
  expect(await sending.find(message)).toEqual({ status: 'absent' })
  expect(await sending.send(message)).toMatchObject({ status: 'retry' })
  worker = 'gone'
  expect(await sending.send(message)).toMatchObject({ status: 'retry' })
  worker = 'works'
  expect(await sending.send(message)).toEqual({ status: 'accepted', externalId: chat[0] })
  expect(chat).toHaveLength(1)
})

test('a page that only stalls may still send it: nothing found is not believed at once', async () => {
  vi.useFakeTimers()
  worker = 'stalls'
  expect(await sending.send(message)).toMatchObject({ status: 'unknown' })
  worker = 'works'
  await sending.find(message)
  expect(await sending.send(message)).toMatchObject({ status: 'retry' })
  chat.push('true_77010000001@c.us_late')
  expect(await sending.find(message)).toEqual({ status: 'sent', externalId: chat[0] })

  const other = { ...message, id: 'own-2', text: 'Екінші' }
  chat = []
  worker = 'stalls'
  await sending.send(other)
  worker = 'works'
  vi.advanceTimersByTime(1_001)
  expect(await sending.find(other)).toEqual({ status: 'absent' })
  expect(await sending.send(other)).toMatchObject({ status: 'accepted' })
  vi.useRealTimers()
})

test('a page that has just come may not show all yet', async () => {
  vi.useFakeTimers()
  await sending.send(message)
  settledMs = 5_000
  sending = begin()
  const shown = chat.splice(0)
  await sending.find(message)
  expect(await sending.send(message)).toMatchObject({ status: 'retry' })
  chat.push(...shown)
  expect(await sending.find(message)).toEqual({ status: 'sent', externalId: shown[0] })
  chat = []
  vi.advanceTimersByTime(5_001)
  expect(await sending.find({ ...message, id: 'own-3' })).toEqual({ status: 'absent' })
  settledMs = 0
  vi.useRealTimers()
})

test('an id from the future of a clock that was set back: looked for all the same', async () => {
  const early = { ...message, id: 'ffffffff-ffff-7000-8000-000000000000' }
  chat = ['true_77010000001@c.us_sent']
  sending = begin()
  expect(await sending.find(early)).toEqual({ status: 'sent', externalId: chat[0] })
  expect(lookedSince).toBeLessThan(Date.now())
})

test('begun by an earlier process: looked for as well', async () => {
  await sending.send(message)
  sending = begin()
  worker = 'is away'
  await sending.find(message)
  worker = 'works'
  expect(await sending.send(message)).toEqual({ status: 'accepted', externalId: chat[0] })
  expect(chat).toHaveLength(1)
})

test.each(['is away', 'breaks before'] as const)(
  '%s: never begun, so the same words of an earlier day are not it',
  async trouble => {
    chat = ['true_77010000001@c.us_earlier']
    worker = trouble
    expect(await sending.send(message)).toMatchObject({ status: 'retry' })
    worker = 'works'
    expect(await sending.find(message)).toEqual({ status: 'absent' })
    expect(await sending.send(message)).toEqual({ status: 'accepted', externalId: chat[1] })
  },
)

test('what became of it is told, also if that came before its id', async () => {
  const reports: string[] = []
  receipts.reportTo(async ({ id, state }) => void reports.push(`${id} ${state}`))
  receipts.onAck('true_77010000001@c.us_0', 2)
  receipts.onAck('true_77010000001@c.us_9', 3)
  await sending.send(message)
  receipts.onAck('true_77010000001@c.us_0', 3)
  receipts.onAck('true_77010000001@c.us_0', -1)
  expect(reports).toEqual(['own-1 delivered', 'own-1 read', 'own-1 failed'])
})

test('who wrote before this process began may be written to; where nobody knows, the message waits', async () => {
  expect(await sending.send(message)).toMatchObject({ status: 'accepted' })
  expect(mayBegin).toBe(true)
  hasWritten = async () => false
  await sending.send({ ...message, id: 'own-2' })
  expect(mayBegin).toBe(false)
  asked = []
  hasWritten = () => Promise.reject(new Error('the database is away'))
  expect(await sending.send({ ...message, id: 'own-3' })).toMatchObject({ status: 'retry' })
  expect(asked).toEqual([])
})
