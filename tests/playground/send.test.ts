import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Outgoing } from '../../bot/channel.ts'
import { openTown, say, type Town, townsOfThisFile } from './town.ts'

townsOfThisFile()

let town: Town
let number = 0
const send = (message: Partial<Outgoing>) =>
  town.playground.send({ id: `out-${++number}`, chat: 'aigul', text: 'мәтін', ...message })
const stored = async (id: string) => (await town.store.recent(100)).find(message => message.id === id)
const bytes = new Uint8Array([1, 2, 3])

beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.playground.stop())

describe('sending', () => {
  it('keeps rows of buttons, requests, place and media as given', async () => {
    const buttons = [
      [
        { label: 'Иә', data: 'yes' },
        { label: 'Жоқ', data: 'no' },
      ],
      [{ label: 'Сайт', url: 'https://example.org/' }],
    ]
    const requests = [{ what: 'contact' as const, label: 'Нөмірім' }]
    const location = { latitude: 43.2, longitude: 76.9 }
    const media = { kind: 'photo' as const, mime: 'image/png', bytes }
    const sent = await send({ buttons, requests, location, media })
    expect(sent.status).toBe('accepted')
    const message = await stored('externalId' in sent ? sent.externalId : '')
    expect(message).toMatchObject({ kind: 'photo', details: { buttons, requests, location } })
    expect(new Uint8Array(await town.playground.download({ id: message?.fileId ?? '' }))).toEqual(bytes)
  })

  it('sends once, however often it is tried', async () => {
    const message = { id: 'the-same', text: 'бір рет' }
    const [first, second] = await Promise.all([send(message), send(message)])
    expect(first).toEqual(second)
    expect((await town.store.recent(100)).filter(({ text }) => text === 'бір рет')).toHaveLength(1)
  })

  it('passes on a file it was sent', async () => {
    const file = new File(['дауыс'], 'voice.webm', { type: 'audio/webm;codecs=opus' })
    await say(town, 'timur', 'timur', { kind: 'voice', file })
    const { content } = town.heard.at(-1) ?? {}
    if (content?.type !== 'media') throw new Error('The bot did not hear the voice message.')
    expect(content.file).toMatchObject({ bytes: file.size, mime: 'audio/webm' })
    const sent = await send({ media: { kind: 'voice', ref: content.file }, text: '' })
    expect(await stored('externalId' in sent ? sent.externalId : '')).toMatchObject({
      kind: 'voice',
      fileId: content.file.id,
    })
  })
})

describe('editing', () => {
  it('changes text and buttons in place, once', async () => {
    const sent = await send({ text: 'ескі', buttons: [[{ label: 'Аламын', data: 'claim' }]] })
    const editOf = 'externalId' in sent ? sent.externalId : ''
    expect(await send({ id: 'edit-1', text: 'жаңа', editOf })).toEqual(sent)
    expect(await send({ id: 'edit-1', text: 'жаңа', editOf })).toEqual(sent)
    expect(await stored(editOf)).toMatchObject({ text: 'жаңа', details: { buttons: [] } })
    expect(await send({ text: 'жаңа', editOf })).toMatchObject({ status: 'failed', reason: 'unchanged' })
  })

  it('sees that the same buttons are the same', async () => {
    const buttons = [[{ label: 'Аламын', data: 'claim' }]]
    const sent = await send({ text: 'өтініш', buttons })
    const editOf = 'externalId' in sent ? sent.externalId : ''
    expect(await send({ text: 'өтініш', buttons, editOf })).toMatchObject({ reason: 'unchanged' })
    const other = [[{ label: 'Аламын', data: 'claim:2' }]]
    expect(await send({ text: 'өтініш', buttons: other, editOf })).toEqual(sent)
  })

  it('is refused for messages of others, elsewhere or gone', async () => {
    const id = crypto.randomUUID()
    await say(town, 'aigul', 'aigul', { id, kind: 'text', text: 'менікі' })
    const sent = await send({ text: 'мұнда' })
    const editOf = 'externalId' in sent ? sent.externalId : ''
    expect(await send({ text: 'жаңа', editOf: id })).toMatchObject({ reason: 'invalid' })
    expect(await send({ text: 'жаңа', editOf, chat: 'timur' })).toMatchObject({ reason: 'gone' })
    expect(await send({ text: 'жаңа', editOf: 'm9999' })).toMatchObject({ reason: 'gone' })
  })
})

