/** How a page begins: what a test wrote down for it before the browser opened it. */
export interface PageStart {
  shape: '_serialized' | '$1'
  paired: boolean
  /** When the page has synced after it was paired: before anybody listens, a little later, or only when told to. */
  synced: 'early' | 'late' | 'told'
  me: string
  myLid: string
  /** Who is on WhatsApp, and the LID behind each number. */
  people: { phone: string; lid?: string }[]
  groups: string[]
  history: Stored[]
  unread: Record<string, number>
  /** How many downloads fail before one succeeds. */
  mediaFails: number
  /** The server, where what is sent must be before the page says so; without it, whoever listens to the page. */
  world?: string
}

/** A message as the world keeps it, whatever the page calls its parts. */
export interface Stored {
  chat: string
  id: string
  fromMe?: boolean
  author?: string
  type?: string
  body?: string
  caption?: string
  at?: number
  bytes?: string
  mimetype?: string
  size?: number
  lat?: number
  lng?: number
  /** The bare id of the quoted message. */
  quotes?: string
  notifyName?: string
  [field: string]: unknown
}
