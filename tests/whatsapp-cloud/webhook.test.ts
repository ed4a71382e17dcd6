import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { Inbound } from '../../bot/channel.ts'
import type { News } from '../fake-graph/webhooks.ts'
import { cloudCast } from './setup.ts'

const spoken = (id: string, body: string, from = '77011234567'): News => ({
  contact: { profile: { name: 'Зейнеп' }, wa_id: from },
  message: { id, from, timestamp: '1739321024', type: 'text', text: { body } },
})
const wordsOf = (received: readonly Inbound[]) =>
  received.map(({ content }) => (content.type === 'text' ? content.text : content.type))

describe('the handshake', () => {
  test('says the number back to whoever knows the word', async () => {
    const { url, channel } = await cloudCast()
    const ask = (query: Record<string, string>) => fetch(`${url}?${new URLSearchParams(query)}`)
    const right = { 'hub.mode': 'subscribe', 'hub.verify_token': 'our-own-word', 'hub.challenge': '42' }
    expect(await (await ask(right)).text()).toBe('42')
    for (const wrong of [{ 'hub.verify_token': 'x' }, { 'hub.verify_token': '' }, { 'hub.mode': 'x' }])
      expect((await ask({ ...right, ...wrong })).status).toBe(403)
    expect(channel.refused).toBe(3)
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(405)
  })
})

describe('the signature', () => {
  test('a good one is let in, on exactly these bytes', async () => {
    const { graph, received, channel } = await cloudCast()
    expect(await graph.webhooks.post(graph.webhooks.bodyOf([spoken('wamid.1', 'Дәрі керек 🙏')]))).toBe(200)
    expect(wordsOf(received)).toEqual(['Дәрі керек 🙏'])
    expect(channel.refused).toBe(0)
  })

  test.each([
    ['is missing', () => ''],
    [
      'is of another secret',
      (good: string) => good.replace(/.{4}$/, end => (end === '0000' ? '1111' : '0000')),
    ],
    ['is too short', (good: string) => good.slice(0, -2)],
    ['is of another kind', (good: string) => good.replace('sha256', 'sha1')],
    ['is no signature', () => 'sha256=zz'],
  ])('refused where it %s', async (_, spoil) => {
    const { graph, received, channel, logged } = await cloudCast()
    logged.length = 0
    const body = graph.webhooks.bodyOf([spoken('wamid.1', 'тайна')])
    expect(await graph.webhooks.post(body, spoil(graph.webhooks.signatureOf(body)))).toBe(401)
    expect(received).toEqual([])
    expect(channel.refused).toBe(1)
    expect(logged).toEqual([])
  })

  test('refused where one byte was changed, or the same was written anew', async () => {
    const { graph, received, channel } = await cloudCast()
    const body = graph.webhooks.bodyOf([spoken('wamid.1', 'Дәрі 7')])
    const signature = graph.webhooks.signatureOf(body)
    expect(await graph.webhooks.post(body.replace('7"', '8"'), signature)).toBe(401)
    expect(await graph.webhooks.post(JSON.stringify(JSON.parse(body)), signature)).toBe(401)
    expect(await graph.webhooks.post(body, signature)).toBe(200)
    expect(channel.refused).toBe(2)
    expect(received).toHaveLength(1)
  })
})

describe('the size', () => {
  const limit = 3 * 1024 * 1024

  test('three megabytes are read, a byte more is refused', async () => {
    const { graph, received, channel } = await cloudCast()
    const bare = graph.webhooks.bodyOf([spoken('wamid.1', '')]).length
    const of = (length: number) => graph.webhooks.bodyOf([spoken('wamid.1', 'x'.repeat(length - bare))])
    expect(await graph.webhooks.post(of(limit))).toBe(200)
    expect(await graph.webhooks.post(of(limit + 1))).toBe(413)
    expect(received).toHaveLength(1)
    expect(channel.refused).toBe(1)
  })

  test('what names no length and never ends is cut off at the door', async () => {
    const { url, channel } = await cloudCast()
    const signature = `sha256=${'0'.repeat(64)}`
    const sent = await new Promise<{ bytes: number; status: number }>(resolve => {
      let bytes = 0
      let status = 0
      const call = request(url, { method: 'POST', headers: { 'x-hub-signature-256': signature } }, answer => {
        status = answer.statusCode ?? 0
        call.destroy()
      })
      call.on('error', () => {})
      call.on('close', () => resolve({ bytes, status }))
      const pour = () => {
        if (call.destroyed) return
        bytes += 65_536
        call.write(Buffer.alloc(65_536, 'x'), () => setImmediate(pour))
      }
      pour()
    })
    expect(sent.status).toBe(413)
    expect(sent.bytes).toBeLessThan(4 * limit)
    expect(channel.refused).toBe(1)
  })
})

