import { createLog } from '../../bot/logger.ts'
import { openWhatsAppCloud } from '../../bot/whatsapp-cloud/channel.ts'
import { FakeGraph } from '../fake-graph/fake-graph.ts'
import type { Seen as GraphSeen } from '../fake-graph/person.ts'
import { mounted } from '../whatsapp-cloud/mounted.ts'
import type { Driver, Fault, Platform, Seen } from './platform.ts'

/** Signed calls to a real port, against the strict double of the Graph API. */
export const cloud: Driver = {
  name: 'the Cloud API',
  lacks: {
    blocking: 'Meta tells a business nothing of who has blocked it',
    groups: 'its groups hold eight people, and are not used',
    'group titles': 'it has no groups for us',
    removing: 'Meta lets a business take nothing back',
    'telling when to come again': 'Meta does not say when',
    'knowing what never arrived': 'Meta cannot be asked; it only tells of what it has',
  },
  open,
}

const refused = (status: number, code: number) => ({
  kind: 'answer' as const,
  status,
  body: { error: { code, message: `(#${code})` } },
})
const faults = {
  'too fast': refused(429, 130429),
  server: refused(500, 131000),
  lost: { kind: 'lost' },
  cut: { kind: 'refused' },
} as const satisfies Record<Fault, unknown>

async function open(): Promise<Platform> {
  const graph = new FakeGraph()
  const apiRoot = await graph.listen()
  const lines: string[] = []
  const { token, phoneNumberId, appSecret, verifyToken, number } = graph
  const channel = openWhatsAppCloud(
    { token, phoneNumberId, appSecret, verifyToken, number, apiRoot },
    createLog('debug', { write: line => void lines.push(line) }),
  )
  const webhook = await mounted(channel.webhook)
  await graph.webhooks.subscribe(webhook.url, verifyToken)
  const zeinep = graph.person({ name: 'Зейнеп', number: '77010000001' })
  const notHere = () => Promise.reject(new Error('not told here'))

  return {
    channel,
    start: (receive, report) => channel.start(receive, report),
    chat: '77010000001',
    phone: '+77010000001',
    nobody: '77019999999',
    group: { id: '' },
    secrets: ['7010000001', '7019999999', 'Зейнеп', token, appSecret],
    log: () => lines.join(''),
    says: (text, quotes) => zeinep.says(text, quotes),
    saysInGroup: notHere,
    follows: link => zeinep.says(new URL(link).searchParams.get('text') ?? ''),
    chooses: label => zeinep.presses(label),
    sends: (kind, bytes, caption) =>
      kind === 'voice'
        ? zeinep.sendsFile('audio', { bytes, mime: 'audio/ogg; codecs=opus' })
        : zeinep.sendsFile('image', { bytes, mime: 'image/png', ...(caption && { caption }) }),
    sendsPlace: (latitude, longitude) => zeinep.sendsPlace(latitude, longitude),
    sendsCard: (phone = '+77010000001') => zeinep.sendsCard(phone, phone.slice(1)),
    sendsUnreadable: () => zeinep.sendsFile('sticker', { bytes: new Uint8Array([1]), mime: 'image/webp' }),
    reacts: (emoji, messageId) => zeinep.reacts(messageId, emoji),
    blocks: notHere,
    unblocks: notHere,
    async acknowledged() {
      const { id = '' } = zeinep.messages.findLast(({ from }) => from === 'person') ?? {}
      return graph.webhooks.posts.some(({ status, body }) => status === 200 && body.includes(id))
    },
    screen: async () => zeinep.messages.filter(({ from }) => from === 'bot').map(seen),
    async fail(fault) {
      graph.faults.next('messages', faults[fault])
    },
    async close() {
      await graph.close()
      await webhook.close()
    },
  }
}

function seen({ id, text, type, media, place }: GraphSeen): Seen {
  return { id, text, kind: kinds[type] ?? 'text', bytes: media?.bytes, place }
}

const kinds: Record<string, Seen['kind']> = { image: 'photo', audio: 'voice', location: 'location' }
