import { InlineKeyboard } from 'grammy'
import { describe, expect, test } from 'vitest'
import { castOf, handClock, pixel } from './cast.ts'

describe('updates', () => {
  test('each kind of message has its content', async () => {
    const { telegram, aigul } = castOf()
    await aigul.start()
    await aigul.voice(Buffer.from('OggS'), { duration: 7 })
    await aigul.photo(pixel, 'roof')
    await aigul.location(50.4, 80.2)
    await aigul.shareContact()
    await aigul.contactOf('+7 701 000 00 00')
    await aigul.sticker()
    await aigul.poll()
    await aigul.document({ size: 21 * 1024 * 1024, name: 'scan.pdf' })
    await aigul.edit(1, '/help')
    const messages = telegram.takeUpdates().map(({ message, edited_message }) => message ?? edited_message)
    const [start, voice, photo, location, own, other, sticker, poll, document, edited] = messages
    expect(start).toMatchObject({ text: '/start', entities: [{ type: 'bot_command', offset: 0, length: 6 }] })
    expect(voice?.voice).toMatchObject({ duration: 7, file_size: 4, mime_type: 'audio/ogg' })
    expect(voice?.voice?.file_id).not.toBe(voice?.voice?.file_unique_id)
    expect(photo?.photo).toHaveLength(3)
    expect(photo?.caption).toBe('roof')
    expect(location?.location).toEqual({ latitude: 50.4, longitude: 80.2 })
    expect(own?.contact?.user_id).toBe(aigul.id)
    expect(other?.contact).not.toHaveProperty('user_id')
    expect([sticker?.sticker?.type, poll?.poll?.type]).toEqual(['regular', 'regular'])
    expect(document?.document).toMatchObject({ file_name: 'scan.pdf', file_size: 22_020_096 })
    expect(edited).toMatchObject({ message_id: 1, text: '/help', edit_date: expect.any(Number) })
  })

  test('blocking and coming back are told, in this order', async () => {
    const { telegram, aigul } = castOf()
    await aigul.start()
    await aigul.block()
    await expect(aigul.send('?')).rejects.toThrow('has blocked the bot')
    await aigul.start()
    const statuses = telegram.takeUpdates().map(update => update.my_chat_member?.new_chat_member.status)
    expect(statuses).toEqual([undefined, 'kicked', 'member', undefined])
  })

  test('a group: the bot is added, sees commands and replies to itself but no plain words', async () => {
    const { telegram, api, timur } = castOf()
    const group = telegram.group('Көршілер Семей', { members: [timur], addBot: true })
    const question = await api.sendMessage(group.id, 'Hello')
    await timur.in(group).send('weather is fine')
    await timur.in(group).send('/bind')
    await timur.in(group).send('/bind@other_bot')
    await timur.in(group).send('answer', { replyTo: question.message_id })
    const updates = telegram.takeUpdates()
    expect(updates[0]?.my_chat_member).toMatchObject({
      chat: { id: group.id, type: 'group', title: 'Көршілер Семей' },
      old_chat_member: { status: 'left' },
      new_chat_member: { status: 'member', user: { username: 'ardaq_bot' } },
    })
    expect(updates[1]?.message?.new_chat_members?.[0]?.is_bot).toBe(true)
    expect(updates.slice(2).map(({ message }) => message?.text)).toEqual(['/bind', 'answer'])
    expect(updates.at(-1)?.message?.reply_to_message?.text).toBe('Hello')
  })

  test('a group moves: both messages come and the old id is dead', async () => {
    const { telegram, api, timur } = castOf()
    const group = telegram.group('Көршілер Семей', { members: [timur], addBot: true })
    const old = group.id
    const card = await api.sendMessage(old, 'card')
    telegram.takeUpdates()
    const id = await group.migrate()
    expect(telegram.takeUpdates().map(({ message }) => message)).toMatchObject([
      { chat: { id: old }, migrate_to_chat_id: id },
      { chat: { id, type: 'supergroup' }, migrate_from_chat_id: old },
    ])
    await expect(api.sendMessage(old, 'again')).rejects.toMatchObject({
      error_code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: id },
    })
    await expect(api.editMessageText(old, card.message_id, 'new')).rejects.toThrow("message can't be edited")
    await api.sendMessage(id, 'again')
    expect(group.messages.map(({ text }) => text)).toEqual([undefined, 'again'])
    await timur.in(group).send('/status')
    expect(telegram.takeUpdates()[0]?.message?.chat.id).toBe(id)
  })

  test('message ids repeat from chat to chat, update ids never', async () => {
    const { telegram, aigul, timur } = castOf()
    expect([await aigul.start(), await timur.start(), await aigul.send('a')]).toEqual([1, 1, 2])
    const ids = telegram.takeUpdates().map(({ update_id }) => update_id)
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b))
  })

  test('a press nobody fetches for 150 seconds is gone', async () => {
    const clock = handClock()
    const { telegram, api, aigul } = castOf({ now: clock.now })
    await aigul.start()
    await api.sendMessage(aigul.id, '?', { reply_markup: new InlineKeyboard().text('Ok', 'ok') })
    await aigul.tap('Ok')
    clock.wait(151)
    expect(telegram.takeUpdates().map(update => Object.keys(update)[1])).toEqual(['message'])
  })

  test('a bot is told of its own going, by both kinds of update, before the deed is over', async () => {
    const { telegram, api, timur } = castOf()
    const group = telegram.group('Көршілер Семей', { members: [timur], addBot: true })
    const heard: string[] = []
    telegram.onUpdate = async ({ message, my_chat_member }) => {
      // Slow, so that the test would see a deed that does not wait.
      await new Promise(resolve => setTimeout(resolve, 5))
      heard.push(
        my_chat_member?.new_chat_member.status ?? message?.text ?? Object.keys(message ?? {})[4] ?? '',
      )
      if (message?.text === '/leave') await api.leaveChat(group.id)
    }
    await telegram.deliver()
    expect(heard.sort()).toEqual(['member', 'new_chat_members'])
    await timur.in(group).send('/leave')
    expect(heard.slice(2).sort()).toEqual(['/leave', 'left', 'left_chat_member'])
  })

  test('the first deed in a new group is over only when the bot has heard of the group', async () => {
    const { telegram, timur } = castOf()
    const heard: string[] = []
    telegram.onUpdate = async update => {
      if (update.my_chat_member) await new Promise(resolve => setTimeout(resolve, 10))
      heard.push(Object.keys(update)[1] ?? '')
    }
    const group = telegram.group('Көршілер Семей', { members: [timur], addBot: true })
    await timur.in(group).send('/bind')
    expect(heard.sort()).toEqual(['message', 'message', 'my_chat_member'])
  })
})