describe('removing', () => {
  const remove = (...messages: string[]) =>
    town.playground.remove({ id: 'r', chat: 'aigul', messages, instead: 'жойылды' })
  const idOf = (sent: Awaited<ReturnType<typeof send>>) => ('externalId' in sent ? sent.externalId : '')

  it('leaves nothing of a message but the news of it for pages that show it', async () => {
    const media = { kind: 'photo' as const, mime: 'image/png', bytes }
    const location = { latitude: 43.2, longitude: 76.9 }
    const gone = [idOf(await send({ text: 'құпия', media })), idOf(await send({ text: '', location }))]
    const kept = idOf(await send({ text: 'қалады' }))
    const { revision = 0 } = (await stored(kept)) ?? {}
    expect(await remove(...gone)).toMatchObject({ status: 'accepted' })
    const news = await town.store.after(revision)
    expect(news.map(({ id, kind, text, details, fileId }) => [id, kind, text, details, fileId])).toEqual(
      gone.map(id => [id, 'removed', '', {}, null]),
    )
    for (const id of gone) expect(await stored(id)).toBeUndefined()
    const earlier = await town.store.before('aigul', 1_000_000, 100)
    expect(earlier.map(({ id }) => id)).not.toEqual(expect.arrayContaining([gone[0]]))
    expect(earlier.map(({ id }) => id)).toContain(kept)
    // A second try changes nothing, and what is gone cannot be edited back.
    expect(await remove(...gone, 'm9999')).toMatchObject({ status: 'accepted' })
    expect(await town.store.after(revision)).toEqual(news)
    expect(await send({ text: 'жаңа', editOf: gone[0] ?? '' })).toMatchObject({ reason: 'gone' })
  })

  it("is refused for people's own messages and where the bot is not let in", async () => {
    const id = crypto.randomUUID()
    await say(town, 'aigul', 'aigul', { id, kind: 'text', text: 'менікі' })
    expect(await remove(id)).toMatchObject({ status: 'failed', reason: 'invalid' })
    expect(await stored(id)).toMatchObject({ text: 'менікі' })
    const own = idOf(await send({}))
    await say(town, 'aigul', 'aigul', { kind: 'blocked' })
    expect(await remove(own)).toMatchObject({ reason: 'blocked' })
    await say(town, 'aigul', 'aigul', { kind: 'unblocked' })
  })
})

describe('what a platform refuses', () => {
  const button = (label: string, data: string) => [[{ label, data }]]
  const photo = { kind: 'photo' as const, mime: 'image/png', bytes }

  it.each<[string, Partial<Outgoing>]>([
    ['an empty text', { text: ' \n' }],
    ['a text of 4097', { text: 'я'.repeat(4097) }],
    ['a caption of 1025', { text: 'я'.repeat(1025), media: photo }],
    ['button data of 65 bytes', { buttons: button('Иә', `${'я'.repeat(32)}a`) }],
    ['empty button data', { buttons: button('Иә', '') }],
    ['a button without a label', { buttons: button(' ', 'yes') }],
    ['an empty row', { buttons: [[]] }],
    ['101 buttons', { buttons: Array.from({ length: 101 }, () => [{ label: 'б', data: 'b' }]) }],
    ['a script as an address', { buttons: [[{ label: 'б', url: 'javascript:alert(1)' }]] }],
    ['a file it has never seen', { media: { kind: 'photo', ref: { id: 'unknown' } } }],
    ['a request in a group', { chat: 'g-volunteers', requests: [{ what: 'contact', label: 'Нөмірім' }] }],
  ])('%s is invalid', async (_, message) => {
    const before = (await town.store.recent(1000)).length
    expect(await send(message)).toMatchObject({ status: 'failed', reason: 'invalid' })
    expect(await town.store.recent(1000)).toHaveLength(before)
  })

  it.each<[string, Partial<Outgoing>]>([
    ['4096 letters', { text: 'я'.repeat(4096) }],
    ['a caption of 1024', { text: 'я'.repeat(1024), media: photo }],
    ['no caption', { text: '', media: photo }],
    ['button data of 64 bytes', { buttons: button('Иә', 'я'.repeat(32)) }],
    ['our own start link', { buttons: [[{ label: 'б', url: 'playground:start?claim-7' }]] }],
  ])('%s is still fine', async (_, message) => {
    expect(await send(message)).toMatchObject({ status: 'accepted' })
  })

  it('an unknown chat is gone', async () => {
    expect(await send({ chat: 'g-nowhere' })).toMatchObject({ status: 'failed', reason: 'gone' })
  })

  it('a group without the bot is gone', async () => {
    await say(town, 'timur', town.group, { kind: 'botRemoved' })
    expect(await send({ chat: town.group })).toMatchObject({ reason: 'gone' })
    await say(town, 'timur', town.group, { kind: 'botAdded' })
    expect(await send({ chat: town.group })).toMatchObject({ status: 'accepted' })
  })

  it('a person who stopped the bot is blocked', async () => {
    await say(town, 'marat', 'marat', { kind: 'blocked' })
    expect(await send({ chat: 'marat' })).toMatchObject({ reason: 'blocked' })
    await say(town, 'marat', 'marat', { kind: 'unblocked' })
    expect(await send({ chat: 'marat' })).toMatchObject({ status: 'accepted' })
  })

  it('a person who has never written cannot be written to', async () => {
    await town.store.addPerson({ id: 'dina', name: 'Дина', language: 'kk', started: false })
    expect(await send({ chat: 'dina' })).toMatchObject({ reason: 'blocked' })
    await say(town, 'dina', 'dina', { kind: 'start' })
    expect(await send({ chat: 'dina' })).toMatchObject({ status: 'accepted' })
  })
})
