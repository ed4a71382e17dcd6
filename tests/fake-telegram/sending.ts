import { openChat, type Payload } from './access.ts'
import { fileOf } from './files.ts'
import { checkMarkup, type Markup } from './markup.ts'
import { badRequest } from './refusal.ts'
import { renderMessage } from './render.ts'
import { captionText, foundEntities, messageText } from './text.ts'
import { addMessage, type ChatState, type FileKind, findMessage, type World } from './world.ts'

export function sendMessage(world: World, payload: Payload) {
  const chat = openChat(world, payload, 'write')
  const { text, entities } = messageText(payload)
  return send(world, chat, payload, { text, entities: [...entities, ...foundEntities(text)] })
}

export function sendMedia(kind: FileKind) {
  return (world: World, payload: Payload) => {
    const chat = openChat(world, payload, 'write')
    const { text, entities } = captionText(payload)
    // Everything that can be refused is checked before the file is kept.
    readMarkup(chat, payload)
    const file = fileOf(world, payload[kind], kind)
    return send(world, chat, payload, {
      content: file.content,
      ...(text !== '' && { caption: text, captionEntities: entities }),
    })
  }
}

export function sendLocation(world: World, payload: Payload) {
  const chat = openChat(world, payload, 'write')
  const [latitude, longitude] = (['latitude', 'longitude'] as const).map(side => {
    const value = payload[side]
    if (value === undefined || value === null || value === '') throw badRequest(`${side} is empty`)
    return Number(value)
  })
  if (!(Math.abs(latitude ?? NaN) <= 90 && Math.abs(longitude ?? NaN) <= 180))
    throw badRequest('wrong location specified')
  const content = { location: { latitude: latitude ?? 0, longitude: longitude ?? 0 } }
  return send(world, chat, payload, { content })
}

type Parts = Parameters<typeof addMessage>[3]

function send(world: World, chat: ChatState, payload: Payload, parts: Parts) {
  const markup = readMarkup(chat, payload)
  const replyTo = repliedMessage(chat, payload)
  const message = addMessage(chat, world.bot, world.now(), {
    ...parts,
    replyTo,
    ...(markup.kind === 'inline' && { inline: markup.rows }),
    ...(markup.kind === 'keyboard' && { keyboard: markup.keyboard }),
    hadReplyMarkup: markup.kind !== 'inline' && markup.kind !== 'none',
  })
  if (markup.kind === 'keyboard') chat.keyboard = markup.keyboard
  if (markup.kind === 'remove') chat.keyboard = undefined
  return renderMessage(message)
}

function readMarkup(chat: ChatState, payload: Payload): Markup {
  return checkMarkup(payload.reply_markup, chat.kind === 'private' ? 'private' : 'group')
}

function repliedMessage(chat: ChatState, payload: Payload): number | undefined {
  const reply = payload.reply_parameters as
    | { message_id?: number; allow_sending_without_reply?: boolean }
    | undefined
  if (reply?.message_id === undefined) return undefined
  if (findMessage(chat, Number(reply.message_id))) return Number(reply.message_id)
  if (reply.allow_sending_without_reply) return undefined
  throw badRequest('message to be replied not found')
}
