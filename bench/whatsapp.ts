import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { memoryBytes } from '../bot/whatsapp-web/processes.ts'
import { usualTimings } from '../bot/whatsapp-web/settings.ts'
import { newDataKey, openKeyring } from '../db/cipher.ts'
import { type OpenDatabase, openServerDatabase } from '../db/client.ts'
import { chromiumPath as chromium } from '../tests/town/chromium.ts'
import { surviveKills } from '../tests/whatsapp-web/queue.ts'
import { openStand, outgoing, wrote, zeinep } from '../tests/whatsapp-web/stand.ts'
import { heading, median, print, report, round } from './figures.ts'
import { loopOf } from './loop.ts'
import { createTemporaryDatabase, type TemporaryDatabase } from './server.ts'
import { settle } from './settled.ts'
import { openStage, type Stage, type Staged } from './stage.ts'

/**
 * WhatsApp beside Telegram, and the real web driver before a page of ours. `node bench/whatsapp.ts 100 6` sends a
 * hundred messages and kills six times; the CPU is measured with PostgreSQL, so that only the bot's own counts.
 */
const messages = Number(process.argv[2] ?? 1_000)
const kills = Number(process.argv[3] ?? 30)
const warmUpRounds = 60
const measuredRounds = 60
const restarts = 5
const sentBefore = 200
const keys = openKeyring(newDataKey())

heading('WhatsApp')
await measureCpu()
if (chromium) {
  await measureWorker()
  await measureQueue()
} else {
  print('  no Chromium: the rest is left out')
}

/** The same loop on both, round about, so that a busy moment of the machine falls on both. */
async function measureCpu() {
  const telegram = await openSide('telegram')
  const whatsapp = await openSide('whatsapp')
  for (let n = 0; n < warmUpRounds + measuredRounds; n++) {
    for (const side of [telegram, whatsapp]) await side.play(n)
  }
  report({
    what: 'CPU of the process a message, its answers included',
    ours: whatsapp.microseconds(),
    reference: telegram.microseconds(),
    referenceIs: 'on Telegram',
    unit: 'µs',
    most: { value: 1.5, of: 'ratio' },
  })
  for (const side of [telegram, whatsapp]) await side.close()
}

async function openSide(name: Staged) {
  const temporary: TemporaryDatabase = await createTemporaryDatabase()
  const database: OpenDatabase = await openServerDatabase(temporary.url)
  const store = { db: database.db, keys }
  await settle(store, 1, name)
  const stage: Stage = openStage(store, name)
  const spent: number[] = []
  return {
    async play(n: number) {
      for (const { run } of loopOf(stage, n)) {
        const before = process.cpuUsage()
        await run()
        await stage.send()
        const { user, system } = process.cpuUsage(before)
        if (n >= warmUpRounds) spent.push(user + system)
      }
    },
    microseconds: () => spent.reduce((sum, one) => sum + one, 0) / spent.length,
    async close() {
      await database.close()
      await temporary.drop()
    },
  }
}

async function measureWorker() {
  // Each kill counts as the first: a session that was sound.
  const timings = { ...usualTimings, soundMs: 0 }
  const stand = await openStand({ history: [wrote(zeinep, 'H1', 'Сәлем')] }, { timings })
  try {
    const begunAt = performance.now()
    await stand.open()
    await stand.ready()
    const firstMs = performance.now() - begunAt
    for (let n = 0; n < sentBefore; n++) await stand.channel.send(outgoing(zeinep, `Хабар ${n}`))
    report({
      what: `memory of the worker without the browser, after ${sentBefore} messages`,
      ours: megabytes(stand.worker()),
      reference: await bareNode(),
      referenceIs: 'an idle Node',
      unit: 'MB',
      most: { value: 120, of: 'ours' },
    })
    const took: number[] = []
    for (let n = 0; n < restarts; n++) {
      const killedAt = performance.now()
      for (const pid of stand.pids()) process.kill(pid, 'SIGKILL')
      while (stand.channel.status().state === 'ready') await sleep(5)
      while (stand.channel.status().state !== 'ready') await sleep(5)
      took.push(performance.now() - killedAt)
    }
    report({
      what: `ready again after the browser was killed, the slowest of ${restarts} (median ${round(median(took) / 1000)} s)`,
      ours: Math.max(...took) / 1000,
      reference: firstMs / 1000,
      referenceIs: 'the first start',
      unit: 's',
      most: { value: 10, of: 'ours' },
    })
  } finally {
    await stand.close()
  }
}

async function bareNode(): Promise<number> {
  const node = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' })
  await sleep(1_000)
  const bytes = megabytes(node.pid)
  node.kill()
  return bytes
}

/** Shared memory counted by share; no browser has this profile. */
function megabytes(pid: number | undefined): number {
  return memoryBytes('none', pid) / 1024 ** 2
}

async function measureQueue() {
  const { lost, twice, disordered, ms, ...done } = await surviveKills({ messages, kills, chromium })
  print(
    `  ${messages} queued messages, ${done.kills} kills of browser, worker and bot in turn, ${round(ms / 1000)} s:`,
  )
  print(`    lost ${lost}, sent twice ${twice}, out of order ${disordered}`)
  const kept = lost === 0 && twice === 0 && disordered === 0
  print(`    promised none: ${kept ? 'kept' : 'NOT KEPT'}`)
}
