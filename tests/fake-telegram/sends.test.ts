import { type Api, InputFile } from 'grammy'
import { describe, expect, test } from 'vitest'
import { castOf, pixel } from './cast.ts'

const button = (fields: object) => ({ reply_markup: { inline_keyboard: [[{ text: 'Ok', ...fields }]] } })
const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, at) => [{ text: `${at}`, callback_data: `${at}` }])
const png = (width: number, height: number) => {
  const bytes = Buffer.from(pixel)
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return new InputFile(bytes, 'p.png')
}

/** Raw calls, so that arguments the types forbid can be tried as well. */
function rawOf(api: Api) {
  return api.raw as unknown as Record<string, (payload: object) => Promise<unknown>>
}

const refusedSends: [string, string, object, string][] = [
  ['no text', 'sendMessage', { text: '' }, 'message text is empty'],
  ['only space', 'sendMessage', { text: ' \n\t\u200b' }, 'text must be non-empty'],
  ['tags around nothing', 'sendMessage', { text: '<b> </b>', parse_mode: 'HTML' }, 'text must be non-empty'],
  ['4097 characters', 'sendMessage', { text: 'я'.repeat(4097) }, 'message is too long'],
  ['2049 surrogate pairs', 'sendMessage', { text: '🙂'.repeat(2049) }, 'message is too long'],
  ['over 32 KB', 'sendMessage', { text: 'я'.repeat(16_385) }, 'text is too long'],
  [
    'a tag unknown',
    'sendMessage',
    { text: 'қ<br>', parse_mode: 'HTML' },
    'can\'t parse entities: Unsupported start tag "br" at byte offset 2',
  ],
  [
    'a tag unclosed',
    'sendMessage',
    { text: '<b>a', parse_mode: 'HTML' },
    'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
  ],
  [
    'tags crossed',
    'sendMessage',
    { text: '<b><i>a</b></i>', parse_mode: 'HTML' },
    'can\'t parse entities: Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
  ],
  [
    'a lone end',
    'sendMessage',
    { text: 'a</b>', parse_mode: 'HTML' },
    "can't parse entities: Unexpected end tag at byte offset 1",
  ],
  [
    '65 bytes of data',
    'sendMessage',
    { text: 'a', ...button({ callback_data: `${'қ'.repeat(32)}a` }) },
    'BUTTON_DATA_INVALID',
  ],
  [
    'empty data',
    'sendMessage',
    { text: 'a', ...button({ callback_data: '' }) },
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
  ],
  [
    'no label',
    'sendMessage',
    { text: 'a', reply_markup: { inline_keyboard: [[{ callback_data: 'a' }]] } },
    'can\'t parse inline keyboard button: Can\'t find field "text"',
  ],
  [
    'an empty label',
    'sendMessage',
    { text: 'a', ...button({ text: '', callback_data: 'a' }) },
    'inline keyboard button text must be non-empty',
  ],
  [
    'tel:',
    'sendMessage',
    { text: 'a', ...button({ url: 'tel:+77010000000' }) },
    "inline keyboard button URL 'tel:+77010000000' is invalid: Wrong port number specified in the URL",
  ],
  [
    'tel: short',
    'sendMessage',
    { text: 'a', ...button({ url: 'tel:112' }) },
    "inline keyboard button URL 'tel:112' is invalid: Wrong HTTP URL",
  ],
  [
    'localhost',
    'sendMessage',
    { text: 'a', ...button({ url: 'http://localhost:80/a' }) },
    "inline keyboard button URL 'http://localhost:80/a' is invalid: Wrong HTTP URL",
  ],
  [
    'another scheme',
    'sendMessage',
    { text: 'a', ...button({ url: 'ftp://a.kz' }) },
    "inline keyboard button URL 'ftp://a.kz' is invalid: Unsupported URL protocol",
  ],
  [
    '101 buttons',
    'sendMessage',
    { text: 'a', reply_markup: { inline_keyboard: rowsOf(101) } },
    'reply markup is too long',
  ],
  [
    'a flat keyboard',
    'sendMessage',
    { text: 'a', reply_markup: { keyboard: ['a'] } },
    'field "keyboard" must be an Array of Arrays',
  ],
  [
    'a reply to nothing',
    'sendMessage',
    { text: 'a', reply_parameters: { message_id: 77 } },
    'message to be replied not found',
  ],
  [
    '1025 characters',
    'sendVoice',
    { voice: new InputFile(pixel), caption: 'я'.repeat(1025) },
    'message caption is too long',
  ],
  ['an unknown file', 'sendPhoto', { photo: 'AgACAgIAAx' }, 'wrong file identifier/HTTP URL specified'],
  ['no file', 'sendPhoto', {}, 'there is no photo in the request'],
  ['an empty file', 'sendDocument', { document: new InputFile(Buffer.alloc(0)) }, 'file must be non-empty'],
  ['no picture', 'sendPhoto', { photo: new InputFile(Buffer.from('<svg/>')) }, 'IMAGE_PROCESS_FAILED'],
  [
    'a heavy picture',
    'sendPhoto',
    { photo: new InputFile(Buffer.concat([pixel, Buffer.alloc(10 * 1024 * 1024)])) },
    'file of size 10485827 bytes is too big for a photo; the maximum size is 10485760 bytes',
  ],
  ['a huge picture', 'sendPhoto', { photo: png(5001, 5000) }, 'PHOTO_INVALID_DIMENSIONS'],
  ['a ribbon', 'sendPhoto', { photo: png(2100, 100) }, 'PHOTO_INVALID_DIMENSIONS'],
  ['no longitude', 'sendLocation', { latitude: 50 }, 'longitude is empty'],
  ['an unknown action', 'sendChatAction', { action: 'thinking' }, 'wrong parameter action in request'],
]

describe('a send is refused:', () => {
  test.each(refusedSends)('%s', async (_, method, payload, description) => {
    const { api, aigul } = castOf()
    await aigul.start()
    await expect(rawOf(api)[method]?.({ chat_id: aigul.id, ...payload })).rejects.toMatchObject({
      error_code: 400,
      description: `Bad Request: ${description}`,
    })
    expect(aigul.chat.messages).toHaveLength(1)
  })
})

test('what stands right at a limit is accepted', async () => {
  const { api, aigul } = castOf()
  await aigul.start()
  await api.sendMessage(aigul.id, `<b>${'я'.repeat(4095)}</b>&lt;`, { parse_mode: 'HTML' })
  await api.sendVoice(aigul.id, new InputFile(pixel), { caption: 'я'.repeat(1024) })
  await api.sendPhoto(aigul.id, png(5000, 5000))
  const keyboard = rowsOf(99)
  keyboard.push([{ text: 'Ok', callback_data: 'қ'.repeat(32) }])
  await api.sendMessage(aigul.id, 'a', { reply_markup: { inline_keyboard: keyboard } })
  expect(aigul.chat.messages).toHaveLength(5)
})

test('a tel: link is lost without a word, a web link stays, space is cut', async () => {
  const { api, aigul } = castOf()
  await aigul.start()
  const text =
    '\n <a href="tel:+77010000000">call</a> or <a href="https://ardaq.kz/a?b=1&amp;c=2">look</a> \n'
  const sent = await api.sendMessage(aigul.id, text, { parse_mode: 'HTML' })
  expect(sent.text).toBe('call or look')
  expect(sent.entities).toEqual([
    { type: 'text_link', offset: 8, length: 4, url: 'https://ardaq.kz/a?b=1&c=2' },
  ])
})
