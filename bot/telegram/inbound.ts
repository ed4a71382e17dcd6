import type { ChatMember, Message, Update, User } from 'grammy/types'
import type { Content, Inbound } from '../channel.ts'

/** What Telegram delivers, as the bot understands it. Undefined: nothing that concerns us. */
export function toInbound(update: Update): Inbound | undefined {
  const base = { channel: 'telegram', externalId: String(update.update_id) } as const
  const press = update.callback_query
  if (press?.message && press.data) {
    const text = 'text' in press.message ? press.message.text : undefined
    const messageId = String(press.message.message_id)
    const content: Content = {
      type: 'button',
      data: press.data,
      messageId,
      ...(text && { messageText: text }),
    }
    return {
      ...base,
      chat: chatOf(press.message.chat),
      sender: senderOf(press.from),
      at: new Date(),
      content,
    }
  }
  const member = update.my_chat_member
  if (member) {
    const [before, after] = [isIn(member.old_chat_member), isIn(member.new_chat_member)]
    // Made an administrator, or allowed something: nothing new for us.
    if (before === after) return undefined
    const content = membership(after, member.chat.type === 'private')
    return { ...base, chat: chatOf(member.chat), sender: senderOf(member.from), at: new Date(), content }
  }
  const message = update.message ?? update.edited_message
  if (!message?.from) return undefined
  const content = contentOf(message, update.edited_message !== undefined)
  const quoted = message.reply_to_message
  return (
    content && {
      ...base,
      chat: chatOf(message.chat),
      sender: senderOf(message.from),
      at: new Date(),
      ...(quoted && { quotes: String(quoted.message_id) }),
      content,
    }
  )
}

function membership(isIn: boolean, inPrivate: boolean): Content {
  if (inPrivate) return { type: isIn ? 'unblocked' : 'blocked' }
  return { type: isIn ? 'botAdded' : 'botRemoved' }
}

function isIn(member: ChatMember): boolean {
  if (member.status === 'restricted') return member.is_member
  return member.status !== 'kicked' && member.status !== 'left'
}

function contentOf(message: Message, edited: boolean): Content | undefined {
  if (message.migrate_to_chat_id) return { type: 'chatMoved', to: String(message.migrate_to_chat_id) }
  const start = edited ? undefined : /^\/start(?:@\w+)?(?:\s+([\w-]{1,64}))?\s*$/.exec(message.text ?? '')
  if (start) return { type: 'start', ...(start[1] && { code: start[1] }) }
  if (message.text !== undefined) return { type: 'text', text: message.text, ...(edited && { edited }) }
  // A place that is shared live is "edited" every few seconds, and nobody has changed a word.
  if (edited && message.caption === undefined) return undefined
  if (edited) return { type: 'text', text: message.caption ?? '', edited: true }
  return mediaOf(message) ?? otherOf(message)
}

function mediaOf(message: Message): Content | undefined {
  const caption = message.caption ? { caption: message.caption } : {}
  const largest = message.photo?.at(-1)
  if (largest) return { type: 'media', kind: 'photo', file: fileOf(largest), ...caption }
  const { voice, audio, video, video_note: note, document } = message
  if (voice ?? audio) return { type: 'media', kind: 'voice', file: fileOf(voice ?? audio), ...caption }
  if (video ?? note) return { type: 'media', kind: 'video', file: fileOf(video ?? note), ...caption }
  if (document) return { type: 'media', kind: 'file', file: fileOf(document), ...caption }
  return undefined
}

function otherOf(message: Message): Content | undefined {
  if (message.location) {
    const { latitude, longitude } = message.location
    return { type: 'location', latitude, longitude }
  }
  if (message.contact) {
    const own = message.contact.user_id !== undefined && message.contact.user_id === message.from?.id
    return { type: 'contact', phone: message.contact.phone_number, own }
  }
  const what = unreadable.find(kind => kind in message)
  return what ? { type: 'unreadable', what } : undefined
}

/** Kinds that a person sends on purpose; service messages (pinned, title changed, …) are not answered. */
const unreadable = [
  'sticker',
  'poll',
  'dice',
  'game',
  'animation',
  'venue',
  'story',
  'checklist',
  'paid_media',
  'invoice',
]

function fileOf(file: { file_id: string; file_size?: number; mime_type?: string } | undefined) {
  return {
    id: file?.file_id ?? '',
    ...(file?.file_size !== undefined && { bytes: file.file_size }),
    ...(file?.mime_type && { mime: file.mime_type }),
  }
}

function chatOf(chat: { id: number; type: string; title?: string }): Inbound['chat'] {
  const kind = chat.type === 'private' ? 'private' : 'group'
  return { id: String(chat.id), kind, ...(chat.title && { title: chat.title }) }
}

function senderOf(from: User): Inbound['sender'] {
  return {
    id: String(from.id),
    name: from.first_name,
    ...(from.language_code && { language: from.language_code }),
  }
}
