import { HttpError } from 'grammy'
import { describe, expect, test } from 'vitest'
import { castOf, handClock } from './cast.ts'

describe('rates', () => {
  test('a chat forgives a burst of five, then one a second', async () => {
    const clock = handClock()
    const { telegram, api, aigul } = castOf({ now: clock.now, rateLimits: true })
    await aigul.start()
    for (let at = 0; at < 5; at++) await api.sendMessage(aigul.id, `${at}`)
    const refused = api.sendMessage(aigul.id, '6')
    await expect(refused).rejects.toMatchObject({
      error_code: 429,
      description: 'Too Many Requests: retry after 5',
      parameters: { retry_after: 5 },
    })
    clock.wait(5)
    await api.sendMessage(aigul.id, '6')
    telegram.rateLimits = false
    for (let at = 0; at < 50; at++) await api.sendMessage(aigul.id, `${at}`)
  })

  test('a group takes twenty messages and twenty edits a minute', async () => {
    const clock = handClock()
    const { telegram, api, timur } = castOf({ now: clock.now, rateLimits: true })
    const group = telegram.group('Көршілер', { members: [timur], addBot: true })
    const sent = []
    for (let at = 0; at < 20; at++) {
      sent.push(await api.sendMessage(group.id, `${at}`))
      clock.wait(1)
    }
    await expect(api.sendMessage(group.id, 'x')).rejects.toMatchObject({ parameters: { retry_after: 40 } })
    for (const { message_id } of sent) await api.editMessageText(group.id, message_id, 'edited')
    await expect(api.editMessageText(group.id, 1, 'x')).rejects.toThrow('Too Many Requests')
  })

  test('thirty a second over all chats', async () => {
    const clock = handClock()
    const { telegram, api } = castOf({ now: clock.now, rateLimits: true })
    const people = Array.from({ length: 31 }, () => telegram.user({ firstName: 'Дина' }))
    for (const person of people) await person.start()
    const last = people.pop()
    for (const { id } of people) await api.sendMessage(id, 'a')
    await expect(api.sendMessage(last?.id ?? 0, 'a')).rejects.toMatchObject({
      parameters: { retry_after: 1 },
    })
    clock.wait(1)
    await api.sendMessage(last?.id ?? 0, 'a')
  })
})

describe('faults', () => {
  test('an answer put in, a gateway page, a broken connection: nothing is done', async () => {
    const { telegram, api, aigul } = castOf()
    await aigul.start()
    const body = { ok: false, error_code: 500, description: 'Internal Server Error' }
    telegram.faults.next('sendMessage', { kind: 'answer', status: 500, body })
    telegram.faults.next('sendMessage', { kind: 'html' })
    telegram.faults.next('*', { kind: 'refused' })
    await expect(api.sendMessage(aigul.id, 'a')).rejects.toMatchObject({ error_code: 500 })
    await expect(api.sendMessage(aigul.id, 'a')).rejects.toBeInstanceOf(HttpError)
    await expect(api.sendMessage(aigul.id, 'a')).rejects.toBeInstanceOf(HttpError)
    expect(aigul.chat.messages).toHaveLength(1)
    expect(telegram.calls.map(({ fault, payload }) => [fault, payload.text])).toEqual([
      ['answer', 'a'],
      ['html', 'a'],
      ['refused', 'a'],
    ])
    await api.sendMessage(aigul.id, 'b')
    expect(aigul.chat.messages.at(-1)?.text).toBe('b')
  })

  test('a lost answer: the message is there all the same', async () => {
    const { telegram, api, aigul } = castOf()
    await aigul.start()
    telegram.faults.next('sendMessage', { kind: 'lost' })
    await expect(api.sendMessage(aigul.id, 'a')).rejects.toBeInstanceOf(HttpError)
    expect(aigul.chat.messages.at(-1)?.text).toBe('a')
    expect(telegram.lastCall('sendMessage')).toMatchObject({ ok: true, fault: 'lost' })
  })

  test('silence lasts until the caller gives up', async () => {
    const { telegram, api, aigul } = castOf()
    await aigul.start()
    telegram.faults.next('sendMessage', { kind: 'silent', done: true })
    telegram.faults.next('download', { kind: 'html' })
    const signal = AbortSignal.timeout(30)
    await expect(api.sendMessage(aigul.id, 'a', {}, signal as never)).rejects.toBeInstanceOf(HttpError)
    expect(aigul.chat.messages.at(-1)?.text).toBe('a')
    const page = await telegram.fetch(`https://api.telegram.org/file/bot${telegram.token}/voice/file_1.oga`)
    expect(page.status).toBe(502)
  })
})
