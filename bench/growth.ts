import postgres from 'postgres'
import { newDataKey, openKeyring } from '../db/cipher.ts'
import { openServerDatabase } from '../db/client.ts'
import { partOfCountry, populate, wholeCountry } from './country.ts'
import { heading, print, report, round } from './figures.ts'
import { openTown, percentile } from './load/measure.ts'
import { createTemporaryDatabase } from './server.ts'

/**
 * Messages a second and their answers' time while the stored country grows from a hundredth of its size to the whole.
 * `node bench/growth.ts 0.1` lets it grow to a tenth only.
 */
const whole = Number(process.argv[2] ?? 1)
const seconds = 15
const people = 900
const pauseMs = 1700
const evenly = { count: 100, perSecond: 40 }
const keys = openKeyring(newDataKey())

const smallest = await measure(whole / 100)
for (const share of [whole / 10, whole]) {
  const { perSecond, p50, p99, cpuMs } = await measure(share)
  const requests = Math.round(wholeCountry.requests * share).toLocaleString('en')
  heading(`With ${requests} requests stored`)
  const beside = { referenceIs: 'at the smallest size' }
  const least = { value: 0.8, of: 'ratio' } as const
  const most = { value: 1.2, of: 'ratio' } as const
  report({ what: 'messages', ours: perSecond, reference: smallest.perSecond, unit: '/s', ...beside, least })
  report({ what: 'half within', ours: p50, reference: smallest.p50, unit: 'ms', ...beside, most })
  report({ what: '99 of 100 within', ours: p99, reference: smallest.p99, unit: 'ms', ...beside })
  report({ what: 'CPU a message', ours: cpuMs, reference: smallest.cpuMs, unit: 'ms', ...beside, most })
}

async function measure(share: number) {
  const temporary = await createTemporaryDatabase()
  const database = await openServerDatabase(temporary.url)
  const client = postgres(temporary.url, { max: 1, onnotice: () => {} })
  const begun = performance.now()
  await populate(client, keys, partOfCountry(share))
  await client.end()
  await database.close()
  print(`  (a country of ${share} made in ${round((performance.now() - begun) / 1000)} s)`)
  const town = await openTown('ours', { way: 'webhook', databaseUrl: temporary.url })
  await town.people.talk({ count: people, seconds: 20, pauseMs })
  const busy = await town.people.talk({ count: people, seconds, pauseMs })
  const cpuBefore = town.cpuMs()
  const calm = await town.people.talk({ ...evenly, seconds })
  const cpuMs = (town.cpuMs() - cpuBefore) / calm.ms.length
  await town.close()
  await temporary.drop()
  const { ms } = calm
  return {
    perSecond: busy.ms.length / busy.seconds,
    p50: percentile(ms, 0.5),
    p99: percentile(ms, 0.99),
    cpuMs,
  }
}
