import { afterEach, describe, expect, it } from 'vitest'
import { type Answer, openTown, post, say, type Town, townsOfThisFile } from './town.ts'

townsOfThisFile()

let town: Town
const open = async (answer?: Answer) => {
  town = await openTown(answer)
  return town
}
const messages = async (chat: string) =>
  (await town.store.recent(100)).filter(({ chatId }) => chatId === chat)

afterEach(() => town.playground.stop())

describe('what a person says', () => {
  it('is stored before the bot hears it, and marked once the bot has it', async () => {
    let seen: unknown
    await open(async () => {
      seen = (await messages('aigul')).map(({ text, delivered }) => ({ text, delivered }))
      return { notice: 'ok' }
    })
    const answer = await say(town, 'aigul', 'aigul', { kind: 'text', text: ' Сәлем ' })
    expect(answer).toEqual({ status: 200, body: { notice: 'ok' } })
    expect(seen).toEqual([{ text: 'Сәлем', delivered: false }])
    expect(await messages('aigul')).toMatchObject([{ text: 'Сәлем', authorId: 'aigul', delivered: true }])
    expect(town.heard).toMatchObject([
      {
        channel: 'playground',
        chat: { id: 'aigul', kind: 'private' },
        sender: { id: 'aigul', name: 'Айгүл', language: 'kk' },
        content: { type: 'text', text: 'Сәлем' },
      },
    ])
  })

  it('is one message and one delivery id, however often it is posted', async () => {
    await open()
    const id = crypto.randomUUID()
    for (const text of ['бір', 'бір', 'екі']) await say(town, 'aigul', 'aigul', { id, kind: 'text', text })
    expect(await messages('aigul')).toMatchObject([{ text: 'бір' }])
    expect(new Set(town.heard.map(({ externalId }) => externalId))).toEqual(new Set([id]))
    const once = { type: 'text', text: 'бір' }
    expect(town.heard.map(({ content }) => content)).toEqual([once, once, once])
  })

  it('cannot be said with the id of another person’s words', async () => {
    await open()
    const id = crypto.randomUUID()
    await say(town, 'aigul', 'aigul', { id, kind: 'text', text: 'менікі' })
    expect((await say(town, 'timur', 'timur', { id, kind: 'text', text: 'менікі' })).status).toBe(404)
  })

  it.each([
    ['/start', { type: 'start' }],
    ['/start claim-7', { type: 'start', code: 'claim-7' }],
    ['/start not a code!', { type: 'text', text: '/start not a code!' }],
    ['/back', { type: 'text', text: '/back' }],
  ])('%s is understood as %o', async (text, content) => {
    await open()
    await say(town, 'aigul', 'aigul', { kind: 'text', text })
    expect(town.heard[0]?.content).toEqual(content)
  })

  it.each([
    ['a foreign private chat', 'timur', 'aigul'],
    ['a group without being a member', 'aigul', 'g-volunteers'],
    ['a chat that is not there', 'aigul', 'nowhere'],
    ['nobody', 'nobody', 'aigul'],
  ])('is refused in %s', async (_, person, chat) => {
    await open()
    expect((await say(town, person, chat, { kind: 'text', text: 'мұнда' })).status).toBe(404)
    expect(town.heard).toEqual([])
  })

  it.each([
    [{ kind: 'text', text: '   ' }],
    [{ kind: 'text', text: 'я'.repeat(4097) }],
    [{ kind: 'text', text: 'ok', id: 'not-a-uuid' }],
    [{ kind: 'location', latitude: '91', longitude: '0' }],
    [{ kind: 'photo', file: 'not a file' }],
    [{ kind: 'anything' }],
  ])('is not understood as %o', async fields => {
    await open()
    expect((await say(town, 'aigul', 'aigul', fields)).status).toBe(400)
  })

  it('may share the person’s own number and a place', async () => {
    await open()
    await say(town, 'timur', 'timur', { kind: 'contact', phone: '+77079999999' })
    await say(town, 'timur', 'timur', { kind: 'location', latitude: '43.2', longitude: '76.9' })
    expect(town.heard.map(({ content }) => content)).toEqual([
      { type: 'contact', phone: '+77000000002', own: true },
      { type: 'location', latitude: 43.2, longitude: 76.9 },
    ])
  })

  it('may be corrected by its author only', async () => {
    await open()
    const id = crypto.randomUUID()
    await say(town, 'timur', town.group, { id, kind: 'text', text: 'келемін' })
    const dina = crypto.randomUUID()
    await post(town, '/playground/people', { id: dina, name: 'Дина', language: 'kk' })
    await post(town, '/playground/members', { person: dina, chat: town.group })
    const edit = { kind: 'edit', message: id, text: 'кешке келемін' }
    expect((await say(town, dina, town.group, edit)).status).toBe(404)
    expect((await say(town, 'timur', town.group, edit)).status).toBe(200)
    expect(await messages(town.group)).toMatchObject([
      { text: 'кешке келемін', editedAt: expect.any(Date) },
      { kind: 'service', text: 'joined', authorId: dina },
    ])
    expect(town.heard.at(-1)?.content).toEqual({ type: 'text', text: 'кешке келемін', edited: true })
  })
})

