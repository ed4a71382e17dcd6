import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Outgoing } from '../../bot/channel.ts'
import { cloudCast, handClock } from './setup.ts'

const bytes = new Uint8Array([0x4f, 0x67, 0x67, 0x53, 1, 2, 3])
const photo: Outgoing['media'] = { kind: 'photo', mime: 'image/png', bytes }
const choices = (max: number) => [Array.from({ length: max }, (_, n) => ({ label: `${n}`, data: `d${n}` }))]

describe('files to a person', () => {
  test('a photo bears its words', async () => {
    const { send, zeinep } = await cloudCast()
    expect(await send({ text: 'Анықтама', media: photo })).toMatchObject({ status: 'accepted' })
    expect(zeinep.last).toMatchObject({ type: 'image', text: 'Анықтама', media: { mime: 'image/png' } })
    expect(zeinep.last.media?.bytes).toEqual(bytes)
  })

  test('a voice cannot: they come after it, with their buttons', async () => {
    const { send, zeinep } = await cloudCast()
    const media: Outgoing['media'] = { kind: 'voice', mime: 'audio/ogg', bytes }
    await send({ text: 'Тыңдаңыз', media, buttons: choices(2) })
    expect(zeinep.messages.slice(-2)).toMatchObject([
      { type: 'audio', voice: true, media: { mime: 'audio/ogg; codecs=opus' } },
      { type: 'interactive', text: 'Тыңдаңыз', opaque: 'out-1' },
    ])
  })

  test('what Meta would not show goes as a document', async () => {
    const { send, zeinep } = await cloudCast()
    const large = { kind: 'photo', mime: 'image/jpeg', bytes: new Uint8Array(5 * 1024 * 1024 + 1) } as const
    const pdf = { kind: 'file', mime: 'application/pdf', bytes } as const
    await send({ text: 'Құжат', media: pdf })
    expect(zeinep.last).toMatchObject({ type: 'document', text: 'Құжат', media: { name: 'file.pdf' } })
    expect(await send({ media: large })).toMatchObject({ status: 'failed', reason: 'invalid' })
    expect(await send({ media: { ...pdf, mime: 'application/x-sh' } })).toMatchObject({ reason: 'invalid' })
  })

  test('a video too; and a picture with many options is followed by the list', async () => {
    const { send, zeinep } = await cloudCast()
    await send({ text: 'Міне', media: { kind: 'video', mime: 'video/mp4', bytes } })
    expect(zeinep.last).toMatchObject({ type: 'video', text: 'Міне' })
    await send({ text: 'Таңдаңыз', media: photo, buttons: choices(5) })
    expect(zeinep.messages.slice(-2)).toMatchObject([
      { type: 'image', text: '' },
      { type: 'interactive', text: 'Таңдаңыз' },
    ])
  })

  test('what came in is passed on as our own file', async () => {
    const { send, zeinep, received, graph } = await cloudCast()
    await zeinep.sendsFile('audio', { bytes, mime: 'audio/ogg; codecs=opus' })
    const { content } = received.at(-1) ?? {}
    if (content?.type !== 'media') throw new Error('no file came in')
    expect(await send({ media: { kind: 'voice', ref: content.file } })).toMatchObject({ status: 'accepted' })
    expect(zeinep.last).toMatchObject({ type: 'audio', voice: true })
    expect(zeinep.last.media?.bytes).toEqual(bytes)
    expect(graph.media.files.get(content.file.id)?.ours).toBe(false)
  })

  test('an upload that breaks off is tried again, for nothing was sent', async () => {
    const { send, graph, zeinep } = await cloudCast({ settings: { timeoutMs: 300 } })
    const before = zeinep.messages.length
    graph.faults.next('upload', { kind: 'lost' })
    expect(await send({ media: photo })).toMatchObject({ status: 'retry' })
    graph.faults.next('upload', { kind: 'silent' })
    expect(await send({ media: photo })).toMatchObject({ status: 'retry' })
    expect(zeinep.messages).toHaveLength(before)
  })

  test('of two parts the one that is out is not sent again', async () => {
    const { send, graph, zeinep } = await cloudCast()
    const voice: Outgoing['media'] = { kind: 'voice', mime: 'audio/ogg', bytes }
    const words = { id: 'same', text: 'Тыңдаңыз', media: voice }
    const tooFast = { status: 429, body: { error: { code: 131056 } } }
    graph.faults.next('messages', {
      kind: 'answer',
      status: 200,
      body: { messages: [{ id: 'wamid.voice' }] },
    })
    graph.faults.next('messages', { kind: 'answer', ...tooFast })
    expect(await send(words)).toMatchObject({ status: 'retry' })
    const result = await send(words)
    expect(result).toEqual({ status: 'accepted', externalId: `wamid.voice ${zeinep.last.id}` })
    expect(zeinep.messages.filter(({ from }) => from === 'bot')).toMatchObject([{ type: 'text' }])
  })
})

