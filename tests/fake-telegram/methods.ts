import type { Payload } from './access.ts'
import { answerCallbackQuery } from './callbacks.ts'
import { getChat, getChatAdministrators, getChatMember, leaveChat, sendChatAction } from './chats.ts'
import {
  deleteMessage,
  deleteMessages,
  editMessageCaption,
  editMessageMedia,
  editMessageReplyMarkup,
  editMessageText,
  setMessageReaction,
} from './editing.ts'
import { downloadBytesMax } from './files.ts'
import type { Weight } from './limits.ts'
import { badRequest } from './refusal.ts'
import { renderMe } from './render.ts'
import { sendLocation, sendMedia, sendMessage } from './sending.ts'
import { setMyCommands, setMyDescription, setMyShortDescription } from './setup.ts'
import type { World } from './world.ts'

export interface Method {
  run: (world: World, payload: Payload) => unknown
  weight: Weight
}

/** The methods that only need the world. Fetching updates and webhooks belong to the queue. */
export const methods: Record<string, Method> = {
  getme: { run: renderMe, weight: 'free' },
  sendmessage: { run: sendMessage, weight: 'send' },
  sendphoto: { run: sendMedia('photo'), weight: 'send' },
  sendvoice: { run: sendMedia('voice'), weight: 'send' },
  sendvideo: { run: sendMedia('video'), weight: 'send' },
  senddocument: { run: sendMedia('document'), weight: 'send' },
  sendlocation: { run: sendLocation, weight: 'send' },
  editmessagetext: { run: editMessageText, weight: 'edit' },
  editmessagecaption: { run: editMessageCaption, weight: 'edit' },
  editmessagemedia: { run: editMessageMedia, weight: 'edit' },
  editmessagereplymarkup: { run: editMessageReplyMarkup, weight: 'edit' },
  deletemessage: { run: deleteMessage, weight: 'free' },
  deletemessages: { run: deleteMessages, weight: 'free' },
  setmessagereaction: { run: setMessageReaction, weight: 'free' },
  answercallbackquery: { run: answerCallbackQuery, weight: 'free' },
  getfile: { run: getFile, weight: 'free' },
  setmycommands: { run: setMyCommands, weight: 'free' },
  setmydescription: { run: setMyDescription, weight: 'free' },
  setmyshortdescription: { run: setMyShortDescription, weight: 'free' },
  getchat: { run: getChat, weight: 'free' },
  getchatmember: { run: getChatMember, weight: 'free' },
  getchatadministrators: { run: getChatAdministrators, weight: 'free' },
  leavechat: { run: leaveChat, weight: 'free' },
  sendchataction: { run: sendChatAction, weight: 'free' },
}

function getFile(world: World, payload: Payload) {
  const file = world.files.get(String(payload.file_id ?? ''))
  if (!file) throw badRequest('invalid file_id')
  if (file.size > downloadBytesMax) throw badRequest('file is too big')
  const folder = {
    photo: 'photos',
    voice: 'voice',
    video: 'videos',
    document: 'documents',
    sticker: 'stickers',
  }
  const ending = /\.[A-Za-z0-9]{1,5}$/.exec(file.name)?.[0] ?? ''
  file.path ??= `${folder[file.kind]}/file_${[...world.files.keys()].indexOf(file.id)}${ending}`
  return {
    file_id: file.id,
    file_unique_id: file.uniqueId,
    file_size: file.size,
    file_path: file.path,
  }
}
