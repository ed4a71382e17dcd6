import { type Api, InputFile } from 'grammy'
import type { InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'grammy/types'
import type { Outgoing } from '../channel.ts'

type Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup

/** One call to the Bot API for one message. Text goes without a parse mode: nothing in it can become markup. */
export async function sendMessage(api: Api, message: Outgoing): Promise<string> {
  const { chat } = message
  if (message.editOf) return edit(api, message, message.editOf)
  const markup = markupOf(message)
  const other = markup ? { reply_markup: markup } : {}
  if (message.location) {
    const { latitude, longitude } = message.location
    return idOf(await api.sendLocation(chat, latitude, longitude, other))
  }
  if (message.media) return sendMedia(api, message, other)
  return idOf(
    await api.sendMessage(chat, message.text, { ...other, link_preview_options: { is_disabled: true } }),
  )
}

async function sendMedia(api: Api, message: Outgoing, other: { reply_markup?: Markup }): Promise<string> {
  const { chat, media, text } = message
  if (!media) return ''
  const file = 'ref' in media ? media.ref.id : new InputFile(media.bytes, fileNames[media.kind])
  const options = { ...other, ...(text && { caption: text }) }
  if (media.kind === 'photo') return idOf(await api.sendPhoto(chat, file, options))
  if (media.kind === 'voice') return idOf(await api.sendVoice(chat, file, options))
  if (media.kind === 'video') return idOf(await api.sendVideo(chat, file, options))
  return idOf(await api.sendDocument(chat, file, options))
}

const fileNames = { photo: 'picture.png', voice: 'voice.ogg', video: 'video.mp4', file: 'file' }

async function edit(api: Api, message: Outgoing, editOf: string): Promise<string> {
  const { chat, text, buttons } = message
  const keyboard = buttons ? { reply_markup: inline(buttons) } : {}
  await api.editMessageText(chat, Number(editOf), text, {
    ...keyboard,
    link_preview_options: { is_disabled: true },
  })
  return editOf
}

/**
 * Telegram shows either buttons under a message or a keyboard that can ask for the own phone. Where a phone or place
 * is asked for, the options become keys of that keyboard; a pressed key comes back as its label, which is understood.
 */
function markupOf({ buttons = [], requests = [] }: Outgoing): Markup | undefined {
  if (requests.length === 0) return buttons.length > 0 ? inline(buttons) : undefined
  const keys = requests.map(({ what, label }) => [
    what === 'contact' ? { text: label, request_contact: true } : { text: label, request_location: true },
  ])
  const options = buttons.map(row => row.map(({ label }) => ({ text: label })))
  return { keyboard: [...keys, ...options], resize_keyboard: true, one_time_keyboard: true }
}

function inline(rows: NonNullable<Outgoing['buttons']>): InlineKeyboardMarkup {
  const inline_keyboard = rows.map(row =>
    row.map(button =>
      'url' in button
        ? { text: button.label, url: button.url }
        : { text: button.label, callback_data: button.data },
    ),
  )
  return { inline_keyboard }
}

function idOf(message: { message_id: number }): string {
  return String(message.message_id)
}
