import { Api, InlineKeyboard, InputFile } from 'grammy'
import { describe, expect, test } from 'vitest'
import { botOn, pixel } from './cast.ts'
import type { FakeTelegram } from './fake-telegram.ts'
import { afterTest, servedCast } from './served.ts'

const call = async (telegram: FakeTelegram, root: string, path: string, token = telegram.token) => {
  const response = await fetch(`${root}/bot${token}/${path}`)
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

describe('the server', () => {
  test('answers like the real one to what it does not know', async () => {
    const { telegram, root } = await servedCast()
    expect(await call(telegram, root, 'sendPigeon')).toEqual({
      status: 404,
      body: { ok: false, error_code: 404, description: 'Not Found: method not found' },
    })
    expect((await call(telegram, root, 'toString')).status).toBe(404)
    expect(await call(telegram, root, 'getMe', '1:AA')).toEqual({
      status: 401,
      body: { ok: false, error_code: 401, description: 'Unauthorized' },
    })
    expect((await fetch(`${root}/`)).status).toBe(404)
    expect((await call(telegram, root, 'GETME')).body.result).toMatchObject({ username: 'ardaq_bot' })
  })

  test('takes arguments from the address, a form, JSON and multipart', async () => {
    const { telegram, api, aigul, root } = await servedCast()
    await aigul.start()
    const markup = '{"inline_keyboard":[[{"text":"Ok","callback_data":"ok"}]]}'
    const fields = new URLSearchParams({ chat_id: `${aigul.id}`, text: 'form', reply_markup: markup })
    await call(telegram, root, `sendMessage?chat_id=${aigul.id}&text=address`)
    await fetch(`${root}/bot${telegram.token}/sendMessage`, { method: 'POST', body: fields })
    await api.sendMessage(aigul.id, 'json')
    await api.sendPhoto(aigul.id, new InputFile(pixel), { caption: 'multipart' })
    const seen = aigul.chat.messages.slice(1)
    expect(seen.map(({ text, caption }) => text ?? caption)).toEqual(['address', 'form', 'json', 'multipart'])
    expect(seen[1]?.buttons).toEqual([['Ok']])
    expect(seen[3]?.photo).toEqual(new Uint8Array(pixel))
  })

  test('gives files, and breaks connections when told', async () => {
    const { telegram, api, aigul, root } = await servedCast()
    await aigul.start()
    await aigul.photo(pixel)
    const photo = telegram.takeUpdates().at(-1)?.message?.photo?.at(-1)
    const { file_path } = await api.getFile(photo?.file_id ?? '')
    const response = await fetch(`${root}/file/bot${telegram.token}/${file_path}`)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(pixel)
    telegram.faults.next('getMe', { kind: 'refused' })
    await expect(fetch(`${root}/bot${telegram.token}/getMe`)).rejects.toThrow('fetch failed')
    telegram.faults.next('sendMessage', { kind: 'lost' })
    await expect(api.sendMessage(aigul.id, 'a')).rejects.toThrow('Network request')
    expect(aigul.chat.messages.at(-1)?.text).toBe('a')
  })

  test('names the pause in a header, too', async () => {
    const { telegram, aigul, root } = await servedCast({ rateLimits: true, rates: { chatBurst: 1 } })
    await aigul.start()
    const url = `${root}/bot${telegram.token}/sendMessage?chat_id=${aigul.id}&text=a`
    expect((await fetch(url)).status).toBe(200)
    const refused = await fetch(url)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
  })
})

describe('long polling', () => {
  test('a whole bot lives on it', async () => {
    const { telegram, aigul, root } = await servedCast()
    const bot = botOn(telegram, root)
    bot.command('start', ctx => ctx.reply('?', { reply_markup: new InlineKeyboard().text('Ok', 'ok') }))
    bot.callbackQuery('ok', ctx => ctx.answerCallbackQuery('done'))
    const running = bot.start()
    afterTest(() => bot.stop())
    await aigul.start()
    await telegram.until(() => aigul.chat.messages.length === 2)
    const press = await aigul.tap('Ok')
    await telegram.until(() => press.answer?.text === 'done')
    await bot.stop()
    await running
    expect(telegram.updates).toEqual([])
  })

  test('waits as long as asked, wakes at once, and forgets only what is confirmed', async () => {
    const { telegram, api, aigul } = await servedCast()
    const began = Date.now()
    expect(await api.getUpdates({ timeout: 1 })).toEqual([])
    expect(Date.now() - began).toBeGreaterThanOrEqual(950)
    const waiting = api.getUpdates({ timeout: 30 })
    await aigul.start()
    const [first] = await waiting
    expect(first?.message?.text).toBe('/start')
    await aigul.send('b')
    await aigul.send('c')
    expect((await api.getUpdates()).map(({ message }) => message?.text)).toEqual(['/start', 'b', 'c'])
    expect(await api.getUpdates({ offset: (first?.update_id ?? 0) + 1, limit: 1 })).toHaveLength(1)
    expect(telegram.updates).toHaveLength(2)
    expect((await api.getUpdates({ offset: -1 })).map(({ message }) => message?.text)).toEqual(['c'])
    expect(telegram.updates).toHaveLength(1)
  })

  test('a second poller throws the first one out', async () => {
    const { telegram, api, aigul, root } = await servedCast()
    const first = api.getUpdates({ timeout: 30 })
    const thrown = expect(first).rejects.toMatchObject({
      error_code: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    })
    await new Promise(resolve => setTimeout(resolve, 50))
    const second = new Api(telegram.token, { apiRoot: root }).getUpdates({ timeout: 30 })
    await thrown
    await aigul.start()
    expect(await second).toHaveLength(1)
  })

  test('a kind that was not asked for does not come', async () => {
    const { api, telegram, aigul } = await servedCast()
    await api.getUpdates({ allowed_updates: ['my_chat_member'] })
    await aigul.start()
    await aigul.block()
    expect(telegram.updates.map(update => Object.keys(update)[1])).toEqual(['my_chat_member'])
  })
})
