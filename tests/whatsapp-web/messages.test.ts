import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { chromiumPath } from '../town/chromium.ts'
import {
  aigul,
  eventually,
  group,
  openStand,
  outgoing,
  type Stand,
  stranger,
  timur,
  timurLid,
  wrote,
  zeinep,
} from './stand.ts'

/** Zeinep and the others write to a number that whatsapp-web.js holds, in a real Chromium, in both shapes of WhatsApp's keys. */
describe.skipIf(!chromiumPath).each(['$1', '_serialized'] as const)('messages, keys as %s', shape => {
  let stand: Stand

  beforeAll(async () => {
    const old = { at: Date.now() - 3_600_000 }
    const history = [wrote(aigul, 'H1', 'Сәлем', old), wrote(timurLid, 'H2', 'Я помогу', old)]
    stand = await openStand({ shape, history })
    await stand.open()
    await stand.ready()
  })
  afterAll(() => stand.close())

  async function arrives(id: string) {
    return eventually(
      () => stand.inbound.find(({ externalId }) => externalId.split('_')[2]?.startsWith(id)),
      `${id} comes in`,
    )
  }

  // The library waits a quarter of a minute for a message to become readable.
  test.runIf(shape === '$1')('what stays "waiting for this message"', async () => {
    await stand.fake('receive', wrote(zeinep, 'C1', '', { type: 'ciphertext' }))
  })

  test('a text comes in once it is written, with its key, its chat and a phone that WhatsApp vouches for', async () => {
    await stand.fake('receive', wrote(zeinep, 'T1', 'Маған дәрі керек', { notifyName: 'Зейнеп' }))
    expect(await arrives('T1')).toMatchObject({
      channel: 'whatsapp',
      externalId: `false_${zeinep}_T1`,
      chat: { id: zeinep, kind: 'private' },
      sender: { id: zeinep, name: 'Зейнеп', phone: '+77010000001' },
      content: { type: 'text', text: 'Маған дәрі керек' },
    })
  })

  test('a chat counts as read only when the effects of all it said are committed', async () => {
    const isRead = () => stand.seen.some(({ what, chat }) => what === 'seen' && chat === aigul)
    const commits: (() => void)[] = []
    onTestFinished(() => {
      stand.hands.receive = async () => {}
    })
    stand.hands.receive = () => new Promise(commit => commits.push(commit))
    await stand.fake('receive', wrote(aigul, 'S1', 'Анам үшін'))
    await stand.fake('receive', wrote(aigul, 'S2', 'дәрі керек'))
    await eventually(() => commits.length === 1, 'the bot works on the first')
    commits[0]?.()
    await eventually(() => commits.length === 2, 'the bot works on the second')
    expect(isRead()).toBe(false)
    commits[1]?.()
    await eventually(isRead, 'read')
  })

  test('a start link, as the person sends it', async () => {
    await stand.fake('receive', wrote(zeinep, 'T2', 'start i-AbC12_x'))
    expect((await arrives('T2')).content).toEqual({ type: 'start', code: 'i-AbC12_x' })
    expect(stand.channel.startLink('i-AbC12_x')).toBe('https://wa.me/77770000000?text=start%20i-AbC12_x')
  })

  test('an answer goes out, and what becomes of it is told under our own id', async () => {
    const message = outgoing(zeinep, '1 — Дәрі-дәрмек\n0 — Артқа')
    const result = await stand.channel.send(message)
    const sent = await stand.saw('sent', { chat: zeinep, body: message.text, type: 'chat' })
    expect(result).toEqual({ status: 'accepted', externalId: sent.key })
    for (const ack of [2, 3]) await stand.fake('ack', sent.key, ack)
    await eventually(() => stand.reports.length >= 2, 'reports')
    expect(stand.reports).toEqual([
      { channel: 'whatsapp', id: message.id, state: 'delivered' },
      { channel: 'whatsapp', id: message.id, state: 'read' },
    ])
  })

  test('sent, and the page gave nothing back: found in the chat, not sent again', async () => {
    await stand.fault('lieNext', 1)
    const message = outgoing(zeinep, 'Шықты, бірақ жауап жоқ')
    const result = await stand.channel.send(message)
    const { key } = await stand.saw('sent', { body: message.text })
    expect(result).toEqual({ status: 'accepted', externalId: key })
    expect(await stand.channel.find?.(message)).toEqual({ status: 'sent', externalId: key })
  })

  test.each(['loseNext', 'breakNext'])(
    '%s: not sent, and nobody can know: unknown, and a look finds nothing',
    async fault => {
      const words = `Екінші рет ${fault}`
      // The same words have gone out before: that was another message.
      expect(await stand.channel.send(outgoing(zeinep, words))).toMatchObject({ status: 'accepted' })
      await stand.fault(fault, 1)
      const message = outgoing(zeinep, words)
      expect(await stand.channel.send(message)).toMatchObject({ status: 'unknown' })
      expect(await stand.channel.find?.(message)).toEqual({ status: 'absent' })
      expect(stand.sent().filter(({ body }) => body === words)).toHaveLength(1)
    },
  )

  test('nobody is written to who did not write first; who is not on WhatsApp is gone', async () => {
    expect(await stand.channel.send(outgoing(stranger, 'Сәлеметсіз бе'))).toMatchObject({
      status: 'failed',
      reason: 'policy',
    })
    // They wrote before this process began: the chat's own history says so.
    expect(await stand.channel.send(outgoing(aigul, 'Жауап'))).toMatchObject({ status: 'accepted' })
    expect(await stand.channel.send(outgoing('120363000000000777@g.us', 'Топқа'))).toMatchObject({
      status: 'failed',
      reason: 'gone',
    })
  })

  test('a phone that rings is told, and no other', async () => {
    await stand.fake('call', 'K1', group, true)
    await stand.fake('call', 'K2', zeinep)
    const ring = await eventually(
      () => stand.inbound.find(({ content }) => content.type === 'call'),
      'the ring',
    )
    expect(ring).toMatchObject({ chat: { id: zeinep, kind: 'private' }, sender: { phone: '+77010000001' } })
  })

  test('a refusal by the server is a matter of policy', async () => {
    await stand.fault('refuse', true)
    expect(await stand.channel.send(outgoing(zeinep, 'Тым көп'))).toMatchObject({
      status: 'failed',
      reason: 'policy',
    })
    await stand.fault('refuse', false)
  })

  test('the same delivery twice has one name; a later message may come first', async () => {
    await stand.fake('receive', wrote(zeinep, 'D2', 'екінші', { at: Date.now() }))
    await stand.fake('receive', wrote(zeinep, 'D1', 'бірінші', { at: Date.now() - 5_000 }))
    await arrives('D1')
    await stand.fake('again', 'D2')
    const both = () => stand.inbound.filter(({ externalId }) => externalId.includes('_D2'))
    await eventually(() => both().length === 2, 'the second delivery')
    expect(new Set(both().map(({ externalId }) => externalId)).size).toBe(1)
  })

  test('own messages, blocked people and WhatsApp itself are not heard', async () => {
    await stand.fake('block', stranger)
    await stand.fake('receive', wrote(stranger, 'N1', 'спам'))
    await stand.fake('receive', wrote(zeinep, 'N2', 'с телефона оператора', { fromMe: true }))
    await stand.fake('receive', wrote('status@broadcast', 'N3', 'статус', { author: zeinep }))
    await stand.fake('receive', wrote('0@c.us', 'N4', 'Welcome'))
    await stand.fake('receive', wrote(zeinep, 'N5', 'қорытынды'))
    await arrives('N5')
    expect(stand.inbound.filter(({ externalId }) => /_N[1-4]/.test(externalId))).toEqual([])
  })

  test('a LID: its phone is asked for once, and answers go to the very id that wrote', async () => {
    await stand.fake('receive', wrote(timurLid, 'L1', 'Мен Тимурмын'))
    await stand.fake('receive', wrote(timurLid, 'L2', 'Тағы да'))
    await arrives('L2')
    const both = stand.inbound.filter(({ externalId }) => /_L[12]$/.test(externalId))
    expect(both.map(({ sender }) => sender)).toEqual([
      { id: timurLid, phone: '+77010000003' },
      { id: timurLid, phone: '+77010000003' },
    ])
    await stand.saw('asked', { id: timurLid })
    expect(stand.seen.filter(({ what, id }) => what === 'asked' && id === timurLid)).toHaveLength(1)
    await stand.channel.send(outgoing(timurLid, 'Рахмет'))
    await stand.saw('sent', { chat: timurLid, body: 'Рахмет' })
    expect(stand.sent().filter(({ chat }) => chat === timur)).toEqual([])
  })

  test('a quoted message is named by the id that sending it gave', async () => {
    const result = await stand.channel.send(outgoing(zeinep, '№17 — Алмалы ауданы'))
    const sent = await stand.saw('sent', { body: '№17 — Алмалы ауданы' })
    await stand.fake('receive', wrote(zeinep, 'Q1', '+', { quotes: sent.id as string }))
    expect(await arrives('Q1')).toMatchObject({
      quotes: result.status === 'accepted' && result.externalId,
      content: { type: 'text', text: '+' },
    })
  })

  test('a reaction to a post in the group is understood; a vote is not, and does no harm', async () => {
    const post = await stand.channel.send(outgoing(group, '🆕 №17'))
    const key = post.status === 'accepted' ? post.externalId : ''
    await stand.fake('vote', zeinep, key)
    await stand.fake('react', group, timurLid, key, '👍')
    await stand.fake('react', group, timurLid, key, '')
    const reaction = await eventually(
      () => stand.inbound.find(({ content }) => content.type === 'reaction'),
      'the reaction',
    )
    expect(reaction).toMatchObject({
      chat: { id: group, kind: 'group' },
      sender: { id: timurLid, phone: '+77010000003' },
      content: { type: 'reaction', emoji: '👍', messageId: key },
    })
    await stand.fake('receive', wrote(group, 'R9', '17', { author: timurLid }))
    // In a group nobody's phone is asked for.
    await stand.fake('receive', wrote(group, 'R8', '17', { author: '900000000000001@lid' }))
    expect((await arrives('R8')).sender).toEqual({ id: '900000000000001@lid' })
    expect(await arrives('R9')).toMatchObject({ chat: { kind: 'group' }, sender: { id: timurLid } })
    expect(stand.inbound.filter(({ content }) => content.type === 'reaction')).toHaveLength(1)
  })

  test('the bot is told when it is taken into a group, and not when others are', async () => {
    await stand.fake('joined', group, timur, zeinep)
    await stand.fake('joined', group, '77770000000@c.us', zeinep)
    const joined = () => stand.inbound.filter(({ content }) => content.type === 'botAdded')
    await eventually(() => joined().length, 'botAdded')
    expect(joined()).toMatchObject([{ chat: { id: group, kind: 'group' }, sender: { id: zeinep } }])
  })

  test('places, contacts, edits, and what cannot be read', async () => {
    const vcard =
      'BEGIN:VCARD\nVERSION:3.0\nFN:Дина\nTEL;type=CELL;waid=77010000005:+7 701 000 00 05\nEND:VCARD'
    await stand.fake('receive', wrote(zeinep, 'X1', '', { type: 'location', lat: 43.25, lng: 76.95 }))
    await stand.fake('receive', wrote(zeinep, 'X2', vcard, { type: 'vcard' }))
    await stand.fake('receive', wrote(zeinep, 'X3', '', { type: 'sticker' }))
    await stand.fake('receive', wrote(zeinep, 'X4', 'Дәрі керек'))
    await stand.fake('edit', 'X4', 'Нан керек')
    const edited = await eventually(
      () => stand.inbound.find(({ content }) => 'edited' in content),
      'the edit',
    )
    expect(edited.content).toEqual({ type: 'text', text: 'Нан керек', edited: true })
    expect((await arrives('X1')).content).toEqual({ type: 'location', latitude: 43.25, longitude: 76.95 })
    expect((await arrives('X2')).content).toEqual({ type: 'contact', phone: '+77010000005', own: false })
    expect((await arrives('X3')).content).toEqual({ type: 'unreadable', what: 'sticker' })
  })

  test('a voice can be fetched by its id; twice it fails, and then it comes', async () => {
    const bytes = Buffer.from('OggS голос')
    const voice = {
      type: 'ptt',
      mimetype: 'audio/ogg; codecs=opus',
      size: bytes.length,
      bytes: bytes.toString('base64'),
    }
    await stand.fake('receive', wrote(zeinep, 'M1', '', voice))
    const { content } = await arrives('M1')
    expect(content).toEqual({
      type: 'media',
      kind: 'voice',
      file: { id: `false_${zeinep}_M1`, bytes: bytes.length, mime: 'audio/ogg; codecs=opus' },
    })
    await stand.failDownloads(2)
    expect(Buffer.from(await stand.channel.download({ id: `false_${zeinep}_M1` }))).toEqual(bytes)
    await expect(stand.channel.download({ id: `false_${zeinep}_M0` })).rejects.toThrow('did not give')
  })

  test('pictures and places go out; a picture that came goes on', async () => {
    const bytes = new Uint8Array([137, 80, 78, 71])
    const media = { kind: 'photo' as const, mime: 'image/png', bytes }
    expect(await stand.channel.send(outgoing(zeinep, 'Карта', { media }))).toMatchObject({
      status: 'accepted',
    })
    await stand.saw('sent', { type: 'image', caption: 'Карта', bytes: 'iVBORw==' })
    const voice = { kind: 'voice' as const, mime: 'audio/ogg', bytes }
    await stand.channel.send(outgoing(zeinep, '', { media: voice }))
    await stand.saw('sent', { type: 'ptt', bytes: 'iVBORw==' })
    await stand.channel.send(outgoing(zeinep, '', { location: { latitude: 43.2, longitude: 76.9 } }))
    await stand.saw('sent', { type: 'location', lat: 43.2, lng: 76.9 })
    await stand.fake(
      'receive',
      wrote(zeinep, 'M2', '', { type: 'image', mimetype: 'image/png', bytes: 'iVBORw==' }),
    )
    await arrives('M2')
    const ref = { kind: 'photo' as const, ref: { id: `false_${zeinep}_M2`, mime: 'image/png' } }
    await stand.channel.send(outgoing(aigul, 'Алдым', { media: ref }))
    await stand.saw('sent', { chat: aigul, type: 'image', caption: 'Алдым', bytes: 'iVBORw==' })
  })

  test('an edit goes while WhatsApp lets it; a removal goes, or empties, or says that it stays', async () => {
    const first = await stand.channel.send(outgoing(zeinep, 'Мекенжай: Абай 10'))
    const key = first.status === 'accepted' ? first.externalId : ''
    const change = outgoing(zeinep, 'Алынды', { editOf: key })
    expect(await stand.channel.send(change)).toEqual({ status: 'accepted', externalId: key })
    await stand.saw('edited', { key, body: 'Алынды' })
    await stand.fake('age', key, 16 * 60_000)
    expect(await stand.channel.send(outgoing(zeinep, 'Кеш', { editOf: key }))).toMatchObject({
      reason: 'unchanged',
    })
    const removal = { id: 'r', chat: zeinep, instead: 'Өшірілді' }
    expect(await stand.channel.remove({ ...removal, messages: [key, `true_${zeinep}_NONE`] })).toMatchObject({
      status: 'accepted',
    })
    await stand.saw('revoked', { key })
    const old = await stand.channel.send(outgoing(zeinep, 'Ескі'))
    const oldKey = old.status === 'accepted' ? old.externalId : ''
    await stand.fake('age', oldKey, 61 * 3_600_000)
    expect(await stand.channel.remove({ ...removal, messages: [oldKey] })).toEqual({
      status: 'failed',
      reason: 'stays',
    })
  })

  test.runIf(shape === '$1')('is told of as unreadable', async () => {
    expect(await arrives('C1')).toMatchObject({ content: { type: 'unreadable', what: 'waiting' } })
  })

  test('the page was asked for nothing that it has not, and the log names nobody', () => {
    expect(stand.seen.filter(({ what }) => what === 'missing')).toEqual([])
    expect(JSON.stringify(stand.lines)).not.toMatch(/7701|Зейнеп|керек/)
  })
})
