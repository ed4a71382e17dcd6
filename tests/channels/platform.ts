import type { Channel, Receive, Report } from '../../bot/channel.ts'

/** One driver, and a way to open it before its platform: the real one, or a strict double of it. */
export interface Driver {
  name: string
  /** What the platform does not have, or does not tell, and why: these cases are left out by this reason. */
  lacks: Partial<Record<Ability, string>>
  open(): Promise<Platform>
}

export type Ability =
  | 'quotes'
  | 'reactions'
  | 'unreadable'
  | 'cards of others'
  | 'blocking'
  | 'groups'
  | 'group titles'
  | 'removing'
  | 'a log'
  | 'telling when to come again'
  | 'knowing what never arrived'
  | Fault

/**
 * What goes wrong with the next message. `too fast`, `server`: it is refused. `lost`: it arrives, and the bot never
 * hears so. `cut`: it does not arrive, and the bot cannot know.
 */
export type Fault = 'too fast' | 'server' | 'lost' | 'cut'

/** The platform around a driver, and Зейнеп, who is on it. */
export interface Platform {
  channel: Channel
  start(receive: Receive, report: Report): Promise<void>
  /** Зейнеп's private chat, her own number, and the id of a chat that nobody has. */
  chat: string
  phone: string
  nobody: string
  /** A group with her and the bot in it. */
  group: { id: string; title?: string }
  /** What no line of the log may hold, besides what was said. */
  secrets: readonly string[]
  log(): string

  says(text: string, quotes?: string): Promise<unknown>
  saysInGroup(text: string): Promise<unknown>
  follows(link: string): Promise<unknown>
  /** Chooses an option as the platform lets her: by a press, or by typing its number. */
  chooses(label: string): Promise<unknown>
  sends(kind: 'voice' | 'photo', bytes: Uint8Array, caption?: string): Promise<unknown>
  sendsPlace(latitude: number, longitude: number): Promise<unknown>
  /** A card from the address book; her own if no number is said. */
  sendsCard(phone?: string): Promise<unknown>
  sendsUnreadable(): Promise<unknown>
  reacts(emoji: string, messageId: string): Promise<unknown>
  blocks(): Promise<unknown>
  unblocks(): Promise<unknown>
  /** True if the platform takes it that the bot has what she said last. */
  acknowledged(): Promise<boolean>
  /** The bot's messages in her chat, the oldest first. */
  screen(): Promise<Seen[]>
  fail(fault: Fault): Promise<unknown>
  close(): Promise<unknown>
}

/** What she sees of one message. */
export interface Seen {
  id: string
  text: string
  kind: 'text' | 'photo' | 'voice' | 'location'
  bytes?: Uint8Array | undefined
  place?: { latitude: number; longitude: number } | undefined
}
