import { createPlayground } from '../../bot/playground/channel.ts'
import { createPlaygroundStore } from '../../db/playground.ts'
import { openTestDatabase } from '../town/database.ts'
import type { Driver, Platform, Seen } from './platform.ts'

const ownTable = 'to send is to write into a table of our own'

/** What the page posts and shows, on a real database. */
export const playground: Driver = {
  name: 'the playground',
  lacks: {
    quotes: 'the page has none',
    reactions: 'the page has none',
    unreadable: 'the page sends nothing that the bot cannot read',
    'cards of others': 'the page shares the own number only',
    'a log': 'the driver is given none: what it has to tell, the bot tells',
    'knowing what never arrived': ownTable,
    'too fast': `${ownTable}: nobody counts`,
    server: ownTable,
    lost: `${ownTable}: the same message again is the same row`,
    cut: ownTable,
  },
  open,
}

const files = { voice: ['voice.ogg', 'audio/ogg'], photo: ['photo.png', 'image/png'] } as const

async function open(): Promise<Platform> {
  const database = await openTestDatabase()
  const store = createPlaygroundStore(database.db)
  await store.addPerson({ id: 'zeinep', name: 'Зейнеп', language: 'kk' })
  const group = await store.addGroup({ id: 'volunteers', title: 'Көмекшілер', members: ['zeinep'] })
  const channel = createPlayground({ store })
  const app = channel.routes()
  const { people } = await store.directory()
  const phone = people[0]?.phone ?? ''

  async function say(fields: Record<string, string | File>, chat = 'zeinep') {
    const body = new FormData()
    const all = { id: crypto.randomUUID(), person: 'zeinep', chat, ...fields }
    for (const [name, value] of Object.entries(all)) body.append(name, value)
    const request = { method: 'POST', body, headers: { host: 'localhost' } }
    const answer = await app.request('http://localhost/playground/say', request)
    if (!answer.ok) throw new Error(`The page was refused: ${answer.status}`)
  }
  const own = async () =>
    (await store.recent(100)).filter(({ authorId, chatId }) => authorId === null && chatId === 'zeinep')
  const notHere = () => Promise.reject(new Error('the page has none'))

  return {
    channel,
    start: (receive, report) => channel.start(receive, report),
    chat: 'zeinep',
    phone,
    nobody: 'nobody',
    group: { id: group, title: 'Көмекшілер' },
    secrets: [phone, 'Зейнеп'],
    log: () => '',
    says: text => say({ kind: 'text', text }),
    saysInGroup: text => say({ kind: 'text', text }, group),
    follows(link) {
      const [, code = ''] = /^playground:start\?(.*)$/.exec(link) ?? []
      return say({ kind: 'start', code: decodeURIComponent(code) })
    },
    async chooses(label) {
      const shown = (await own()).flatMap(({ id, details }) =>
        (details.buttons ?? []).flat().map(button => ({ id, button })),
      )
      const pressed = shown.findLast(({ button }) => button.label === label)
      const data = pressed && 'data' in pressed.button ? pressed.button.data : ''
      await say({ kind: 'button', data, message: pressed?.id ?? '' })
    },
    sends(kind, bytes, caption = '') {
      const [name, type] = files[kind]
      return say({ kind, file: new File([new Uint8Array(bytes)], name, { type }), caption })
    },
    sendsPlace: (latitude, longitude) =>
      say({ kind: 'location', latitude: String(latitude), longitude: String(longitude) }),
    sendsCard: () => say({ kind: 'contact' }),
    sendsUnreadable: notHere,
    reacts: notHere,
    blocks: () => say({ kind: 'blocked' }),
    unblocks: () => say({ kind: 'unblocked' }),
    acknowledged: async () => (await store.pending()).length === 0,
    screen: async () => Promise.all((await own()).map(message => seen(message, store))),
    fail: notHere,
    close: () => database.close(),
  }
}

type Store = ReturnType<typeof createPlaygroundStore>

async function seen(message: Awaited<ReturnType<Store['recent']>>[number], store: Store): Promise<Seen> {
  const { id, text, fileId, details } = message
  const file = fileId ? await store.file(fileId) : undefined
  const kind = (['photo', 'voice', 'location'] as const).find(kind => kind === message.kind) ?? 'text'
  return { id, text, kind, bytes: file?.body ?? undefined, place: details.location }
}
