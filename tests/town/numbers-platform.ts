import type {
  Capabilities,
  Channel,
  Content,
  Inbound,
  Outgoing,
  Receive,
  SendResult,
} from '../../bot/channel.ts'
import { textOf } from '../../bot/i18n.ts'
import { type Language, languages } from '../../domain/language.ts'
import { type Phone, type Pressed, type Seen, withButton } from './phone.ts'

/**
 * A messenger without buttons, toasts and edits, as strict as WhatsApp: nobody is written to who did not write first,
 * a question is at most 450 characters long, and an own message can be taken back for two days.
 */
const capabilities: Capabilities = {
  options: 'numbers',
  groups: 'rare',
  edit: false,
  contactRequest: false,
  textCharsMax: 4096,
  captionCharsMax: 1024,
  downloadBytesMax: 16 * 1024 * 1024,
  pace: { all: { max: 60, perMs: 1000 }, chat: { max: 60, perMs: 1000 }, group: { max: 60, perMs: 1000 } },
}
const questionCharsMax = 450
const notNow: SendResult = { status: 'retry', afterMs: 10_000, reason: 'down' }
const removableMs = 48 * 3_600_000

interface Sent {
  id: string
  from: Seen['from']
  text: string
  content: Seen['content']
  at: number
  /** The same for all pieces of a message that was too long for one. */
  whole: string
}

/** `numbers` stand before the labels, in their order. */
interface Shown extends Seen {
  numbers: string[]
}

export class NumbersPlatform {
  private readonly chats = new Map<string, Sent[]>()
  /** Notices that were told of as the answer to a press. */
  readonly heard = new Set<string>()
  private readonly wrote = new Set<string>()
  private readonly blocked = new Set<string>()
  private readonly groups = new Map<string, string>()
  private receive: Receive | undefined
  /** It hears, and nothing goes out. */
  down = false
  private count = 0
  private readonly now: () => Date

  constructor(now: () => Date) {
    this.now = now
  }

  readonly channel: Channel = {
    name: 'whatsapp',
    capabilities,
    start: async receive => {
      this.receive = receive
    },
    stop: async () => {},
    send: async message => (this.down ? notNow : this.take(message)),
    remove: async ({ chat, messages }) => {
      if (this.down) return notNow
      const kept = this.chats.get(chat) ?? []
      const gone = kept.filter(message => messages.includes(message.id))
      if (gone.some(({ at }) => this.now().getTime() - at > removableMs))
        return { status: 'failed', reason: 'stays' }
      this.chats.set(
        chat,
        kept.filter(message => !gone.includes(message)),
      )
      return { status: 'accepted', externalId: '' }
    },
    download: async () => new Uint8Array([1, 2, 3]),
    startLink: code => `https://wa.me/77000000000?text=${encodeURIComponent(`start ${code}`)}`,
  }

  private take(message: Outgoing): SendResult {
    const { chat, text, media, location, buttons, requests, editOf } = message
    if (buttons || requests || editOf) throw new Error('This messenger has no buttons and no edits')
    if (text.length > capabilities.textCharsMax) return { status: 'failed', reason: 'invalid' }
    if (/^\*\d+\* — /m.test(text) && text.length > questionCharsMax)
      throw new Error(`A question of ${text.length} characters: ${text}`)
    if (!this.groups.has(chat) && !this.wrote.has(chat)) return { status: 'failed', reason: 'policy' }
    if (this.blocked.has(chat)) return { status: 'failed', reason: 'blocked' }
    const content = media ? (media.kind === 'file' ? 'other' : media.kind) : location ? 'location' : undefined
    return { status: 'accepted', externalId: this.write(chat, { text, content, whole: pieceOf(message.id) }) }
  }

  private write(chat: string, what: Pick<Sent, 'text' | 'content'> & { whole?: string }): string {
    this.count += 1
    const id = `m${this.count}`
    const from = what.whole ? 'bot' : 'person'
    const sent: Sent = { whole: id, ...what, id, from, at: this.now().getTime() }
    this.chats.set(chat, [...(this.chats.get(chat) ?? []), sent])
    return id
  }

  /** What a person reads, the pieces of one message together. */
  messagesOf(chat: string): Shown[] {
    const pieces = Map.groupBy(this.chats.get(chat) ?? [], ({ whole }) => whole)
    return [...pieces.values()].flatMap(shown)
  }

  found(title: string): string {
    this.groups.set(`${title}@g.us`, title)
    return `${title}@g.us`
  }

  unblock(person: string) {
    this.blocked.delete(person)
  }

  block(person: string) {
    this.blocked.add(person)
  }

  /** What a person does in a chat reaches the bot, and is written down first if it can be seen. */
  async act(
    who: { id: string; name: string; language: Language; phone?: string },
    chat: string,
    content: Content,
    more: { shown?: string; quotes?: string } = {},
  ) {
    const group = this.groups.get(chat)
    if (!group && content.type !== 'call') this.wrote.add(who.id)
    const externalId =
      more.shown === undefined
        ? `e${++this.count}`
        : this.write(chat, {
            text: more.shown,
            content: content.type === 'media' ? mediaOf(content.kind) : undefined,
          })
    const inbound: Inbound = {
      channel: 'whatsapp',
      externalId,
      chat: { id: chat, kind: group ? 'group' : 'private', ...(group && { title: group }) },
      sender: { id: who.id, name: who.name, phone: `+${who.phone ?? who.id.split('@')[0]}` },
      at: this.now(),
      content,
      ...(more.quotes && { quotes: more.quotes }),
    }
    await this.receive?.(inbound)
  }
}

