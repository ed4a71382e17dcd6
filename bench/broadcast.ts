import { createLog } from '../bot/logger.ts'
import { startSender } from '../bot/outbox.ts'
import { openTelegram } from '../bot/telegram/channel.ts'
import { createBroadcast } from '../db/broadcasts.ts'
import { newDataKey, openKeyring } from '../db/cipher.ts'
import { openServerDatabase, rowsOf, type Store } from '../db/client.ts'
import { newId } from '../db/ids.ts'
import { enqueue } from '../db/outbox.ts'
import { addresses, elders, people, relatives } from '../db/schema.ts'
import { part } from '../domain/message.ts'
import { broadcast } from '../jobs/broadcast.ts'
import { FakeTelegram } from '../tests/fake-telegram/fake-telegram.ts'
import { telegramRates } from '../tests/fake-telegram/limits.ts'
import { heading, median, print, report, round } from './figures.ts'
import { createTemporaryDatabase } from './server.ts'
import { place } from './settled.ts'

/**
 * A broadcast through the real job, outbox and sender to a Telegram that refuses what comes too fast, while people are
 * answered. `node bench/broadcast.ts` moves the clock by hand; `node bench/broadcast.ts 1500 real` lets it run.
 */
const size = Number(process.argv[2] ?? 10_000)
const real = process.argv[3] === 'real'
const stepMs = 17
const feedEveryMs = 10_000
const repliesPerSecond = 1
const firstMoment = Date.parse('2026-11-23T05:00:00Z')

const begunAt = Date.now()
let moved = 0
let lastSeen = true
let seed = 7
const now = () => new Date(firstMoment + (real ? Date.now() - begunAt : moved))
const temporary = await createTemporaryDatabase()
const database = await openServerDatabase(temporary.url)
const store: Store = { db: database.db, keys: openKeyring(newDataKey()) }
const telegram = new FakeTelegram({ now, rateLimits: true })
const log = createLog('error', { write: line => void process.stderr.write(line) })
const settings = { token: telegram.token, fetch: telegram.fetch as never, webhookUrl: 'https://example.kz/t' }
const channel = await openTelegram(settings, log)
const channels = new Map([[channel.name, channel]])
const sender = startSender({ store, channels, log, now, automatic: real })
const chats = await settleCrowd()
await measure()
await sender.stop()
await database.close()
await temporary.drop()

/** Older people who have pressed Start and agreed to news, all of one district. */
async function settleCrowd(): Promise<number[]> {
  const at = now()
  const crowd = Array.from({ length: size }, (_, n) => telegram.user({ firstName: `Адам ${n}` }))
  for (const person of crowd) await person.start()
  for (let from = 0; from < size; from += 1000) {
    const some = crowd.slice(from, from + 1000).map(({ id }, n) => ({ chat: String(id), n, id: newId() }))
    const language = (n: number) => (n % 3 === 0 ? 'kk' : 'ru')
    await store.db
      .insert(people)
      .values(some.map(({ id, n }) => ({ id, language: language(n), wantsNews: true, createdAt: at })))
    const written = { channel: 'telegram', reachable: true, lastInboundAt: at }
    await store.db
      .insert(addresses)
      .values(some.map(({ id, chat }) => ({ id: newId(), personId: id, externalId: chat, ...written })))
    const elder = { ...place, name: 'Зейнеп', agreed: true, createdAt: at }
    await store.db
      .insert(elders)
      .values(some.map(({ id }) => ({ id, personId: id, createdBy: id, ...elder })))
    await store.db.insert(relatives).values(some.map(({ id }) => ({ elderId: id, personId: id, since: at })))
  }
  return crowd.map(({ id }) => id)
}

async function measure() {
  const words = { ru: 'Приглашаем на встречу в субботу.', kk: 'Сенбі күні кездесуге шақырамыз.' }
  const to = { ...place, audience: 'people', createdBy: newId() } as const
  const { id } = await createBroadcast(store, { ...to, words, total: size, at: now() })
  const from = now().getTime()
  const cpu = process.cpuUsage()
  const wall = performance.now()
  let feedAt = from
  let replyAt = from
  let replies = 0
  while (await going(id, now().getTime() >= feedAt)) {
    if (now().getTime() >= feedAt) {
      await broadcast.run(store, now())
      sender.wake()
      feedAt += feedEveryMs
    }
    for (; now().getTime() >= replyAt; replyAt += (1000 / repliesPerSecond) * (0.5 + chance())) {
      await reply(replies++)
      sender.wake()
    }
    if (real) await new Promise(done => setTimeout(done, stepMs))
    else {
      await sender.drain()
      moved += stepMs
    }
  }
  const { user, system } = process.cpuUsage(cpu)
  show({ from, cpuMs: (user + system) / 1000, wallMs: performance.now() - wall })
}

/** Looked at as often as it is fed: only then can it end. */
async function going(id: string, look: boolean): Promise<boolean> {
  if (!look) return lastSeen
  const rows = rowsOf<{ status: string }>(
    await store.db.execute(`select status from broadcasts where id = '${id}'`),
  )
  lastSeen = rows[0]?.status === 'going'
  return lastSeen
}

/** Somebody of the crowd has written, and is answered. */
function reply(n: number) {
  const chat = String(chats[Math.floor(chance() * chats.length)])
  const personId = newId()
  const at = now()
  return enqueue(store, {
    channel: 'telegram',
    chat,
    personId,
    message: { parts: [part(`reply ${n} ${at.getTime()}`)] },
    at,
  })
}

function show({ from, cpuMs, wallMs }: { from: number; cpuMs: number; wallMs: number }) {
  const calls = telegram.calls.filter(({ method }) => method === 'sendMessage')
  const refused = calls.filter(({ ok }) => !ok).length
  const news = calls.filter(({ payload }) => !String(payload.text).startsWith('reply'))
  const answers = calls.filter(({ payload }) => String(payload.text).startsWith('reply'))
  const last = Math.max(...news.map(({ at }) => at.getTime()))
  const meanwhile = calls.filter(({ at }) => at.getTime() <= last).length
  const seconds = (last - from) / 1000
  const delays = answers.map(({ at, payload }) => at.getTime() - Number(String(payload.text).split(' ')[2]))
  heading(
    `A broadcast to ${news.length} people, PostgreSQL, ${real ? 'real time' : 'the clock moved by hand'}`,
  )
  const permitted = telegramRates.overallPerSecond
  report({
    what: `until the last has it, ${answers.length} answers in between`,
    ours: seconds,
    reference: meanwhile / permitted,
    referenceIs: `at exactly the permitted ${permitted} a second`,
    unit: 's',
    most: { value: 1 / 0.95, of: 'ratio' },
  })
  print(
    `  rate ${round(meanwhile / seconds)} a second: ${round((100 * meanwhile) / seconds / permitted)} % of the permitted`,
  )
  print(`  told to slow down (429): ${refused}; promised 0: ${refused === 0 ? 'kept' : 'NOT KEPT'}`)
  report({
    what: 'the slowest of those answers',
    ours: Math.max(...delays) / 1000,
    reference: median(delays) / 1000,
    referenceIs: 'the median one',
    unit: 's',
    most: { value: 1, of: 'ours' },
  })
  print(
    `  CPU of this process ${round(cpuMs / calls.length)} ms a message, fake included; ${round(wallMs / 1000)} s in all`,
  )
}

/** The same on every run. */
function chance(): number {
  seed = (seed * 48_271) % 2_147_483_647
  return seed / 2_147_483_647
}
