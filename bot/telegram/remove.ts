import { type Api, GrammyError, InputFile } from 'grammy'
import { blankPicture } from '../../pictures/blank.ts'
import type { Removal, SendResult } from '../channel.ts'

/** As many as one call may name. */
const idsMax = 100

/**
 * A bot may delete what it sent in the last 48 hours, and of several messages none is deleted if one is older. Older
 * ones are emptied: words and pictures may be replaced at any age, of a voice only what stands under it.
 */
export async function removeMessages(api: Api, { chat, messages, instead }: Removal): Promise<SendResult> {
  const ids = messages.map(Number)
  let stays = false
  for (let start = 0; start < ids.length; start += idsMax) {
    const some = ids.slice(start, start + idsMax)
    if (await isDone(() => api.deleteMessages(chat, some))) continue
    for (const id of some) {
      const gone = (await isDone(() => api.deleteMessage(chat, id))) || (await empty(api, chat, id, instead))
      stays ||= !gone
    }
  }
  return stays ? { status: 'failed', reason: 'stays' } : { status: 'accepted', externalId: '' }
}

/** What a message is, Telegram does not tell: one way after the other is tried. False if something of it stays. */
async function empty(api: Api, chat: string, id: number, words: string): Promise<boolean> {
  const plain = { link_preview_options: { is_disabled: true } }
  if (await isDone(() => api.editMessageText(chat, id, words, plain))) return true
  const media = new InputFile(blankPicture(), 'empty.png')
  if (await isDone(() => api.editMessageMedia(chat, id, { type: 'photo', media, caption: words })))
    return true
  await isDone(() => api.editMessageCaption(chat, id, { caption: words }))
  return false
}

/**
 * True if it is as it should be, now or already; false if Telegram does not do this with this message. What it says
 * of the chat, or of too many calls, concerns all of them.
 */
async function isDone(deed: () => Promise<unknown>): Promise<boolean> {
  try {
    await deed()
    return true
  } catch (error) {
    const ofMessage = error instanceof GrammyError && error.error_code === 400
    if (!ofMessage || error.parameters.migrate_to_chat_id) throw error
    return /message to (delete|edit) not found|message is not modified/i.test(error.description)
  }
}
