import { afterEach, describe, expect, test } from 'vitest'
import type { Inbound } from '../../bot/channel.ts'
import { serve } from '../../bot/http.ts'
import { createLog } from '../../bot/logger.ts'
import { openTelegram } from '../../bot/telegram/channel.ts'
import { FakeTelegram } from '../fake-telegram/fake-telegram.ts'

const secret = 'a-long-random-word-1234'
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** The bot's own server with a webhook; what it takes in goes to `receive`. */
async function webhook(receive: (inbound: Inbound) => Promise<object>, { started = true } = {}) {
  const telegram = new FakeTelegram({ webhookRetryScale: 0.01 })
  closing.push(() => telegram.close())
  const log = createLog('silent')
  // Below those that the system gives to others by itself.
  const port = 20_000 + Math.floor(Math.random() * 12_000)
  const url = `http://127.0.0.1:${port}/telegram`
  const settings = { token: telegram.token, apiRoot: await telegram.listen() }
  const channel = await openTelegram({ ...settings, webhookUrl: url, webhookSecret: secret }, log)
  const parts = { telegram: channel, webhookUrl: url, playground: undefined }
  const http = await serve({ host: '127.0.0.1', port, ...parts })
  closing.push(() => http.close())
  if (started) await channel.start(receive)
  return { telegram, channel, url, start: () => channel.start(receive) }
}

function post(url: string, body: string, headers: Record<string, string> = {}) {
  const ours = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret }
  return fetch(url, { method: 'POST', body, headers: { ...ours, ...headers } })
}

const update = JSON.stringify({
  update_id: 1,
  message: {
    message_id: 1,
    date: 0,
    chat: { id: 5, type: 'private' },
    from: { id: 5, is_bot: false, first_name: 'А' },
    text: 'сәлем',
  },
})

describe('the webhook', () => {
  test('takes what bears the secret and nothing else', async () => {
    const seen: Inbound[] = []
    const { url } = await webhook(async inbound => {
      seen.push(inbound)
      return {}
    })
    for (const wrong of ['', 'wrong', `${secret}x`, secret.toUpperCase(), secret.slice(0, -1)]) {
      const answer = await post(url, update, { 'x-telegram-bot-api-secret-token': wrong })
      expect(answer.status).toBe(401)
      expect(await answer.text()).toBe('')
    }
    const bare = await fetch(url, { method: 'POST', body: update })
    expect(bare.status).toBe(401)
    expect((await fetch(url)).status).toBe(404)
    expect(seen).toEqual([])
    expect((await post(url, update)).status).toBe(200)
    expect(seen.map(({ content }) => content)).toEqual([{ type: 'text', text: 'сәлем' }])
  })

  test.each([
    ['', 400],
    ['{', 400],
    ['null', 400],
    ['[]', 400],
    ['"update"', 400],
    ['{"update_id":"1"}', 400],
    ['{"update_id":2}', 200],
    ['{"update_id":3,"message":{}}', 200],
    ['{"update_id":4,"message":{"from":{"id":1}}}', 200],
    ['{"update_id":5,"my_chat_member":{"chat":{}}}', 200],
    ['{"update_id":6,"something_new":{"text":"x"}}', 200],
  ])('answers %s with %i and goes on', async (body, status) => {
    const { url } = await webhook(async () => ({}))
    expect((await post(url, body)).status).toBe(status)
    expect((await post(url, update)).status).toBe(200)
  })

  test('refuses a body that no update has the size of', async () => {
    const { url } = await webhook(async () => ({}))
    expect((await post(url, `"${'x'.repeat(1024 * 1024)}"`)).status).toBe(413)
  })

  test('answers 503 while it cannot take anything in; Telegram brings it again, in order', async () => {
    const seen: string[] = []
    let failures = 3
    const { telegram } = await webhook(async ({ content }) => {
      if (failures-- > 0) throw new Error('the database is away')
      seen.push(content.type === 'text' ? content.text : content.type)
      return {}
    })
    const aigul = telegram.user({ firstName: 'Айгүл' })
    await aigul.start()
    await aigul.send('бір')
    await aigul.send('екі')
    await telegram.until(() => seen.length === 3)
    expect(seen).toEqual(['start', 'бір', 'екі'])
    await telegram.until(() => telegram.updates.length === 0)
  })

  test('acknowledges nothing before the bot has started', async () => {
    const seen: Inbound[] = []
    const { url, start } = await webhook(
      async inbound => {
        seen.push(inbound)
        return {}
      },
      { started: false },
    )
    expect((await post(url, update)).status).toBe(503)
    await start()
    expect((await post(url, update)).status).toBe(200)
    expect(seen).toHaveLength(1)
  })
})
