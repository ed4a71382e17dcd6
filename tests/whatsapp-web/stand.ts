import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Inbound, Outgoing, Report } from '../../bot/channel.ts'
import { createLog } from '../../bot/logger.ts'
import { openWhatsappWeb } from '../../bot/whatsapp-web/channel.ts'
import { browserPids } from '../../bot/whatsapp-web/processes.ts'
import type { WhatsappWebSettings } from '../../bot/whatsapp-web/settings.ts'
import type { State } from '../../bot/whatsapp-web/supervisor.ts'
import { chromiumPath } from '../town/chromium.ts'
import { type Devtools, eventually, openDevtools } from './devtools.ts'
import type { PageStart, Stored } from './page/start.ts'
import { writePage } from './stand-page.ts'

// As the bot does at its start: the workers begin faster.
enableCompileCache()

export const zeinep = '77010000001@c.us'
export const aigul = '77010000002@c.us'
export const timurLid = '900000000000003@lid'
export const timur = '77010000003@c.us'
export const stranger = '77010000009@c.us'
export const group = '120363000000000001@g.us'

/** What the world got from the page. */
export interface Seen {
  what: 'sent' | 'edited' | 'revoked' | 'seen' | 'typing' | 'asked' | 'missing' | 'loaded'
  [field: string]: unknown
}

export type Stand = Awaited<ReturnType<typeof openStand>>

const usualStart: PageStart = {
  shape: '$1',
  paired: true,
  synced: 'late',
  me: '77770000000@c.us',
  myLid: '900000000000000@lid',
  people: [
    { phone: zeinep, lid: '900000000000001@lid' },
    { phone: aigul, lid: '900000000000002@lid' },
    { phone: timur, lid: timurLid },
    { phone: stranger, lid: '900000000000009@lid' },
    { phone: '77010000010@c.us' },
  ],
  groups: [group],
  history: [],
  unread: {},
  mediaFails: 0,
}

interface More extends Partial<WhatsappWebSettings> {
  /** Another page than WhatsApp's; or none of ours, but the live one, where no test has a way to. */
  wrong?: boolean
  live?: boolean
}

/** The real driver: worker, library and Chromium, before a page of ours, and the world around that page. */
export async function openStand(begin: Partial<PageStart> = {}, more: More = {}) {
  const root = mkdtempSync(join(tmpdir(), 'whatsapp-web-'))
  const directory = join(root, 'session')
  const profile = join(directory, 'session-ardaq')
  mkdirSync(directory)
  const start: PageStart = { ...usualStart, ...begin }
  const seen: Seen[] = []
  const inbound: Inbound[] = []
  const reports: Parameters<Report>[0][] = []
  const states: State[] = []
  const lines: { msg: string; reason?: string; level: number }[] = []
  const qrs: string[] = []
  const blocked: string[] = []
  /** What `receive` does before it resolves; a test may make it fail. */
  const hands = { receive: async (_: Inbound) => {} }
  let tools: Devtools | undefined
  writePage(root, start)

  const log = createLog('debug', { write: line => lines.push(JSON.parse(line)) })
  const { timings, wrong, live, ...rest } = more
  const channel = openWhatsappWeb(
    {
      directory,
      chromium: chromiumPath,
      chromiumArgs: [
        '--remote-debugging-pipe',
        '--remote-debugging-port=0',
        '--host-resolver-rules=MAP web.whatsapp.com ~NOTFOUND',
      ],
      ...(!live && { page: { path: root, version: wrong ? 'wrong' : 'stand' } }),
      typing: { msPerChar: 0, msMin: 0, msMax: 0 },
      authTimeoutMs: 5_000,
      sendMs: 2_000,
      settledMs: 0,
      wroteAt: async () => undefined,
      timings: { endMs: 3_000, backoffMs: [100, 200], ...timings },
      on: {
        qr: text => qrs.push(text),
        blocked: reason => blocked.push(reason),
        changed: state => states.push(state),
      },
      ...rest,
    },
    log,
  )

  function hear(text: string) {
    const event: Seen = JSON.parse(text)
    seen.push(event)
    if (event.what !== 'sent') return
    // The world does not forget: the next page begins with what it has.
    const { chat, id, type, body, caption, at } = event as unknown as Stored
    start.history.push({
      chat,
      id,
      fromMe: true,
      ...(type && { type }),
      ...(body && { body }),
      ...(caption && { caption }),
      ...(at && { at }),
    })
    writePage(root, start)
  }

  /** Takes the page in hand that is there now. */
  async function grasp() {
    tools?.close()
    tools = await eventually(() => openDevtools(profile, hear), 'a page')
    await eventually(() => tools?.run('Boolean(window.fake)'), 'the stand-in page')
    const untold = await tools.run('globalThis.untold?.splice(0) ?? []')
    for (const text of untold as string[]) hear(text)
  }

  return {
    channel,
    start,
    seen,
    inbound,
    reports,
    states,
    lines,
    qrs,
    blocked,
    hands,
    profile,
    root,
    grasp,
    rewrite: () => writePage(root, start),
    /** Waits until the world has got this. */
    saw: (what: Seen['what'], like: Record<string, unknown>) =>
      eventually(
        () =>
          seen.find(
            one => one.what === what && Object.entries(like).every(([name, value]) => one[name] === value),
          ),
        `${what} ${JSON.stringify(like)}`,
        5_000,
      ),
    sent: () => seen.filter(({ what }) => what === 'sent'),
    pids: () => browserPids(profile),
    worker: () => parentOf(browserPids(profile)[0]),
    /** `fake.<name>(…)` in the page. */
    async fake(name: string, ...given: unknown[]) {
      return tools?.run(`fake.${name}(${given.map(one => JSON.stringify(one)).join(', ')})`)
    },
    async fault(name: string, value: unknown) {
      await tools?.run(`fake.faults.${name} = ${JSON.stringify(value)}`)
    },
    run: (expression: string) => tools?.run(expression),
    failDownloads: (times: number) => tools?.run(`pageStart.mediaFails = ${times}`),
    go: (url: string) => tools?.command('Page.navigate', { url }),
    hang: () => tools?.command('Runtime.evaluate', { expression: 'for (;;);' }),
    async open() {
      await channel.start(
        async one => {
          await hands.receive(one)
          inbound.push(one)
          return {}
        },
        async one => void reports.push(one),
      )
    },
    async ready() {
      await eventually(() => channel.status().state === 'ready', 'ready')
      await grasp()
    },
    async close() {
      tools?.close()
      await channel.stop()
      rmSync(root, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function parentOf(pid = 0): number {
  return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}

let ids = 0

export function outgoing(chat: string, text: string, more: Partial<Outgoing> = {}): Outgoing {
  ids += 1
  return { id: `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`, chat, text, ...more }
}

export function wrote(chat: string, id: string, body: string, more: Partial<Stored> = {}): Stored {
  return { chat, id, body, at: Date.now(), ...more }
}

export { eventually }
