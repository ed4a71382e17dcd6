import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { BotProcess } from '../town/process.ts'
import { openChance } from './chance.ts'
import { judge, type Verdict } from './judge.ts'
import { type Load, startLoad } from './load.ts'
import { type Neighbourhood, settle } from './neighbourhood.ts'
import { tell } from './report.ts'
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
  /** Resolves when so many requests were taken by a helper. */
  claims(count: number): Promise<void>
}

const patienceMs = 60_000

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
  const load = startLoad(stage, town, { chance, ...how })
  const taken = () => {
    const cards = telegram.calls.flatMap(({ payload: { chat_id: chat, text } }) => {
      const [, number] = /^Просьба (\d+) Ваша\./.exec(String(text)) ?? []
      return number ? `${chat}/${number}` : []
    })
    return new Set(cards)
  }
  return {
    stage,
    town,
    bot,
    load,
    seed: chance.seed,
    works(calls = 4) {
      const after = telegram.calls.length + calls
      return telegram.until(() => telegram.calls.length >= after, patienceMs)
    },
    claims: count => telegram.until(() => taken().size >= count, patienceMs),
  }
}

/** When all is said the process stops as it should; what it did is judged, and told in a line. */
export async function concludeUnbroken(
  { stage, town, bot, load, seed }: Unbroken,
  what: string,
): Promise<Verdict> {
  await load.finish()
  await stage.telegram.until(() => stage.telegram.updates.length === 0, patienceMs)
  while ((await waiting(bot)) !== 0) await sleep(50)
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

/**
 * How many messages should be out and are not, as the process itself tells it; undefined if it is too busy to. Asked by
 * address: a name is looked up by threads that a slow disk may hold up.
 */
async function waiting(bot: BotProcess): Promise<number | null | undefined> {
  const [, page = ''] = /Status: (\S+)/.exec(bot.printed()) ?? []
  const answer = await fetch(page.replace('localhost', '127.0.0.1')).catch(() => undefined)
  const look = (await answer?.json()) as { waiting: number | null } | undefined
  return look?.waiting
}
