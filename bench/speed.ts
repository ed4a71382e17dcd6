import { heading, print, report, round } from './figures.ts'
import type { Way } from './load/bots.ts'
import { claimsASecond } from './load/claims-reference.ts'
import { openTown, percentile, type Town, type Whose } from './load/measure.ts'
import { messageScript } from './load/message-reference.ts'
import { pgbench } from './load/reference.ts'
import { createTemporaryDatabase, type TemporaryDatabase } from './server.ts'

/**
 * How many messages a second the bot answers, each once and durably, and how soon: real processes before a platform by
 * HTTP, PostgreSQL on the same machine. Beside it pgbench with the very same statements, and a bare grammY echo with
 * one committed insert. `node bench/speed.ts 5` takes five seconds for each figure instead of fifteen.
 */
const seconds = Number(process.argv[2] ?? 15)
/** Nobody writes faster than a messenger lets a bot answer in one chat. */
const perPersonPerSecond = 0.6
const connections = 10
const warmSeconds = 30

const fastest = await throughput()
await claims()
await latency(fastest)

async function throughput(): Promise<number> {
  heading('Messages a second through webhooks, each once and durably')
  const reference = await onDatabase(async database => {
    const script = await messageScript(database)
    await pgbench(database.url, { script, clients: connections, seconds: 5 })
    return pgbench(database.url, { script, clients: connections, seconds })
  })
  let one = 0
  for (const processes of [1, 2]) {
    const ours = await onDatabase(async database => {
      const town = await openTown('ours', { way: 'webhook', databaseUrl: database.url, processes })
      const how = { count: 900, pauseMs: 1700 }
      await town.people.talk({ ...how, seconds: warmSeconds })
      const { ms, seconds: took } = await town.people.talk({ ...how, seconds })
      await town.close()
      return ms.length / took
    })
    if (processes === 1) one = ours
    report({
      what: `${processes} ${processes === 1 ? 'process' : 'processes'}`,
      ours,
      reference,
      referenceIs: 'pgbench, the same statements',
      unit: '/s',
      least: { value: 0.5, of: 'ratio' },
    })
  }
  return one
}

async function claims() {
  heading('Claims a second, each of a request of its own, the verb alone')
  const { ours, reference } = await onDatabase(({ url }) => claimsASecond(url, seconds))
  const least = { value: 0.6, of: 'ratio' } as const
  report({
    what: 'claims',
    ours,
    reference,
    referenceIs: 'pgbench, the same statements',
    unit: '/s',
    least,
  })
}

async function latency(fastest: number) {
  for (const way of ['webhook', 'polling'] as const) {
    heading(`From the delivery of a message to the arrival of its answer, by ${way}`)
    for (const count of [1, 10, 50, 100, 200]) {
      const perSecond = Math.min(fastest / 2, count * perPersonPerSecond)
      const echo = await answered('echo', way, { count, perSecond })
      const ours = await answered('ours', way, { count, perSecond })
      print(`  ${count} at once, ${round(perSecond)} messages a second:`)
      const both = { referenceIs: 'the echo', unit: 'ms' }
      report({ what: 'half within', ours: ours.p50, reference: echo.p50, ...both })
      const three = { value: 3, of: 'ratio' } as const
      report({ what: '99 of 100 within', ours: ours.p99, reference: echo.p99, ...both, most: three })
      const two = { value: 2, of: 'ratio' } as const
      report({ what: 'CPU a message', ours: ours.cpuMs, reference: echo.cpuMs, ...both, most: two })
    }
  }
}

function answered(whose: Whose, way: Way, how: { count: number; perSecond: number }) {
  return onDatabase(async database => {
    const town = await openTown(whose, { way, databaseUrl: database.url })
    await warm(town)
    const cpuBefore = town.cpuMs()
    const { ms } = await town.people.talk({ ...how, seconds })
    const cpuMs = (town.cpuMs() - cpuBefore) / ms.length
    await town.close()
    return { p50: percentile(ms, 0.5), p99: percentile(ms, 0.99), cpuMs }
  })
}

/** As many messages as it takes until what is measured is compiled, whoever says them. */
async function warm(town: Town) {
  await town.people.talk({ count: 300, seconds: warmSeconds, pauseMs: 1700 })
}

async function onDatabase<T>(work: (database: TemporaryDatabase) => Promise<T>): Promise<T> {
  const database = await createTemporaryDatabase()
  try {
    return await work(database)
  } finally {
    await database.drop()
  }
}
