import { createHmac } from 'node:crypto'

/** One piece of news: a message, what became of one, or a call, with the contact it is about. */
export type News = { contact?: object } & ({ message: object } | { status: object } | { call: object })

export interface Post {
  body: string
  status: number
}

export interface WebhookOptions {
  appSecret: string
  phoneNumberId: string
  number: string
  /** Between two tries of the same call; Meta's own are longer and go on for seven days. */
  retryMs: number
  triesMax: number
}

/** Carries news to the bot's address: signed, at least once, until it is answered with 200. */
export class Webhooks {
  /** Every try, in the order of the answers. */
  readonly posts: Post[] = []
  readonly #options: WebhookOptions
  readonly #running = new Set<Promise<void>>()
  #url: string | undefined
  #held: News[] | undefined

  constructor(options: WebhookOptions) {
    this.#options = options
  }

  /** As in the app's settings: Meta calls the address once, and it must know the word and say the number back. */
  async subscribe(url: string, verifyToken: string): Promise<void> {
    const challenge = '1158201444'
    const query = { 'hub.mode': 'subscribe', 'hub.challenge': challenge, 'hub.verify_token': verifyToken }
    const response = await fetch(`${url}?${new URLSearchParams(query)}`)
    if (response.status !== 200 || (await response.text()) !== challenge)
      throw new Error("The callback URL or verify token couldn't be validated.")
    this.#url = url
  }

  /** From now on news waits for `release`. */
  hold(): void {
    this.#held ??= []
  }

  /** Lets go what was held, arranged into calls: one each, all in one, backwards, twice … */
  async release(
    arrange: (held: readonly News[]) => News[][] = held => held.map(news => [news]),
  ): Promise<void> {
    const calls = arrange(this.#held ?? [])
    this.#held = undefined
    for (const news of calls) await this.carry(this.bodyOf(news))
  }

  push(news: News): void {
    if (this.#held) this.#held.push(news)
    else if (this.#url) this.#run(this.carry(this.bodyOf([news])))
  }

  /** Resolves when all that was sent is answered, and all that this caused. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  /** Non-ASCII goes as \uXXXX, so a body that is parsed and written again no longer fits its signature. */
  bodyOf(news: readonly News[], phoneNumberId = this.#options.phoneNumberId): string {
    const { number } = this.#options
    const values = news.map(({ contact, ...piece }) => ({
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: number, phone_number_id: phoneNumberId },
      ...(contact && { contacts: [contact] }),
      ...('message' in piece && { messages: [piece.message] }),
      ...('status' in piece && { statuses: [piece.status] }),
      ...('call' in piece && { calls: [piece.call] }),
    }))
    const changes = values.map(value => ({ value, field: 'calls' in value ? 'calls' : 'messages' }))
    const call = { object: 'whatsapp_business_account', entry: [{ id: '102290129340398', changes }] }
    return JSON.stringify(call).replace(
      /[\u0080-\uFFFF]/g,
      unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
  }

  signatureOf(body: string): string {
    return `sha256=${createHmac('sha256', this.#options.appSecret).update(body).digest('hex')}`
  }

  /** One call with any body and signature. */
  async post(body: string, signature: string | undefined = this.signatureOf(body)): Promise<number> {
    const response = await fetch(this.#url ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(signature && { 'x-hub-signature-256': signature }) },
      body,
    })
    await response.arrayBuffer()
    this.posts.push({ body, status: response.status })
    return response.status
  }

  async carry(body: string): Promise<void> {
    for (let tried = 1; ; tried++) {
      const status = await this.post(body).catch(() => 0)
      if (status === 200 || tried === this.#options.triesMax) return
      await new Promise(resolve => setTimeout(resolve, this.#options.retryMs * 2 ** (tried - 1)))
    }
  }

  #run(work: Promise<void>): void {
    const running = work.finally(() => this.#running.delete(running))
    this.#running.add(running)
  }
}
