/** Ids and events as WhatsApp's page has them. This folder becomes one script in one HTML file: see ../stand-page.ts. */

export type Listener = (...args: unknown[]) => void

export class Emitter {
  private listeners = new Map<string, Listener[]>()

  on(names: string, listener: Listener) {
    for (const name of names.split(' ')) this.listeners.set(name, [...this.heard(name), listener])
    return this
  }

  off(name: string, listener: Listener) {
    this.listeners.set(
      name,
      this.heard(name).filter(other => other !== listener),
    )
  }

  once(name: string, listener: Listener) {
    const own: Listener = (...args) => {
      this.off(name, own)
      listener(...args)
    }
    this.on(name, own)
  }

  emit(name: string, ...args: unknown[]) {
    for (const listener of this.heard(name)) listener(...args)
  }

  private heard(name: string): Listener[] {
    return this.listeners.get(name) ?? []
  }
}

export class Wid {
  readonly user: string
  readonly server: string
  readonly _serialized: string

  constructor(id: string) {
    const [, user = '', server = ''] = /^([\w-]+)@(c\.us|lid|g\.us|broadcast)$/.exec(id) ?? []
    if (!server) throw new Error(`wid error: ${id}`)
    this.user = user
    this.server = server
    this._serialized = id
  }

  toString = () => this._serialized
  toJid = () => this._serialized.replace('@c.us', '@s.whatsapp.net')
  isLid = () => this.server === 'lid'
  isUser = () => this.server === 'c.us' || this.server === 'lid'
  isGroup = () => this.server === 'g.us'
  isStatus = () => this._serialized === 'status@broadcast'
}

export function widOf(id: unknown): Wid {
  if (id instanceof Wid) return id
  const text = typeof id === 'string' ? id : (id as { _serialized?: unknown } | null)?._serialized
  return new Wid(String(text))
}

interface KeyParts {
  from?: Wid
  to?: Wid
  remote?: Wid
  fromMe?: boolean
  selfDir?: 'in' | 'out'
  id: string
  participant?: Wid | undefined
}

let count = 0

/** A message's name. Until July 2026 it was called `_serialized`, since then `$1`; the code around it is the same. */
class BaseKey {
  declare fromMe: boolean
  declare remote: Wid
  declare id: string
  declare participant: Wid | undefined

  protected parts(given: KeyParts): string {
    this.fromMe = given.fromMe ?? given.selfDir === 'out'
    const remote = given.remote ?? given.to
    if (!remote) throw new Error('MsgKey: no remote')
    this.remote = remote
    this.id = given.id
    this.participant = given.participant
    const all = [this.fromMe, this.remote, this.id, ...(this.participant ? [this.participant] : [])]
    return all.join('_')
  }

  static newId(): Promise<string> {
    count += 1
    return Promise.resolve(`3EB0${Date.now().toString(16).toUpperCase()}${String(count).padStart(6, '0')}`)
  }
}

class OldKey extends BaseKey {
  declare _serialized: string
  constructor(given: KeyParts) {
    super()
    this._serialized = this.parts(given)
  }
  override toString() {
    return this._serialized
  }
}

class NewKey extends BaseKey {
  declare $1: string
  constructor(given: KeyParts) {
    super()
    this.$1 = this.parts(given)
  }
  override toString() {
    return this.$1
  }
}

export type Key = OldKey | NewKey
export const keyClasses = { _serialized: OldKey, $1: NewKey }
