import type { Message } from 'grammy/types'
import { changeBotStatus, joined, service } from './membership.ts'
import type { Person } from './people.ts'
import { type SeenMessage, seen } from './screen.ts'
import type { Settle } from './speaker.ts'
import type { ChatState, World } from './world.ts'

/** A volunteers' chat, seen from outside; people speak in it by `person.in(group)`. */
export class Group {
  state: ChatState
  readonly #world: World
  readonly #settle: Settle

  constructor(world: World, state: ChatState, settle: Settle) {
    this.#world = world
    this.state = state
    this.#settle = settle
  }

  get id(): number {
    return this.state.id
  }

  get messages(): SeenMessage[] {
    return this.state.messages.filter(({ deleted }) => !deleted).map(message => seen(this.#world, message))
  }

  async addBot(by: Person): Promise<void> {
    await this.#settle(changeBotStatus(this.#world, this.state, by.state.user, 'member'))
  }

  async kickBot(by: Person): Promise<void> {
    await this.#settle(changeBotStatus(this.#world, this.state, by.state.user, 'kicked'))
  }

  async promoteBot(by: Person): Promise<void> {
    await this.#settle(changeBotStatus(this.#world, this.state, by.state.user, 'administrator'))
  }

  promote(person: Person): void {
    this.state.members.set(person.id, 'administrator')
  }

  async add(person: Person): Promise<void> {
    this.state.members.set(person.id, 'member')
    await this.#note(person, joined([person.state.user]))
  }

  async remove(person: Person): Promise<void> {
    await this.#note(person, { left_chat_member: person.state.user } as Partial<Message>)
    this.state.members.set(person.id, 'left')
  }

  /** The group becomes a supergroup with a new id, as Telegram does by itself when it grows. */
  async migrate(): Promise<number> {
    const old = this.state
    if (old.kind !== 'group') throw new Error(`${old.title} is a supergroup already`)
    const id = -1_000_000_000_000 - this.#world.nextId('supergroup')
    const next: ChatState = {
      ...old,
      id,
      kind: 'supergroup',
      members: new Map(old.members),
      messages: [],
      lastMessageId: 0,
    }
    this.#world.chats.set(id, next)
    const by = this.#anybody()
    const to = service(this.#world, old, by, { migrate_to_chat_id: id } as Partial<Message>)
    const from = service(this.#world, next, by, { migrate_from_chat_id: old.id } as Partial<Message>)
    old.movedTo = id
    this.state = next
    await this.#settle([to, from])
    return id
  }

  async #note(person: Person, content: Partial<Message>): Promise<void> {
    await this.#settle([service(this.#world, this.state, person.state.user, content)])
  }

  #anybody() {
    const [id] = [...this.state.members.keys()].filter(id => id !== this.#world.bot.id)
    return this.#world.people.get(id ?? 0)?.user ?? this.#world.bot
  }
}
