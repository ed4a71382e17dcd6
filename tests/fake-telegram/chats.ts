import type { User } from 'grammy/types'
import { openChat, type Payload } from './access.ts'
import { changeBotStatus, renderMember } from './membership.ts'
import { badRequest, forbidden } from './refusal.ts'
import { renderChat } from './render.ts'
import { isMember, type World } from './world.ts'

const actions = [
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
]

export function getChat(world: World, payload: Payload) {
  const chat = openChat(world, payload, 'read')
  return { ...renderChat(chat), accent_color_id: 0, max_reaction_count: 11 }
}

export function getChatMember(world: World, payload: Payload) {
  const id = Math.max(0, Number(payload.user_id) || 0)
  if (id === 0) throw badRequest('invalid user_id specified')
  const chat = openChat(world, payload, id === world.bot.id ? 'read' : 'readMembers')
  const user = userOf(world, id)
  if (!user) throw badRequest('PARTICIPANT_ID_INVALID')
  const status = chat.members.get(id)
  if (chat.kind !== 'supergroup' && status === undefined) throw badRequest('member not found')
  return renderMember(user, status ?? 'left')
}

export function getChatAdministrators(world: World, payload: Payload) {
  const chat = openChat(world, payload, 'readMembers')
  if (chat.kind === 'private') throw badRequest('there are no administrators in the private chat')
  return [...chat.members]
    .filter(([, status]) => status === 'creator' || status === 'administrator')
    .flatMap(([id, status]) => {
      const user = userOf(world, id)
      return user ? [renderMember(user, status)] : []
    })
}

export function leaveChat(world: World, payload: Payload): boolean {
  const chat = openChat(world, payload, 'read')
  if (chat.kind === 'private') throw badRequest("chat member status can't be changed in private chats")
  if (!isMember(chat.members.get(world.bot.id)))
    throw forbidden(`bot is not a member of the ${chat.kind} chat`)
  changeBotStatus(world, chat, world.bot, 'left')
  return true
}

export function sendChatAction(world: World, payload: Payload): boolean {
  if (!actions.includes(String(payload.action).toLowerCase()))
    throw badRequest('wrong parameter action in request')
  openChat(world, payload, 'write')
  return true
}

function userOf(world: World, id: number): User | undefined {
  return id === world.bot.id ? world.bot : world.people.get(id)?.user
}
