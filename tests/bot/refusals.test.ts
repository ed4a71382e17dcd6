import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Outgoing } from '../../bot/channel.ts'
import type { OpenDatabase } from '../../db/client.ts'
import { findGroup, noteGroup } from '../../db/groups.ts'
import { findReachableAddress } from '../../db/people.ts'
import { recognisePerson } from '../../db/recognise.ts'
import { openTestDatabase } from '../town/database.ts'
import { openOffice } from '../town/office.ts'

let database: OpenDatabase
let office: Awaited<ReturnType<typeof openOffice>>
beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  office = await openOffice(database)
})
afterAll(() => database.close())

const answer = (code: number, description: string, parameters?: object) =>
  ({
    kind: 'answer',
    status: code,
    body: { ok: false, error_code: code, description, ...(parameters && { parameters }) },
  }) as const

describe('a person or chat out of reach', () => {
  test('who blocked the bot is unreachable until they write again', async () => {
    const [aigul] = await office.crowd(1)
    const address = { channel: 'telegram', externalId: String(aigul.id), inPrivate: true }
    const { id } = await recognisePerson(office.store, { ...address, at: office.now() })
    await aigul.block()
    await office.tell('one', { to: aigul })
    await office.tell('two', { to: aigul })
    await office.drain()
    expect(await office.fates()).toEqual(['failed: blocked', 'failed: blocked'])
    expect(await findReachableAddress(office.store, id)).toBeUndefined()
    await recognisePerson(office.store, { ...address, at: office.now() })
    expect(await findReachableAddress(office.store, id)).toBeDefined()
  })

  test.each([
    ['chat not found', answer(400, 'Bad Request: chat not found')],
    ['deactivated', answer(403, 'Forbidden: user is deactivated')],
    ['kicked', answer(403, 'Forbidden: bot was kicked from the group chat')],
  ])('a group that is gone (%s) is not posted to any more', async (_, fault) => {
    const [aigul] = await office.crowd(1)
    const group = office.telegram.group('Топ', { members: [aigul], addBot: true })
    const place = { channel: 'telegram', chat: String(group.id) }
    await noteGroup(office.store, place, { language: 'ru', at: office.now() })
    office.telegram.faults.next('sendMessage', fault)
    await office.tell('post', { to: group, person: false })
    await office.drain()
    expect((await findGroup(office.store, place))?.active).toBe(false)
    expect(office.calls()).toHaveLength(1)
  })

  test('a message that is gone says nothing about its chat', async () => {
    const [aigul] = await office.crowd(1)
    const address = { channel: 'telegram', externalId: String(aigul.id), inPrivate: true, at: office.now() }
    const { id } = await recognisePerson(office.store, address)
    await office.tell('edit', { to: aigul, editId: '999' })
    await office.drain()
    expect(await office.fates()).toEqual(['failed: gone'])
    expect(await findReachableAddress(office.store, id)).toBeDefined()
  })

  test('one that does not answer holds up nobody else', async () => {
    const [silent, ...others] = await office.crowd(5)
    let answer = () => {}
    const hanging = new Promise<void>(resolve => {
      answer = resolve
    })
    const channel = {
      ...office.channel,
      send: async (message: Outgoing) => {
        if (message.chat === String(silent.id)) await hanging
        return office.channel.send(message)
      },
    }
    const sender = office.newSender({ through: channel, automatic: true })
    await office.tell('late', { to: silent })
    sender.wake()
    for (const text of ['one', 'two']) {
      for (const person of others) await office.tell(text, { to: person })
      sender.wake()
      await office.telegram.until(() => others.every(person => office.said(person).includes(text)))
    }
    answer()
    await sender.stop()
    expect(office.said(silent)).toEqual(['late'])
  })
})

describe('a group that became a supergroup', () => {
  test('gets what waits for it, in order; what was posted under the old number is not edited by mistake', async () => {
    const [aigul] = await office.crowd(1)
    const group = office.telegram.group('Топ', { members: [aigul], addBot: true })
    const old = { channel: 'telegram', chat: String(group.id) }
    const { id } = await noteGroup(office.store, old, { language: 'ru', at: office.now() })
    await office.tell('old post', { to: group, person: false, ref: 'post:1', resend: false })
    await office.drain()
    const before = { id: group.id }
    const movedTo = await group.migrate()
    await noteGroup(office.store, { ...old, chat: String(movedTo) }, { language: 'ru', at: office.now() })
    for (const text of ['one', 'two', 'three'])
      await office.tell(text, { to: before, person: false, resend: false })
    await office.tell('taken', { to: before, person: false, editId: '1' })
    await office.drain()
    expect(group.messages.flatMap(({ from, text }) => (from === 'bot' ? [text] : []))).toEqual([
      'one',
      'two',
      'three',
    ])
    expect(await office.fates()).toEqual(['sent', 'sent: moved', 'sent', 'sent', 'failed: moved'])
    expect((await findGroup(office.store, { ...old, chat: String(movedTo) }))?.id).toBe(id)
    expect(await findGroup(office.store, old)).toBeUndefined()
  })
})

