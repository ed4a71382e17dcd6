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
const atOnce = [1, 10, 50, 100, 200]

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
    const echo = await answered('echo', way, fastest)
    const ours = await answered('ours', way, fastest)
    for (const [n, count] of atOnce.entries()) {
      const [one, other] = [ours[n], echo[n]]
      if (!one || !other) continue
      print(`  ${count} at once, ${round(one.perSecond)} messages a second:`)
      const both = { referenceIs: 'the echo', unit: 'ms' }
      report({ what: 'half within', ours: one.p50, reference: other.p50, ...both })
      const three = { value: 3, of: 'ratio' } as const
      report({ what: '99 of 100 within', ours: one.p99, reference: other.p99, ...both, most: three })
      const two = { value: 2, of: 'ratio' } as const
      report({ what: 'CPU a message', ours: one.cpuMs, reference: other.cpuMs, ...both, most: two })
    }
  }
}

interface Answered {
  perSecond: number
  p50: number
  p99: number
  cpuMs: number
}

/** With ever more people at once, each time at half of what can be answered at the most. */
function answered(whose: Whose, way: Way, fastest: number): Promise<Answered[]> {
  return onDatabase(async database => {
    const town = await openTown(whose, { way, databaseUrl: database.url })
    await warm(town)
    const all: Answered[] = []
    for (const count of atOnce) {
      const perSecond = Math.min(fastest / 2, count * perPersonPerSecond)
      const cpuBefore = town.cpuMs()
      const { ms } = await town.people.talk({ count, perSecond, seconds })
      const cpuMs = (town.cpuMs() - cpuBefore) / ms.length
      all.push({ perSecond, p50: percentile(ms, 0.5), p99: percentile(ms, 0.99), cpuMs })
    }
    await town.close()
    return all
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
