import { openChat, openMessage, type Payload } from './access.ts'
import { fileOf } from './files.ts'
import { checkInlineMarkup } from './markup.ts'
import { badRequest, Refusal } from './refusal.ts'
import { renderMessage } from './render.ts'
import { captionText, foundEntities, messageText } from './text.ts'
import { type ChatState, findMessage, isMember, type StoredMessage, type World } from './world.ts'

const deletableMs = 48 * 3_600_000
const deletedAtOnceMax = 100

type Change = Pick<StoredMessage, 'text' | 'entities' | 'caption' | 'captionEntities' | 'content' | 'inline'>

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

/** Pictures, films and documents may be replaced, and words by one of these; a voice never. */
export function editMessageMedia(world: World, payload: Payload) {
  const media = payload.media as Payload | undefined
  const kind = (['photo', 'video', 'document'] as const).find(known => known === media?.type)
  if (!media || !kind) throw badRequest("can't parse InputMedia")
  const { text: caption, entities: captionEntities } = captionText(media)
  const inline = checkInlineMarkup(payload.reply_markup)
  const message = editable(world, payload)
  if ('voice' in message.content) throw badRequest("message media can't be edited")
  const { content } = fileOf(world, media.media, kind)
  const words = { text: undefined, entities: undefined, caption, captionEntities }
  return change(world, message, { ...words, content, inline })
}

export function editMessageReplyMarkup(world: World, payload: Payload) {
  const message = editable(world, payload, 'markup')
  return change(world, message, { inline: checkInlineMarkup(payload.reply_markup) })
}

export function deleteMessage(world: World, payload: Payload) {
  const chat = openChat(world, payload, 'write')
  const message = openMessage(chat, payload, 'message to delete')
  checkDeletable(world, chat, message)
  message.deleted = true
  return true
}

/** All or none; those that are gone already are passed over. */
export function deleteMessages(world: World, payload: Payload) {
  const { message_ids: ids } = payload
  if (!Array.isArray(ids) || ids.length === 0) throw badRequest('message identifiers are not specified')
  if (ids.length > deletedAtOnceMax) throw badRequest('too many message identifiers specified')
  if (!ids.every(id => Number.isInteger(Number(id)) && Number(id) > 0))
    throw badRequest('invalid message identifier specified')
  const chat = openChat(world, payload, 'write')
  const messages = ids.flatMap(id => findMessage(chat, Number(id)) ?? [])
  for (const message of messages) checkDeletable(world, chat, message)
  for (const message of messages) message.deleted = true
  return true
}

export function setMessageReaction(world: World, payload: Payload) {
  const chat = openChat(world, payload, 'read')
  const message = openMessage(chat, payload, 'message to react')
  message.reactions = Array.isArray(payload.reaction) ? payload.reaction : []
  return true
}

function checkDeletable(world: World, chat: ChatState, message: StoredMessage): void {
  const ageMs = world.now().getTime() - message.sentAt.getTime()
  const own = message.sender.id === world.bot.id
  const admin = chat.members.get(world.bot.id) === 'administrator'
  if (chat.kind === 'supergroup' && ((!own && !admin) || ageMs >= deletableMs))
    throw badRequest("message can't be deleted")
  if ((chat.kind === 'group' && !own && !admin) || (chat.kind !== 'supergroup' && ageMs > deletableMs))
    throw badRequest("message can't be deleted for everyone")
}

const neverEdited = ['location', 'contact', 'sticker', 'venue', 'video_note'] as const

/** There is no age at which a bot could no longer edit what it sent, but there are kinds it never could. */
function editable(world: World, payload: Payload, what: 'content' | 'markup' = 'content'): StoredMessage {
  const chat = openChat(world, payload, 'edit')
  const message = openMessage(chat, payload, 'message to edit')
  // After a migration the old messages can be read and no longer changed.
  const mine = message.sender.id === world.bot.id && chat.movedTo === undefined
  const fixed = what === 'content' && neverEdited.some(kind => kind in message.content)
  if (!mine || fixed || message.hadReplyMarkup || !isMember(chat.members.get(world.bot.id)))
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
  const { text, entities, caption, captionEntities, content, inline } = message
  return JSON.stringify([text, entities ?? [], caption ?? '', captionEntities ?? [], content, inline ?? []])
}
