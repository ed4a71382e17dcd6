import { afterEach, expect, test } from 'vitest'
import { textOf } from '../../bot/i18n.ts'
import type { Fault } from '../fake-telegram/faults.ts'
import { freePorts, openBalancer } from './balancer.ts'
import { type Chance, openChance } from './chance.ts'
import { judge, type Verdict } from './judge.ts'
import { startLoad, storyIn } from './load.ts'
import { settle } from './neighbourhood.ts'
import { tell } from './report.ts'
import { comeToRest } from './rest.ts'
import { inboxOf } from './rows.ts'
import { saidByChat } from './seen.ts'
import { openStage, type Stage } from './stage.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

// What the platform does to us concerns no database, and a server is quicker; two transactions at once only it knows.
const onServer = Boolean(process.env.TEST_DATABASE_URL)

test.runIf(onServer)(
  'answers get lost, break off, come as pages or never; 429 storms; one update is poison',
  {
    timeout: 600_000,
  },
  async () => {
    const chance = openChance()
    const stage = await openStage(closing, {
      telegram: { rateLimits: true, rates: { chatBurst: 2, overallPerSecond: 8 } },
    })
    const { telegram } = stage
    const town = await settle(stage)
    const city = town.cities[0]?.name ?? ''
    const { victim, poison } = await poisoned(stage, city)
    // A deed that is done and one that is not, neither ever answered: the bot waits until it gives up.
    telegram.faults.next('sendMessage', { kind: 'silent', done: true })
    telegram.faults.next('sendMessage', { kind: 'silent' })
    const load = startLoad(stage, town, { chance: openChance(chance.seed + 1), askersAtOnce: 8, early: true })
    const bot = stage.start()
    await bot.ready
    const met = await troubled(stage, chance)
    telegram.rateLimits = false
    await load.claimed()
    await load.finish()
    await telegram.until(() => telegram.updates.length === 0, 240_000)
    expect(await bot.kill('SIGTERM')).toBe(0)
    // A process that begins anew knows of no chat that rests; the next 429 tells it.
    const tooSoon = calledTooSoon(stage)
    await comeToRest(stage)

    const askers = [...load.askers, { person: victim, city }]
    const verdict = await stage.withStore(store => judge(stage, store, { ...town, askers }))
    const refusals = telegram.calls.filter(({ error }) => error?.error_code === 429).length
    report(stage, `seed ${chance.seed}: ${met} faults and ${refusals} times 429`, verdict)
    const parked = `parked: update ${poison}, Error P0001`
    expect(verdict.faults.filter(fault => !fault.startsWith(`${victim.name} heard`))).toEqual([parked])
    // Now and then one is early by a part of a second, and hears 429 once more; a blind retry would be early each time.
    expect(tooSoon.length).toBeLessThan(refusals / 40)
    expect(bot.printed().match(/"kind":"fault".*"message failed"/g)).toHaveLength(3)
    const texts = (saidByChat(stage).get(String(victim.id)) ?? []).map(({ text }) => text)
    const sorryAt = texts.indexOf(textOf('ru', { key: 'err.tech', values: { phone: '109' } }))
    expect(sorryAt).toBeGreaterThan(-1)
    // Each of the later ones may be among those that never arrive; all of them cannot.
    expect(texts.length).toBeGreaterThan(sorryAt + 2)
  },
)

test.runIf(onServer)(
  'delivered twice at once, late again, and all once more after a restart: one effect each',
  {
    timeout: 600_000,
  },
  async () => {
    const chance = openChance()
    const stage = await openStage(closing, { telegram: { webhookRetryScale: 0.05 } })
    const { telegram } = stage
    const town = await settle(stage)
    const ports = await freePorts(1)
    const balancer = await openBalancer(closing, {
      ports,
      path: '/telegram',
      chance,
      twinPercent: 40,
      latePercent: 40,
    })
    const start = () =>
      stage.start({
        PORT: String(ports[0]),
        TELEGRAM_WEBHOOK_URL: balancer.url,
        TELEGRAM_WEBHOOK_SECRET: 'a-long-random-word-1234',
      })
    const first = start()
    await first.ready
    const load = startLoad(stage, town, { chance: openChance(chance.seed + 1), askersAtOnce: 6 })
    await telegram.until(() => telegram.calls.length > 150, 240_000)
    await stage.kill(first)
    const second = start()
    await second.ready
    await load.claimed()
    await load.finish()
    await telegram.until(() => telegram.updates.length === 0, 240_000)
    const taken = telegram.updateLog.length - town.updatesBefore
    await balancer.bringAllAgain()
    expect(await second.kill('SIGTERM')).toBe(0)
    await comeToRest(stage)

    const verdict = await stage.withStore(store => judge(stage, store, { ...town, askers: load.askers }))
    const { twins, late } = balancer.counts
    report(
      stage,
      `seed ${chance.seed}: ${twins} twins, ${late} late ones, ${taken} once more after a restart`,
      verdict,
    )
    expect(verdict.faults).toEqual([])
    expect(await stage.withStore(inboxOf)).toHaveLength(taken)
  },
)

