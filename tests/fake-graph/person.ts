import type { Shown } from './content.ts'
import type { GraphMedia } from './media.ts'
import type { News } from './webhooks.ts'

export interface Seen extends Shown {
  id: string
  from: 'bot' | 'person'
  at: Date
  /** The bot's own id of it. */
  opaque?: string
}

export interface NewPerson {
  name: string
  /** In digits; left out by somebody who hides it behind a user name. */
  number?: string
  userId?: string
  /** Not on WhatsApp at all. */
  absent?: boolean
}

/** What the person's phone needs of Meta. */
export interface Network {
  now(): Date
  newId(): string
  keep(file: { bytes: Uint8Array; mime: string; name: string }): GraphMedia
  /** Carries it to the bot and waits until that is done. */
  news(news: News): Promise<void>
}

/** Somebody with WhatsApp on a phone. */
export class CloudPerson {
  readonly name: string
  readonly number: string | undefined
  readonly userId: string
  readonly absent: boolean
  /** From now on Meta tells no number of theirs. */
  hides = false
  /** The chat with the bot, oldest first. */
  readonly messages: Seen[] = []
  /** When the person last wrote: the window closes a day later. */
  wroteAt: Date | undefined
  readonly #network: Network

  constructor({ name, number, userId, absent = false }: NewPerson, network: Network) {
    this.name = name
    this.number = number
    this.userId = userId ?? `KZ.${Math.abs(hash(name + number))}`
    this.absent = absent
    this.#network = network
  }

  get contact(): object {
    return {
      profile: { name: this.name },
      ...(this.number && !this.hides && { wa_id: this.number }),
      user_id: this.userId,
    }
  }

  get last(): Seen {
    const last = this.messages.findLast(({ from }) => from === 'bot')
    if (!last) throw new Error(`The bot has said nothing to ${this.name}`)
    return last
  }

  says(text: string, quotes?: string): Promise<string> {
    return this.#send({ type: 'text', text: { body: text } }, text, quotes)
  }

  /** A reply button, or the row of a list. */
  presses(title: string): Promise<string> {
    const message = this.messages.findLast(({ options }) => options.some(option => option.title === title))
    const option = message?.options.find(option => option.title === title)
    if (!message || !option) throw new Error(`${this.name} sees no «${title}»`)
    const kind = message.listButton ? 'list_reply' : 'button_reply'
    const interactive = { type: kind, [kind]: option }
    return this.#send({ type: 'interactive', interactive }, title, message.id)
  }

  sendsFile(
    type: 'audio' | 'image' | 'video' | 'document' | 'sticker',
    { bytes, mime, caption }: { bytes: Uint8Array; mime: string; caption?: string },
  ): Promise<string> {
    const { id } = this.#network.keep({ bytes, mime, name: type })
    const voice = type === 'audio' ? { voice: true } : {}
    const file = { id, mime_type: mime, sha256: 'x', ...(caption && { caption }), ...voice }
    return this.#send({ type, [type]: file }, caption ?? '')
  }

  sendsPlace(latitude: number, longitude: number): Promise<string> {
    return this.#send({ type: 'location', location: { latitude, longitude } }, '')
  }

  sendsCard(phone: string, waId?: string): Promise<string> {
    const phones = [{ phone, ...(waId && { wa_id: waId }), type: 'CELL' }]
    return this.#send({ type: 'contacts', contacts: [{ name: { formatted_name: 'X' }, phones }] }, '')
  }

  /** Without an emoji the reaction is taken back. */
  reacts(messageId: string, emoji?: string): Promise<string> {
    return this.#send({ type: 'reaction', reaction: { message_id: messageId, ...(emoji && { emoji }) } }, '')
  }

  /** Their phone rings for the business: Meta tells of its beginning and of its end. */
  async calls(): Promise<void> {
    const id = `wacid.${this.#network.newId()}`
    const timestamp = String(Math.floor(this.#network.now().getTime() / 1000))
    const call = { id, to: 'bot', ...this.#from, timestamp, direction: 'USER_INITIATED' }
    const session = { sdp_type: 'offer', sdp: 'v=0' }
    await this.#network.news({ contact: this.contact, call: { ...call, event: 'connect', session } })
    await this.#network.news({
      contact: this.contact,
      call: { ...call, event: 'terminate', status: 'FAILED' },
    })
  }

  get #from(): object {
    return { ...(this.number && !this.hides && { from: this.number }), from_user_id: this.userId }
  }

  /** Any other message, as Meta words it. */
  sendsRaw(content: { type: string } & Record<string, unknown>): Promise<string> {
    return this.#send(content, '')
  }

  async #send(
    content: { type: string } & Record<string, unknown>,
    text: string,
    quotes?: string,
  ): Promise<string> {
    const [id, at] = [this.#network.newId(), this.#network.now()]
    this.wroteAt = at
    this.messages.push({ id, from: 'person', at, type: content.type, text, options: [] })
    const message = {
      ...(quotes && { context: { from: 'bot', id: quotes } }),
      ...this.#from,
      id,
      timestamp: String(Math.floor(at.getTime() / 1000)),
      ...content,
    }
    await this.#network.news({ contact: this.contact, message })
    return id
  }
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0)) | 0, 7)
}
