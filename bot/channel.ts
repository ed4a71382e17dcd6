import type { Rates } from './pace.ts'

/**
 * What a channel must do. Telegram, WhatsApp and the playground implement this; nothing in handlers/ or
 * jobs/ knows which one is speaking. Ids are strings and belong to the channel.
 */
export interface Channel {
  readonly name: ChannelName
  readonly capabilities: Capabilities
  /**
   * Begins to deliver what comes in. `receive` resolves only after its effects are committed: acknowledge then. Where
   * the platform says later what became of a message, `report` hears of it, and resolves as late.
   */
  start(receive: Receive, report?: Report): Promise<void>
  stop(): Promise<void>
  /** Sends or edits one message. Expected refusals are results; a thrown error means the outcome is unknown. */
  send(message: Outgoing): Promise<SendResult>
  /** Looks for a message whose sending broke off: `sent` with its id if the platform has it. */
  find?(message: Outgoing): Promise<{ status: 'sent'; externalId: string } | { status: 'absent' | 'unknown' }>
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

export const channelNames = ['telegram', 'whatsapp', 'playground'] as const
export type ChannelName = (typeof channelNames)[number]

export interface Capabilities {
  /**
   * How options are shown: `rows` of buttons; `list`: numbered lines, and beside them three reply buttons or a list of
   * ten, the platform's limits; `numbers`: numbered lines alone.
   */
  options: 'rows' | 'list' | 'numbers'
  /**
   * How much its people are in groups of ours. `rare`: where no group of it hears of a request, a few helpers are asked in
   * private; `none`: groups are not heard at all.
   */
  groups: 'usual' | 'rare' | 'none'
  edit: boolean
  /** The platform can ask for the person's own phone or place by one press. */
  contactRequest: boolean
  textCharsMax: number
  captionCharsMax: number
  /** Files above this are refused by the platform when we fetch them. */
  downloadBytesMax: number
  /** How fast the platform may be spoken to. */
  pace: Rates
  /** How long after a person's last message we may write freely; later only a template goes out. */
  freeHours?: number
  /** True where the platform says later whether a message arrived. */
  reports?: true
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
  /** `phone` in E.164, where the platform vouches for it; `otherId`: it calls the same account by two ids. */
  sender: { id: string; otherId?: string; name?: string; language?: string; phone?: string }
  at: Date
  /** The channel's id of the message that this one quotes. */
  quotes?: string
  content: Content
}

export type Content =
  | { type: 'start'; code?: string }
  | { type: 'text'; text: string; edited?: true }
  | { type: 'button'; data: string; messageId: string; messageText?: string }
  | { type: 'media'; kind: 'voice' | 'photo' | 'video' | 'file'; file: FileRef; caption?: string }
  | { type: 'location'; latitude: number; longitude: number }
  | { type: 'contact'; phone: string; own: boolean }
  | { type: 'reaction'; emoji: string; messageId: string }
  | { type: 'unreadable'; what: string }
  /** The person's phone rings for us, and nobody picks up. */
  | { type: 'call' }
  | { type: 'botAdded' | 'botRemoved' | 'blocked' | 'unblocked' }
  | { type: 'chatMoved'; to: string }

/** What became of a message that was accepted; `id` is our own. */
export type Report = (later: {
  channel: ChannelName
  id: string
  state: 'delivered' | 'read' | 'failed'
  reason?: FailureReason
}) => Promise<void>

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
  /** What opens the list of `buttons` where they do not fit side by side. */
  choose?: string
  /** One-press requests for the person's own phone or place, shown as the platform does it. */
  requests?: readonly { what: 'contact' | 'location'; label: string }[]
  media?:
    | { kind: 'photo' | 'voice' | 'video' | 'file'; mime: string; bytes: Uint8Array }
    | { kind: 'photo' | 'voice' | 'video' | 'file'; ref: FileRef }
  location?: { latitude: number; longitude: number }
  /** Replaces the text and buttons of this earlier message instead of sending a new one. */
  editOf?: string
  /** Takes that message out of the chat; the text is for where it cannot be done. */
  remove?: true
  /** Goes out in place of the text where only an approved template may; its words are the platform's. */
  template?: { name: string; language: string; values: readonly string[] }
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

/** The reason of a retry that counts for the whole chat, whichever message comes next. */
export const tooFast = 'too fast'

export type SendResult =
  | { status: 'accepted'; externalId: string }
  /** Try again, not before `afterMs`. */
  | { status: 'retry'; afterMs?: number; reason: string }
  /** It may have arrived or not: the connection broke in between. */
  | { status: 'unknown'; reason: string }
  /** The chat has another id now; send there. */
  | { status: 'moved'; chat: string }
  | { status: 'failed'; reason: FailureReason; detail?: string }

/**
 * `blocked`: the person stopped the bot. `gone`: chat or message is no more, or was never on the platform. `stays`: the
 * platform no longer lets it be removed. `window`: too late for free words. `policy`: the platform forbids it, and
 * nothing of the kind should be tried again. `invalid`: our own mistake.
 */
export type FailureReason = 'blocked' | 'gone' | 'unchanged' | 'stays' | 'window' | 'policy' | 'invalid'
