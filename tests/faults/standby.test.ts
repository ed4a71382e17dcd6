import { afterEach, expect, test } from 'vitest'
import { type Cluster, lastingOn, openCluster, openStandby, programs } from './cluster.ts'
import { tell } from './report.ts'
import { beginUnbroken, concludeUnbroken } from './unbroken.ts'

const possible = programs && process.env.TEST_DATABASE_URL
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
if (!programs) tell('faults, standby: skipped, the programs of PostgreSQL are not installed here.')

test.skipIf(!possible)(
  'the primary dies under load, its standby takes over, and the bot goes on by itself',
  {
    timeout: 180_000,
  },
  async () => {
    const primary = await openCluster(closing)
    const standby = await openStandby(closing, primary)
    await commitOnBoth(primary)
    // The first one named is not the one that serves, before and after.
    const run = await beginUnbroken(closing, lastingOn([standby, primary], '?target_session_attrs=primary'))
    await run.claims(1)
    await primary.kill()
    await standby.promote()
    const promotedAt = Date.now()
    await run.works()
    const againMs = Date.now() - promotedAt
    await run.works(40)
    const verdict = await concludeUnbroken(run, 'primary killed, standby promoted')
    tell(`  The bot went on ${againMs} ms after the standby had become the primary.`)
    expect(verdict.faults).toEqual([])
    expect(verdict.repeats).toEqual([])
  },
)

/** From now on the primary answers only when the standby has it too. */
async function commitOnBoth(primary: Cluster) {
  await primary.ask(`alter system set synchronous_standby_names = 'standby'`)
  await primary.ask('select pg_reload_conf()')
  for (let state = ''; state !== 'sync'; ) {
    const [row] = await primary.ask<{ state: string }>('select sync_state as state from pg_stat_replication')
    state = row?.state ?? ''
  }
}
