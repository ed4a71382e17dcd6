import { InputFile } from 'grammy'
import { expect, test } from 'vitest'
import { castOf, handClock, pixel } from './cast.ts'

const okButton = { reply_markup: { inline_keyboard: [[{ text: 'Ok', callback_data: 'a' }]] } }

test('chats that are closed to the bot', async () => {
  const { telegram, api, aigul, timur } = castOf()
  const say = (chat: number) => api.sendMessage(chat, 'Hello')
  await expect(say(42)).rejects.toMatchObject({ error_code: 400, description: 'Bad Request: chat not found' })
  await expect(say(aigul.id)).rejects.toMatchObject({
    error_code: 403,
    description: "Forbidden: bot can't initiate conversation with a user",
  })
  await aigul.start()
  const { message_id } = await say(aigul.id)
  await aigul.block()
  const blocked = { error_code: 403, description: 'Forbidden: bot was blocked by the user' }
  await expect(say(aigul.id)).rejects.toMatchObject(blocked)
  await expect(api.editMessageText(aigul.id, message_id, 'x')).rejects.toMatchObject(blocked)
  for (const kind of ['group', 'supergroup'] as const) {
    const group = telegram.group(kind, { members: [timur], supergroup: kind === 'supergroup' })
    await expect(say(group.id)).rejects.toThrow('chat not found')
    await group.addBot(timur)
    await say(group.id)
    await group.kickBot(timur)
    await expect(say(group.id)).rejects.toMatchObject({
      error_code: 403,
      description: `Forbidden: bot was kicked from the ${kind} chat`,
    })
    // A basic group can still be looked at from outside, a supergroup cannot.
    const looked = await api.getChat(group.id).catch(() => undefined)
    expect(looked?.title).toBe(kind === 'group' ? 'group' : undefined)
    await group.addBot(timur)
    await api.leaveChat(group.id)
    await expect(say(group.id)).rejects.toThrow(`Forbidden: bot is not a member of the ${kind} chat`)
  }
})

test('edits', async () => {
  const { api, aigul } = castOf()
  const typed = await aigul.start()
  const plain = await api.sendMessage(aigul.id, 'a', okButton)
  const keyed = await api.sendMessage(aigul.id, 'a', { reply_markup: { keyboard: [['b']] } })
  const removed = await api.sendMessage(aigul.id, 'a', { reply_markup: { remove_keyboard: true } })
  const photo = await api.sendPhoto(aigul.id, new InputFile(pixel), { caption: 'a' })
  const text = (id: number, words = 'b', other = {}) => api.editMessageText(aigul.id, id, words, other)
  await expect(text(99)).rejects.toThrow('Bad Request: message to edit not found')
  await expect(text(plain.message_id, ' a ', okButton)).rejects.toThrow(
    'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a ' +
      'current content and reply markup of the message',
  )
  for (const id of [keyed.message_id, removed.message_id, typed])
    await expect(text(id)).rejects.toThrow("Bad Request: message can't be edited")
  await expect(text(photo.message_id)).rejects.toThrow('there is no text in the message to edit')
  await expect(text(plain.message_id, 'b', { reply_markup: { keyboard: [['b']] } })).rejects.toThrow(
    'inline keyboard expected',
  )
  await expect(api.editMessageCaption(aigul.id, plain.message_id, { caption: 'b' })).rejects.toThrow(
    'there is no caption in the message to edit',
  )
  await api.editMessageReplyMarkup(aigul.id, plain.message_id)
  await expect(api.editMessageReplyMarkup(aigul.id, plain.message_id)).rejects.toThrow('not modified')
  const caption = await api.editMessageCaption(aigul.id, photo.message_id, { caption: 'b' })
  expect(caption).toMatchObject({ caption: 'b', edit_date: expect.any(Number) })
})

