import type { Button, Capabilities, Channel, Content, Outgoing, Receipt } from '../bot/channel.ts'
import { createLog } from '../bot/logger.ts'
import { startSender } from '../bot/outbox.ts'
import { createRouter } from '../bot/router.ts'
import type { Store } from '../db/client.ts'

export interface Stage {
  /** One message of a person, in private or in a group, up to the commit. */
  receive(person: string, content: Content, group?: string): Promise<Receipt>
  /** Renders and hands over all that is due. */
  send(): Promise<void>
  /** The newest option with this label in a chat, pressed, or its number typed where there are no buttons. */
  press(person: string, label: string, group?: string): Promise<Receipt>
}

export type Staged = 'telegram' | 'whatsapp'

/** The real router, engine, handlers and sender; the channel accepts everything and remembers it. */
export function openStage(store: Store, name: Staged = 'telegram'): Stage {
  const seen = new Map<string, Outgoing[]>()
  const log = createLog('warn', { write: line => void process.stderr.write(line) })
  const channel = acceptingChannel(name, seen)
  const channels = new Map([[channel.name, channel]])
  const sender = startSender({ store, channels, log, now: () => new Date(), automatic: false })
  const startLink = (_: string, code: string) => channel.startLink(code)
  const capabilitiesOf = () => channel.capabilities
  const route = createRouter({ store, operator, log, startLink, capabilitiesOf, wake: () => {} })
  let messages = 0
  const receive: Stage['receive'] = (person, content, group) =>
    route({
      channel: name,
      externalId: `m${++messages}`,
      chat: group ? { id: group, kind: 'group' } : { id: person, kind: 'private' },
      sender: { id: person },
      at: new Date(),
      content,
    })
  return {
    receive,
    send: sender.drain,
    press(person, label, group) {
      const messages = seen.get(group ?? person) ?? []
      return receive(
        person,
        name === 'telegram' ? findButton(messages, label) : findNumber(messages, label),
        group,
      )
    },
  }
}

const unlimited = { max: Infinity, perMs: 1000 }
const capabilities: Omit<Capabilities, 'options' | 'contactRequest'> = {
  groups: 'usual',
  edit: true,
  textCharsMax: 4096,
  captionCharsMax: 1024,
  downloadBytesMax: 20 * 1024 * 1024,
  // Not what is measured here.
  pace: { all: unlimited, chat: unlimited, group: unlimited },
}
const ways = {
  telegram: { options: 'rows', contactRequest: true },
  whatsapp: { options: 'numbers', contactRequest: false },
} as const

const operator = {
  name: 'Қор «Мысал»',
  bin: '123456789012',
  phone: '+7 700 000 00 99',
  hours: '09:00–18:00',
  dataTerm: '31.12.2030',
}

function acceptingChannel(name: Staged, seen: Map<string, Outgoing[]>): Channel {
  let sent = 0
  return {
    name,
    capabilities: { ...capabilities, ...ways[name] },
    start: async () => {},
    stop: async () => {},
    async send(message) {
      const messages = seen.get(message.chat) ?? []
      if (!message.editOf) messages.push(message)
      seen.set(message.chat, messages.slice(-4))
      return { status: 'accepted', externalId: `s${++sent}` }
    },
    remove: async () => ({ status: 'accepted', externalId: '' }),
    download: async () => new Uint8Array(),
    startLink: code => `https://example.kz/${code}`,
  }
}

function findButton(messages: readonly Outgoing[], label: string): Content {
  const buttons: Button[] = messages.toReversed().flatMap(message => (message.buttons ?? []).flat())
  const found = buttons.find(button => button.label === label)
  if (!found || !('data' in found)) throw missing(messages, label)
  return { type: 'button', data: found.data, messageId: '1', messageText: 'Сұрақ · Вопрос' }
}

function findNumber(messages: readonly Outgoing[], label: string): Content {
  const lines = messages.toReversed().flatMap(({ text }) => text.split('\n'))
  const number = lines.find(line => line.endsWith(`* — ${label}`))?.match(/\d+/)?.[0]
  if (!number) throw missing(messages, label)
  return { type: 'text', text: number }
}

function missing(messages: readonly Outgoing[], label: string): Error {
  return new Error(`No option «${label}» under: ${messages.at(-1)?.text ?? 'nothing'}`)
}
