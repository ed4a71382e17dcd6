import { type Bot, InlineKeyboard, InputFile, Keyboard } from 'grammy'
import type { Update } from 'grammy/types'
import { describe, expect, test } from 'vitest'
import { botOn, castOf, pixel } from './cast.ts'

/** A bot that greets, asks by buttons, and edits its question. */
async function greeterOn(telegram: ReturnType<typeof castOf>['telegram']): Promise<Bot> {
  const bot = botOn(telegram)
  bot.command('start', ctx =>
    ctx.reply(`Salem ${ctx.match}`.trim(), {
      reply_markup: new InlineKeyboard().text('Yes', 'y').text('No', 'n'),
    }),
  )
  bot.callbackQuery('y', async ctx => {
    await ctx.editMessageText('You said yes')
    await ctx.answerCallbackQuery({ url: 'https://t.me/ardaq_bot?start=claim_5' })
  })
  await bot.init()
  telegram.onUpdate = update => bot.handleUpdate(update)
  return bot
}

describe('a bot by fetch', () => {
  test('people talk to it and see its messages', async () => {
    const { telegram, aigul } = castOf()
    await greeterOn(telegram)
    await aigul.start('ref_7')
    expect(aigul.chat.messages).toEqual([
      { id: 1, from: 'user', sender: 'Айгүл', text: '/start ref_7', buttons: [], edited: false },
      { id: 2, from: 'bot', sender: 'Ardaq', text: 'Salem ref_7', buttons: [['Yes', 'No']], edited: false },
    ])
    expect(telegram.updates).toEqual([])
  })

  test('a press is answered, edits the message and opens a link', async () => {
    const { telegram, aigul } = castOf()
    await greeterOn(telegram)
    await aigul.start()
    const press = await aigul.tap('Yes')
    expect(press.answer).toEqual({ alert: false, url: 'https://t.me/ardaq_bot?start=claim_5' })
    expect(aigul.chat.messages.at(-1)).toMatchObject({ text: 'You said yes', buttons: [], edited: true })
    await aigul.open(press.answer?.url ?? '')
    expect(aigul.chat.messages.at(-1)?.text).toBe('Salem claim_5')
    await expect(aigul.tap('Maybe')).rejects.toThrow('sees no button')
  })

  test('a press nobody answers stays without an answer', async () => {
    const { telegram, aigul } = castOf()
    await greeterOn(telegram)
    await aigul.start()
    expect((await aigul.tap({ data: 'n' })).answer).toBeUndefined()
  })

  test('what the bot throws reaches the person who acted, and the update stays', async () => {
    const { telegram, aigul } = castOf()
    let down = true
    const seen: number[] = []
    telegram.onUpdate = async update => {
      if (down) throw new Error('database is away')
      seen.push(update.update_id)
    }
    await expect(aigul.start()).rejects.toThrow('database is away')
    expect(telegram.updates).toHaveLength(1)
    down = false
    await aigul.send('still there?')
    expect(seen).toEqual(telegram.updateLog.map(({ update_id }) => update_id))
    expect(telegram.updates).toEqual([])
  })

  test('presses of two people run at once, messages of one chat one after another', async () => {
    const { telegram, api, aigul, timur } = castOf()
    const group = telegram.group('Көршілер Семей', { members: [aigul, timur], addBot: true })
    await api.sendMessage(group.id, 'Who?', { reply_markup: new InlineKeyboard().text('I', 'i') })
    telegram.takeUpdates()
    let inside = 0
    let most = 0
    telegram.onUpdate = async () => {
      most = Math.max(most, ++inside)
      await new Promise(resolve => setTimeout(resolve, 5))
      inside--
    }
    await Promise.all([aigul.in(group).tap('I'), timur.in(group).tap('I')])
    expect(most).toBe(2)
    most = 0
    await Promise.all([aigul.in(group).send('/a'), timur.in(group).send('/b')])
    expect(most).toBe(1)
  })
})

