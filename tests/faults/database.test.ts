import { setTimeout as sleep } from 'node:timers/promises'
import postgres, { type TransactionSql } from 'postgres'
import { afterEach, expect, test } from 'vitest'
import { openChance } from './chance.ts'
import { type Cluster, lastingOn, openCluster, programs } from './cluster.ts'
import { tell } from './report.ts'
import { beginUnbroken, concludeUnbroken, type Unbroken } from './unbroken.ts'

const possible = programs && process.env.TEST_DATABASE_URL
const restarts = Number(process.env.FAULT_RESTARTS) || 8
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
if (!programs) tell('faults, database: skipped, the programs of PostgreSQL are not installed here.')

test.skipIf(!possible)(
  'a database stopped, started and cut off under load: all is done once, and by itself',
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
      await cluster.stop(chance.of(['fast', 'immediate']))
      await sleep(chance.between(0, 400))
      await cluster.start()
    }
    await run.claims(1)
    const verdict = await concludeUnbroken(
      run,
      `database, ${restarts} restarts and ${cuts} connections cut in a transaction`,
    )
    expect(verdict.faults).toEqual([])
    expect(verdict.repeats).toEqual([])
  },
)

test.skipIf(!possible)(
  'transactions in each other’s way: every one comes through in the end',
  {
    timeout: 120_000,
  },
  async () => {
    const cluster = await openCluster(closing, { settings: { deadlock_timeout: '1s' } })
    // Each session judges anew whether what it has read still stands.
    await cluster.ask(`alter database ardaq set default_transaction_isolation = 'repeatable read'`)
    const run = await beginUnbroken(closing, lastingOn([cluster]))
    await run.claims(2)
    await run.load.finish()
    await clash(run, cluster, goOn)
    await clash(run, cluster, wantMore)
    const verdict = await concludeUnbroken(run, 'transactions in each other’s way')
    const met = (code: string) => run.bot.printed().split(`"code":"${code}"`).length - 1
    tell(`  Of these the database refused ${met('40001')} as out of date and ${met('40P01')} as a deadlock.`)
    expect(met('40001')).toBeGreaterThan(0)
    expect(met('40P01')).toBeGreaterThan(0)
    expect(verdict.faults).toEqual([])
    expect(verdict.repeats).toEqual([])
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

/** A rival holds what a message needs next, and then does something else until the database refuses with this code. */
async function clash(
  { stage, town, bot }: Unbroken,
  cluster: Cluster,
  { code, finish }: { code: string; finish(sql: TransactionSql, update: string): Promise<unknown> },
) {
  const { telegram } = stage
  const { marat } = town
  const rival = postgres(cluster.url, { max: 1, onnotice() {} })
  while (!bot.printed().includes(`"code":"${code}"`)) {
    await telegram.until(() => telegram.updates.length === 0, 60_000)
    const update = String((telegram.updateLog.at(-1)?.update_id ?? 0) + 1)
    const doing = rival.begin(async sql => {
      // Who begins to wait first notices a deadlock, and that shall be the bot; were it too late, it is tried again.
      await sql`set local deadlock_timeout = '10s'`
      await sql`update addresses set reachable = reachable where external_id = ${String(marat.id)}`
      await marat.send('/help')
      await waitsForLock(cluster)
      await finish(sql, update)
    })
    await doing.catch((error: Error) => expect(error.message).toMatch(/never mind|deadlock/))
  }
  await rival.end({ timeout: 1 })
}

/** It commits: what the message has read is out of date. */
const goOn = { code: '40001', finish: async () => {} }

/** It wants what the message has already. */
const wantMore = {
  code: '40P01',
  async finish(sql: TransactionSql, update: string) {
    await sql`insert into inbox (channel, external_id, received_at) values ('telegram', ${update}, now())`
    throw new Error('never mind')
  },
}

async function waitsForLock(cluster: Cluster) {
  const waiting = () =>
    cluster.ask(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = 'ardaq'`)
  while ((await waiting()).length === 0) await sleep(10)
}
