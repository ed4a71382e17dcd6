import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Channel } from '../../bot/channel.ts'
import { textOf } from '../../bot/i18n.ts'
import type { OpenDatabase } from '../../db/client.ts'
import { findReachableAddress } from '../../db/people.ts'
import { recognisePerson } from '../../db/recognise.ts'
import { removeSent } from '../../db/removals.ts'
import { part } from '../../domain/message.ts'
import type { MessageName } from '../../domain/message-names.ts'
import type { Fault } from '../fake-telegram/faults.ts'
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

const secret = 'Ключ у Розы'
const words = { key: 'piece.removed', values: { num: 7 } }
const instead = textOf('ru', words)
const days = (n: number) => n * 86_400

type Person = Awaited<ReturnType<typeof office.crowd>>[0]

/** What a person's own voice or photo is known by, once they have sent it. */
async function sentBy(person: Person, what: 'voice' | 'photo'): Promise<string> {
  await (what === 'voice' ? person.voice(new Uint8Array([1])) : person.photo(new Uint8Array([1])))
  const message = office.telegram.updateLog.at(-1)?.message
  return message?.voice?.file_id ?? message?.photo?.at(-1)?.file_id ?? ''
}

/** Words, a photo and a voice are in Тимур's chat. */
async function passOn(timur: Person, aigul: Person) {
  for (const kind of ['photo', 'voice'] as const) {
    const file = { id: await sentBy(aigul, kind) }
    const message = { parts: [part(secret)], media: { channel: 'telegram', kind, file } }
    await office.tell('', { to: timur, message, ref: `piece:1:${kind}` })
  }
  await office.tell(secret, { to: timur, ref: 'piece:1:words' })
}

function take(beginning: MessageName = 'piece:1:') {
  return removeSent(office.store, beginning, { message: { parts: [words] }, at: office.now() })
}

const inChat = (person: Person) =>
  person.chat.messages
    .filter(({ from }) => from === 'bot')
    .map(({ content, text, caption }) => [content, text ?? caption])
const removals = () => office.telegram.calls.filter(({ method }) => /^(delete|edit)Message/.test(method))

describe('taking messages away', () => {
  test('one call takes all of them, and none of others', async () => {
    const [timur, aigul] = await office.pair()
    await passOn(timur, aigul)
    await office.tell('Рахмет', { to: timur, ref: 'piece:10:words' })
    await office.drain()
    expect(inChat(timur)).toHaveLength(4)
    await take()
    await office.drain()
    expect(inChat(timur)).toEqual([[undefined, 'Рахмет']])
    expect(removals().map(({ method }) => method)).toEqual(['deleteMessages'])
    expect(await office.fates()).toEqual(['sent', 'sent', 'sent', 'sent', 'sent'])
    await take()
    expect(await office.fates()).toHaveLength(5)
  })

  test('what still waits is not sent', async () => {
    const [timur, aigul] = await office.pair()
    await passOn(timur, aigul)
    await take()
    await office.drain()
    expect(inChat(timur)).toEqual([])
    expect(await office.fates()).toEqual(Array(3).fill('failed: withdrawn'))
    expect(office.calls('sendVoice')).toEqual([])
  })

  test('what is being sent at that moment is taken away right after', async () => {
    const [timur] = await office.pair()
    await office.tell(secret, { to: timur, ref: 'piece:1:words' })
    const through: Channel = {
      ...office.channel,
      async send(message) {
        await take()
        return office.channel.send(message)
      },
    }
    await office.newSender({ through }).drain()
    await office.drain()
    expect(inChat(timur)).toEqual([])
    expect(await office.fates()).toEqual(['sent', 'sent'])
  })

  test('of a long message all pieces go, also while some of them still wait', async () => {
    const [timur] = await office.pair()
    const long = { parts: [part(`${secret} `.repeat(600))] }
    await office.tell('', { to: timur, message: long, ref: 'piece:1:a' })
    await office.drain()
    expect(inChat(timur)).toHaveLength(2)
    await office.tell('', { to: timur, message: long, ref: 'piece:1:b' })
    let calls = 0
    const through: Channel = {
      ...office.channel,
      send: async message =>
        ++calls === 2 ? { status: 'retry', afterMs: 3000, reason: 'too fast' } : office.channel.send(message),
    }
    await office.newSender({ through }).drain()
    expect(inChat(timur)).toHaveLength(3)
    await take()
    office.wait(60)
    await office.drain()
    expect(inChat(timur)).toEqual([])
    expect(await office.fates()).toEqual(['sent', 'failed: withdrawn', 'sent'])
  })
})

