import { badRequest, forbidden, Refusal } from './refusal.ts'
import { type ChatState, findMessage, isMember, type StoredMessage, type World } from './world.ts'

export type Payload = Record<string, unknown>
export type Need = 'read' | 'readMembers' | 'edit' | 'write'

/** The chat of a call, or the refusal for a bot that may not do this there. */
export function openChat(world: World, payload: Payload, need: Need): ChatState {
  const given = payload.chat_id
  if (given === undefined || given === null || given === '') throw badRequest('chat_id is empty')
  const chat = world.chats.get(Number(given))
  if (!chat) throw badRequest('chat not found')
  if (chat.kind === 'private') checkPrivate(chat, need)
  else checkGroup(world, chat, need)
  return chat
}

/** The message an edit, a deletion or a reaction is about; `role` is Telegram's word for it. */
export function openMessage(chat: ChatState, payload: Payload, role: string): StoredMessage {
  const message = findMessage(chat, Number(payload.message_id))
  if (!message) throw badRequest(`${role} not found`)
  return message
}

function checkPrivate(chat: ChatState, need: Need): void {
  if (need !== 'write' && need !== 'edit') return
  if (chat.person?.blocked) throw forbidden('bot was blocked by the user')
  if (need === 'write' && !chat.person?.started)
    throw forbidden("bot can't initiate conversation with a user")
}

function checkGroup(world: World, chat: ChatState, need: Need): void {
  const status = chat.members.get(world.bot.id)
  if (chat.movedTo !== undefined) {
    if (need === 'write' || need === 'readMembers')
      throw new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
        migrate_to_chat_id: chat.movedTo,
      })
    return
  }
  // A supergroup hides itself even for reading; a basic group stays readable to whoever was in it.
  if (chat.kind === 'group' && need === 'read' && status !== undefined) return
  if (status === 'kicked') throw forbidden(`bot was kicked from the ${chat.kind} chat`)
  if (status === undefined) throw badRequest('chat not found')
  if (!isMember(status)) throw forbidden(`bot is not a member of the ${chat.kind} chat`)
}
