import type { Store } from '../db/client.ts'
import type { Language } from '../domain/language.ts'
import type { Message, Part, Value } from '../domain/message.ts'
import type { Role, VolunteerStatus } from '../domain/roles.ts'
import type { Said } from '../domain/said.ts'

/**
 * What a flow sees. A flow is a plain function that reads from top to bottom; it is played again from its start on
 * every message. A question that has an answer returns it at once, the first that has none waits. So everything a
 * flow does to the world goes through `once`.
 */
export interface Dialog extends Scene {
  /** What the flow was begun with. */
  readonly given: Readonly<Record<string, string>>
  /** Shown once in a run, before the next question. The key is a locale key, `#n` behind it in a loop. */
  say(key: string, values?: Record<string, Value>): void
  /** Asks for one of the choices. The question's key is its locale key, `#n` behind it in a loop. */
  choose<K extends string>(key: string, choices: readonly Choice<K>[], more?: QuestionMore): Promise<K>
  /** Asks for words, a voice, a place … until `accept` takes it. */
  ask<T>(key: string, accept: Accept<T>, more?: QuestionMore): Promise<T>
  /** Either: one of the choices or something said. */
  askOrChoose<T, K extends string>(
    key: string,
    accept: Accept<T>,
    choices: readonly Choice<K>[],
    more?: QuestionMore,
  ): Promise<{ said: T } | { chosen: K }>
  /** Does a deed once in this run, in the message's transaction. Its result must survive JSON. */
  once<T>(key: string, deed: () => Promise<T>): Promise<T>
  /** Remembers that something was asked to be changed; see `noted`. */
  note(name: string): void
  noted(name: string): boolean
  /** The keys answered so far that stand for this question, in loops more than one. */
  keysOf(key: string): string[]
  /**
   * The way to correct a line of a summary: forgets the questions that led here and those to be asked anew, and
   * plays from the start. A step back brings the changed answers back.
   */
  again(through: readonly string[], changed: readonly string[]): Promise<never>
  /**
   * What was told where something else was asked, if `accept` takes it: from here on in this flow it is kept instead
   * of refused.
   */
  asides<T>(accept: Accept<T>): readonly T[]
  /** Another flow of this person that was left half-done; `answered` is false if they went back to its start. */
  waiting(flow: string): Promise<{ given: Readonly<Record<string, string>>; answered: boolean } | undefined>
  /** Ends this flow and begins another. */
  begin(flow: string, given?: Record<string, string>): Promise<never>
  /** Ends this flow and takes up another where it was left, with something told meanwhile. */
  resume(flow: string, ...asides: unknown[]): Promise<never>
}

export interface Begun {
  flow: string
  given: Record<string, string>
  resume?: boolean
  asides?: unknown[]
}

export type Flow = (dialog: Dialog) => Promise<void>

/** What a one-tap reaction sees: a button under a post, a start code, a command in a group. */
export interface Tap extends Scene {
  readonly chat: { channel: string; id: string; kind: 'private' | 'group'; title?: string }
  /** Words behind a command, or the parts of a button's data behind its name. */
  readonly words: readonly string[]
  /** The message whose button was pressed. */
  readonly messageId?: string
  say(key: string, values?: Record<string, Value>, more?: Omit<Message, 'parts'>): void
  begin(flow: string, given?: Record<string, string>): void
}

/** `notice` is shown on the spot to the one who pressed; `openPrivate` leads them into a private chat. */
export interface TapReply {
  notice?: Part
  openPrivate?: string
}

export type Reaction = (tap: Tap) => Promise<TapReply | undefined>

export interface Scene {
  readonly me: Me
  readonly at: Date
  readonly store: Store
  readonly operator: Operator
  /** The inbound message, as evidence of a consent. */
  readonly inbound: { channel: string; messageId: string }
  /** What a part reads like in a language: the evidence of a consent needs the very words. */
  textIn(language: Language, part: Part): string
  /** The link that opens a private chat with the bot, with this start code. */
  startLink(code: string): string
  /** The same on the other messengers. */
  linksElsewhere(code: string): string[]
  /** How WhatsApp is paired just now: its code, if it shows one, and a page. Undefined where there is nothing to pair. */
  pairing(): { qr?: string; page: string } | undefined
  /** Lets it begin again after a stop that waits for a human. False if it had not stopped. */
  resumePaired(): boolean
}

export interface Me {
  id: string
  language: Language
  /** False until the person has chosen a language themselves. */
  languageChosen: boolean
  name: string | null
  roles: readonly Role[]
  volunteer: VolunteerStatus | null
  /** True if the bot may write to them in private. */
  reachable: boolean
}

/** Who runs this service, as the consent and the help texts name them. */
export interface Operator {
  name: string
  bin: string
  phone: string
  hours: string
  dataTerm: string
}

export type Choice<K extends string> = K | { id: K; label: Value; keywords?: readonly string[] }

export type Accept<T> = (said: Said) => { value: T } | { retry: Part } | undefined

export interface QuestionMore {
  values?: Record<string, Value>
  /** Shown above the question each time it is asked. */
  above?: readonly Part[]
  requests?: readonly ('contact' | 'location')[]
  /** Understood when typed, but not shown: the other page of a list. */
  also?: readonly Choice<string>[]
  /** The first two choices mean yes and no. */
  yesNo?: boolean
}

/** Who may begin a flow or react. */
export type Who = 'anyone' | 'volunteer' | 'coordinator'