describe('what Telegram refuses', () => {
  test('what is gone already counts as taken away', async () => {
    const [timur, aigul] = await office.pair()
    await passOn(timur, aigul)
    await office.drain()
    const api = office.telegram.world
    for (const message of api.chats.get(timur.id)?.messages ?? []) message.deleted = true
    await take()
    await office.drain()
    expect((await office.fates()).at(-1)).toBe('sent')
  })

  test('after two days words and pictures are replaced, a voice is only asked to be deleted; once', async () => {
    const [timur, aigul] = await office.pair()
    await passOn(timur, aigul)
    await office.drain()
    const photo = office.telegram.updateLog.find(({ message }) => message?.photo)?.message?.photo?.at(-1)
    office.wait(days(2) + 1)
    await take()
    await office.drain()
    expect(inChat(timur)).toEqual([
      ['photo', instead],
      ['voice', instead],
      [undefined, instead],
    ])
    const stored = office.telegram.world.chats.get(timur.id)?.messages ?? []
    expect(JSON.stringify(stored.map(({ content, text, caption }) => [content, text, caption]))).not.toMatch(
      new RegExp(`${secret}|${photo?.file_id}`),
    )
    expect((await office.fates()).at(-1)).toBe('failed: stays')
    const calls = removals().length
    office.wait(days(1))
    await office.drain()
    expect(removals()).toHaveLength(calls)
  })

  test('of older and younger ones the younger are deleted', async () => {
    const [timur, aigul] = await office.pair()
    await office.tell(secret, { to: timur, ref: 'piece:1:old' })
    await office.drain()
    office.wait(days(2) - 60)
    await passOn(timur, aigul)
    await office.drain()
    office.wait(120)
    await take()
    await office.drain()
    expect(inChat(timur)).toEqual([[undefined, instead]])
    expect((await office.fates()).at(-1)).toBe('sent')
  })

  test('a place can be deleted for two days and never edited', async () => {
    const [timur] = await office.pair()
    const message = { parts: [], location: { latitude: 50.4, longitude: 80.2 } }
    await office.tell('', { to: timur, message, ref: 'piece:1:place' })
    await office.drain()
    office.wait(days(3))
    await take()
    await office.drain()
    expect((await office.fates()).at(-1)).toBe('failed: stays')
  })

  test('who blocked the bot is unreachable, and nothing is tried again', async () => {
    const [timur, aigul] = await office.pair()
    const address = { channel: 'telegram', externalId: String(timur.id), inPrivate: true }
    const { id } = await recognisePerson(office.store, { ...address, at: office.now() })
    await passOn(timur, aigul)
    await office.drain()
    await timur.block()
    await take()
    await office.drain()
    office.wait(days(1))
    await office.drain()
    expect((await office.fates()).at(-1)).toBe('failed: blocked')
    expect(removals()).toHaveLength(1)
    expect(await findReachableAddress(office.store, id)).toBeUndefined()
  })

  test.each<[string, Fault]>([
    ['an answer that never came', { kind: 'lost' }],
    ['a server in trouble', { kind: 'html', status: 502 }],
  ])('%s is tried again until it is done', async (_, fault) => {
    const [timur, aigul] = await office.pair()
    await passOn(timur, aigul)
    await office.drain()
    office.telegram.faults.next('deleteMessages', fault)
    await take()
    await office.drain()
    expect((await office.fates()).at(-1)).toContain('queued')
    office.wait(3)
    await office.drain()
    expect((await office.fates()).at(-1)).toContain('sent')
    expect(inChat(timur)).toEqual([])
  })
})