describe('files from a person', () => {
  test.each([
    ['audio', 'voice', 'audio/ogg; codecs=opus'],
    ['image', 'photo', 'image/jpeg'],
    ['video', 'video', 'video/mp4'],
    ['document', 'file', 'application/pdf'],
  ] as const)('%s comes in as %s and can be fetched by its id', async (type, kind, mime) => {
    const { zeinep, received, channel } = await cloudCast()
    await zeinep.sendsFile(type, { bytes, mime, ...(type === 'audio' ? {} : { caption: 'міне' }) })
    const { content } = received.at(-1) ?? {}
    if (content?.type !== 'media') throw new Error('no file came in')
    expect(content).toMatchObject({ kind, file: { mime } })
    expect(content.caption).toBe(type === 'audio' ? undefined : 'міне')
    expect(new Uint8Array(await channel.download(content.file))).toEqual(bytes)
  })

  test('is gone after seven days', async () => {
    const clock = handClock()
    const { zeinep, received, channel, send } = await cloudCast({ now: clock.now })
    await zeinep.sendsFile('image', { bytes, mime: 'image/jpeg' })
    const { content } = received.at(-1) ?? {}
    if (content?.type !== 'media') throw new Error('no file came in')
    clock.wait(7 * 86_400 + 1)
    await expect(channel.download(content.file)).rejects.toThrow()
    // The file is lost, not the person.
    expect(await send({ media: { kind: 'photo', ref: content.file } })).toMatchObject({ reason: 'invalid' })
  })

  test('the token goes to no other host', async () => {
    const [foreign, tokens] = await listening((_, response) => void response.end('taken'))
    const { channel, graph } = await cloudCast()
    const answer = { kind: 'answer', status: 200, body: { url: `http://${foreign}/`, id: '1' } } as const
    graph.faults.next('describe', answer)
    await expect(channel.download({ id: '1' })).rejects.toThrow()
    expect(tokens).toEqual([])
  })

  test('nor does it follow a file that has moved', async () => {
    const [elsewhere, tokens] = await listening((_, response) => void response.end('moved'))
    const [mediaHost] = await listening((_, response) => {
      response.writeHead(302, { location: `http://${elsewhere}/` }).end()
    })
    const { channel, graph } = await cloudCast({ settings: { mediaHost } })
    const answer = { kind: 'answer', status: 200, body: { url: `http://${mediaHost}/`, id: '1' } } as const
    graph.faults.next('describe', answer)
    expect(Buffer.from(await channel.download({ id: '1' })).toString()).toBe('moved')
    expect(tokens).toEqual([undefined])
  })

  test('too large a file is not taken in', async () => {
    const { zeinep, received, channel } = await cloudCast()
    const { downloadBytesMax } = channel.capabilities
    for (const [size, fits] of [
      [downloadBytesMax, true],
      [downloadBytesMax + 1, false],
    ] as const) {
      await zeinep.sendsFile('document', { bytes: new Uint8Array(size), mime: 'application/pdf' })
      const { content } = received.at(-1) ?? {}
      if (content?.type !== 'media') throw new Error('no file came in')
      const got = await channel.download(content.file).then(
        found => found.byteLength === size,
        () => false,
      )
      expect(got).toBe(fits)
    }
  })
})

/** A host, and the tokens that were shown there. */
async function listening(answer: RequestListener): Promise<[string, (string | undefined)[]]> {
  const tokens: (string | undefined)[] = []
  const server = createServer((request, response) => {
    tokens.push(request.headers.authorization)
    answer(request, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return [`127.0.0.1:${(server.address() as AddressInfo).port}`, tokens]
}
