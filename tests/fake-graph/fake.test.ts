import { afterEach, describe, expect, test } from 'vitest'
import { FakeGraph } from './fake-graph.ts'

const graphs: FakeGraph[] = []
afterEach(async () => {
  for (const graph of graphs.splice(0)) await graph.close()
})

/** The double and a caller that knows the API by heart: it sends JSON as it is, and tells the code of a refusal. */
async function caller() {
  const graph = new FakeGraph({ tellsAtOnce: true })
  graphs.push(graph)
  const root = await graph.listen()
  const zeinep = graph.person({ name: 'Зейнеп', number: '77011234567' })
  await zeinep.says('Сәлем')
  const post = async (body: object, { token = graph.token, path = `v25.0/${graph.phoneNumberId}` } = {}) => {
    const response = await fetch(`${root}/${path}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const answer = (await response.json()) as { error?: { code: number }; messages?: { id: string }[] }
    return answer.error?.code ?? (answer.messages ? 'sent' : 'done')
  }
  const send = (more: object) =>
    post({ messaging_product: 'whatsapp', recipient_type: 'individual', to: '77011234567', ...more })
  return { graph, root, zeinep, post, send }
}

const text = { type: 'text', text: { body: 'x' } }
const reply = (id: string, title: string) => ({ type: 'reply', reply: { id, title } })
const row = (id: string, title = id, description?: string) => ({
  id,
  title,
  ...(description && { description }),
})
const interactive = (type: string, body: string, action: object) => ({
  type: 'interactive',
  interactive: { type, body: { text: body }, action },
})
const buttons = (...list: object[]) => interactive('button', 'x', { buttons: list })
const rows = (list: object[], more: { button?: string; body?: string } = {}) =>
  interactive('list', more.body ?? 'x', { button: more.button ?? 'x', sections: [{ rows: list }] })
const many = (count: number) => Array.from({ length: count }, (_, n) => row(`${n}`))

describe('a message', () => {
  test.each<[string, object, number | 'sent']>([
    ['text', text, 'sent'],
    ['4096 characters', { type: 'text', text: { body: 'x'.repeat(4096) } }, 'sent'],
    ['4097 characters', { type: 'text', text: { body: 'x'.repeat(4097) } }, 131009],
    ['no words', { type: 'text', text: { body: '' } }, 131008],
    ['no content', { type: 'text' }, 131008],
    ['a content of another type', { type: 'text', location: {} }, 100],
    ['an unknown field', { ...text, priority: 1 }, 100],
    ['a type that is none', { type: 'poll', poll: {} }, 131051],
    ['no recipient', { ...text, to: undefined }, 131008],
    ['a recipient that is no number', { ...text, to: 'Зейнеп' }, 131009],
    ['a recipient that is nobody', { ...text, to: '77770000000' }, 131026],
    ['a group', { ...text, recipient_type: 'group' }, 100],
    ['513 characters of our own', { ...text, biz_opaque_callback_data: 'x'.repeat(513) }, 131009],
    ['three buttons', buttons(reply('1', 'a'), reply('2', 'b'), reply('3', 'c')), 'sent'],
    ['four buttons', buttons(reply('1', 'a'), reply('2', 'b'), reply('3', 'c'), reply('4', 'd')), 131009],
    ['the same title twice', buttons(reply('1', 'a'), reply('2', 'a')), 131009],
    ['a title of 21', buttons(reply('1', 'x'.repeat(21))), 131009],
    ['an id of 257', buttons(reply('x'.repeat(257), 'a')), 131009],
    ['an id with a space at its end', buttons(reply('1 ', 'a')), 131009],
    ['buttons under 1025', interactive('button', 'x'.repeat(1025), { buttons: [reply('1', 'a')] }), 131009],
    ['ten rows under 4096', rows(many(10), { body: 'x'.repeat(4096) }), 'sent'],
    ['eleven rows', rows(many(11)), 131009],
    ['a row of 25', rows([row('1', 'x'.repeat(25))]), 131009],
    ['a row described in 73', rows([row('1', 'x', 'x'.repeat(73))]), 131009],
    ['a row id of 201', rows([row('x'.repeat(201), 'x')]), 131009],
    ['a list opened by 21', rows(many(2), { button: 'x'.repeat(21) }), 131009],
    [
      'a question for a place',
      interactive('location_request_message', 'x', { name: 'send_location' }),
      'sent',
    ],
    ['a place', { type: 'location', location: { latitude: 50.4, longitude: 80.2 } }, 'sent'],
    ['a place beyond the pole', { type: 'location', location: { latitude: 91, longitude: 80.2 } }, 131009],
    ['a file that is not there', { type: 'image', image: { id: '1' } }, 131009],
    [
      'a template that is not there',
      { type: 'template', template: { name: 'x', language: { code: 'kk' } } },
      132001,
    ],
  ])('%s', async (_, message, code) => {
    const { send } = await caller()
    expect(await send(message)).toBe(code)
  })

  test('a file must be uploaded, and of a kind that is shown', async () => {
    const { graph, send, zeinep } = await caller()
    const keep = (mime: string, ours = true) =>
      graph.media.keep({ bytes: new Uint8Array(1), mime, name: 'x', ours }).id
    expect(await send({ type: 'image', image: { id: keep('image/png') } })).toBe('sent')
    expect(await send({ type: 'image', image: { id: keep('image/png', false) } })).toBe(131009)
    expect(await send({ type: 'image', image: { id: keep('application/pdf') } })).toBe(131053)
    expect(await send({ type: 'audio', audio: { id: keep('audio/ogg') } })).toBe(131053)
    expect(await send({ type: 'audio', audio: { id: keep('audio/mpeg'), caption: 'x' } })).toBe(100)
    expect(zeinep.messages.filter(({ from }) => from === 'bot')).toHaveLength(1)
  })
})

describe('the door', () => {
  test('wants the token, the number, a version and the product', async () => {
    const { graph, post } = await caller()
    const message = { messaging_product: 'whatsapp', to: '77011234567', ...text }
    expect(await post(message)).toBe('sent')
    expect(await post(message, { token: 'x' })).toBe(190)
    expect(await post(message, { path: 'v25.0/1' })).toBe(100)
    expect(await post(message, { path: graph.phoneNumberId })).toBe(100)
    expect(await post({ ...message, messaging_product: undefined })).toBe(100)
    const read = { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.nobody' }
    expect(await post(read)).toBe(131009)
  })

  test('a file is given for its fresh address only', async () => {
    const { graph, root } = await caller()
    const { id } = graph.media.keep({ bytes: new Uint8Array([7]), mime: 'image/png', name: 'x', ours: false })
    const headers = { authorization: `Bearer ${graph.token}` }
    const ask = async () =>
      (await (await fetch(`${root}/v25.0/${id}`, { headers })).json()) as { url: string }
    const first = await ask()
    expect((await fetch(first.url)).status).toBe(401)
    expect((await fetch(first.url, { headers })).status).toBe(200)
    await ask()
    expect((await fetch(first.url, { headers })).status).toBe(404)
  })

  test('an address that does not know the word is not taken', async () => {
    const { graph, root } = await caller()
    await expect(graph.webhooks.subscribe(root, 'x')).rejects.toThrow("couldn't be validated")
  })
})
