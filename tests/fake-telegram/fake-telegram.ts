import type { Update } from 'grammy/types'
import { openChat } from './access.ts'
import { Delivery, type OnUpdate } from './delivery.ts'
import { Faults } from './faults.ts'
import { type FetchInit, type FetchInput, fetchTelegram } from './fetching.ts'
import { type NewPerson, newGroupChat, newPrivateChat, newWorld } from './founding.ts'
import { Group } from './groups.ts'
import { serveTelegram } from './http.ts'
import { RateLimits, type Rates, telegramRates } from './limits.ts'
import { methods } from './methods.ts'
import { Person } from './people.ts'
import { Polling } from './polling.ts'
import { UpdateQueue } from './queue.ts'
import { Refusal } from './refusal.ts'
import { Watch } from './watch.ts'
import { Webhook } from './webhook.ts'
import type { Call, Service } from './wire.ts'
import type { MemberStatus, World } from './world.ts'

export interface Options {
  token?: string
  botUsername?: string
  now?: () => Date
  /** Whether Telegram counts messages per second. Off: tests are faster than people. */
  rateLimits?: boolean
  rates?: Partial<Rates>
  /** As set at BotFather; on, as it is for every new bot. */
  privacy?: boolean
  /** 1 is Telegram's own pace of webhook retries; tests may hurry. */
  webhookRetryScale?: number
  webhookTimeoutMs?: number
}

export interface NewGroup {
  members?: Person[]
  admins?: Person[]
  addBot?: boolean
  supergroup?: boolean
}

/** A strict double of Telegram: refuses what Telegram refuses, in its words. One instance is one bot's Telegram. */
export class FakeTelegram implements Service {
  readonly world: World
  readonly token: string
  /** Every call but getUpdates, refused ones and those that met a fault included. */
  readonly calls: Call[] = []
  readonly faults = new Faults()
  rateLimits: boolean
  readonly #queue: UpdateQueue
  readonly #polling: Polling
  readonly #webhook: Webhook
  readonly #limits: RateLimits
  readonly #delivery: Delivery
  readonly #watch = new Watch()
  #server: { url: string; close: () => Promise<void> } | undefined

  constructor(options: Options = {}) {
    const { now = () => new Date(), webhookRetryScale: retryScale = 1, webhookTimeoutMs = 60_000 } = options
    this.token = options.token ?? '7000000001:AAfake-token-for-tests-only_0123456789'
    this.rateLimits = options.rateLimits ?? false
    this.#queue = new UpdateQueue(now)
    this.#polling = new Polling(this.#queue)
    this.#delivery = new Delivery(this.#queue)
    this.#limits = new RateLimits({ ...telegramRates, ...options.rates })
    this.#webhook = new Webhook(this.#queue, { retryScale, timeoutMs: webhookTimeoutMs }, payload =>
      this.#callInReply(payload),
    )
    const { botUsername = 'ardaq_bot', privacy = true } = options
    this.world = newWorld({ token: this.token, botUsername, privacy, now }, (body, lane) =>
      this.#queue.push(body, lane),
    )
    this.#queue.listen(() => this.#watch.look())
  }

  /** For grammY: `new Bot(token, { client: { fetch: telegram.fetch } })`; and for downloads. */
  readonly fetch = (input: FetchInput, init?: FetchInit): Promise<Response> =>
    fetchTelegram(this, input, init)

  /** Starts the HTTP server; its address is what TELEGRAM_API_ROOT wants. */
  async listen(): Promise<string> {
    this.#server ??= await serveTelegram(this)
    return this.#server.url
  }

  async close(): Promise<void> {
    this.#webhook.stop()
    this.#polling.interrupt('the fake server is closing')
    await this.#server?.close()
    this.#server = undefined
  }

  user(person: NewPerson): Person {
    const chat = newPrivateChat(this.world, person)
    return new Person(this.world, chat.person, () => chat, this.#delivery.settle)
  }

  group(
    title: string,
    { members = [], admins = [], addBot = false, supergroup = false }: NewGroup = {},
  ): Group {
    const state = newGroupChat(this.world, title, supergroup ? 'supergroup' : 'group', [
      ...members.map(({ id }): [number, MemberStatus] => [id, 'member']),
      ...admins.map(({ id }, at): [number, MemberStatus] => [id, at === 0 ? 'creator' : 'administrator']),
    ])
    const group = new Group(this.world, state, this.#delivery.settle)
    const by = admins[0] ?? members[0]
    if (addBot && !by) throw new Error(`${title} has nobody who could add the bot`)
    if (addBot && by) this.#delivery.first(group.addBot(by))
    return group
  }

  /** Gets each update as it comes, in order per lane; what it throws reaches the person who acted. */
  get onUpdate(): OnUpdate | undefined {
    return this.#delivery.onUpdate
  }

  set onUpdate(onUpdate: OnUpdate | undefined) {
    this.#delivery.onUpdate = onUpdate
  }

  /** Updates the bot has not confirmed. */
  get updates(): Update[] {
    return this.#queue.pending().map(({ update }) => update)
  }

  /** Every update there ever was, to deliver one twice. */
  get updateLog(): readonly Update[] {
    return this.#queue.log
  }

  /** Takes the pending updates away, to hand them to a bot. */
  takeUpdates(): Update[] {
    const { updates } = this
    this.#queue.clear()
    return updates
  }

  /** Hands everything pending to `onUpdate`, as after a pause of the bot. */
  async deliver(): Promise<void> {
    await this.#delivery.settle(this.updates)
  }

  /** The last call of a method, or undefined. */
  lastCall(method: string): Call | undefined {
    return this.calls.findLast(call => call.method.toLowerCase() === method.toLowerCase())
  }

  /** Waits for something to become true, looking whenever anything happens. */
  until(condition: () => boolean, timeoutMs = 5000): Promise<void> {
    return this.#watch.until(condition, timeoutMs)
  }

  async run(method: string, payload: Record<string, unknown>, signal?: AbortSignal): Promise<unknown> {
    const name = method.toLowerCase()
    if (name === 'getupdates') return this.#getUpdates(payload, signal)
    if (name === 'setwebhook' || name === 'deletewebhook') return this.#setWebhook(name, payload)
    if (name === 'getwebhookinfo') return this.#webhook.info()
    const known = Object.hasOwn(methods, name) ? methods[name] : undefined
    if (!known) throw new Refusal(404, 'Not Found: method not found')
    if (this.rateLimits && known.weight !== 'free')
      this.#limits.take(openChat(this.world, payload, 'read'), known.weight, this.world.now())
    return known.run(this.world, payload)
  }

  called(call: Call): void {
    if (call.method.toLowerCase() !== 'getupdates') this.calls.push(call)
    this.#watch.look()
  }

  #getUpdates(payload: Record<string, unknown>, signal?: AbortSignal): Promise<Update[]> {
    if (this.#webhook.url !== '')
      throw new Refusal(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      )
    return this.#polling.getUpdates(payload, signal)
  }

  #setWebhook(name: string, payload: Record<string, unknown>): true {
    this.#webhook.set(name === 'setwebhook' ? payload : { ...payload, url: '' })
    if (this.#webhook.url !== '') this.#polling.interrupt('terminated by setWebhook request')
    return true
  }

  #callInReply({ method, ...payload }: Record<string, unknown>): void {
    const at = this.world.now()
    this.run(String(method), payload).then(
      result => this.called({ method: String(method), payload, ok: true, result, at }),
      (error: Refusal) =>
        this.called({
          method: String(method),
          payload,
          ok: false,
          error: { error_code: error.code, description: error.message },
          at,
        }),
    )
  }
}
