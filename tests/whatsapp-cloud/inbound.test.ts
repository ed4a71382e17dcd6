import { describe, expect, test } from 'vitest'
import { cloudCast, handClock } from './setup.ts'

describe('who writes', () => {
  test('a number is the id and the vouched phone; the other id is told as well', async () => {
    const clock = handClock()
    const { zeinep, received } = await cloudCast({ now: clock.now })
    const id = await zeinep.says('Маған дәрі керек')
    expect(received).toEqual([
      {
        channel: 'whatsapp',
        externalId: id,
        chat: { id: '77011234567', kind: 'private' },
        sender: { id: '77011234567', otherId: zeinep.userId, name: 'Зейнеп', phone: '+77011234567' },
        at: clock.now(),
        content: { type: 'text', text: 'Маған дәрі керек' },
      },
    ])
  })

  test('who hides the number has an id and no phone', async () => {
    const { graph, received } = await cloudCast()
    await graph.person({ name: 'Дина', userId: 'KZ.1349' }).says('Сәлем')
    expect(received[0]?.sender).toEqual({ id: 'KZ.1349', name: 'Дина' })
    expect(received[0]?.chat.id).toBe('KZ.1349')
  })

  test('who is named in one call with somebody else does not lend them the name', async () => {
    const { graph, zeinep, received } = await cloudCast()
    const { webhooks } = graph
    const text = (from: string) => ({
      id: `wamid.${from}`,
      from,
      timestamp: '1739321024',
      type: 'text',
      text: { body: '2' },
    })
    const one = JSON.parse(webhooks.bodyOf([{ contact: zeinep.contact, message: text('77011234567') }]))
    one.entry[0].changes[0].value.messages.push(text('77020000002'))
    expect(await webhooks.post(JSON.stringify(one))).toBe(200)
    expect(received.map(({ sender }) => sender)).toEqual([
      { id: '77011234567', otherId: zeinep.userId, name: 'Зейнеп', phone: '+77011234567' },
      { id: '77020000002', phone: '+77020000002' },
    ])
  })

  test('a message of nobody, of a group or of a system is not passed on', async () => {
    const { graph, zeinep, received } = await cloudCast()
    const { webhooks } = graph
    const message = { id: 'wamid.a', timestamp: '1739321024', type: 'text', text: { body: 'x' } }
    expect(await webhooks.post(webhooks.bodyOf([{ message }]))).toBe(200)
    const group = { ...message, from: '77011234567', group_id: 'g1' }
    expect(await webhooks.post(webhooks.bodyOf([{ contact: zeinep.contact, message: group }]))).toBe(200)
    await zeinep.sendsRaw({ type: 'system', system: { type: 'user_changed_number', wa_id: '77019999999' } })
    await zeinep.sendsRaw({ type: 'revoke', revoke: { original_message_id: 'wamid.a' } })
    expect(received).toEqual([])
  })

  test('a phone that rings is told once, as it begins; our own calls are nobody’s', async () => {
    const { graph, zeinep, received } = await cloudCast()
    await zeinep.calls()
    expect(received).toMatchObject([{ sender: { id: '77011234567' }, content: { type: 'call' } }])
    const { webhooks } = graph
    const own = { id: 'wacid.1', from: graph.number, timestamp: '1739321024', event: 'connect' }
    const call = { ...own, direction: 'BUSINESS_INITIATED' }
    expect(await webhooks.post(webhooks.bodyOf([{ contact: zeinep.contact, call }]))).toBe(200)
    expect(received).toHaveLength(1)
  })

  test('what was read gets its blue ticks', async () => {
    const { zeinep, graph } = await cloudCast()
    const id = await zeinep.says('Қайырлы таң')
    await expect.poll(() => graph.read.has(id), { timeout: 20_000 }).toBe(true)
  })
})

describe('what is written', () => {
  test.each([
    ['start i-AbC12_x', { type: 'start', code: 'i-AbC12_x' }],
    ['/start i-AbC12', { type: 'start', code: 'i-AbC12' }],
    ['Start', { type: 'start' }],
    ['start the car please', { type: 'text', text: 'start the car please' }],
  ])('«%s»', async (words, content) => {
    const { zeinep, received } = await cloudCast()
    await zeinep.says(words)
    expect(received[0]?.content).toEqual(content)
  })

  test('a quoted message is named', async () => {
    const { zeinep, send, received } = await cloudCast()
    await send({ text: '№17' })
    await zeinep.says('+', zeinep.last.id)
    expect(received.at(-1)).toMatchObject({ quotes: zeinep.last.id, content: { type: 'text', text: '+' } })
  })

  test('a place, a thumb up; a thumb that is taken back changes nothing', async () => {
    const { zeinep, received } = await cloudCast()
    await zeinep.sendsPlace(50.4111, 80.2275)
    await zeinep.reacts('wamid.x', '👍')
    await zeinep.reacts('wamid.x')
    expect(received.map(({ content }) => content)).toEqual([
      { type: 'location', latitude: 50.4111, longitude: 80.2275 },
      { type: 'reaction', emoji: '👍', messageId: 'wamid.x' },
    ])
  })

  test("a card is one's own only with one's own number", async () => {
    const { zeinep, received } = await cloudCast()
    await zeinep.sendsCard('+7 701 123-45-67', '77011234567')
    await zeinep.sendsCard('+7 705 111-22-33', '77051112233')
    await zeinep.sendsCard('8 705 111 22 33')
    expect(received.map(({ content }) => content)).toEqual([
      { type: 'contact', phone: '+77011234567', own: true },
      { type: 'contact', phone: '+77051112233', own: false },
      { type: 'contact', phone: '8 705 111 22 33', own: false },
    ])
  })

  test("a template's button speaks its words, an edit its new ones", async () => {
    const { zeinep, received } = await cloudCast()
    await zeinep.sendsRaw({ type: 'button', button: { payload: 'p', text: 'Жауап беру' } })
    const message = { type: 'text', text: { body: 'Дәрі емес, нан' } }
    await zeinep.sendsRaw({ type: 'edit', edit: { original_message_id: 'wamid.x', message } })
    expect(received.map(({ content }) => content)).toEqual([
      { type: 'text', text: 'Жауап беру' },
      { type: 'text', text: 'Дәрі емес, нан', edited: true },
    ])
  })

  test.each([
    { type: 'sticker', sticker: { id: '1', mime_type: 'image/webp' } },
    { type: 'unsupported', errors: [{ code: 131051 }], unsupported: { type: 'poll_creation' } },
    { type: 'order', order: {} },
    { type: 'contacts', contacts: [{ name: { formatted_name: 'X' } }] },
    { type: 'text', text: 'not as agreed' },
    { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: {} } },
    { type: 'constructor' },
    { type: 'something of next year' },
  ])('unreadable: $type', async raw => {
    const { zeinep, received } = await cloudCast()
    await zeinep.sendsRaw(raw)
    expect(received.map(({ content }) => content)).toEqual([{ type: 'unreadable', what: raw.type }])
  })
})
