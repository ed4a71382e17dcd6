import type { Message, User } from 'grammy/types'
import { type ChatState, findMessage, type StoredMessage, type World } from './world.ts'

/** How Telegram writes a chat into messages and updates. */
export function renderChat(chat: ChatState): Message['chat'] {
  const { person } = chat
  if (person) {
    const { first_name, last_name, username } = person.user
    return {
      id: chat.id,
      type: 'private',
      first_name,
      ...(last_name !== undefined && { last_name }),
      ...(username !== undefined && { username }),
    } as Message['chat']
  }
  return { id: chat.id, type: chat.kind, title: chat.title ?? '' } as Message['chat']
}

/** A message as the bot gets it: reply keyboards are never shown back, inline ones are. */
export function renderMessage(message: StoredMessage, withReply = true): Message {
  const replied =
    withReply && message.replyTo !== undefined ? findMessage(message.chat, message.replyTo) : undefined
  return {
    message_id: message.id,
    from: message.sender,
    chat: renderChat(message.chat),
    date: seconds(message.sentAt),
    ...(message.editedAt && { edit_date: seconds(message.editedAt) }),
    ...(replied && { reply_to_message: renderMessage(replied, false) }),
    ...(message.text !== undefined && { text: message.text }),
    ...(message.entities?.length && { entities: message.entities }),
    ...message.content,
    ...(message.caption !== undefined && message.caption !== '' && { caption: message.caption }),
    ...(message.captionEntities?.length && { caption_entities: message.captionEntities }),
    ...(message.inline && { reply_markup: { inline_keyboard: message.inline } }),
  } as Message
}

export function renderMe(world: World): User {
  return {
    ...world.bot,
    can_join_groups: true,
    can_read_all_group_messages: !world.privacy,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
  } as User
}

export function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000)
}