test('deleting: own and young messages only', async () => {
  const clock = handClock()
  const { telegram, api, aigul, timur } = castOf({ now: clock.now })
  await aigul.start()
  const old = await api.sendMessage(aigul.id, 'a')
  const group = telegram.group('Көршілер', { members: [timur], addBot: true, supergroup: true })
  const theirs = await timur.in(group).send('/bind')
  await expect(api.deleteMessage(group.id, theirs)).rejects.toThrow("message can't be deleted")
  await group.promoteBot(timur)
  await api.deleteMessage(group.id, theirs)
  await expect(api.deleteMessage(group.id, theirs)).rejects.toThrow('message to delete not found')
  clock.wait(48 * 3600 + 1)
  await expect(api.deleteMessage(aigul.id, old.message_id)).rejects.toThrow(
    "message can't be deleted for everyone",
  )
})

test('deleting several: all or none, and what is gone is passed over', async () => {
  const clock = handClock()
  const { telegram, api, aigul, timur } = castOf({ now: clock.now })
  await aigul.start()
  const say = async () => (await api.sendMessage(aigul.id, 'a')).message_id
  const old = await say()
  clock.wait(48 * 3600)
  const young = await say()
  await api.deleteMessages(aigul.id, [99, old])
  await api.deleteMessages(aigul.id, [99, old])
  const older = await say()
  clock.wait(48 * 3600 + 1)
  const late = "Bad Request: message can't be deleted for everyone"
  const other = await say()
  await expect(api.deleteMessages(aigul.id, [other, older])).rejects.toThrow(late)
  expect(aigul.chat.messages.map(({ id }) => id)).toEqual([1, young, older, other])
  await expect(api.deleteMessages(aigul.id, [])).rejects.toThrow('identifiers are not specified')
  const many = Array.from({ length: 101 }, (_, n) => n + 1)
  await expect(api.deleteMessages(aigul.id, many)).rejects.toThrow('too many message identifiers')
  await aigul.block()
  await expect(api.deleteMessages(aigul.id, [other])).rejects.toMatchObject({ error_code: 403 })
  // In a supergroup not even an administrator may after two days.
  const group = telegram.group('Көршілер', { members: [timur], addBot: true, supergroup: true })
  await group.promoteBot(timur)
  const post = await api.sendMessage(group.id, 'a')
  clock.wait(48 * 3600)
  await expect(api.deleteMessage(group.id, post.message_id)).rejects.toThrow("message can't be deleted")
})

test('at any age words and pictures are replaced by a picture, a voice and a place never', async () => {
  const clock = handClock()
  const { telegram, api, aigul } = castOf({ now: clock.now })
  await aigul.start()
  await aigul.voice(Buffer.from('OggS'))
  const voiceId = telegram.takeUpdates().at(-1)?.message?.voice?.file_id ?? ''
  const words = await api.sendMessage(aigul.id, 'a')
  const photo = await api.sendPhoto(aigul.id, new InputFile(pixel), { caption: 'a' })
  const voice = await api.sendVoice(aigul.id, voiceId, { caption: 'a' })
  const place = await api.sendLocation(aigul.id, 50, 80)
  clock.wait(30 * 86_400)
  const replace = ({ message_id }: { message_id: number }) =>
    api.editMessageMedia(aigul.id, message_id, { type: 'photo', media: new InputFile(pixel), caption: 'b' })
  for (const message of [words, photo]) {
    await replace(message)
    const seen = aigul.chat.messages.find(({ id }) => id === message.message_id)
    expect(seen).toMatchObject({ caption: 'b', photo: new Uint8Array(pixel), edited: true })
    expect(seen?.text).toBeUndefined()
  }
  await expect(replace(voice)).rejects.toThrow("message media can't be edited")
  await api.editMessageCaption(aigul.id, voice.message_id, { caption: 'b' })
  await expect(replace(place)).rejects.toThrow("message can't be edited")
  await expect(api.editMessageText(aigul.id, place.message_id, 'b')).rejects.toThrow(
    "message can't be edited",
  )
})