/** A phone that types the numbers it reads. A card that is not the last is quoted, as people do. */
export function numbersPhone(
  platform: NumbersPlatform,
  who: { id: string; name: string; language: Language },
  chat: string,
  settle: () => Promise<void>,
): Phone {
  const act = async (content: Content, more: { shown?: string; quotes?: string } = {}) => {
    await platform.act(who, chat, content, more)
    await settle()
  }
  const seen = () => platform.messagesOf(chat)
  const type = (text: string, quotes?: string) =>
    act({ type: 'text', text }, { shown: text, ...(quotes && { quotes }) })
  /** What others see as a toast is said to the person alone; where they cannot be written to, a link shows the way. */
  async function spoken(deed: () => Promise<void>): Promise<Pressed> {
    const before = platform.messagesOf(who.id).length
    await deed()
    const told = platform
      .messagesOf(who.id)
      .slice(before)
      .find(({ id, from, buttons }) => from === 'bot' && buttons.length === 0 && !platform.heard.has(id))
    if (told) {
      platform.heard.add(told.id)
      return { notice: told.text }
    }
    const link = /https:\/\/wa\.me\/\S+/.exec(chat === who.id ? '' : (seen().at(-1)?.text ?? ''))
    const opened = link && decodeURIComponent(link[0]).split('text=start ')[1]
    return opened ? { opened } : {}
  }
  return {
    get messages() {
      return seen()
    },
    get last() {
      const last = seen().findLast(message => message.from === 'bot')
      if (!last) throw new Error('The bot has said nothing here')
      return last
    },
    async start(code) {
      platform.unblock(who.id)
      await act({ type: 'start', ...(code && { code }) }, { shown: code ? `start ${code}` : 'start' })
    },
    says: text => type(text),
    async presses(label) {
      if (label === textOf(who.language, { key: 'human' })) {
        await type(label)
        return {}
      }
      const message = withButton(seen(), label)
      const number = message.numbers[message.buttons.indexOf(label)]
      const offering = seen().findLast(({ from, buttons }) => from === 'bot' && buttons.length > 0)
      if (!number) throw new Error(`Nothing can be typed for «${label}»`)
      return spoken(() => type(number, offering?.id === message.id ? undefined : message.id))
    },
    // As a reply button of the Cloud API comes in: there are buttons on WhatsApp too, and old ones.
    pressesData: data => spoken(() => act({ type: 'button', data, messageId: '0' })),
    async sends(what, caption) {
      if (what === 'location')
        await act({ type: 'location', latitude: 50.4111, longitude: 80.2275 }, { shown: '' })
      else if (what === 'contact')
        await act({ type: 'contact', phone: '+77051112233', own: true }, { shown: '' })
      else if (what === 'sticker') await act({ type: 'unreadable', what: 'sticker' }, { shown: '' })
      else {
        const file = {
          id: `f-${seen().length}`,
          bytes: 3,
          mime: what === 'voice' ? 'audio/ogg' : 'image/png',
        }
        const content: Content = { type: 'media', kind: what, file, ...(caption && { caption }) }
        await act(content, { shown: caption ?? '' })
      }
    },
    edits: text => act({ type: 'text', text, edited: true }),
    async blocks() {
      platform.block(who.id)
      await settle()
    },
    removesBot: () => act({ type: 'botRemoved' }),
    addsBot: () => act({ type: 'botAdded' }),
  }
}

const pieceOf = (id: string) => id.split('.')[0] ?? id

/** The words apart from the lines that a number chooses, and from the links below, as if those were buttons. */
function shown(pieces: readonly Sent[]): Shown[] {
  const last = pieces.at(-1)
  if (!last) return []
  const text = pieces.map(piece => piece.text).filter(Boolean)
  const whole = text.join('\n\n')
  const begin = last.from === 'bot' ? whole.search(optionLines) : -1
  const options = begin < 0 ? [] : optionsIn(whole.slice(begin))
  const { id, from } = last
  return [
    {
      id,
      from,
      text: begin < 0 ? whole : whole.slice(0, begin).trimEnd(),
      buttons: options.map(({ label }) => label),
      numbers: options.map(({ number }) => number),
      content: pieces.find(({ content }) => content)?.content,
      edited: false,
    },
  ]
}

const linkLabels = languages
  .flatMap(language => ['claim.map', 'claim.pin'].map(key => textOf(language, { key })))
  .join('|')

/** From the first numbered line on, or the links of a card at its end. */
const optionLines = new RegExp(
  `^\\*\\d+\\*(?: — |$)|(?<=\\n\\n)(?:(?:${linkLabels}): https?:\\S+(?:\\n|$))+$`,
  'm',
)

function optionsIn(block: string): { number: string; label: string }[] {
  const lines = [...block.matchAll(/^\*(\d+)\*(?: — (.+))?$/gm)].map(([, number = '', label = '']) => ({
    number,
    label,
  }))
  const answers = lines.filter(({ number }) => number !== '0')
  // The stars of a rating keep the number that their label begins with.
  const own = answers.length > 1 && answers.some(({ number }, n) => Number(number) !== n + 1)
  const links = [...block.matchAll(/^([^\n:]+): https?:\S+$/gm)].map(([, label = '']) => ({
    number: '',
    label,
  }))
  const named = answers.map(({ number, label }) => ({
    number,
    label: !label ? number : own ? `${number} — ${label}` : label,
  }))
  const back = lines
    .filter(({ number }) => number === '0')
    .map(({ number, label }) => ({ number, label: label.charAt(0).toUpperCase() + label.slice(1) }))
  return [...named, ...links, ...back]
}

function mediaOf(kind: 'voice' | 'photo' | 'video' | 'file'): Seen['content'] {
  return kind === 'file' ? 'other' : kind
}
