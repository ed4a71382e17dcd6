import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { rowsOf, type Store } from '../../db/client.ts'
import { recognisePerson } from '../../db/recognise.ts'
import type { BotProcess } from '../town/process.ts'
import { farDistrict, request } from '../town/quick.ts'
import { freePorts, openBalancer } from './balancer.ts'
import { openChance } from './chance.ts'
import { judge } from './judge.ts'
import { startLoad } from './load.ts'
import { settle } from './neighbourhood.ts'
import { tell } from './report.ts'
import { comeToRest } from './rest.ts'
import { openStage, type Stage } from './stage.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const processes = 3
const kills = Math.ceil((Number(process.env.FAULT_KILLS) || 40) / 10)
const neglected = 6

test.skipIf(!process.env.TEST_DATABASE_URL)(
  'three processes behind a balancer, one of them killed now and then: one effect each, in order, sweeps once',
  { timeout: 900_000 + kills * 60_000 },
  async () => {
    const chance = openChance()
    const stage = await openStage(closing, {
      telegram: { webhookRetryScale: 0.05, webhookTimeoutMs: 10_000 },
    })
    const town = await settle(stage)
    await stage.withStore(neglect)
    const ports = await freePorts(processes)
    const balancer = await openBalancer(closing, {
      ports,
      path: '/telegram',
      chance,
      twinPercent: 10,
      latePercent: 10,
    })
    const start = (port: number) =>
      stage.start({
        PORT: String(port),
        TELEGRAM_WEBHOOK_URL: balancer.url,
        TELEGRAM_WEBHOOK_SECRET: 'a-long-random-word-1234',
      })
    const bots = ports.map(start)
    await Promise.all(bots.map(({ ready }) => ready))
    const load = startLoad(stage, town, { chance: openChance(chance.seed + 1) })
    for (let n = 0; n < kills; n++) {
      await progress(stage, chance.between(5, 60))
      const one = chance.between(0, processes - 1)
      await stage.kill(bots[one] as BotProcess)
      bots[one] = start(ports[one] as number)
      // Now and then another one dies before this one is back.
      if (chance.next() < 0.7) await bots[one].ready
    }
    await Promise.all(bots.map(({ ready }) => ready))
    // The clock of each looks at the same requests in the same second.
    await until(async () => (await stage.withStore(escalations)).length >= neglected)
    await load.claimed()
    await load.finish()
    await stage.telegram.until(() => stage.telegram.updates.length === 0, 240_000)
    for (const ended of bots.map(bot => bot.kill('SIGTERM'))) expect(await ended).toBe(0)
    await comeToRest(stage)

    const verdict = await stage.withStore(store =>
      judge(stage, store, { ...town, askers: load.askers, otherRequests: neglected }),
    )
    const { updates, messages, claims, repeats, left, faults } = verdict
    const { passedOn, twins, late } = balancer.counts
    tell(
      `faults, ${processes} processes, seed ${chance.seed}: ${kills} kills, ${updates} updates, ${messages} messages, ` +
        `${claims} claims; ${passedOn} calls went on to another process, ${twins} came to two at once, ${late} once more later.`,
    )
    tell(
      `  Lost, done twice or out of order: ${faults.length}; ${repeats.length} came twice at a kill, ${left} left.`,
    )
    expect(faults).toEqual([])
    expect(claims).toBeGreaterThan(0)
    const escalated = await stage.withStore(escalations)
    expect(escalated).toHaveLength(neglected)
    expect(new Set(escalated).size).toBe(neglected)
  },
)

/** Requests that nobody has taken for hours: the clock owes the coordinator a word about each. */
async function neglect(store: Store) {
  for (let n = 1; n <= neglected; n++) {
    const from = { channel: 'telegram', externalId: String(n), inPrivate: true, at: new Date() }
    const { id: personId } = await recognisePerson(store, from)
    await request(
      { store, settle: async () => {} },
      { personId },
      { districtId: farDistrict, at: new Date() },
    )
  }
  await store.db.execute('update requests set watch_step = 8, watch_at = now()')
}

async function escalations({ db }: Store): Promise<string[]> {
  const rows = await db.execute(`select subject_id as id from audit where act = 'request.escalated'`)
  return rowsOf<{ id: string }>(rows).map(({ id }) => id)
}

/** So many more calls of the bot's. */
async function progress({ telegram }: Stage, calls: number) {
  const enough = telegram.calls.length + calls
  await telegram.until(() => telegram.calls.length >= enough, 240_000)
}

async function until(holds: () => Promise<boolean>) {
  while (!(await holds())) await sleep(500)
}
