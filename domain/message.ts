/**
 * What is to be said, without its language: a locale key and its values. The text is made when the message is
 * sent, for the one who reads it.
 */
export interface Message {
  parts: readonly Part[]
  options?: readonly MessageOption[]
  /** Set for a question of a dialog: where its buttons lead back to. */
  question?: { run: string; step: number; controls: readonly string[] }
  requests?: readonly ('contact' | 'location')[]
  media?: { channel: string; kind: 'voice' | 'photo' | 'video' | 'file'; file: { id: string; mime?: string } }
  location?: { latitude: number; longitude: number }
  /** Spoken in when the reader has not chosen a language yet. */
  language?: string
  /** The numbers of a digest; the picture is drawn when the row is sent. */
  digest?: unknown
  /** What stands on a certificate; drawn when the row is sent. */
  certificate?: unknown
  /** A link that is shown as a picture too, for phones that are held side by side; drawn when the row is sent. */
  qr?: { link: string; title: Part; where: Value }
  /** Takes the message it would replace out of the chat; its words are for where that cannot be done. */
  remove?: true
  /**
   * Replaces a message that must not stay as it is. Where nothing can be edited the old one is taken away, and this is
   * said as a message of its own (`anew`) or not at all (`gone`). What only shows the latest state is left instead.
   */
  uneditable?: 'anew' | 'gone'
  /** A template has asked the person to write, and this waits for it. */
  knocked?: true
  /** The channel's ids of the pieces that are out, while a message too long for one is still being sent. */
  pieces?: readonly string[]
}

export interface Part {
  key: string
  values?: Record<string, Value>
}

/** A button: `id` is an option of the question or, outside a dialog, an action such as `claim:<id>`. */
export interface MessageOption {
  id: string
  label: Value
  url?: string
  /** Chosen by this number where options are lines of text, instead of by its place. */
  number?: number
}

export type Value =
  | string
  | number
  | { key: string; values?: Record<string, Value> }
  | { district: string }
  | { region: string }
  /** A moment, shown as day and clock in the reader's language. */
  | { moment: string; zone: string }
  | { day: string; zone: string }
  /** A calendar day, as 2027-12-31. */
  | { date: string }
  | { phone: string }
  | { list: readonly Value[]; separator?: string }

export function part(key: string, values?: Record<string, Value>): Part {
  return values ? { key, values } : { key }
}
