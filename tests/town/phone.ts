/** A person's phone in a test, whatever messenger is on it. */
export interface Phone {
  /** The last message of the bot in this chat. */
  readonly last: Seen
  /** All messages of this chat. */
  readonly messages: readonly Seen[]
  start(code?: string): Promise<void>
  says(text: string): Promise<void>
  /** Presses the newest button with this label; resolves to what the bot answered on the spot. */
  presses(label: string): Promise<Pressed>
  /** Presses a button by its data, under the bot's last message: an old or an invented one. */
  pressesData(data: string): Promise<Pressed>
  /** `caption` stands under a photo. */
  sends(what: 'voice' | 'photo' | 'sticker' | 'location' | 'contact', caption?: string): Promise<void>
  edits(text: string): Promise<void>
  blocks(): Promise<void>
  /** In a group: the bot is thrown out, or taken in again. */
  removesBot(): Promise<void>
  addsBot(): Promise<void>
}

export interface Seen {
  id: string
  from: 'bot' | 'person'
  text: string
  buttons: string[]
  /** What it holds besides words. */
  content: 'photo' | 'voice' | 'video' | 'location' | 'contact' | 'other' | undefined
  edited: boolean
}

export interface Pressed {
  notice?: string
  /** Where the press led: a start link's code. */
  opened?: string
}

/** The newest message of these that offers a button with this label. */
export function withButton<Shown extends Seen>(messages: readonly Shown[], label: string): Shown {
  const found = messages.findLast(message => message.buttons.includes(label))
  if (!found) {
    const seen = messages
      .slice(-3)
      .map(message => `${message.from}: ${message.text} [${message.buttons.join('] [')}]`)
    throw new Error(`No button «${label}». The chat ends with:\n${seen.join('\n')}`)
  }
  return found
}