describe('files', () => {
  test('the bytes a person sends can be fetched after getFile', async () => {
    const { telegram, api, aigul } = castOf()
    await aigul.start()
    const bytes = Buffer.from('OggS and more')
    await aigul.voice(bytes)
    const voice = telegram.takeUpdates().at(-1)?.message?.voice
    const file = await api.getFile(voice?.file_id ?? '')
    const url = `https://api.telegram.org/file/bot${telegram.token}/${file.file_path}`
    expect(Buffer.from(await (await telegram.fetch(url)).arrayBuffer())).toEqual(bytes)
    expect((await telegram.fetch(`${url}x`)).status).toBe(404)
    expect((await telegram.fetch(url.replace('/bot', '/bot1'))).status).toBe(401)
  })

  test('a picture the bot uploads is seen, and goes out again by its id', async () => {
    const { telegram, api, aigul } = castOf()
    await aigul.start()
    const caption = 'Апталық <b>есеп</b> &amp; карта'
    const sent = await api.sendPhoto(aigul.id, new InputFile(pixel, 'апталық есеп.png'), {
      caption,
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().text('Ok', 'ok'),
    })
    expect(aigul.chat.messages.at(-1)).toMatchObject({
      caption: 'Апталық есеп & карта',
      photo: new Uint8Array(pixel),
      buttons: [['Ok']],
    })
    expect(sent.caption_entities).toEqual([{ type: 'bold', offset: 8, length: 4 }])
    expect(telegram.lastCall('sendPhoto')?.payload).toEqual({
      chat_id: String(aigul.id),
      caption,
      parse_mode: 'HTML',
      photo: { filename: 'апталық есеп.png', bytes: new Uint8Array(pixel) },
      reply_markup: { inline_keyboard: [[{ text: 'Ok', callback_data: 'ok' }]] },
    })
    const again = await api.sendPhoto(aigul.id, sent.photo.at(-1)?.file_id ?? '')
    expect(again.photo).toEqual(sent.photo)
  })

  test('bytes that contain the look of a boundary arrive whole', async () => {
    const { api, telegram, aigul } = castOf()
    await aigul.start()
    const bytes = Buffer.from('a\r\n--x\r\n\r\n------\r\nb\r\n')
    await api.sendDocument(aigul.id, new InputFile(bytes, 'a b.csv'))
    expect(telegram.lastCall('sendDocument')?.payload.document).toEqual({
      filename: 'a b.csv',
      bytes: new Uint8Array(bytes),
    })
  })
})

test('a keyboard stays under the input field until it is taken away', async () => {
  const { telegram, api, aigul } = castOf()
  await aigul.start()
  const keyboard = new Keyboard().requestContact('My number').row().text('Skip')
  await api.sendMessage(aigul.id, 'Phone?', { reply_markup: keyboard })
  expect(aigul.chat.keyboard).toEqual([['My number'], ['Skip']])
  expect(aigul.chat.messages.at(-1)?.keyboard).toEqual([['My number'], ['Skip']])
  await aigul.key('My number')
  await aigul.key('Skip')
  const [contact, skip] = telegram.takeUpdates().slice(-2)
  expect(contact?.message?.contact?.user_id).toBe(aigul.id)
  expect(skip?.message?.text).toBe('Skip')
  await api.sendMessage(aigul.id, 'Thanks', { reply_markup: { remove_keyboard: true } })
  await expect(aigul.key('Skip')).rejects.toThrow('sees no key')
})

test('an old message on a phone can still be pressed after it was deleted', async () => {
  const { telegram, api, aigul } = castOf()
  await aigul.start()
  const markup = new InlineKeyboard().text('Ok', 'ok')
  const { message_id } = await api.sendMessage(aigul.id, '?', { reply_markup: markup })
  await api.deleteMessage(aigul.id, message_id)
  await expect(aigul.tap('Ok')).rejects.toThrow('sees no button')
  await aigul.press(message_id, 'ok')
  const query = telegram.takeUpdates().at(-1)?.callback_query as Update['callback_query']
  expect(query).toMatchObject({
    data: 'ok',
    message: { message_id, date: 0 },
    chat_instance: expect.any(String),
  })
})
