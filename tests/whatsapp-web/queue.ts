import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { browserPids } from '../../bot/whatsapp-web/processes.ts'
import { newDataKey, openKeyring } from '../../db/cipher.ts'
import { openEmbeddedDatabase } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { enqueue } from '../../db/outbox.ts'
import { part } from '../../domain/message.ts'
import type { PageStart } from './page/start.ts'
import { writePage } from './stand-page.ts'

/** What the bot's process is told at its start. */
export interface QueueBot {
  directory: string
  key: string
  chromium: string | undefined
  chromiumArgs: string[]
}

export interface Survived {
  lost: number
  twice: number
  /** Came into a chat before what was decided earlier. */
  disordered: number
  kills: number
  ms: number
}

const chats = 20
const victims = ['browser', 'worker', 'bot'] as const
const patienceMs = 90_000
const botPath = fileURLToPath(new URL('queue-bot.ts', import.meta.url))

/**
 * Sends a queue through the real outbox and the real driver to a page of ours, while browser, worker and bot process
 * are killed in turn, each time in the moment in which the server has a message and nobody knows it yet, or soon after.
 */
export async function surviveKills(
  { messages, kills, chromium }: { messages: number; kills: number; chromium: string | undefined },
  tell: (line: string) => void = () => {},
): Promise<Survived> {
  const directory = mkdtempSync(join(tmpdir(), 'whatsapp-queue-'))
  const key = newDataKey()
  const profile = join(directory, 'whatsapp', 'session-ardaq')
  const words = await fill(directory, key, messages)
  let bot: ChildProcess | undefined
  let counts: Record<string, number> = {}
  const said: string[] = []
  let killed = 0
  let over = false
  const begunAt = performance.now()

  const world = await openWorld(directory, async n => {
    if (killed >= kills || n < ((killed + 1) * messages) / (kills + 1)) return
    const victim = victims[killed % victims.length]
    // Half of them at once, before the page has its answer.
    const waitMs = killed % 2 === 0 ? 0 : Math.random() * 200
    killed += 1
    if (waitMs > 0) void sleep(waitMs).then(() => kill(victim))
    else kill(victim)
  })

  function kill(victim: (typeof victims)[number] | undefined) {
    const [browser] = browserPids(profile)
    const pid = victim === 'bot' ? bot?.pid : victim === 'worker' ? parentOf(browser) : browser
    tell(`${victim} killed after ${world.sent.length}, ${Math.round(performance.now() - begunAt)} ms`)
    // Nothing there: it is just being born, and dies by another's death.
    if (pid) process.kill(pid, 'SIGKILL')
  }

  function begin() {
    const given: QueueBot = { directory, key, chromium, chromiumArgs: world.chromiumArgs }
    bot = fork(botPath, [JSON.stringify(given)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    bot.on('message', told => {
      const { line, ...rest } = told as Record<string, number> & { line?: string }
      if (line) said.push(`${Math.round(performance.now() - begunAt)} ms: ${line}`)
      else counts = rest
    })
    bot.once('exit', () => !over && begin())
  }

  begin()
  let movedAt = begunAt
  for (let known = 0; Object.keys(counts).length === 0 || counts.queued || counts.sending; ) {
    await sleep(50)
    if (world.sent.length > known) movedAt = performance.now()
    known = world.sent.length
    if (performance.now() - movedAt > patienceMs) break
  }
  const ms = performance.now() - begunAt
  over = true
  if (bot?.connected) bot.disconnect()
  if (bot && bot.exitCode === null && bot.signalCode === null) await once(bot, 'exit')
  world.close()
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
  tell(JSON.stringify(counts))
  const got = Map.groupBy(world.sent, ({ body }) => body)
  for (const word of words) {
    const times = got.get(word) ?? []
    if (times.length === 1) continue
    tell(`${word} came after ${times.map(({ tookAt }) => `${Math.round(tookAt - begunAt)} ms`).join(', ')}`)
    for (const line of said) if (line.includes(word)) tell(`  ${line}`)
  }
  return {
    lost: words.filter(word => !got.has(word)).length,
    twice: [...got.values()].filter(({ length }) => length > 1).length,
    disordered: disorderIn(world.sent),
    kills: killed,
    ms,
  }
}

const chatOf = (n: number) => `770100${String(10_000 + (n % chats))}@c.us`

async function fill(directory: string, key: string, messages: number): Promise<string[]> {
  const database = await openEmbeddedDatabase(join(directory, 'data'))
  const store = { db: database.db, keys: openKeyring(key) }
  const words = Array.from({ length: messages }, (_, n) => `Хабар ${String(n).padStart(5, '0')}`)
  for (const [n, word] of words.entries()) {
    const message = { parts: [part(word)] }
    await enqueue(store, { channel: 'whatsapp', chat: chatOf(n), personId: newId(), message, at: new Date() })
  }
  await database.close()
  return words
}

interface Got {
  chat: string
  id: string
  body: string
  at: number
  /** When the world took it, by its own clock. */
  tookAt: number
}

/** The platform behind the page: what it has taken it has, whatever becomes of page, browser and bot. */
async function openWorld(directory: string, took: (n: number) => Promise<void>) {
  const sent: Got[] = []
  const server = createServer((request, response) => {
    void take(request).then(() => response.writeHead(200, { 'access-control-allow-origin': '*' }).end())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const people = Array.from({ length: chats }, (_, n) => ({
    phone: chatOf(n),
    lid: `9000000001${String(n).padStart(5, '0')}@lid`,
  }))
  const start: PageStart = {
    shape: '$1',
    paired: true,
    synced: 'early',
    me: '77770000000@c.us',
    myLid: '900000000000000@lid',
    people,
    groups: [],
    history: people.map(({ phone }) => ({ chat: phone, id: `H${phone}`, body: 'Сәлем', at: Date.now() })),
    unread: {},
    mediaFails: 0,
    world: `http://127.0.0.1:${port}/`,
  }
  mkdirSync(join(directory, 'whatsapp'))
  writePage(directory, start)

  async function take(request: IncomingMessage) {
    const got: Omit<Got, 'tookAt'> = JSON.parse(await text(request))
    sent.push({ ...got, tookAt: performance.now() })
    const { chat, id, body, at } = got
    start.history.push({ chat, id, body, at, fromMe: true })
    writePage(directory, start)
    await took(sent.length)
  }

  return {
    sent,
    chromiumArgs: [
      '--host-resolver-rules=MAP web.whatsapp.com ~NOTFOUND',
      '--disable-features=LocalNetworkAccessChecks',
    ],
    close: () => server.close().closeAllConnections(),
  }
}

function disorderIn(sent: readonly Got[]): number {
  const chats = Map.groupBy(sent, ({ chat }) => chat)
  const bodies = [...chats.values()].map(got => [...new Set(got.map(({ body }) => body))])
  return bodies.flatMap(own => own.filter((body, n) => n > 0 && body < (own[n - 1] ?? ''))).length
}

function parentOf(pid: number | undefined): number | undefined {
  const status = pid === undefined ? '' : readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) || undefined
}