describe('what is in a call', () => {
  test('many at once, each person in order, side by side', async () => {
    const { graph, received, ears } = await cloudCast()
    let inside = 0
    let most = 0
    ears.receive = async inbound => {
      most = Math.max(most, ++inside)
      await new Promise(resolve => setTimeout(resolve, 20))
      received.push(inbound)
      inside -= 1
      return {}
    }
    const news = ['1', '2', '3'].flatMap(n => [
      spoken(`wamid.a${n}`, `a${n}`, '77010000001'),
      spoken(`wamid.b${n}`, `b${n}`, '77010000002'),
    ])
    expect(await graph.webhooks.post(graph.webhooks.bodyOf(news))).toBe(200)
    const words = wordsOf(received)
    expect(words.filter(word => word.startsWith('a'))).toEqual(['a1', 'a2', 'a3'])
    expect(words.filter(word => word.startsWith('b'))).toEqual(['b1', 'b2', 'b3'])
    expect(most).toBe(2)
  })

  test('is answered with 200 only when all of it is taken in', async () => {
    const { graph, received, ears, logged } = await cloudCast()
    const failing = new Set(['wamid.2'])
    ears.receive = async inbound => {
      if (failing.delete(inbound.externalId)) throw new Error('the database is away')
      received.push(inbound)
      return {}
    }
    const news = [spoken('wamid.1', '1'), spoken('wamid.2', '2', '77010000002'), spoken('wamid.3', '3')]
    graph.webhooks.hold()
    await graph.webhooks.release(() => [news])
    // Meta brought all of it again; the inbox drops what it has by the same id.
    expect(graph.webhooks.posts.slice(-2).map(({ status }) => status)).toEqual([500, 200])
    expect(received.map(({ externalId }) => externalId).sort()).toEqual(
      ['wamid.1', 'wamid.1', 'wamid.2', 'wamid.3', 'wamid.3'].sort(),
    )
    expect(logged.join()).not.toMatch(/7701|Зейнеп|database is away/)
  })

  test('three times the same has the same id each time', async () => {
    const { graph, zeinep, received } = await cloudCast()
    graph.webhooks.hold()
    const id = await zeinep.says('Алам 17')
    await graph.webhooks.release(held => [[...held], [...held], [...held]])
    expect(received.map(({ externalId }) => externalId)).toEqual([id, id, id])
    expect(new Set(received.map(inbound => JSON.stringify(inbound))).size).toBe(1)
  })

  test('for another number is not ours', async () => {
    const { graph, received, reports } = await cloudCast()
    const status = { id: 'wamid.1', status: 'read', biz_opaque_callback_data: 'out-1' }
    const body = graph.webhooks.bodyOf([spoken('wamid.1', 'x'), { status }], '999999999')
    expect(await graph.webhooks.post(body)).toBe(200)
    expect([...received, ...reports]).toEqual([])
  })

  test('and cannot be read does not spoil the rest, nor come for ever', async () => {
    const { graph, received } = await cloudCast()
    const broken: News[] = [{ message: { strange: true } }, { status: { id: 7 } }]
    expect(await graph.webhooks.post(graph.webhooks.bodyOf([...broken, spoken('wamid.1', 'бар')]))).toBe(200)
    for (const body of ['{}', '[]', 'null', '{"entry":[{"changes":[{"field":"account_update"}]}]}'])
      expect(await graph.webhooks.post(body)).toBe(200)
    expect(wordsOf(received)).toEqual(['бар'])
  })

  test('nothing is acknowledged before the start or after the stop', async () => {
    const { graph, channel, received } = await cloudCast()
    await channel.stop()
    expect(await graph.webhooks.post(graph.webhooks.bodyOf([spoken('wamid.1', 'x')]))).toBe(500)
    expect(received).toEqual([])
  })
})
