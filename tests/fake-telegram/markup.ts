import { checkLink } from './links.ts'
import { badRequest } from './refusal.ts'

export type InlineButton = { text: string; callback_data?: string; url?: string }
export type InlineKeyboard = InlineButton[][]
export type KeyButton = { text: string; request_contact?: boolean; request_location?: boolean }
export interface ReplyKeyboard {
  rows: KeyButton[][]
  oneTime: boolean
}

export type Markup =
  | { kind: 'none' }
  | { kind: 'inline'; rows: InlineKeyboard }
  | { kind: 'keyboard'; keyboard: ReplyKeyboard }
  | { kind: 'remove' }
  | { kind: 'force' }

const callbackDataBytesMax = 64
const buttonsMax = 100
const markupBytesMax = 10_240

/** Reads `reply_markup` and refuses what Telegram refuses. */
export function checkMarkup(value: unknown, place: 'private' | 'group'): Markup {
  if (value === undefined || value === null || value === '') return { kind: 'none' }
  if (typeof value !== 'object' || Array.isArray(value)) throw badRequest('object expected as reply markup')
  const markup = value as Record<string, unknown>
  const keys = rowsOf(markup.keyboard, 'Field "keyboard" must be an Array of Arrays')
  if (keys.some(row => row.length > 0)) {
    const rows = keys.map(row => row.map(key => checkKey(key, place)))
    return { kind: 'keyboard', keyboard: { rows, oneTime: markup.one_time_keyboard === true } }
  }
  const buttons = rowsOf(
    markup.inline_keyboard,
    'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
  )
  if (buttons.some(row => row.length > 0)) {
    const rows = buttons.map(row => row.map(checkButton)).filter(row => row.length > 0)
    if (rows.flat().length > buttonsMax || Buffer.byteLength(JSON.stringify(rows)) > markupBytesMax)
      throw badRequest('reply markup is too long')
    return { kind: 'inline', rows }
  }
  if (markup.remove_keyboard === true) return { kind: 'remove' }
  return markup.force_reply === true ? { kind: 'force' } : { kind: 'none' }
}

/** Edits take inline keyboards only; none, or an empty one, takes the buttons away. */
export function checkInlineMarkup(value: unknown): InlineKeyboard | undefined {
  const markup = checkMarkup(value, 'private')
  if (markup.kind === 'none') return undefined
  if (markup.kind !== 'inline') throw badRequest('inline keyboard expected')
  return markup.rows
}

function rowsOf(value: unknown, complaint: string): unknown[][] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value) || !value.every(Array.isArray)) throw badRequest(complaint)
  return value
}

function checkButton(value: unknown): InlineButton {
  const parse = (text: string) => badRequest(`can't parse inline keyboard button: ${text}`)
  const button = fieldsOf(value, parse, 'InlineKeyboardButton must be an Object')
  const text = textOf(button, parse)
  // Telegram drops a button with an empty label without a word; here it is refused, to be seen.
  if (text.trim() === '') throw badRequest('inline keyboard button text must be non-empty')
  const { url, callback_data: data } = button
  if (typeof url === 'string' && url !== '') {
    const link = checkLink(url)
    if (!link.ok) throw badRequest(`inline keyboard button URL '${url}' is invalid: ${link.reason}`)
    return { text, url: link.url }
  }
  if (typeof data !== 'string' || data === '')
    throw parse('Text buttons are unallowed in the inline keyboard')
  if (Buffer.byteLength(data) > callbackDataBytesMax) throw badRequest('BUTTON_DATA_INVALID')
  return { text, callback_data: data }
}

function checkKey(value: unknown, place: 'private' | 'group'): KeyButton {
  const parse = (text: string) => badRequest(`can't parse keyboard button: ${text}`)
  const key =
    typeof value === 'string' ? { text: value } : fieldsOf(value, parse, 'KeyboardButton must be an Object')
  const text = textOf(key, parse)
  if (text.trim() === '') throw badRequest('keyboard button text must be non-empty')
  const request_contact = key.request_contact === true
  const request_location = key.request_location === true
  if (place === 'group' && request_contact)
    throw badRequest('phone number can be requested in private chats only')
  if (place === 'group' && request_location)
    throw badRequest('location can be requested in private chats only')
  return { text, ...(request_contact && { request_contact }), ...(request_location && { request_location }) }
}

function fieldsOf(value: unknown, refuse: (text: string) => Error, complaint: string) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse(complaint)
  return value as Record<string, unknown>
}

function textOf(button: Record<string, unknown>, refuse: (text: string) => Error): string {
  const text = button.text
  if (text === undefined || text === null) throw refuse('Can\'t find field "text"')
  if (typeof text !== 'string' && typeof text !== 'number')
    throw refuse('Field "text" must be of type String')
  return String(text)
}