/** Somebody whose third message the database refuses for ever; they say it again and go on. Nobody else is concerned. */
async function poisoned({ telegram, withStore }: Stage, city: string) {
  const victim = telegram.user({ firstName: 'Зейнеп', languageCode: 'ru' })
  const [language = '', who = '', ...rest] = storyIn(city)
  await victim.start()
  await victim.send(language)
  await victim.send(who)
  const poison = telegram.updateLog.at(-1)?.update_id ?? 0
  for (const line of [who, ...rest]) await victim.send(line)
  await withStore(async ({ db }) => {
    await db.execute(`create function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'poison'; end $$`)
    await db.execute(`create trigger poison before insert on inbox for each row
      when (new.external_id = '${poison}' and new.parked_for is null) execute function refuse()`)
  })
  return { victim, poison }
}

const page: Fault = { kind: 'html' }
const broken: Fault = {
  kind: 'answer',
  status: 500,
  body: { ok: false, error_code: 500, description: 'Internal' },
}

/** Faults in the midst of everything, until there were enough of each kind; how many were met. */
async function troubled({ telegram }: Stage, chance: Chance): Promise<number> {
  const met = () => telegram.calls.filter(({ fault }) => fault)
  const refused = () => telegram.calls.filter(({ error }) => error?.error_code === 429)
  // Whoever waited for an answer that never came has given up when that chat is spoken to again.
  const hanging = () =>
    telegram.calls.some(
      ({ fault, payload }, n) =>
        fault === 'silent' &&
        !telegram.calls.slice(n + 1).some(call => call.payload.chat_id === payload.chat_id),
    )
  for (let n = 1; met().length < 40 || refused().length < 10 || hanging(); n++) {
    const before = met().length
    telegram.faults.next('*', chance.of([page, broken, { kind: 'lost' }, { kind: 'refused' }]))
    if (n % 15 === 0) telegram.faults.next('getUpdates', chance.of([page, broken, { kind: 'lost' }]))
    // Never two in a row: what fails again and again is waited with for longer and longer.
    const calls = telegram.calls.length + chance.between(3, 9)
    await telegram.until(() => met().length > before && telegram.calls.length >= calls, 240_000)
  }
  telegram.faults.clear()
  return met().length
}

/** Calls to a chat before the time that its last 429 had asked for. */
function calledTooSoon({ telegram }: Stage): string[] {
  const notBefore = new Map<unknown, number>()
  return telegram.calls.flatMap(({ payload: { chat_id: chat }, error, at }) => {
    const early = (notBefore.get(chat) ?? 0) - at.getTime()
    const [, seconds] = /retry after (\d+)/.exec(error?.description ?? '') ?? []
    if (seconds) notBefore.set(chat, at.getTime() + Number(seconds) * 1000)
    return chat !== undefined && early > 0 ? [`${chat} ${early} ms too soon`] : []
  })
}

function report({ lasting }: Stage, tried: string, verdict: Verdict) {
  const { updates, messages, edits, claims, repeats, left, neverArrived, faults } = verdict
  tell(
    `faults, platform, ${lasting.kind}, ${tried}; ${updates} updates, ${messages} messages, ${edits} edits, ${claims} claims.`,
  )
  tell(
    `  Not as it should be: ${faults.length}; ${repeats.length} came twice, each after a lost answer or a kill, ${left} were left to a coordinator, ` +
      `${neverArrived} of them had not arrived.`,
  )
}