describe('a bot that cannot take it in', () => {
  it('gets it again when it starts, and the page is told that it waits', async () => {
    let broken = true
    await open(() => {
      if (broken) throw new Error('no database')
      return {}
    })
    const id = crypto.randomUUID()
    const answer = await say(town, 'aigul', 'aigul', { id, kind: 'text', text: 'көмек керек' })
    expect(answer).toEqual({ status: 202, body: { problem: 'waiting' } })
    expect(await messages('aigul')).toMatchObject([{ delivered: false }])

    await town.playground.stop()
    broken = false
    const again: string[] = []
    await town.playground.start(async inbound => {
      again.push(inbound.externalId)
      return {}
    })
    expect(again).toEqual([id])
    expect(await messages('aigul')).toMatchObject([{ delivered: true }])
    expect(await town.store.pending()).toEqual([])
  })

  it('gets it again by itself after a while', async () => {
    let failures = 1
    await open(() => {
      if (failures-- > 0) throw new Error('busy')
      return {}
    })
    await say(town, 'aigul', 'aigul', { kind: 'start' })
    await expect.poll(() => town.heard.length, { timeout: 10_000 }).toBe(2)
    await expect.poll(() => town.store.pending()).toEqual([])
  })
})

describe('groups and people', () => {
  it('a new group has its founder and the bot in it', async () => {
    await open()
    const id = crypto.randomUUID()
    const fields = { id, person: 'aigul', title: 'Ауыл' }
    expect((await post(town, '/playground/groups', fields)).status).toBe(200)
    expect((await post(town, '/playground/groups', fields)).status).toBe(200)
    expect(town.heard[0]).toMatchObject({
      externalId: id,
      chat: { id: `g-${id}`, kind: 'group', title: 'Ауыл' },
      sender: { id: 'aigul' },
      content: { type: 'botAdded' },
    })
    const { chats } = await town.store.directory()
    expect(chats.filter(({ title }) => title === 'Ауыл')).toMatchObject([{ members: ['aigul'] }])
  })

  it('a bot outside a group hears nothing said there', async () => {
    await open()
    await say(town, 'timur', town.group, { kind: 'botRemoved' })
    expect(await say(town, 'timur', town.group, { kind: 'text', text: 'арамызда' })).toEqual({
      status: 200,
      body: {},
    })
    await say(town, 'timur', town.group, { kind: 'botAdded' })
    expect(town.heard.map(({ content }) => content.type)).toEqual(['botRemoved', 'botAdded'])
  })

  it('nobody can join a private chat', async () => {
    await open()
    const answer = await post(town, '/playground/members', { person: 'timur', chat: 'aigul' })
    expect(answer.status).toBe(404)
  })

  it('someone who stopped the bot says nothing until they let it write again', async () => {
    await open()
    await say(town, 'aigul', 'aigul', { kind: 'blocked' })
    const silent = await say(town, 'aigul', 'aigul', { kind: 'text', text: 'сәлем' })
    expect(silent).toEqual({ status: 409, body: { problem: 'blocked' } })
    await say(town, 'aigul', 'aigul', { kind: 'unblocked' })
    expect(town.heard.map(({ content }) => content.type)).toEqual(['blocked', 'unblocked'])
  })
})
