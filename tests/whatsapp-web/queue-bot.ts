import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import type { Channel } from '../../bot/channel.ts'
import { createLog } from '../../bot/logger.ts'
import { startSender } from '../../bot/outbox.ts'
import { createReport } from '../../bot/report.ts'
import { openWhatsappWeb } from '../../bot/whatsapp-web/channel.ts'
import { openKeyring } from '../../db/cipher.ts'
import { openEmbeddedDatabase, rowsOf, type Store } from '../../db/client.ts'
import { findLastInbound } from '../../db/undelivered.ts'
import type { QueueBot } from './queue.ts'

/** The bot's sending in a process of its own, so that it may be killed: the real outbox, sender and driver. */
enableCompileCache()
const { directory, key, chromium, chromiumArgs }: QueueBot = JSON.parse(process.argv[2] ?? '')
const unlimited = { max: Infinity, perMs: 1_000 }
const tellEveryMs = 100

const database = await openEmbeddedDatabase(join(directory, 'data'))
const store: Store = { db: database.db, keys: openKeyring(key) }
const log = createLog('error')
const now = () => new Date()
const channel = openWhatsappWeb(
  {
    directory: join(directory, 'whatsapp'),
    chromium,
    chromiumArgs,
    page: { path: directory, version: 'stand' },
    // Neither is what is tried here.
    pace: { all: unlimited, chat: unlimited, group: unlimited },
    typing: { msPerChar: 0, msMin: 5, msMax: 20 },
    authTimeoutMs: 5_000,
    sendMs: 10_000,
    settledMs: 2_000,
    wroteAt: chat => findLastInbound(store, { channel: 'whatsapp', chat }),
    timings: { probeEveryMs: 1_000, probeMs: 5_000, endMs: 3_000, backoffMs: [100, 200, 500] },
  },
  log,
)
/** For whoever must find out why one came twice. */
const say = (line: string) => process.connected && process.send?.({ line }, () => {})
const told: Channel = {
  ...channel,
  async find(message) {
    const found = (await channel.find?.(message)) ?? { status: 'unknown' as const }
    say(`looked for ${message.text}: ${found.status}`)
    return found
  },
  async send(message) {
    const result = await channel.send(message)
    say(`sent ${message.text}: ${result.status} ${'reason' in result ? result.reason : ''}`)
    return result
  },
}
const sender = startSender({
  store,
  channels: new Map([[channel.name, told]]),
  log,
  now,
  automatic: true,
  alone: true,
})
await channel.start(async () => ({}), createReport({ store, now, wake: sender.wake }))

const telling = setInterval(async () => {
  const result = await store.db.execute('select status, count(*)::int as n from outbox group by status')
  const counts = rowsOf<{ status: string; n: number }>(result).map(({ status, n }) => [status, n])
  if (process.connected) process.send?.(Object.fromEntries(counts), () => {})
}, tellEveryMs)

process.once('disconnect', async () => {
  clearInterval(telling)
  await channel.stop()
  await sender.stop()
  await database.close()
  process.exit(0)
})
