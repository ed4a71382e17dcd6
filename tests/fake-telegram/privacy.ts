import { findMessage, isMember, type StoredMessage, type World } from './world.ts'

/** With privacy the bot sees commands and replies to itself; an administrator sees everything. */
export function botSees(world: World, message: StoredMessage): boolean {
  const { chat } = message
  const status = chat.members.get(world.bot.id)
  if (!isMember(status)) return false
  if (chat.kind === 'private' || !world.privacy || status === 'administrator') return true
  const replied = message.replyTo === undefined ? undefined : findMessage(chat, message.replyTo)
  if (replied?.sender.id === world.bot.id) return true
  const command = message.entities?.find(({ type, offset }) => type === 'bot_command' && offset === 0)
  if (!command) return false
  const [, addressee] = (message.text ?? '').slice(0, command.length).split('@')
  return addressee === undefined || addressee.toLowerCase() === world.bot.username?.toLowerCase()
}
