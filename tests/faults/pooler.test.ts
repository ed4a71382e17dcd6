import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { lastingOn, openCluster, programs } from './cluster.ts'
import { openPooler, pgbouncer } from './pooler.ts'
import { tell } from './report.ts'
import { beginUnbroken, concludeUnbroken } from './unbroken.ts'

const possible = programs && pgbouncer && process.env.TEST_DATABASE_URL
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
if (!programs || !pgbouncer) tell('faults, pooler: skipped, PostgreSQL or PgBouncer is not installed here.')

const starters = 4

test.skipIf(!possible)(
  'the whole loop through PgBouncer in transaction mode, which is restarted meanwhile',
  {
    timeout: 180_000,
  },
  async () => {
    const cluster = await openCluster(closing)
    const pooler = await openPooler(closing, { port: cluster.port, connections: 4 })
    const lasting = lastingOn([pooler])
    // Several processes that start at once wait for each other, and leave no lock behind on a connection of the pooler's.
    const opened = await Promise.all(Array.from({ length: starters }, () => lasting.open()))
    await Promise.all(opened.map(({ close }) => close()))
    const left = await cluster.ask(`select 1 from pg_locks where locktype = 'advisory'`)
    expect(left).toEqual([])

    const run = await beginUnbroken(closing, lasting)
    await run.claims(2)
    await pooler.stop()
    await sleep(300)
    await pooler.start()
    await run.works(40)
    const verdict = await concludeUnbroken(run, `PgBouncer, ${starters} starts at once and a restart of it`)
    expect(verdict.faults).toEqual([])
    expect(verdict.repeats).toEqual([])
    expect(verdict.claims).toBeGreaterThan(1)
  },
)
