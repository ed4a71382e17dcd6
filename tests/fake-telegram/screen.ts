import type { StoredMessage, World } from './world.ts'

/** A message as a person sees it. */
export interface SeenMessage {
  id: number
  from: 'bot' | 'user'
  sender: string
  text?: string
  caption?: string
  photo?: Uint8Array
  /** What kind of content it has besides words: photo, voice, location, new_chat_members… */
  content?: string
  /** Labels under the message, row by row. */
  buttons: string[][]
  /** Labels of the keyboard the message brought. */
  keyboard?: string[][]
  edited: boolean
}

export function seen(world: World, message: StoredMessage): SeenMessage {
  const content = Object.keys(message.content)[0]
  const photo = photoBytes(world, message)
  return {
    id: message.id,
    from: message.sender.id === world.bot.id ? 'bot' : 'user',
    sender: message.sender.first_name,
    ...(message.text !== undefined && { text: message.text }),
    ...(message.caption !== undefined && { caption: message.caption }),
    ...(photo && { photo }),
    ...(content !== undefined && { content }),
    buttons: (message.inline ?? []).map(row => row.map(({ text }) => text)),
    ...(message.keyboard && { keyboard: message.keyboard.rows.map(row => row.map(({ text }) => text)) }),
    edited: message.editedAt !== undefined,
  }
}

function photoBytes(world: World, message: StoredMessage): Uint8Array | undefined {
  const { photo } = message.content as { photo?: { file_id: string }[] }
  const last = photo?.at(-1)
  return last && world.files.get(last.file_id)?.bytes
}
