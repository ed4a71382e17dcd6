import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from './logger.ts'

/** What is stopped, and until when it is waited for, from the beginning of the stop. */
export interface Ending {
  name: string
  untilMs: number
  stop(): unknown
}

/**
 * Stops one after the other. What hangs is left: nothing is acknowledged before it is written down, so whatever is
 * under way is done again by the next start. Never throws.
 */
export async function stopInOrder(endings: readonly Ending[], log: Log): Promise<void> {
  const begunAt = performance.now()
  for (const { name, untilMs, stop } of endings) {
    const over = new AbortController()
    const leftMs = Math.max(0, untilMs - (performance.now() - begunAt))
    const late = sleep(leftMs, 'late' as const, { signal: over.signal }).catch(() => {})
    const done = (async () => void (await stop()))()
    try {
      if ((await Promise.race([done, late])) === 'late')
        log.warn({ step: name }, 'stopped before it was over')
    } catch (error) {
      log.warn({ step: name, err: error }, 'could not be stopped')
    } finally {
      over.abort()
    }
  }
}
