import { createLog } from '../../bot/logger.ts'
import { openTelegram } from '../../bot/telegram/channel.ts'
import { FakeTelegram } from '../fake-telegram/fake-telegram.ts'
import type { StoredMessage } from '../fake-telegram/world.ts'
import type { Driver, Fault, Platform, Seen } from './platform.ts'

/** Long polling over HTTP against the strict double. */
export const telegram: Driver = {
  name: 'Telegram',
  lacks: {
    reactions: 'a bot hears of them only where it is an administrator, and has to ask for them',
    'knowing what never arrived': 'the Bot API cannot be asked whether a message is there',
  },
  open,
}

const refused = (code: number, description: string, parameters = {}) => ({
  kind: 'answer' as const,
  status: code,
  body: { ok: false, error_code: code, description, parameters },
})
const faults = {
  'too fast': refused(429, 'Too Many Requests: retry after 7', { retry_after: 7 }),
  server: refused(500, 'Internal Server Error'),
  lost: { kind: 'lost' },
  cut: { kind: 'refused' },
} as const satisfies Record<Fault, unknown>

async function open(): Promise<Platform> {
  const fake = new FakeTelegram({ privacy: false })
  const apiRoot = await fake.listen()
  const lines: string[] = []
  const log = createLog('debug', { write: line => void lines.push(line) })
  const channel = await openTelegram({ token: fake.token, apiRoot }, log)
  const zeinep = fake.user({ firstName: 'Зейнеп', phone: '77010000001' })
  const group = fake.group('Көмекшілер', { members: [zeinep], addBot: true })
  const messages = () => fake.world.chats.get(zeinep.id)?.messages ?? []

  function seen(message: StoredMessage): Seen {
    const { photo, voice, location } = message.content
    const file = fake.world.files.get((photo?.at(-1) ?? voice)?.file_id ?? '')
    return {
      id: String(message.id),
      text: message.text ?? message.caption ?? '',
      kind: photo ? 'photo' : voice ? 'voice' : location ? 'location' : 'text',
      bytes: file?.bytes,
      place: location,
    }
  }

  return {
    channel,
    start: (receive, report) => channel.start(receive, report),
    chat: String(zeinep.id),
    phone: '+77010000001',
    nobody: '4999999999',
    group: { id: String(group.id), title: 'Көмекшілер' },
    secrets: [String(zeinep.id), '7010000001', 'Зейнеп', 'Көмекшілер', String(group.id), fake.token],
    log: () => lines.join(''),
    says: (text, quotes) => zeinep.send(text, { ...(quotes && { replyTo: Number(quotes) }) }),
    saysInGroup: text => zeinep.in(group).send(text),
    follows: link => zeinep.open(link),
    chooses: label => zeinep.tap(label),
    sends: (kind, bytes, caption) => (kind === 'voice' ? zeinep.voice(bytes) : zeinep.photo(bytes, caption)),
    sendsPlace: (latitude, longitude) => zeinep.location(latitude, longitude),
    sendsCard: phone => (phone ? zeinep.contactOf(phone) : zeinep.shareContact()),
    sendsUnreadable: () => zeinep.sticker(),
    reacts: () => Promise.reject(new Error('not heard here')),
    blocks: () => zeinep.block(),
    unblocks: () => zeinep.unblock(),
    acknowledged: async () => fake.updates.length === 0,
    screen: async () =>
      messages()
        .filter(({ sender, deleted }) => sender.id === fake.world.bot.id && !deleted)
        .map(seen),
    async fail(fault) {
      fake.faults.next('sendMessage', faults[fault])
    },
    close: () => fake.close(),
  }
}
