import type { Message, Update } from 'grammy/types'
import { type NewFile, storeFile } from './files.ts'
import type { InlineButton } from './markup.ts'
import { laneOf } from './membership.ts'
import { botSees } from './privacy.ts'
import { renderMessage } from './render.ts'
import { foundEntities } from './text.ts'
import {
  addMessage,
  type CallbackAnswer,
  type ChatState,
  findMessage,
  isMember,
  type PersonState,
  type StoredMessage,
  type UpdateBody,
  type World,
} from './world.ts'

/** Waits until the bot has worked through these updates, when the test has given the double to a bot. */
export type Settle = (updates: (Update | undefined)[]) => Promise<void>

/** What came of a press: a url button opens its address, the others are answered by the bot. */
export interface Press {
  readonly opened?: string
  readonly answer: CallbackAnswer | undefined
}

type Said = Parameters<typeof addMessage>[3]

/** A person in one chat. Every deed resolves when the bot has reacted. */
export class Speaker {
  readonly state: PersonState
  protected readonly world: World
  protected readonly where: () => ChatState
  protected readonly settle: Settle

  constructor(world: World, state: PersonState, where: () => ChatState, settle: Settle) {
    this.world = world
    this.state = state
    this.where = where
    this.settle = settle
  }

  /** `replyTo` is how words reach a bot with privacy in a group. */
  send(text: string, { replyTo }: { replyTo?: number } = {}): Promise<number> {
    return this.say({ text, entities: foundEntities(text), replyTo })
  }

  voice(bytes: Uint8Array, { duration = 5 } = {}): Promise<number> {
    return this.#sendFile({ kind: 'voice', bytes, seconds: duration })
  }

  photo(bytes: Uint8Array, caption?: string): Promise<number> {
    return this.#sendFile({ kind: 'photo', bytes }, caption)
  }

  video(bytes: Uint8Array, { duration = 5, caption }: { duration?: number; caption?: string } = {}) {
    return this.#sendFile({ kind: 'video', bytes, seconds: duration }, caption)
  }

  document(file: { bytes?: Uint8Array; size?: number; name?: string; mime?: string; caption?: string }) {
    const { caption, ...rest } = file
    return this.#sendFile({ kind: 'document', ...rest }, caption)
  }

  sticker(): Promise<number> {
    return this.#sendFile({ kind: 'sticker', size: 20_000 })
  }

  location(latitude: number, longitude: number): Promise<number> {
    return this.#sayContent({ location: { latitude, longitude } })
  }

  /** Own number, as after the press of a request_contact key. */
  shareContact(): Promise<number> {
    const { first_name, id } = this.state.user
    return this.#sayContent({ contact: { phone_number: this.state.phone, first_name, user_id: id } })
  }

  /** Somebody else's card from the address book: carries no Telegram id. */
  contactOf(phone: string, firstName = 'Сосед'): Promise<number> {
    return this.#sayContent({ contact: { phone_number: phone, first_name: firstName } })
  }

  poll(question = '?', options = ['1', '2']): Promise<number> {
    const poll = {
      id: String(this.world.nextId('callback')),
      question,
      options: options.map(text => ({ text, voter_count: 0 })),
      total_voter_count: 0,
      is_closed: false,
      is_anonymous: true,
      type: 'regular',
      allows_multiple_answers: false,
    }
    return this.#sayContent({ poll })
  }

  /** Changes own earlier words. */
  async edit(messageId: number, text: string): Promise<void> {
    const message = findMessage(this.where(), messageId)
    if (!message || message.sender.id !== this.state.user.id)
      throw new Error(`${this.name} has no message ${messageId} to edit`)
    Object.assign(message, { text, entities: foundEntities(text), editedAt: this.world.now() })
    await this.settle([this.#deliver('edited_message', message)])
  }

  /** Presses a button of the latest message that shows it. */
  async tap(wanted: string | { data: string }): Promise<Press> {
    const matches = (button: InlineButton) =>
      typeof wanted === 'string' ? button.text === wanted : button.callback_data === wanted.data
    const visible = this.where().messages.filter(message => !message.deleted)
    const message = visible.findLast(({ inline }) => inline?.flat().some(matches))
    const button = message?.inline?.flat().find(matches)
    if (!message || !button) throw new Error(`${this.name} sees no button ${JSON.stringify(wanted)}`)
    if (button.url !== undefined) return { opened: button.url, answer: undefined }
    return this.press(message.id, button.callback_data ?? '')
  }

  /** A press on whatever stood there once: a phone may still show an old message. */
  async press(messageId: number, data: string): Promise<Press> {
    const chat = this.#present()
    const message = chat.messages.find(({ id }) => id === messageId)
    if (!message) throw new Error(`${this.name} has no message ${messageId} to press`)
    const id = String(4_000_000_000 + this.world.nextId('callback'))
    const callback = { id, person: this.state, pressedAt: this.world.now() }
    this.world.callbacks.set(id, callback)
    const rendered = renderMessage(message)
    const callback_query = {
      id,
      from: this.state.user,
      message: message.deleted ? { chat: rendered.chat, message_id: messageId, date: 0 } : rendered,
      chat_instance: chat.instance,
      data,
    }
    // Presses are kept in order per person, not per chat: two people press at the same moment.
    const lane = `presses:${this.state.user.id}`
    await this.settle([this.world.emit({ callback_query } as unknown as UpdateBody, lane)])
    const state = this.world.callbacks.get(id)
    return {
      get answer() {
        return state?.answer
      },
    }
  }

  get name(): string {
    return this.state.user.first_name
  }

  protected async say(parts: Said): Promise<number> {
    const message = addMessage(this.#present(), this.state.user, this.world.now(), parts)
    await this.settle([this.#deliver('message', message)])
    return message.id
  }

  #sendFile(file: NewFile, caption?: string): Promise<number> {
    const { content } = storeFile(this.world, file)
    return this.say({ content, ...(caption !== undefined && { caption }) })
  }

  #sayContent(content: object): Promise<number> {
    return this.say({ content: content as Partial<Message> })
  }

  #deliver(kind: 'message' | 'edited_message', message: StoredMessage): Update | undefined {
    if (!botSees(this.world, message)) return undefined
    return this.world.emit({ [kind]: renderMessage(message) } as unknown as UpdateBody, laneOf(message.chat))
  }

  /** Telegram's own apps do not let people speak where they cannot. */
  #present(): ChatState {
    const chat = this.where()
    if (chat.movedTo !== undefined) throw new Error(`${chat.title} has moved to ${chat.movedTo}`)
    if (chat.kind === 'private') {
      if (!this.state.started) throw new Error(`${this.name} has not pressed Start yet`)
      if (this.state.blocked) throw new Error(`${this.name} has blocked the bot`)
    } else if (!isMember(chat.members.get(this.state.user.id)))
      throw new Error(`${this.name} is not in ${chat.title}`)
    return chat
  }
}
