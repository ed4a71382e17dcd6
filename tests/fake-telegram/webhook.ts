import type { Payload } from './access.ts'
import type { Queued, UpdateQueue } from './queue.ts'
import { badRequest } from './refusal.ts'

export interface WebhookOptions {
  /** 1 is Telegram's own pace: at once, then after 2, 4, 8 seconds. */
  retryScale: number
  timeoutMs: number
}

interface Failing {
  fails: number
  delaySeconds: number
  notBefore: number
}

/** Carries updates to the bot's address: lanes in parallel, one update of a lane at a time, until it is accepted. */
export class Webhook {
  url = ''
  lastError: { at: number; message: string } | undefined
  readonly #queue: UpdateQueue
  readonly #options: WebhookOptions
  readonly #reply: (payload: Payload) => void
  readonly #busy = new Set<string>()
  readonly #failing = new Map<string, Failing>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #secret = ''
  #connectionsMax = 40
  #generation = 0

  /** `reply` runs the method a bot may put into its answer. */
  constructor(queue: UpdateQueue, options: WebhookOptions, reply: (payload: Payload) => void) {
    this.#queue = queue
    this.#options = options
    this.#reply = reply
    queue.listen(() => this.#deliver())
  }

  set(payload: Payload): void {
    const url = String(payload.url ?? '')
    const secret = String(payload.secret_token ?? '')
    if (secret.length > 256) throw badRequest('secret token is too long')
    if (!/^[\w-]*$/.test(secret)) throw badRequest('secret token contains unallowed characters')
    if (url !== '') checkAddress(url)
    if (payload.drop_pending_updates === true || payload.drop_pending_updates === 'true') this.#queue.clear()
    this.#queue.allow(payload.allowed_updates)
    this.stop()
    this.url = url
    this.#secret = secret
    this.#connectionsMax = Math.min(100, Math.max(1, Number(payload.max_connections ?? 40)))
    this.#deliver()
  }

  info() {
    return {
      url: this.url,
      has_custom_certificate: false,
      pending_update_count: this.#queue.pending().length,
      ...(this.lastError && {
        last_error_date: this.lastError.at,
        last_error_message: this.lastError.message,
      }),
      ...(this.url !== '' && { max_connections: this.#connectionsMax, ip_address: '127.0.0.1' }),
      ...(this.#queue.allowed && { allowed_updates: this.#queue.allowed }),
    }
  }

  stop(): void {
    this.#generation++
    this.url = ''
    this.lastError = undefined
    this.#busy.clear()
    this.#failing.clear()
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  #deliver(): void {
    if (this.url === '') return
    // A lane that is busy or waiting is skipped, so what is met first in a lane is its oldest update.
    for (const head of this.#queue.pending()) {
      if (this.#busy.size >= this.#connectionsMax) return
      const failing = this.#failing.get(head.lane)
      if (this.#busy.has(head.lane) || (failing && failing.notBefore > Date.now())) continue
      this.#busy.add(head.lane)
      void this.#carry(head, this.#generation)
    }
  }

  async #carry(head: Queued, generation: number): Promise<void> {
    const outcome = await this.#post(head)
    if (generation !== this.#generation) return
    this.#busy.delete(head.lane)
    if (outcome.ok) {
      this.#failing.delete(head.lane)
      this.#queue.drop(head.update)
      if (outcome.reply) this.#reply(outcome.reply)
    } else this.#later(head.lane, outcome)
    this.#deliver()
  }

  async #post(head: Queued): Promise<Outcome> {
    const headers: Record<string, string> = { 'content-type': 'application/json' }
    if (this.#secret !== '') headers['x-telegram-bot-api-secret-token'] = this.#secret
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers,
        body: JSON.stringify(head.update),
        signal: AbortSignal.timeout(this.#options.timeoutMs),
      })
      const body = await response.text()
      if (response.ok) return { ok: true, reply: replyIn(body) }
      return {
        ok: false,
        error: `Wrong response from the webhook: ${response.status} ${response.statusText}`,
        retryAfter: Number(response.headers.get('retry-after')) || 0,
      }
    } catch {
      return { ok: false, error: 'Webhook connection closed', retryAfter: 0 }
    }
  }

  /** The first failure is tried again at once, the next ones after 2, 4, 8 seconds; only this lane waits. */
  #later(lane: string, { error, retryAfter }: { error: string; retryAfter: number }): void {
    const before = this.#failing.get(lane) ?? { fails: 0, delaySeconds: 1, notBefore: 0 }
    const delaySeconds =
      retryAfter === 0 && before.fails > 0 ? Math.min(60, before.delaySeconds * 2) : before.delaySeconds
    const waitMs = (retryAfter || (before.fails > 0 ? delaySeconds : 0)) * 1000 * this.#options.retryScale
    this.#failing.set(lane, { fails: before.fails + 1, delaySeconds, notBefore: Date.now() + waitMs })
    this.lastError = { at: Math.floor(Date.now() / 1000), message: error }
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      const failing = this.#failing.get(lane)
      if (failing) failing.notBefore = 0
      this.#deliver()
    }, waitMs)
    this.#timers.add(timer)
  }
}

type Outcome = { ok: true; reply: Payload | undefined } | { ok: false; error: string; retryAfter: number }

/** Telegram wants https and one of four ports; like a local Bot API server the double lets loopback pass. */
function checkAddress(url: string): void {
  const address = URL.parse(url)
  if (!address) throw badRequest('invalid webhook URL specified')
  if (address.hostname === '127.0.0.1' || address.hostname === 'localhost') return
  if (address.protocol !== 'https:')
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
  if (!['', '443', '80', '88', '8443'].includes(address.port))
    throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443')
}

function replyIn(body: string): Payload | undefined {
  try {
    const parsed = JSON.parse(body) as Payload | null
    return typeof parsed?.method === 'string' ? parsed : undefined
  } catch {
    return undefined
  }
}
