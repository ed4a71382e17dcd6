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
  /** The data of the newest button with this label in a chat. */
  button(chat: string, label: string): string
}

/** The real router, engine, handlers and sender; the channel accepts everything and remembers it. */
export function openStage(store: Store): Stage {
  const seen = new Map<string, Outgoing[]>()
  const log = createLog('warn', { write: line => void process.stderr.write(line) })
  const channel = acceptingChannel(seen)
  const channels = new Map([[channel.name, channel]])
  const sender = startSender({ store, channels, log, now: () => new Date(), automatic: false })
  const startLink = (_: string, code: string) => channel.startLink(code)
  const route = createRouter({ store, operator, log, startLink, wake: () => {} })
  let messages = 0
  return {
    receive: (person, content, group) =>
      route({
        channel: 'telegram',
        externalId: `m${++messages}`,
        chat: group ? { id: group, kind: 'group' } : { id: person, kind: 'private' },
        sender: { id: person },
        at: new Date(),
        content,
      }),
    send: sender.drain,
    button: (chat, label) => findButton(seen.get(chat) ?? [], label),
  }
}

const unlimited = { max: Infinity, perMs: 1000 }
/** The capabilities are Telegram's. */
const capabilities: Capabilities = {
  buttonsMax: 100,
  edit: true,
  contactRequest: true,
  textCharsMax: 4096,
  captionCharsMax: 1024,
  downloadBytesMax: 20 * 1024 * 1024,
  // Not what is measured here.
  pace: { all: unlimited, chat: unlimited, group: unlimited },
}

const operator = {
  name: 'Қор «Мысал»',
  bin: '123456789012',
  phone: '+7 700 000 00 99',
  hours: '09:00–18:00',
  dataTerm: '31.12.2030',
}

function acceptingChannel(seen: Map<string, Outgoing[]>): Channel {
  let sent = 0
  return {
    name: 'telegram',
    capabilities,
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

function findButton(messages: readonly Outgoing[], label: string): string {
  const buttons: Button[] = messages.toReversed().flatMap(message => (message.buttons ?? []).flat())
  const found = buttons.find(button => button.label === label)
  if (!found || !('data' in found)) {
    throw new Error(`No button «${label}» under: ${messages.at(-1)?.text ?? 'nothing'}`)
  }
  return found.data
}
