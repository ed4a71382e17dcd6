import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Channel, Content, Inbound, Outgoing, Report, SendResult } from '../../bot/channel.ts'
import { newId } from '../../db/ids.ts'
import { parsePhone } from '../../domain/phone.ts'
import { pixel } from '../fake-telegram/cast.ts'
import { cloud } from './cloud.ts'
import type { Ability, Driver, Platform } from './platform.ts'
import { playground } from './playground.ts'
import { telegram } from './telegram.ts'
import { hasChromium, web } from './web.ts'

describe.each([telegram, playground, cloud])('what a channel must do: $name', contract)
describe.skipIf(!hasChromium).each(web)('what a channel must do: $name', contract)

const voice = Buffer.from('OggS голос')

/** bot/channel.ts, tried. What differs is told by `capabilities` and by what the platform lacks, and nothing else. */
function contract({ lacks, open }: Driver) {
  let platform: Platform
  let channel: Channel
  let received: Inbound[]
  let reports: Parameters<Report>[0][]
  let receive: (inbound: Inbound) => Promise<void>
  const said: string[] = []

  beforeAll(async () => {
    platform = await open()
    channel = platform.channel
    received = []
    reports = []
    await platform.start(
      async inbound => {
        await receive(inbound)
        received.push(inbound)
        return {}
      },
      async later => void reports.push(later),
    )
  })
  beforeEach(() => {
    receive = async () => {}
  })
  afterAll(() => platform?.close())

  /** A case for platforms that have this; elsewhere the reason stands in the list of tests. */
  function where(ability: Ability, name: string, run: () => Promise<void>) {
    const reason = lacks[ability]
    if (reason) test.skip(`${name} (${reason})`, run)
    else test(name, run)
  }

  /** What comes in of this kind after the deed. */
  async function hears<Type extends Content['type']>(type: Type, deed: () => Promise<unknown>) {
    const before = received.length
    await deed()
    const isIt = (one: Inbound): one is Inbound & { content: { type: Type } } => one.content.type === type
    await expect.poll(() => received.slice(before).some(isIt), patience).toBe(true)
    const [first] = received.slice(before).filter(isIt)
    if (!first) throw new Error(`No ${type} came in`)
    return first
  }

  function words(text: string): string {
    said.push(text)
    return text
  }

  function message(text: string, more: Partial<Outgoing> = {}): Outgoing {
    return { id: newId(), chat: platform.chat, text: words(text), ...more }
  }

  async function sent(outgoing: Outgoing): Promise<string> {
    const result = await channel.send(outgoing)
    expect(result).toEqual({ status: 'accepted', externalId: expect.any(String) })
    return 'externalId' in result ? result.externalId : ''
  }

  /** How a message ended: at once, or where the platform tells later, by its report. */
  async function outcome(outgoing: Outgoing): Promise<SendResult | Parameters<Report>[0]> {
    const result = await channel.send(outgoing)
    if (result.status !== 'accepted' || !channel.capabilities.reports) return result
    await expect.poll(() => reports.some(({ id }) => id === outgoing.id), patience).toBe(true)
    return reports.find(({ id }) => id === outgoing.id) ?? result
  }

  const shown = async (text: string) => (await platform.screen()).filter(seen => seen.text === text)
  const shows = (text: string, times = 1) =>
    expect.poll(async () => (await shown(text)).length, patience).toBe(times)

  test('a start link opens the chat with its code', async () => {
    const code = 'i-AbC12_x'
    const { content, chat } = await hears('start', () => platform.follows(channel.startLink(code)))
    expect(content).toEqual({ type: 'start', code })
    expect(chat).toEqual({ id: platform.chat, kind: 'private' })
  })

  test('a text comes in with its chat and its sender', async () => {
    const text = words('Маған дәрі керек')
    const inbound = await hears('text', () => platform.says(text))
    expect(inbound).toMatchObject({
      channel: channel.name,
      chat: { id: platform.chat, kind: 'private' },
      sender: { name: 'Зейнеп' },
      content: { type: 'text', text },
    })
    expect(Math.abs(Date.now() - inbound.at.getTime())).toBeLessThan(60_000)
    // Where the platform vouches for it.
    if (inbound.sender.phone) expect(inbound.sender.phone).toBe(platform.phone)
  })

  test('what could not be taken in comes again under the same name, and only then counts as taken', async () => {
    const tries: string[] = []
    let commit = () => {}
    receive = async ({ externalId, chat }) => {
      tries.push(externalId)
      if (tries.length === 1) throw new Error(`no database for ${chat.id}`)
      await new Promise<void>(resolve => {
        commit = resolve
      })
    }
    await expect.poll(() => platform.acknowledged(), patience).toBe(true)
    const saying = platform.says(words('Екі рет естілетін сөз'))
    await expect.poll(() => tries.length, patience).toBe(2)
    const tooEarly = await platform.acknowledged()
    commit()
    await saying
    expect(tooEarly).toBe(false)
    await expect.poll(() => platform.acknowledged(), patience).toBe(true)
    expect(new Set(tries).size).toBe(1)
    expect(received.at(-1)?.externalId).toBe(tries[0])
  })

  test('a later message waits until the earlier one is taken in', async () => {
    const begun: string[] = []
    let commit = () => {}
    receive = async ({ content }) => {
      begun.push(content.type === 'text' ? content.text : content.type)
      if (begun.length === 1)
        await new Promise<void>(resolve => {
          commit = resolve
        })
    }
    const first = platform.says(words('алдымен осы'))
    await expect.poll(() => begun.length, patience).toBe(1)
    const second = platform.says(words('содан соң осы'))
    await sleep(150)
    const begunMeanwhile = [...begun]
    commit()
    await Promise.all([first, second])
    expect(begunMeanwhile).toEqual(['алдымен осы'])
    await expect.poll(() => begun, patience).toEqual(['алдымен осы', 'содан соң осы'])
  })

  test.each([
    ['voice', voice, undefined],
    ['photo', pixel, 'Мына дәрі'],
  ] as const)('a %s comes in, can be fetched, and goes on', async (kind, bytes, caption) => {
    const { content } = await hears('media', () => platform.sends(kind, bytes, caption))
    expect(content).toMatchObject({ kind, ...(caption && { caption: words(caption) }) })
    expect(Buffer.from(await channel.download(content.file))).toEqual(Buffer.from(bytes))
    await sent(message('', { media: { kind, ref: content.file } }))
    const last = async () => (await platform.screen()).at(-1)
    await expect.poll(async () => (await last())?.kind, patience).toBe(kind)
    expect(Buffer.from((await last())?.bytes ?? [])).toEqual(Buffer.from(bytes))
  })

  test('a file that is not there is refused, not empty', async () => {
    await expect(channel.download({ id: 'false_77010000001@c.us_NONE' })).rejects.toThrow()
  })

  test('a place comes in', async () => {
    const { content } = await hears('location', () => platform.sendsPlace(50.4111, 80.2275))
    expect(content).toEqual({ type: 'location', latitude: 50.4111, longitude: 80.2275 })
  })

  test('her own number comes in as her own', async () => {
    const { content } = await hears('contact', () => platform.sendsCard())
    expect(content.own).toBe(true)
    expect(parsePhone(content.phone)?.e164).toBe(platform.phone)
  })

  where('cards of others', "somebody else's card is not her own", async () => {
    const { content } = await hears('contact', () => platform.sendsCard('+77010000005'))
    expect(content).toEqual({ type: 'contact', phone: '+77010000005', own: false })
  })

  where('quotes', 'what she quotes comes in with its id', async () => {
    const id = await sent(message('№17'))
    expect(await hears('text', () => platform.says(words('осыны алам'), id))).toMatchObject({ quotes: id })
  })

  where('reactions', 'a reaction comes in with what it is about', async () => {
    const messageId = await sent(message('Келдіңіз бе?'))
    const { content } = await hears('reaction', () => platform.reacts('👍', messageId))
    expect(content).toEqual({ type: 'reaction', emoji: '👍', messageId })
  })

  where('unreadable', 'what cannot be read is told', async () => {
    const { content } = await hears('unreadable', () => platform.sendsUnreadable())
    expect(content.what).toBe('sticker')
  })

  where('groups', 'a group is known by its kind and id, and can be written to', async () => {
    const { chat, sender } = await hears('text', () => platform.saysInGroup(words('Топта айтылды')))
    const { id } = platform.group
    expect(chat).toMatchObject({ id, kind: 'group' })
    expect(sender.name ?? sender.id).not.toBe('')
    await sent(message('Топқа', { chat: id }))
  })

  where('group titles', 'and by its title', async () => {
    const { chat } = await hears('text', () => platform.saysInGroup(words('Тағы да топта')))
    expect(chat).toEqual({ ...platform.group, kind: 'group' })
  })

  test('an option is chosen by a press; where there are only numbers, by its number', async () => {
    const labels = ['Иә', 'Жоқ']
    const buttons = [labels.map(label => ({ label, data: `q:run:1:${label}` }))]
    const id = await sent(message('Келесіз бе?\n1 — Иә\n2 — Жоқ', { buttons }))
    const choose = () => platform.chooses('Жоқ')
    if (channel.capabilities.options === 'numbers') {
      expect((await hears('text', choose)).content.text).toBe('2')
    } else {
      const { content } = await hears('button', choose)
      expect(content).toMatchObject({ type: 'button', data: 'q:run:1:Жоқ', messageId: id })
    }
  })

  test('the longest text arrives whole, and the longest words under a picture', async () => {
    const { textCharsMax, captionCharsMax } = channel.capabilities
    const text = 'ә'.repeat(textCharsMax)
    await sent(message(text))
    await shows(text)
    const caption = 'ұ'.repeat(captionCharsMax)
    await sent(message(caption, { media: { kind: 'photo', mime: 'image/png', bytes: pixel } }))
    await shows(caption)
    const [picture] = await shown(caption)
    expect(picture?.kind).toBe('photo')
    expect(Buffer.from(picture?.bytes ?? [])).toEqual(pixel)
  })

  test('a voice and a place arrive', async () => {
    await sent(message('', { media: { kind: 'voice', mime: 'audio/ogg', bytes: voice } }))
    await expect.poll(async () => (await platform.screen()).at(-1)?.kind, patience).toBe('voice')
    expect(Buffer.from((await platform.screen()).at(-1)?.bytes ?? [])).toEqual(voice)
    const location = { latitude: 43.2, longitude: 76.9 }
    await sent(message('', { location }))
    await expect
      .poll(async () => (await platform.screen()).at(-1), patience)
      .toMatchObject({
        kind: 'location',
        place: location,
      })
  })

  test('an edit takes the place of the words, or changes nothing; nothing new appears', async () => {
    const editOf = await sent(message('Іздеп жатырмыз'))
    await shows('Іздеп жатырмыз')
    const before = (await platform.screen()).length
    const edit = message('Тимур келеді', { editOf })
    const result = await channel.send(edit)
    const isEdited = result.status === 'accepted'
    if (channel.capabilities.edit) expect(isEdited).toBe(true)
    expect(result).toEqual(
      isEdited ? { status: 'accepted', externalId: editOf } : { status: 'failed', reason: 'unchanged' },
    )
    await shows(isEdited ? edit.text : 'Іздеп жатырмыз')
    // The same once more is no failure of anybody's.
    const again = await channel.send({ ...edit, id: newId() })
    expect(again.status === 'failed' ? again.reason : again.status).toMatch(/^(accepted|unchanged)$/)
    expect(await platform.screen()).toHaveLength(before)
  })

  test('a removal takes the words away or says that they stay; a second does no harm', async () => {
    const id = await sent(message('Мекенжайы: Абай 10'))
    await shows('Мекенжайы: Абай 10')
    const removal = { id: newId(), chat: platform.chat, messages: [id], instead: 'Өшірілді' }
    const result = await channel.remove(removal)
    expect(result).toMatchObject(
      lacks.removing ? { status: 'failed', reason: 'stays' } : { status: 'accepted' },
    )
    await shows('Мекенжайы: Абай 10', lacks.removing ? 1 : 0)
    const before = await platform.screen()
    expect(await channel.remove(removal)).toEqual(result)
    expect(await platform.screen()).toEqual(before)
  })

  test('a chat that is not there is gone', async () => {
    expect(await outcome(message('Біреу бар ма?', { chat: platform.nobody }))).toMatchObject({
      [channel.capabilities.reports ? 'state' : 'status']: 'failed',
      reason: 'gone',
    })
  })

  where('blocking', 'who stops the bot is told of, and cannot be written to until they return', async () => {
    await hears('blocked', () => platform.blocks())
    const words = 'Естисіз бе?'
    expect(await channel.send(message(words))).toMatchObject({ status: 'failed', reason: 'blocked' })
    await hears('unblocked', () => platform.unblocks())
    await shows(words, 0)
    await sent(message(words))
  })

  where('too fast', 'too fast: it may go later', async () => {
    await platform.fail('too fast')
    const result = await channel.send(message('Тым тез'))
    const later = lacks['telling when to come again'] ? {} : { afterMs: 7_000 }
    expect(result).toMatchObject({ status: 'retry', ...later })
    await shows('Тым тез', 0)
  })

  where('server', 'a fault of the server: it may go later', async () => {
    await platform.fail('server')
    expect(await channel.send(message('Сервер құлады'))).toMatchObject({ status: 'retry' })
    await shows('Сервер құлады', 0)
  })

  where(
    'lost',
    'it arrived, and nobody heard so: unknown, and found where it can be looked for',
    async () => {
      await platform.fail('lost')
      const outgoing = message('Шықты, бірақ жауап жоқ')
      const result = await channel.send(outgoing)
      await shows(outgoing.text)
      const [{ id } = { id: '' }] = await shown(outgoing.text)
      // Some drivers look for themselves.
      if (result.status === 'accepted') expect(result.externalId).toBe(id)
      else expect(result.status).toBe('unknown')
      if (channel.find)
        await expect
          .poll(() => channel.find?.(outgoing), patience)
          .toEqual({ status: 'sent', externalId: id })
      expect(await shown(outgoing.text)).toHaveLength(1)
    },
  )

  where('cut', 'it broke off before it arrived: unknown, and never taken for sent', async () => {
    await platform.fail('cut')
    const outgoing = message('Шықпай қалды')
    expect(await channel.send(outgoing)).toMatchObject({ status: 'unknown' })
    expect((await channel.find?.(outgoing))?.status).not.toBe('sent')
    await shows(outgoing.text, 0)
  })

  where('knowing what never arrived', 'what is not there is absent, and is sent again once', async () => {
    await platform.fail('cut')
    const outgoing = message('Екінші рет жетті')
    expect(await channel.send(outgoing)).toMatchObject({ status: 'unknown' })
    expect(await channel.find?.(outgoing)).toEqual({ status: 'absent' })
    const id = await sent(outgoing)
    await shows(outgoing.text)
    expect(await channel.find?.(outgoing)).toEqual({ status: 'sent', externalId: id })
  })

  where('a log', 'the log of all this names nobody and repeats nothing', async () => {
    const log = platform.log()
    // A fault was logged at least, with the chat's id in its words.
    expect(log).not.toBe('')
    const known = [...platform.secrets, ...said.filter(text => text.length > 3)]
    expect(known.filter(secret => log.includes(secret))).toEqual([])
  })

  test('after the stop nothing comes in', async () => {
    receive = async () => {}
    await channel.stop()
    const before = received.length
    // With the driver its browser may be gone, and with that the phone's page.
    await platform.says('Естілмейтін сөз').catch(() => {})
    await sleep(300)
    expect(received).toHaveLength(before)
  })
}

const patience = { timeout: 10_000, interval: 20 }
