import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import type { Call } from '../fake-telegram/wire.ts'
import type { BotProcess } from '../town/process.ts'
import { type Chance, openChance } from './chance.ts'
import { judge, type Verdict } from './judge.ts'
import { cardOf, startLoad } from './load.ts'
import { settle } from './neighbourhood.ts'
import { tell } from './report.ts'
import { comeToRest } from './rest.ts'
import { endLeases } from './rows.ts'
import { isEdit } from './seen.ts'
import { openStage, type Stage } from './stage.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** 200 in a long run; a few in the usual one. The embedded database takes longer to start. */
const kills = Number(process.env.FAULT_KILLS) || (process.env.TEST_DATABASE_URL ? 8 : 4)

test('killed at random moments under load, it does everything once and says all that was decided', {
  timeout: 900_000 + kills * 30_000,
}, async () => {
  const chance = openChance()
  const stage = await openStage(closing)
  const town = await settle(stage)
  const load = startLoad(stage, town, { chance: openChance(chance.seed + 1), early: true })
  let startMs = 2_000
  for (let n = 0; n < kills; n++) {
    const begun = Date.now()
    const bot = stage.start()
    void bot.ready.then(
      () => {
        startMs = Date.now() - begun
      },
      () => {},
    )
    await moment(stage, bot, { chance, startMs })
    await stage.kill(bot)
    // A server cannot know that the sender is dead; now and then a minute passes, and else its messages wait.
    if (stage.lasting.kind === 'server' && chance.next() < 0.4) await stage.withStore(endLeases)
  }
  await comeToRest(stage, {
    async meanwhile() {
      await load.claimed()
      await load.finish()
    },
  })
  const verdict = await stage.withStore(store => judge(stage, store, { ...town, askers: load.askers }))
  report(stage, verdict, chance.seed)
  expect(verdict.faults).toEqual([])
  expect(verdict.claims).toBeGreaterThan(0)
})

/** While it starts; soon after; or when the platform has just taken a message, often one that must not come twice. */
async function moment(
  { telegram }: Stage,
  bot: BotProcess,
  { chance, startMs }: { chance: Chance; startMs: number },
) {
  const kind = chance.next()
  if (kind < 0.15) return sleep(chance.between(0, startMs))
  await bot.ready
  if (kind < 0.3) return sleep(chance.between(0, 300))
  const begun = telegram.calls.length
  const taken = begun + 1 + Math.floor(chance.next() ** 2 * 60)
  const enough = () =>
    kind < 0.6 ? telegram.calls.length >= taken : telegram.calls.slice(begun).some(isPrecious)
  return telegram.until(enough, kind < 0.6 ? 3_000 : 20_000).catch(() => {})
}

/** A post, an address or an edit. */
function isPrecious({ method, payload: { chat_id: chat, text } }: Call): boolean {
  return Number(chat) < 0 || isEdit(method) || cardOf(text) !== undefined
}

function report({ lasting, strikes }: Stage, verdict: Verdict, seed: number) {
  const { updates, messages, edits, requests, claims, repeats, left, neverArrived, faults } = verdict
  const widest = Math.max(0, ...repeats.map(({ windowMs }) => windowMs))
  tell(
    `faults, kill, ${lasting.kind}, seed ${seed}: ${strikes.length} kills, ${updates} updates, ${messages} messages, ` +
      `${edits} edits, ${requests} requests, ${claims} claims. Lost or done twice: ${faults.length}.`,
  )
  tell(
    `  ${repeats.length} messages came twice, between their arrival and our commit (at most ${widest} ms); ` +
      `${left} that must not come twice were left to a coordinator, ${neverArrived} of them had not arrived.`,
  )
}
