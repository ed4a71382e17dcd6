import type { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'

/**
 * The part of whatsapp-web.js that we use, in our own words: its declarations lack what a subclass needs, and what
 * it hands out comes from a page that changes, so everything of value is `unknown` until it was looked at.
 */
interface Library {
  Client: new (options: ClientOptions) => LibraryClient
  LocalAuth: new (options: { clientId: string; dataPath: string }) => LibraryAuth
  MessageMedia: new (mime: string, base64: string, filename?: string | null) => object
  Location: new (latitude: number, longitude: number) => object
}

export interface ClientOptions {
  authStrategy: LibraryAuth
  authTimeoutMs: number
  userAgent: false
  webVersion?: string
  webVersionCache: { type: 'none' } | { type: 'local'; path: string; strict: true }
  puppeteer: Record<string, unknown>
}

export interface LibraryClient extends EventEmitter {
  pupBrowser: LibraryBrowser | null
  pupPage: LibraryPage | null
  info?: { wid?: unknown }
  options: ClientOptions
  initialize(): Promise<void>
  destroy(): Promise<void>
  inject(): Promise<void>
  attachEventListeners(): Promise<void>
  getState(): Promise<string | null>
  getChatById(id: string): Promise<LibraryChat | undefined>
  getMessageById(id: string): Promise<LibraryMessage | null>
  getContactLidAndPhone(ids: string[]): Promise<{ lid?: string; pn?: string }[]>
  sendMessage(chat: string, content: unknown, options: object): Promise<LibraryMessage | undefined>
  sendSeen(chat: string): Promise<boolean>
}

export interface LibraryAuth {
  afterBrowserInitialized(): Promise<void>
}

export interface LibraryBrowser extends EventEmitter {
  userAgent(): Promise<string>
}

export interface LibraryPage extends EventEmitter {
  setUserAgent(name: string): Promise<void>
  evaluate<Args extends unknown[], Result>(
    work: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>>
}

export interface LibraryMessage {
  id: unknown
  rawData: unknown
  ack?: number
  hasQuotedMsg: boolean
  getQuotedMessage(): Promise<LibraryMessage | undefined>
  downloadMedia(): Promise<{ data: string; mimetype: string } | undefined>
  edit(text: string, options: object): Promise<LibraryMessage | null>
  delete(everyone: boolean): Promise<void>
}

export interface LibraryChat {
  fetchMessages(search: { limit: number; fromMe: boolean }): Promise<LibraryMessage[]>
}

/** Loaded where it is used, in the worker: the bot itself runs without it, and without its hundred packages. */
export const library: Library = createRequire(import.meta.url)('whatsapp-web.js')
