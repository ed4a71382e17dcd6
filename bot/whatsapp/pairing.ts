import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { encodeQR } from 'qr'

/** Ten minutes to find the phone and hold it to the screen. */
const keyMs = 10 * 60_000
const cookie = 'ardaq-pairing'
const refreshSeconds = 5

export interface Pairing {
  /** A new link to the page, for one visitor. */
  link(): string
  routes(): Hono
}

/**
 * The page on which WhatsApp is paired. Whoever reads its code can write as the bot, so a link opens it once; the
 * visitor's browser is then known by a cookie until the time is over.
 */
export function createPairing(parts: {
  base: string
  qr: () => string | undefined
  ready: () => boolean
  now: () => Date
}): Pairing {
  const { base, qr, ready, now } = parts
  const keys = new Map<string, number>()
  const visitors = new Map<string, number>()

  function make(among: Map<string, number>): string {
    const at = now().getTime()
    for (const [key, until] of among) if (until <= at) among.delete(key)
    const key = randomBytes(18).toString('base64url')
    among.set(key, at + keyMs)
    return key
  }

  function takes(key: string | undefined): boolean {
    const until = keys.get(key ?? '') ?? 0
    keys.delete(key ?? '')
    return until > now().getTime()
  }

  return {
    link: () => `${base}/whatsapp?key=${make(keys)}`,
    routes() {
      const app = new Hono()
      app.get('/whatsapp', context => {
        context.header('cache-control', 'no-store')
        context.header('referrer-policy', 'no-referrer')
        context.header(
          'content-security-policy',
          "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
        )
        if (takes(context.req.query('key'))) {
          const options = {
            httpOnly: true,
            sameSite: 'Strict',
            path: '/whatsapp',
            maxAge: keyMs / 1000,
          } as const
          setCookie(context, cookie, make(visitors), options)
          return context.html(page('', '', '/whatsapp'))
        }
        const known = (visitors.get(getCookie(context, cookie) ?? '') ?? 0) > now().getTime()
        if (!known) return context.text('This link is over. Ask the bot for a new one.', 403)
        if (ready()) return context.html(page('WhatsApp works', 'You may close this page.'))
        const text = qr()
        if (!text) return context.html(page('WhatsApp starts', 'Wait a moment.', '/whatsapp'))
        return context.html(page('WhatsApp → Linked devices → Link a device', picture(text), '/whatsapp'))
      })
      return app
    },
  }
}

/** The code as lines of blocks, for whoever sits at the terminal. */
export function terminalQr(text: string): string {
  return encodeQR(text, 'term', { border: 1 })
}

function picture(text: string): string {
  const svg = Buffer.from(encodeQR(text, 'svg', { border: 4 })).toString('base64')
  return `<img alt="QR" width="360" height="360" src="data:image/svg+xml;base64,${svg}">`
}

function page(title: string, body: string, next?: string): string {
  const refresh = next
    ? `<meta http-equiv="refresh" content="${title ? refreshSeconds : 0};url=${next}">`
    : ''
  return `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">${refresh}
<title>WhatsApp</title><body style="font:20px system-ui;text-align:center;padding:2em"><h1 style="font-size:24px">${title}</h1>${body}</body>`
}
