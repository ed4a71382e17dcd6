import { openChat, openMessage, type Payload } from './access.ts'
import { checkInlineMarkup } from './markup.ts'
import { badRequest, Refusal } from './refusal.ts'
import { renderMessage } from './render.ts'
import { captionText, foundEntities, messageText } from './text.ts'
import { isMember, type StoredMessage, type World } from './world.ts'

const deletableHours = 48

type Change = Pick<StoredMessage, 'text' | 'entities' | 'caption' | 'captionEntities' | 'inline'>

export function editMessageText(world: World, payload: Payload) {
  const { text, entities } = messageText(payload)
  const message = editable(world, payload)
  if (message.text === undefined) throw badRequest('there is no text in the message to edit')
  const all = [...entities, ...foundEntities(text)]
  return change(world, message, { text, entities: all, inline: checkInlineMarkup(payload.reply_markup) })
}

export function editMessageCaption(world: World, payload: Payload) {
  const { text, entities } = captionText(payload)
  const message = editable(world, payload)
  const { photo, voice, video, document } = message.content as Record<string, unknown>
  if (!(photo ?? voice ?? video ?? document)) throw badRequest('there is no caption in the message to edit')
  const inline = checkInlineMarkup(payload.reply_markup)
  return change(world, message, { caption: text, captionEntities: entities, inline })
}

export function editMessageReplyMarkup(world: World, payload: Payload) {
  const message = editable(world, payload)
  return change(world, message, { inline: checkInlineMarkup(payload.reply_markup) })
}

export function deleteMessage(world: World, payload: Payload) {
  const chat = openChat(world, payload, 'write')
  const message = openMessage(chat, payload, 'message to delete')
  const ageHours = (world.now().getTime() - message.sentAt.getTime()) / 3_600_000
  const own = message.sender.id === world.bot.id
  const admin = chat.members.get(world.bot.id) === 'administrator'
  if (chat.kind === 'supergroup' && !own && !admin) throw badRequest("message can't be deleted")
  if ((chat.kind === 'group' && !own && !admin) || (chat.kind !== 'supergroup' && ageHours > deletableHours))
    throw badRequest("message can't be deleted for everyone")
  message.deleted = true
  return true
}

export function setMessageReaction(world: World, payload: Payload) {
  const chat = openChat(world, payload, 'read')
  const message = openMessage(chat, payload, 'message to react')
  message.reactions = Array.isArray(payload.reaction) ? payload.reaction : []
  return true
}

function editable(world: World, payload: Payload): StoredMessage {
  const chat = openChat(world, payload, 'edit')
  const message = openMessage(chat, payload, 'message to edit')
  // After a migration the old messages can be read and no longer changed.
  const mine = message.sender.id === world.bot.id && chat.movedTo === undefined
  if (!mine || message.hadReplyMarkup || !isMember(chat.members.get(world.bot.id)))
    throw badRequest("message can't be edited")
  return message
}

function change(world: World, message: StoredMessage, next: Partial<Change>) {
  const before = shown(message)
  const after = shown({ ...message, ...next })
  if (before === after)
    throw new Refusal(
      400,
      'Bad Request: message is not modified: specified new message content and reply markup are exactly the same ' +
        'as a current content and reply markup of the message',
    )
  Object.assign(message, next, { editedAt: world.now() })
  return renderMessage(message)
}

function shown(message: StoredMessage): string {
  const { text, entities, caption, captionEntities, inline } = message
  return JSON.stringify([text, entities ?? [], caption ?? '', captionEntities ?? [], inline ?? []])
}
