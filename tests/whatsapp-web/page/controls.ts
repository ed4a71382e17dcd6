import { widOf } from './ids.ts'
import { calls, requireModule, tableOf } from './modules.ts'
import { faults } from './sending.ts'
import { cmd, conn, connect, socket } from './socket.ts'
import type { Stored } from './start.ts'
import { blocked, chats, MsgKey, msgs, put, start, tellWorld } from './store.ts'

/** What a test can do to the page, by `window.fake`. */
const fake = {
  faults,
  state: (state: string) => socket.to(state),
  sync: () => socket.sync(),
  ref: (ref: string) => conn.renew(ref),
  block: (id: string) => blocked.add(id),
  receive(stored: Stored) {
    const message = put(stored, true)
    chats.open(message.id.remote).unreadCount += 1
  },
  /** The same message told again, as after a lost confirmation. */
  again(id: string) {
    const message = msgs.all().find(one => one.id.id === id)
    if (message) msgs.emit('add', message)
  },
  edit(id: string, body: string) {
    const message = msgs.all().find(one => one.id.id === id)
    message?.change({ latestEditSenderTimestampMs: Date.now() })
    message?.change({ body })
  },
  ack(key: string, ack: number) {
    msgs.get(key)?.change({ ack })
  },
  age(key: string, ms: number) {
    const message = msgs.get(key)
    message?.change({ t: message.t - Math.floor(ms / 1000) })
  },
  react(chat: string, sender: string, key: string, emoji: string) {
    const group = widOf(chat).isGroup()
    const participant = group ? widOf(sender) : undefined
    const id = new MsgKey({
      remote: widOf(chat),
      fromMe: false,
      id: `R${Date.now()}${emoji.length}`,
      participant,
    })
    const parent = msgs.get(key)?.id
    const row = { id, reactionParentKey: parent, reactionText: emoji, reactionTimestamp: Date.now() }
    return tableOf('Reaction').bulkUpsert([{ ...row, from: widOf(sender), orphan: 0 }])
  },
  call(id: string, from: string, isGroup = false) {
    calls.calls.set(id, { id, peerJid: widOf(from), isGroup, outgoing: false })
  },
  vote(sender: string, key: string) {
    const id = new MsgKey({ remote: widOf(sender), fromMe: false, id: `V${Date.now()}` })
    const row = { id, pollUpdateParentKey: msgs.get(key)?.id ?? id, t: Date.now(), from: widOf(sender) }
    return tableOf('PollVote').bulkUpsert([{ ...row, selectedOptionLocalIds: [0] }])
  },
  joined(group: string, who: string, by: string) {
    const gp2 = { type: 'gp2', subtype: 'add', recipients: [who], author: by }
    put({ chat: group, id: `G${who}`, ...gp2 }, true)
  },
  async logout() {
    cmd.emit('logout')
    // The real page goes to its front door by itself.
    setTimeout(
      () => ((globalThis as unknown as { location: { search: string } }).location.search = '?post_logout=1'),
      50,
    )
  },
}

const world = globalThis as unknown as Record<string, unknown>
world.fake = fake
world.require = requireModule
world.Debug = { VERSION: '2.3000.1017054665' }
for (const stored of start.history) put(stored, false)
for (const [chat, unread] of Object.entries(start.unread)) chats.open(widOf(chat)).unreadCount = unread
for (const group of start.groups) chats.open(widOf(group))
connect()
tellWorld({ what: 'loaded' })
