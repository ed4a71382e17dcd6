import type { Message, Update, User } from 'grammy/types'
import { renderChat, renderMessage, seconds } from './render.ts'
import {
  addMessage,
  type ChatState,
  isMember,
  type MemberStatus,
  type UpdateBody,
  type World,
} from './world.ts'

/** Changes what the bot is in a chat and tells it so. */
export function changeBotStatus(
  world: World,
  chat: ChatState,
  by: User,
  after: MemberStatus,
): (Update | undefined)[] {
  const before = chat.members.get(world.bot.id) ?? 'left'
  if (before === after) return []
  if (chat.kind !== 'private') chat.members.set(world.bot.id, after)
  const emitted = [memberUpdate(world, chat, by, before, after)]
  if (isMember(after) && !isMember(before)) emitted.push(service(world, chat, by, joined([world.bot])))
  // The bot is told of its own going by a message, too, though it is out already.
  if (!isMember(after) && isMember(before))
    emitted.push(tell(world, chat, by, { left_chat_member: world.bot } as Partial<Message>))
  return emitted
}

/** A private chat has no status of its own: blocking shows itself as "kicked". */
export function blockedUpdate(world: World, chat: ChatState, by: User, blocked: boolean): Update | undefined {
  return blocked
    ? memberUpdate(world, chat, by, 'member', 'kicked')
    : memberUpdate(world, chat, by, 'kicked', 'member')
}

export function joined(users: User[]): Partial<Message> {
  return { new_chat_members: users } as Partial<Message>
}

/** A message nobody wrote: joined, left, moved. The bot gets these with privacy on, too. */
export function service(
  world: World,
  chat: ChatState,
  by: User,
  content: Partial<Message>,
): Update | undefined {
  if (isMember(chat.members.get(world.bot.id))) return tell(world, chat, by, content)
  addMessage(chat, by, world.now(), { content })
  return undefined
}

function tell(world: World, chat: ChatState, by: User, content: Partial<Message>): Update | undefined {
  const message = addMessage(chat, by, world.now(), { content })
  return world.emit({ message: renderMessage(message) } as UpdateBody, laneOf(chat))
}

/** Telegram keeps the messages of one chat in order. */
export function laneOf(chat: ChatState): string {
  return `messages:${chat.id}`
}

export function renderMember(user: User, status: MemberStatus) {
  if (status === 'creator') return { user, status, is_anonymous: false }
  if (status === 'kicked') return { user, status, until_date: 0 }
  if (status !== 'administrator') return { user, status }
  return {
    user,
    status,
    can_be_edited: false,
    is_anonymous: false,
    can_manage_chat: true,
    can_delete_messages: true,
    can_manage_video_chats: true,
    can_restrict_members: true,
    can_promote_members: false,
    can_change_info: true,
    can_invite_users: true,
    can_post_stories: false,
    can_edit_stories: false,
    can_delete_stories: false,
  }
}

function memberUpdate(
  world: World,
  chat: ChatState,
  by: User,
  before: MemberStatus,
  after: MemberStatus,
): Update | undefined {
  const my_chat_member = {
    chat: renderChat(chat),
    from: by,
    date: seconds(world.now()),
    old_chat_member: renderMember(world.bot, before),
    new_chat_member: renderMember(world.bot, after),
  }
  return world.emit({ my_chat_member } as UpdateBody, `membership:${chat.id}`)
}
