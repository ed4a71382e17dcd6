import { expect } from 'vitest'
import { endLeases, outboxOf } from './rows.ts'
import type { Stage } from './stage.ts'

const roundsMax = 20
const quietMs = 1_000

/**
 * With nobody striking any more one process does what is left, until nothing waits, and stops as it should. Nothing is
 * running when this begins or ends; `meanwhile` ends the load.
 */
export async function comeToRest(
  stage: Stage,
  { meanwhile, settings = {} }: { meanwhile?: () => Promise<void>; settings?: Record<string, string> } = {},
): Promise<void> {
  for (let round = 0; round < roundsMax; round++) {
    if (stage.lasting.kind === 'server') await stage.withStore(endLeases)
    const bot = stage.start(settings)
    await bot.ready
    if (round === 0) await meanwhile?.()
    await stage.telegram.until(() => stage.telegram.updates.length === 0, 240_000)
    await quiet(stage)
    expect(await bot.kill('SIGTERM')).toBe(0)
    if ((await stage.withStore(waiting)) === 0) return
  }
  throw new Error('Something is never sent')
}

/** Nothing was said for a while. */
async function quiet({ telegram }: Stage) {
  let [calls, since] = [telegram.calls.length, Date.now()]
  await telegram.until(() => {
    if (telegram.calls.length !== calls) [calls, since] = [telegram.calls.length, Date.now()]
    return Date.now() - since > quietMs
  }, 240_000)
}

async function waiting(store: Parameters<typeof outboxOf>[0]): Promise<number> {
  const rows = await outboxOf(store)
  return rows.filter(({ status, isDue }) => isDue && (status === 'queued' || status === 'sending')).length
}
