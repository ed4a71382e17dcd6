import { serve as listen, type ServerType } from '@hono/node-server'
import type { Update } from 'grammy/types'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { TelegramChannel } from './telegram/channel.ts'
import type { Whatsapp } from './whatsapp/open.ts'

export interface HttpParts {
  host: string
  port: number
  telegram: TelegramChannel | undefined
  webhookUrl: string | undefined
  playground: { routes(): Hono } | undefined
  whatsapp?: Pick<Whatsapp, 'webhook' | 'pairing'> | undefined
}

const updateBytesMax = 1024 * 1024
/** What is entered at Meta as the address to call. */
const whatsappPath = '/whatsapp/webhook'

export interface Served {
  port: number
  /** Takes nothing new, and resolves when all that was asked is answered. */
  close(): Promise<void>
}

/** The port for others: the platforms' calls, WhatsApp's pairing, the playground. */
export function serve(parts: HttpParts): Promise<Served> {
  const app = new Hono()
  const { telegram, webhookUrl } = parts
  if (telegram && webhookUrl) mountWebhook(app, telegram, new URL(webhookUrl).pathname)
  const { webhook, pairing } = parts.whatsapp ?? {}
  if (webhook) app.all(whatsappPath, context => webhook(context.req.raw))
  if (pairing) app.route('/', pairing.routes())
  if (parts.playground) app.route('/', parts.playground.routes())
  return serveApp(app, parts)
}

/** One app on one port. */
export async function serveApp(app: Hono, { host, port }: { host: string; port: number }): Promise<Served> {
  const server = await new Promise<ServerType>((ready, failed) => {
    const made = listen({ fetch: app.fetch, hostname: host, port }, () => ready(made))
    made.once('error', failed)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () => closeServer(server),
  }
}

/** A proxy keeps its connections open after the last answer: whatever has nothing more to say is hung up. */
function closeServer(server: ServerType): Promise<void> {
  return new Promise(done => {
    const hangUp = setInterval(() => 'closeIdleConnections' in server && server.closeIdleConnections(), 50)
    server.close(() => {
      clearInterval(hangUp)
      done()
    })
  })
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
