import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { encodeQR } from 'qr'
import { type Language, languages } from '../../domain/language.ts'
import { part } from '../../domain/message.ts'
import { textOf } from '../i18n.ts'

/** Ten minutes to find the phone and hold it to the screen. */
const keyMs = 10 * 60_000
const cookie = 'ardaq-pairing'
const refreshSeconds = 5

interface Visit {
  until: number
  language: Language
}

export interface Pairing {
  /** A new link to the page, for one visitor who reads this language. */
  link(language: Language): string
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
  const keys = new Map<string, Visit>()
  const visitors = new Map<string, Visit>()

  function make(among: Map<string, Visit>, language: Language): string {
    const at = now().getTime()
    for (const [key, { until }] of among) if (until <= at) among.delete(key)
    const key = randomBytes(18).toString('base64url')
    among.set(key, { until: at + keyMs, language })
    return key
  }

  function living(among: Map<string, Visit>, key = ''): Visit | undefined {
    const visit = among.get(key)
    return visit && visit.until > now().getTime() ? visit : undefined
  }

  return {
    link: language => `${base}/whatsapp?key=${make(keys, language)}`,
    routes() {
      const app = new Hono()
      app.get('/whatsapp', context => {
        context.header('cache-control', 'no-store')
        context.header('referrer-policy', 'no-referrer')
        context.header(
          'content-security-policy',
          "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
        )
        const key = context.req.query('key')
        const invited = living(keys, key)
        keys.delete(key ?? '')
        if (invited) {
          const options = {
            httpOnly: true,
            sameSite: 'Strict',
            secure: base.startsWith('https:'),
            path: '/whatsapp',
            maxAge: keyMs / 1000,
          } as const
          setCookie(context, cookie, make(visitors, invited.language), options)
          return context.html(page('', '', { seconds: 0 }))
        }
        const known = living(visitors, getCookie(context, cookie))
        // Nobody is known here, nor what they read.
        if (!known)
          return context.text(languages.map(each => textOf(each, part('wa.page.over'))).join('\n'), 403)
        const say = (key: string) => textOf(known.language, part(key))
        if (ready()) return context.html(page(say('wa.page.ready'), ''))
        const again = { seconds: refreshSeconds }
        const text = qr()
        if (!text) return context.html(page(say('wa.page.wait'), '', again))
        return context.html(page(say('wa.page.qr'), picture(text), again))
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

function page(title: string, body: string, again?: { seconds: number }): string {
  const refresh = again ? `<meta http-equiv="refresh" content="${again.seconds};url=/whatsapp">` : ''
  return `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">${refresh}
<title>WhatsApp</title><body style="font:20px system-ui;text-align:center;padding:2em"><h1 style="font-size:24px">${title}</h1>${body}</body>`
}
