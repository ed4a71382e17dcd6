import type { Context, MiddlewareHandler } from 'hono'

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * Lets in only pages of our own. The host is checked because a foreign name may be made to point at this
 * machine (DNS rebinding); the origin because any page may post a form here.
 */
export function guard(host?: string): MiddlewareHandler {
  return async (c, next) => {
    if (!hostIsOurs(c, host)) return c.json({ problem: 'foreignHost' }, 421)
    if (!originIsOurs(c)) return c.json({ problem: 'foreignOrigin' }, 403)
    await next()
    protect(c)
  }
}

function hostIsOurs(c: Context, ours: string | undefined): boolean {
  const name = hostOf(`http://${c.req.header('host') ?? ''}`)?.hostname
  return name !== undefined && (loopback.test(name) || name === ours)
}

function originIsOurs(c: Context): boolean {
  const site = c.req.header('sec-fetch-site')
  const reading = c.req.method === 'GET' || c.req.method === 'HEAD'
  // A link on another page may open ours; it gets the page itself and no more.
  if (reading && c.req.path === '/' && c.req.header('sec-fetch-mode') === 'navigate') return true
  if (site && site !== 'same-origin' && !(reading && site === 'none')) return false
  const origin = c.req.header('origin')
  return !origin || hostOf(origin)?.host === hostOf(`http://${c.req.header('host')}`)?.host
}

function hostOf(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined
}

function protect(c: Context): void {
  const set = (name: string, value: string) => c.res.headers.has(name) || c.header(name, value)
  set('Content-Security-Policy', contentPolicy)
  set('Cache-Control', 'no-cache')
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'no-referrer')
  c.header('Cross-Origin-Opener-Policy', 'same-origin')
  c.header('Cross-Origin-Resource-Policy', 'same-origin')
  c.header('Permissions-Policy', 'camera=(), geolocation=(self), microphone=(self)')
}
