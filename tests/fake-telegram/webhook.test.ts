import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { webhookCallback } from 'grammy'
import type { Update } from 'grammy/types'
import { describe, expect, test } from 'vitest'
import { botOn } from './cast.ts'
import { afterTest, servedCast } from './served.ts'

/** A bot's address that answers as told and notes what came. */
async function receiver(answer: (update: Update, nth: number) => Promise<number> | number) {
  const got: { update: Update; headers: IncomingHttpHeaders }[] = []
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const update = JSON.parse(Buffer.concat(chunks).toString()) as Update
    got.push({ update, headers: request.headers })
    response.writeHead(await answer(update, got.length)).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  afterTest(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, got }
}

describe('the webhook', () => {
  test('brings updates with the secret and excludes polling', async () => {
    const { api, telegram, aigul } = await servedCast()
    await aigul.start()
    const { url, got } = await receiver(() => 204)
    await api.setWebhook(url, { secret_token: 'sesame_1' })
    await telegram.until(() => telegram.updates.length === 0)
    expect(got[0]?.headers['x-telegram-bot-api-secret-token']).toBe('sesame_1')
    expect(got[0]?.update.message?.text).toBe('/start')
    await expect(api.getUpdates()).rejects.toThrow(
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    expect(await api.getWebhookInfo()).toMatchObject({ url, pending_update_count: 0 })
    await api.deleteWebhook()
    await aigul.send('later')
    expect(await api.getUpdates()).toHaveLength(1)
    expect(got).toHaveLength(1)
  })

  test('a failing update comes again at once, then ever later, and holds back only its own chat', async () => {
    const { api, telegram, aigul, timur } = await servedCast()
    await aigul.start()
    await timur.start()
    telegram.takeUpdates()
    const at: number[] = []
    const { url, got } = await receiver(({ message }) => {
      if (message?.text !== 'bad') return 200
      at.push(Date.now())
      return at.length < 4 ? 500 : 200
    })
    await api.setWebhook(url)
    await aigul.send('bad')
    await aigul.send('after')
    await timur.send('other')
    await telegram.until(() => at.length === 2)
    expect(await api.getWebhookInfo()).toMatchObject({
      last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
    })
    await telegram.until(() => telegram.updates.length === 0)
    const texts = got.map(({ update }) => update.message?.text)
    expect(texts.filter(text => text !== 'other')).toEqual(['bad', 'bad', 'bad', 'bad', 'after'])
    expect(texts.indexOf('other')).toBeLessThan(texts.lastIndexOf('bad'))
    const [first = 0, second = 0, third = 0, fourth = 0] = at
    // Two and four seconds at a fiftieth of the pace.
    expect(third - second).toBeGreaterThanOrEqual(38)
    expect(fourth - third).toBeGreaterThanOrEqual(78)
    expect(second - first).toBeLessThan(third - second)
  })

  test('one message of a chat at a time, chats side by side', async () => {
    const { api, telegram, aigul, timur } = await servedCast()
    await aigul.start()
    await timur.start()
    telegram.takeUpdates()
    const inside = new Map<number, number>()
    let most = 0
    const { url } = await receiver(async ({ message }) => {
      const chat = message?.chat.id ?? 0
      inside.set(chat, (inside.get(chat) ?? 0) + 1)
      expect(inside.get(chat)).toBe(1)
      most = Math.max(
        most,
        [...inside.values()].reduce((a, b) => a + b),
      )
      await new Promise(resolve => setTimeout(resolve, 20))
      inside.set(chat, 0)
      return 200
    })
    await api.setWebhook(url)
    for (const text of ['1', '2', '3']) await Promise.all([aigul.send(text), timur.send(text)])
    await telegram.until(() => telegram.updates.length === 0)
    expect(most).toBe(2)
  })

  test("grammY's webhookCallback works with it, and may answer by the response", async () => {
    const { telegram, api, aigul, root } = await servedCast()
    const bot = botOn(telegram, root)
    bot.command('start', ctx => ctx.reply('Salem'))
    await bot.init()
    const handle = webhookCallback(bot, 'http', { secretToken: 'sesame' })
    const server = createServer(handle)
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    afterTest(() => server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    await api.setWebhook(url, { secret_token: 'sesame' })
    await aigul.start()
    await telegram.until(() => aigul.chat.messages.at(-1)?.text === 'Salem')

    const reply = JSON.stringify({ method: 'sendMessage', chat_id: aigul.id, text: 'by response' })
    const answering = createServer((request, response) => {
      request.resume()
      response.writeHead(200, { 'content-type': 'application/json' }).end(reply)
    })
    await new Promise<void>(resolve => answering.listen(0, '127.0.0.1', resolve))
    afterTest(() => answering.close())
    await api.setWebhook(`http://127.0.0.1:${(answering.address() as AddressInfo).port}/`)
    await aigul.send('again')
    await telegram.until(() => aigul.chat.messages.at(-1)?.text === 'by response')
  })

  test('refuses addresses and secrets the real one refuses', async () => {
    const { api } = await servedCast()
    await expect(api.setWebhook('http://ardaq.kz/hook')).rejects.toThrow(
      'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
    )
    await expect(api.setWebhook('https://ardaq.kz:3000/')).rejects.toThrow(
      'Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443',
    )
    await expect(api.setWebhook('https://ardaq.kz', { secret_token: 'a b' })).rejects.toThrow(
      'Bad Request: secret token contains unallowed characters',
    )
  })
})
