import type { Rates } from './pace.ts'

/**
 * What a channel must do. Telegram, the playground and later WhatsApp implement this; nothing in handlers/ or
 * jobs/ knows which one is speaking. Ids are strings and belong to the channel.
 */
export interface Channel {
  readonly name: ChannelName
  readonly capabilities: Capabilities
  /** Begins to deliver what comes in. `receive` resolves only after its effects are committed: acknowledge then. */
  start(receive: Receive): Promise<void>
  stop(): Promise<void>
  /** Sends or edits one message. Expected refusals are results; a thrown error means the outcome is unknown. */
  send(message: Outgoing): Promise<SendResult>
  /**
   * Takes messages away from a chat; those that are gone already count as taken away. What the platform does not let
   * go is emptied as far as it allows. A second try does no harm.
   */
  remove(removal: Removal): Promise<SendResult>
  /** The bytes of a file that came in on this channel. */
  download(file: FileRef): Promise<Uint8Array>
  /** The link that opens a private chat with the bot and hands it `code` as a start code. */
  startLink(code: string): string
}

const channelNames = ['telegram', 'whatsapp', 'playground'] as const
export type ChannelName = (typeof channelNames)[number]

export interface Capabilities {
  /** Inline buttons under a message; 0 means options are shown as numbered lines. */
  buttonsMax: number
  edit: boolean
  /** The platform can ask for the person's own phone or place by one press. */
  contactRequest: boolean
  textCharsMax: number
  captionCharsMax: number
  /** Files above this are refused by the platform when we fetch them. */
  downloadBytesMax: number
  /** How fast the platform may be spoken to. */
  pace: Rates
}

export type Receive = (inbound: Inbound) => Promise<Receipt>

/** Said to the person who pressed a button, on the spot and only to them. */
export interface Receipt {
  notice?: string
  /** Leads the presser into a private chat with the bot, with this start code. */
  openPrivate?: string
}

export interface Inbound {
  channel: ChannelName
  /** Unique on the channel; the same delivery has the same id, however often it comes. */
  externalId: string
  chat: { id: string; kind: 'private' | 'group'; title?: string }
  sender: { id: string; name?: string; language?: string }
  at: Date
  content: Content
}

export type Content =
  | { type: 'start'; code?: string }
  | { type: 'text'; text: string; edited?: true }
  | { type: 'button'; data: string; messageId: string; messageText?: string }
  | { type: 'media'; kind: 'voice' | 'photo' | 'video' | 'file'; file: FileRef; caption?: string }
  | { type: 'location'; latitude: number; longitude: number }
  | { type: 'contact'; phone: string; own: boolean }
  | { type: 'unreadable'; what: string }
  | { type: 'botAdded' | 'botRemoved' | 'blocked' | 'unblocked' }
  | { type: 'chatMoved'; to: string }

export interface FileRef {
  id: string
  bytes?: number
  mime?: string
}

export interface Outgoing {
  /** Our own id, the same on every attempt. */
  id: string
  chat: string
  /** Plain text: the channel escapes what its platform would read as markup. */
  text: string
  /** Rows of buttons under the message. */
  buttons?: readonly (readonly Button[])[]
  /** One-press requests for the person's own phone or place, shown as the platform does it. */
  requests?: readonly { what: 'contact' | 'location'; label: string }[]
  media?:
    | { kind: 'photo' | 'voice' | 'video' | 'file'; mime: string; bytes: Uint8Array }
    | { kind: 'photo' | 'voice' | 'video' | 'file'; ref: FileRef }
  location?: { latitude: number; longitude: number }
  /** Replaces the text and buttons of this earlier message instead of sending a new one. */
  editOf?: string
}

export interface Removal {
  /** Our own id, the same on every attempt. */
  id: string
  chat: string
  /** The channel's ids of our own messages. */
  messages: readonly string[]
  /** What is read where a message may no longer be removed. */
  instead: string
}

export type Button = { label: string; data: string } | { label: string; url: string }

export type SendResult =
  | { status: 'accepted'; externalId: string }
  /** Try again, not before `afterMs`. */
  | { status: 'retry'; afterMs?: number; reason: string }
  /** It may have arrived or not: the connection broke in between. */
  | { status: 'unknown'; reason: string }
  /** The chat has another id now; send there. */
  | { status: 'moved'; chat: string }
  /**
   * `blocked`: the person stopped the bot. `gone`: chat or message is no more. `stays`: the platform no longer lets
   * it be removed. `invalid`: our own mistake.
   */
  | { status: 'failed'; reason: 'blocked' | 'gone' | 'unchanged' | 'stays' | 'invalid'; detail?: string }
