import type { Message, MessageEntity, Update, User } from 'grammy/types'
import type { InlineKeyboard, ReplyKeyboard } from './markup.ts'

/** All that the double remembers. One bot, so there is no account besides `bot`. */
export interface World {
  readonly token: string
  readonly bot: User
  /** As set at BotFather: with privacy the bot does not see plain words in groups. */
  privacy: boolean
  readonly now: () => Date
  readonly people: Map<number, PersonState>
  readonly chats: Map<number, ChatState>
  readonly files: Map<string, StoredFile>
  readonly callbacks: Map<string, CallbackState>
  readonly profile: { commands: Map<string, unknown>; description: string; shortDescription: string }
  /** Puts an update into the queue. A lane is what Telegram keeps in order. */
  readonly emit: (update: UpdateBody, lane: string) => Update | undefined
  readonly nextId: (of: 'person' | 'group' | 'supergroup' | 'file' | 'callback') => number
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
export type UpdateBody = DistributiveOmit<Update, 'update_id'>

export interface PersonState {
  readonly user: User
  readonly phone: string
  started: boolean
  blocked: boolean
}

export type MemberStatus = 'creator' | 'administrator' | 'member' | 'left' | 'kicked'

export interface ChatState {
  readonly id: number
  readonly kind: 'private' | 'group' | 'supergroup'
  readonly title?: string
  readonly person?: PersonState
  readonly members: Map<number, MemberStatus>
  readonly instance: string
  readonly messages: StoredMessage[]
  lastMessageId: number
  movedTo?: number
  /** The keyboard now under the input field. */
  keyboard?: ReplyKeyboard | undefined
}

export interface StoredMessage {
  readonly id: number
  readonly chat: ChatState
  readonly sender: User
  readonly sentAt: Date
  text?: string | undefined
  entities?: MessageEntity[] | undefined
  caption?: string
  captionEntities?: MessageEntity[]
  /** Media or service content, as Telegram writes it into the message. */
  content: Partial<Message>
  inline?: InlineKeyboard | undefined
  /** Sent with something else than an inline keyboard: can never be edited. */
  readonly hadReplyMarkup: boolean
  readonly keyboard?: ReplyKeyboard
  readonly replyTo?: number | undefined
  editedAt?: Date
  deleted: boolean
  reactions: unknown[]
}

export interface StoredFile {
  readonly id: string
  readonly uniqueId: string
  readonly kind: FileKind
  readonly size: number
  readonly bytes?: Uint8Array
  readonly name: string
  readonly mime?: string
  /** What Telegram puts into a message that carries this file. */
  content: Partial<Message>
  /** Set by getFile; only then the file can be fetched. */
  path?: string
}

export type FileKind = 'photo' | 'voice' | 'video' | 'document' | 'sticker'

export interface CallbackState {
  readonly id: string
  readonly person: PersonState
  readonly pressedAt: Date
  answer?: CallbackAnswer
}

export interface CallbackAnswer {
  text?: string
  alert: boolean
  url?: string
}

export function addMessage(
  chat: ChatState,
  sender: User,
  sentAt: Date,
  parts: Partial<
    Pick<
      StoredMessage,
      'text' | 'entities' | 'caption' | 'captionEntities' | 'content' | 'inline' | 'keyboard' | 'replyTo'
    >
  > & { hadReplyMarkup?: boolean },
): StoredMessage {
  const message: StoredMessage = {
    content: {},
    hadReplyMarkup: false,
    ...parts,
    id: ++chat.lastMessageId,
    chat,
    sender,
    sentAt,
    deleted: false,
    reactions: [],
  }
  chat.messages.push(message)
  return message
}

export function findMessage(chat: ChatState, id: number): StoredMessage | undefined {
  return chat.messages.find(message => message.id === id && !message.deleted)
}

export function isMember(status: MemberStatus | undefined): boolean {
  return status === 'creator' || status === 'administrator' || status === 'member'
}
