import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { openChance } from './chance.ts'
import { type Cluster, lastingOn, openCluster, programs } from './cluster.ts'
import { tell } from './report.ts'
import { beginUnbroken, concludeUnbroken } from './unbroken.ts'

const restarts = Number(process.env.FAULT_RESTARTS) || 20
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
if (!programs) tell('faults, database: skipped, the programs of PostgreSQL are not installed here.')

test.skipIf(!programs)(
  'a database stopped, started and cut off under load: once is all that anything is done',
  {
    timeout: 240_000,
  },
  async () => {
    const chance = openChance()
    const cluster = await openCluster(closing)
    const run = await beginUnbroken(closing, lastingOn([cluster]))
    let cuts = 0
    for (let n = 0; n < restarts; n++) {
      await run.works(chance.between(2, 20))
      if (chance.next() < 0.7) cuts += await cutOff(cluster)
      await sleep(chance.between(0, 60))
      tell(`T stop ${new Date().toISOString()}`)
    await cluster.stop(chance.of(['fast', 'immediate']))
      await sleep(chance.between(0, 400))
      await cluster.start()
    tell(`T started ${new Date().toISOString()}`)
    }
    await run.works()
    const verdict = await concludeUnbroken(run, `database, ${restarts} restarts and ${cuts} connections cut`)
    expect(verdict.faults).toEqual([])
    expect(verdict.repeats).toEqual([])
    expect(verdict.claims).toBeGreaterThan(0)
  },
)

/** Ends every connection that is in the middle of a transaction. */
async function cutOff(cluster: Cluster): Promise<number> {
  const ended = await cluster.ask(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = 'ardaq' and xact_start is not null and pid <> pg_backend_pid()`,
  )
  return ended.length
}
