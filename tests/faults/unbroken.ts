import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { BotProcess } from '../town/process.ts'
import { openChance } from './chance.ts'
import { judge, type Verdict } from './judge.ts'
import { type Load, startLoad } from './load.ts'
import { type Neighbourhood, settle } from './neighbourhood.ts'
import { tell } from './report.ts'
import { outboxOf } from './rows.ts'
import { type Lasting, openStage, type Stage } from './stage.ts'

/** One bot process that lives through whatever happens to its database; nobody starts it again. */
export interface Unbroken {
  readonly stage: Stage
  readonly town: Neighbourhood
  readonly bot: BotProcess
  readonly load: Load
  readonly seed: number
  /** Resolves when the platform has heard so much more of it: it works again. */
  works(calls?: number): Promise<void>
}

/** The bot on this database, and people who write to it. */
export async function beginUnbroken(
  closing: (() => unknown)[],
  lasting: Lasting,
  how: { askersAtOnce?: number; askersMax?: number } = {},
): Promise<Unbroken> {
  const chance = openChance()
  const stage = await openStage(closing, { lasting })
  const { telegram } = stage
  const town = await settle(stage)
  const bot = stage.start()
  await bot.ready
  closing.push(async () => (await import('node:fs')).writeFileSync('/tmp/dbfaults/bot.log', bot.printed()))
  const timer = setInterval(() => tell(`S ${new Date().toISOString()} calls ${telegram.calls.length} waiting ${telegram.updates.length}`), 2000)
  closing.push(() => clearInterval(timer))
  const load = startLoad(stage, town, { chance, ...how })
  const works = async (calls = 4) => {
    const after = telegram.calls.length + calls
    await telegram.until(() => telegram.calls.length >= after, 30_000)
  }
  return { stage, town, bot, load, seed: chance.seed, works }
}

/** When all is said the process stops as it should; what it did is judged, and told in a line. */
export async function concludeUnbroken(
  { stage, town, bot, load, seed }: Unbroken,
  what: string,
): Promise<Verdict> {
  await load.finish()
  await stage.telegram.until(() => stage.telegram.updates.length === 0, 60_000)
  let rounds = 0
  while ((await waiting(stage)) > 0) {
    await sleep(100)
    if (++rounds === 60) {
      await stage.withStore(async ({ db }) => {
        tell(JSON.stringify(await db.execute("select id, status, attempts, locked_until, next_at, now(), ref, edit_ref, failure, person_id is null as grp from outbox where status in ('queued','sending') and not_before <= now()"), null, 0))
        tell(JSON.stringify(await db.execute("select pid, state, wait_event, left(query, 60) q, now() - xact_start x from pg_stat_activity where datname='ardaq'"), null, 0))
      })
      throw new Error('stuck')
    }
  }
  expect(await bot.kill('SIGTERM')).toBe(0)
  expect(bot.printed().match(/Ardaq runs\./g)).toHaveLength(1)
  const verdict = await stage.withStore(store => judge(stage, store, { ...town, askers: load.askers }))
  const { updates, messages, requests, claims, repeats, left, faults } = verdict
  tell(
    `faults, ${what}, seed ${seed}: ${updates} updates, ${messages} messages, ${requests} requests, ${claims} claims. ` +
      `Lost or done twice: ${faults.length + repeats.length}, left to a coordinator: ${left}.`,
  )
  return verdict
}

async function waiting({ withStore }: Stage): Promise<number> {
  const rows = await withStore(outboxOf)
  return rows.filter(({ status, isDue }) => isDue && (status === 'queued' || status === 'sending')).length
}
