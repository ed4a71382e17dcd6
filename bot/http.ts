import { serve as listen, type ServerType } from '@hono/node-server'
import type { Update } from 'grammy/types'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Store } from '../db/client.ts'
import { countWaiting } from '../db/sending.ts'
import type { TelegramChannel } from './telegram/channel.ts'

export interface HttpParts {
  host: string
  port: number
  store: Store
  telegram: TelegramChannel | undefined
  webhookUrl: string | undefined
  playground: { routes(): Hono } | undefined
}

const updateBytesMax = 1024 * 1024

/** The one port of this process: health, Telegram's webhook, the playground. */
export async function serve(parts: HttpParts): Promise<{ port: number; close(): Promise<void> }> {
  const app = new Hono()
  app.get('/health', async context => context.json({ waiting: await countWaiting(parts.store) }))
  const { telegram, webhookUrl } = parts
  if (telegram && webhookUrl) mountWebhook(app, telegram, new URL(webhookUrl).pathname)
  if (parts.playground) app.route('/', parts.playground.routes())
  const server = await new Promise<ServerType>((ready, failed) => {
    const made = listen({ fetch: app.fetch, hostname: parts.host, port: parts.port }, () => ready(made))
    made.once('error', failed)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : parts.port,
    close: () => new Promise(done => server.close(() => done())),
  }
}

/** Answers 200 only after the update's effects are committed; a failure makes Telegram deliver again. */
function mountWebhook(app: Hono, telegram: TelegramChannel, path: string) {
  app.post(path, bodyLimit({ maxSize: updateBytesMax }), async context => {
    if (!telegram.isOurs(context.req.header('X-Telegram-Bot-Api-Secret-Token')))
      return context.body(null, 401)
    const update = await context.req.json<Update>().catch(() => undefined)
    if (typeof update?.update_id !== 'number') return context.body(null, 400)
    try {
      await telegram.receiveUpdate(update)
    } catch {
      return context.body(null, 503)
    }
    return context.body(null, 200)
  })
}