describe('a refusal for a while', () => {
  test('429 waits as long as it is told, keeps the order and holds up nobody else', async () => {
    const [aigul, timur] = await office.pair()
    office.telegram.faults.next(
      'sendMessage',
      answer(429, 'Too Many Requests: retry after 7', { retry_after: 7 }),
    )
    await office.tell('one', { to: aigul, resend: false })
    await office.tell('two', { to: aigul, resend: false })
    await office.tell('other', { to: timur, resend: false })
    await office.drain()
    expect(office.said(aigul)).toEqual([])
    expect(office.said(timur)).toEqual(['other'])
    office.wait(6.9)
    await office.drain()
    expect(office.said(aigul)).toEqual([])
    office.wait(0.2)
    await office.drain()
    expect(office.said(aigul)).toEqual(['one', 'two'])
  })

  test('is never the end of a message, however often it comes', async () => {
    const [aigul] = await office.crowd(1)
    const fault = answer(429, 'Too Many Requests: retry after 60', { retry_after: 60 })
    office.telegram.faults.next('sendMessage', fault, 50)
    await office.tell('late', { to: aigul, resend: false })
    for (let n = 0; n < 51; n++) {
      await office.drain()
      office.wait(61)
    }
    expect(office.said(aigul)).toEqual(['late'])
  })

  test('a server in trouble is tried again later and later, and given up at last', async () => {
    const [aigul] = await office.crowd(1)
    office.telegram.faults.next('sendMessage', answer(500, 'Internal Server Error'), 3)
    await office.tell('patient', { to: aigul, resend: false })
    const waits = [0, 2, 10, 30]
    for (const seconds of waits) {
      office.wait(seconds)
      await office.drain()
      await office.drain()
    }
    expect(office.calls()).toHaveLength(4)
    expect(office.said(aigul)).toEqual(['patient'])
    office.telegram.faults.next('sendMessage', answer(500, 'Internal Server Error'), 30)
    await office.tell('hopeless', { to: aigul })
    for (let n = 0; n < 20; n++) {
      await office.drain()
      office.wait(3700)
    }
    expect((await office.fates()).at(-1)).toBe('failed: server 500')
  })
})

describe('a lost answer', () => {
  test.each(['lost', 'html'] as const)(
    '%s: what may come twice is sent again, the rest is not',
    async kind => {
      const [aigul, timur] = await office.pair()
      office.telegram.faults.next('sendMessage', { kind }, 2)
      await office.tell('reminder', { to: aigul })
      await office.tell('claim card', { to: timur, resend: false })
      await office.drain()
      office.wait(3)
      await office.drain()
      const arrived = kind === 'lost' ? 1 : 0
      expect(office.said(aigul)).toEqual(Array(arrived + 1).fill('reminder'))
      expect(office.said(timur)).toEqual(Array(arrived).fill('claim card'))
      expect(await office.fates()).toEqual(['sent: connection', 'unknown'])
      expect(office.log.join('')).toContain('must not twice')
    },
  )

  test('an hour without a connection loses nothing, not even what must not come twice', async () => {
    const down = { ...office.channel, send: office.channel.send }
    const sender = office.newSender({ through: down })
    const [aigul] = await office.crowd(1)
    const refused = { status: 'retry', afterMs: 5000, reason: 'no connection' } as const
    down.send = async () => refused
    await office.tell('one', { to: aigul, resend: false })
    await office.tell('two', { to: aigul })
    for (let n = 0; n < 300; n++) {
      await sender.drain()
      office.wait(12)
    }
    down.send = office.channel.send
    await sender.drain()
    expect(office.said(aigul)).toEqual(['one', 'two'])
  })
})

describe('our own doing', () => {
  test('an edit that changes nothing counts as done', async () => {
    const [aigul] = await office.crowd(1)
    await office.tell('same', { to: aigul, ref: 'post:1' })
    await office.drain()
    await office.tell('same', { to: aigul, editRef: 'post:1' })
    await office.drain()
    expect(await office.fates()).toEqual(['sent', 'sent'])
  })

  test('what Telegram calls invalid is not tried again, is logged, and lets the chat go on', async () => {
    const [aigul] = await office.crowd(1)
    const bad = { parts: [{ key: 'x' }], options: [{ id: 'y'.repeat(70), label: 'z' }] }
    await office.tell('', { to: aigul, message: bad })
    await office.tell('next', { to: aigul })
    await office.drain()
    expect(office.said(aigul)).toEqual(['next'])
    expect(office.calls()).toHaveLength(2)
    expect(office.log.join('')).toContain('BUTTON_DATA_INVALID')
  })
})
