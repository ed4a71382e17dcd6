import { serve as listen, type ServerType } from '@hono/node-server'
import type { Update } from 'grammy/types'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { TelegramChannel } from './telegram/channel.ts'
import type { Whatsapp } from './whatsapp/open.ts'

export interface HttpParts {
  host: string
  port: number
  /** What `/health` answers. */
  health(): Promise<object>
  telegram: TelegramChannel | undefined
  webhookUrl: string | undefined
  playground: { routes(): Hono } | undefined
  whatsapp?: Pick<Whatsapp, 'webhook' | 'pairing'> | undefined
}

const updateBytesMax = 1024 * 1024
/** What is entered at Meta as the address to call. */
const whatsappPath = '/whatsapp/webhook'

/** The one port of this process: health, the platforms' calls, WhatsApp's pairing, the playground. */
export async function serve(parts: HttpParts): Promise<{ port: number; close(): Promise<void> }> {
  const app = new Hono()
  app.get('/health', async context => context.json(await parts.health()))
  const { telegram, webhookUrl } = parts
  if (telegram && webhookUrl) mountWebhook(app, telegram, new URL(webhookUrl).pathname)
  const { webhook, pairing } = parts.whatsapp ?? {}
  if (webhook) app.all(whatsappPath, context => webhook(context.req.raw))
  if (pairing) app.route('/', pairing.routes())
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