test('asking for phone or place in a group', async () => {
  const { telegram, api, timur } = castOf()
  const group = telegram.group('Көршілер', { members: [timur], addBot: true })
  const ask = (key: object) =>
    api.sendMessage(group.id, 'a', { reply_markup: { keyboard: [[{ text: 'b', ...key }]] } })
  await expect(ask({ request_contact: true })).rejects.toThrow(
    'Bad Request: phone number can be requested in private chats only',
  )
  await expect(ask({ request_location: true })).rejects.toThrow(
    'Bad Request: location can be requested in private chats only',
  )
})

test('callback answers: once, in time, short, and only into the bot', async () => {
  const clock = handClock()
  const { telegram, api, aigul } = castOf({ now: clock.now })
  await aigul.start()
  await api.sendMessage(aigul.id, '?', okButton)
  const pressed = async () => {
    await aigul.tap('Ok')
    return telegram.takeUpdates().at(-1)?.callback_query?.id ?? ''
  }
  const late = 'Bad Request: query is too old and response timeout expired or query ID is invalid'
  await expect(api.answerCallbackQuery('1')).rejects.toThrow(late)
  const id = await pressed()
  await expect(api.answerCallbackQuery(id, { text: 'я'.repeat(201) })).rejects.toThrow('MESSAGE_TOO_LONG')
  for (const url of [
    'https://ardaq.kz',
    'https://t.me/other_bot?start=a',
    'https://t.me/ardaq_bot',
    'https://t.me/ardaq_bot?start=a.b',
    `https://t.me/ardaq_bot?start=${'a'.repeat(65)}`,
  ])
    await expect(api.answerCallbackQuery(id, { url })).rejects.toThrow('Bad Request: URL_INVALID')
  await api.answerCallbackQuery(id, { text: 'я'.repeat(200) })
  await expect(api.answerCallbackQuery(id)).rejects.toThrow(late)
  const second = await pressed()
  clock.wait(16)
  await expect(api.answerCallbackQuery(second)).rejects.toThrow(late)
})

test('start codes', async () => {
  const { aigul } = castOf()
  await expect(aigul.start('a b')).rejects.toThrow('not a start code')
  await expect(aigul.start('a'.repeat(65))).rejects.toThrow('not a start code')
  await expect(aigul.send('hi')).rejects.toThrow('has not pressed Start')
  await aigul.start(`${'a'.repeat(62)}_-`)
})

test('files: too big, unknown, of another kind', async () => {
  const { telegram, api, aigul } = castOf()
  await aigul.start()
  await aigul.document({ size: 20 * 1024 * 1024 + 1 })
  await aigul.voice(Buffer.from('OggS'))
  const [big, voice] = telegram.takeUpdates().slice(-2)
  await expect(api.getFile(big?.message?.document?.file_id ?? '')).rejects.toThrow('file is too big')
  await expect(api.getFile('x')).rejects.toThrow('Bad Request: invalid file_id')
  await expect(api.sendPhoto(aigul.id, voice?.message?.voice?.file_id ?? '')).rejects.toThrow(
    "can't use file of type VoiceNote as Photo",
  )
})

test('members and administrators', async () => {
  const { telegram, api, aigul, timur } = castOf()
  const group = telegram.group('Көршілер', { members: [timur], admins: [aigul], addBot: true })
  expect((await api.getChatAdministrators(group.id)).map(({ user }) => user.id)).toEqual([aigul.id])
  expect((await api.getChatMember(group.id, timur.id)).status).toBe('member')
  await group.remove(timur)
  expect((await api.getChatMember(group.id, timur.id)).status).toBe('left')
  await expect(timur.in(group).send('/a')).rejects.toThrow('is not in')
  await expect(api.getChatAdministrators(aigul.id)).rejects.toThrow('there are no administrators')
  expect(await api.getChat(group.id)).toMatchObject({ id: group.id, type: 'group', title: 'Көршілер' })
  await expect(api.setMyCommands([{ command: 'Help!', description: 'a' }])).rejects.toThrow(
    'BOT_COMMAND_INVALID',
  )
  await expect(api.setMyShortDescription('я'.repeat(121))).rejects.toThrow('Bad Request')
})
