import { chromiumPath } from '../town/chromium.ts'
import { group, openStand, type Stand, wrote, zeinep } from '../whatsapp-web/stand.ts'
import type { Driver, Fault, Platform, Seen } from './platform.ts'

const saysNothing = 'WhatsApp Web says nothing of the kind: it sends, refuses, or is silent'

/** whatsapp-web.js in a real Chromium before a page of ours, for each shape of WhatsApp's keys. */
export const web: readonly Driver[] = (['$1', '_serialized'] as const).map(shape => ({
  name: `whatsapp-web.js, keys as ${shape}`,
  lacks: {
    blocking: 'to who blocks it, WhatsApp shows one tick for ever',
    'group titles': "a group's name is asked for only where somebody reads it",
    'telling when to come again': saysNothing,
    'too fast': saysNothing,
    server: saysNothing,
  },
  open: () => open(shape),
}))

/** Looked for once, and said loudly, where the path is found. */
export const hasChromium = chromiumPath !== undefined

const faults: Partial<Record<Fault, string>> = { lost: 'lieNext', cut: 'breakNext' }
const phone = '+77010000001'

async function open(shape: '$1' | '_serialized'): Promise<Platform> {
  const stand = await openStand({ shape })
  let ids = 0
  const notHere = () => Promise.reject(new Error('not told here'))

  function receive(body: string, more: Parameters<typeof wrote>[3] = {}, chat = zeinep) {
    ids += 1
    return stand.fake('receive', wrote(chat, `C${ids}`, body, { notifyName: 'Зейнеп', ...more }))
  }

  return {
    channel: stand.channel,
    async start(receive, report) {
      await stand.channel.start(receive, report)
      await stand.ready()
    },
    chat: zeinep,
    phone,
    nobody: '120363000000000777@g.us',
    group: { id: group },
    secrets: ['7010000001', '120363', 'Зейнеп'],
    log: () => JSON.stringify(stand.lines),
    says: (text, quotes) => receive(text, quotes ? { quotes: quotes.split('_')[2] ?? '' } : {}),
    saysInGroup: text => receive(text, { author: zeinep }, group),
    follows: link => receive(new URL(link).searchParams.get('text') ?? ''),
    async chooses(label) {
      const lines = (await screenOf(stand)).flatMap(({ text }) => text.split('\n'))
      const number = lines.findLast(line => line.endsWith(`— ${label}`))?.split(' ')[0]
      await receive(number ?? '')
    },
    sends(kind, bytes, caption) {
      const type = kind === 'voice' ? 'ptt' : 'image'
      const mimetype = kind === 'voice' ? 'audio/ogg; codecs=opus' : 'image/png'
      const file = { type, mimetype, size: bytes.length, bytes: Buffer.from(bytes).toString('base64') }
      return receive('', { ...file, ...(caption && { caption }) })
    },
    sendsPlace: (lat, lng) => receive('', { type: 'location', lat, lng }),
    sendsCard: (card = phone) =>
      receive(`BEGIN:VCARD\nTEL;waid=${card.slice(1)}:${card}\nEND:VCARD`, { type: 'vcard' }),
    sendsUnreadable: () => receive('', { type: 'sticker' }),
    reacts: (emoji, messageId) => stand.fake('react', zeinep, zeinep, messageId, emoji),
    blocks: notHere,
    unblocks: notHere,
    acknowledged: async () =>
      (await stand.run(`require('WAWebCollections').Chat.get('${zeinep}').unreadCount`)) === 0,
    screen: () => screenOf(stand),
    fail: fault => stand.fault(faults[fault] ?? '', 1),
    close: () => stand.close(),
  }
}

async function screenOf(stand: Stand): Promise<Seen[]> {
  // What the page has told by now comes before the answer to this.
  await stand.run('1')
  const isRevoked = (key: unknown) => stand.seen.some(one => one.what === 'revoked' && one.key === key)
  return stand
    .sent()
    .filter(({ chat, key }) => chat === zeinep && !isRevoked(key))
    .map(one => {
      const edited = stand.seen.findLast(({ what, key }) => what === 'edited' && key === one.key)
      const { type, body, caption, bytes, lat, lng } = one
      return {
        id: String(one.key),
        text: String((edited ?? one).body ?? (type === 'chat' ? body : caption) ?? ''),
        kind: kinds[String(type)] ?? 'text',
        bytes: bytes ? Buffer.from(String(bytes), 'base64') : undefined,
        place: type === 'location' ? { latitude: Number(lat), longitude: Number(lng) } : undefined,
      }
    })
}

const kinds: Record<string, Seen['kind']> = { image: 'photo', ptt: 'voice', location: 'location' }
