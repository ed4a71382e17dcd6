import { Emitter, type Key, keyClasses, type Wid, widOf } from './ids.ts'
import type { PageStart, Stored } from './start.ts'

/** Messages and chats as the page keeps them. */

export const start = (globalThis as unknown as { pageStart: PageStart }).pageStart
export const MsgKey = keyClasses[start.shape]
export const me = widOf(start.me)
export const myLid = widOf(start.myLid)

/** What the outside of the page learns, at once: a killed browser takes nothing of it along. */
export function tellWorld(event: object) {
  const world = globalThis as unknown as { wire?: (text: string) => void; untold?: string[] }
  const text = JSON.stringify(event)
  if (world.wire) world.wire(text)
  else world.untold = [...(world.untold ?? []), text]
}

type Fields = Record<string, unknown>

export class Msg {
  declare id: Key
  declare t: number
  declare type: string
  declare ack: number
  declare body: string | undefined
  declare caption: string | undefined
  declare from: Wid
  declare to: Wid
  declare isNewMsg: boolean
  declare quotedStanzaID: string | undefined
  declare mediaData: { mediaStage: string } | undefined
  private own = new Emitter()
  private readonly kept: Fields

  constructor(fields: Fields) {
    this.kept = fields
    Object.assign(this, fields)
  }

  on = this.own.on.bind(this.own)
  once = this.own.once.bind(this.own)
  unsafe = () => this
  avParams = () => ({})
  msgContextInfo = () => ({ quotedStanzaID: this.id.id, quotedMsg: { type: this.type } })

  /** What may leave the page: plain values and ids. */
  serialize(): Fields {
    const plain = Object.keys(this.kept).map(name => [name, (this as unknown as Fields)[name]])
    const allowed = plain.filter(([, value]) => typeof value !== 'function')
    return Object.fromEntries(allowed)
  }

  change(fields: Fields) {
    Object.assign(this.kept, fields)
    Object.assign(this, fields)
    for (const [name, value] of Object.entries(fields)) {
      this.own.emit(`change:${name}`, this, value)
      msgs.emit(`change:${name}`, this, value)
    }
    msgs.emit('change', this)
  }

  downloadMedia(): Promise<void> {
    if (start.mediaFails > 0) {
      start.mediaFails -= 1
      if (this.mediaData) this.mediaData.mediaStage = 'ERROR_MISSING'
      return Promise.resolve()
    }
    if (this.mediaData) this.mediaData.mediaStage = 'RESOLVED'
    return Promise.resolve()
  }
}

class Msgs extends Emitter {
  readonly modelClass = Msg
  private byKey = new Map<string, Msg>()

  get(key: unknown): Msg | undefined {
    return key === undefined || key === null ? undefined : this.byKey.get(String(key))
  }

  getMessagesById = (keys: unknown[]) =>
    Promise.resolve({ messages: keys.flatMap(key => this.get(key) ?? []) })

  add(message: Msg) {
    // The page knows a message by its key: what comes a second time is not new to it.
    if (this.byKey.has(String(message.id))) return
    this.byKey.set(String(message.id), message)
    this.emit('add', message)
  }

  all = () => [...this.byKey.values()]
}

export class Chat {
  readonly id: Wid
  unreadCount = 0
  mute = { expiration: 0 }
  formattedTitle = ''
  groupMetadata?: { isLidAddressingMode: boolean; announce: boolean; serialize(): object }
  readonly msgs: { getModelsArray(): Msg[] }

  constructor(id: Wid) {
    this.id = id
    this.msgs = { getModelsArray: () => msgs.all().filter(one => String(one.id.remote) === String(id)) }
    if (id.isGroup())
      this.groupMetadata = {
        isLidAddressingMode: false,
        announce: false,
        serialize: () => ({ participants: [] }),
      }
  }

  serialize = () => ({ id: this.id, unreadCount: this.unreadCount })
  toJSON = () => this.serialize()
}

class Chats extends Emitter {
  private byId = new Map<string, Chat>()
  get = (id: unknown) => this.byId.get(String(widOf(id)))
  find = (id: unknown) => Promise.resolve(this.open(widOf(id)))
  getModelsArray = () => [...this.byId.values()]

  open(id: Wid): Chat {
    const chat = this.byId.get(String(id)) ?? new Chat(id)
    this.byId.set(String(id), chat)
    return chat
  }
}

export const msgs = new Msgs()
export const chats = new Chats()
export const blocked = new Set<string>()

/** A message that the world gave us; `isNew`: it comes now, and is not from an earlier day's history. */
export function put(stored: Stored, isNew: boolean): Msg {
  const remote = widOf(stored.chat)
  const fromMe = stored.fromMe === true
  const author = stored.author ? widOf(stored.author) : undefined
  const participant = remote.isGroup() ? (fromMe ? me : author) : undefined
  const id = new MsgKey({ remote, fromMe, id: stored.id, participant })
  const { chat: _, author: __, fromMe: ___, id: ____, quotes, ...fields } = stored
  const message = new Msg({
    type: 'chat',
    ack: fromMe ? 1 : 0,
    ...fields,
    id,
    t: Math.floor((stored.at ?? Date.now()) / 1000),
    from: fromMe ? me : remote,
    to: fromMe ? remote : me,
    isNewMsg: isNew,
    ...(author && { author }),
    ...(quotes && { quotedStanzaID: quotes, quotedMsg: { type: 'chat' } }),
    ...(stored.bytes && {
      directPath: '/v/secret',
      mediaKey: stored.bytes,
      mediaData: { mediaStage: 'INIT' },
    }),
  })
  chats.open(remote)
  msgs.add(message)
  return message
}
