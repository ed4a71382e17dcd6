import { setTimeout as sleep } from 'node:timers/promises'
import { type Api, GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import { failureKind } from '../../db/client.ts'
import type { Log } from '../logger.ts'

/** The kinds of update that concern us. */
export const allowedUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const

const pollSeconds = 30
/** After a failure, twice as long after each further one: a database that starts again is back in no time. */
const pauseMs = { min: 200, max: 3000 }

/**
 * Long polling in which an update is acknowledged (by asking for the next) only after all of its batch is committed.
 * People are handled side by side, each one's updates in their order.
 */
export function startPolling(
  api: Api,
  handle: (update: Update) => Promise<void>,
  log: Log,
): { stop(): Promise<void> } {
  const abort = new AbortController()
  const running = loop()
  return {
    async stop() {
      abort.abort()
      await running
    },
  }

  async function loop() {
    let offset = 0
    let pause: number = pauseMs.min
    while (!abort.signal.aborted) {
      try {
        const updates = await api.getUpdates(
          { offset, timeout: pollSeconds, allowed_updates: allowedUpdates },
          asGrammySignal(abort.signal),
        )
        await Promise.all(byPerson(updates).map(inOrder))
        offset = (updates.at(-1)?.update_id ?? offset - 1) + 1
        pause = pauseMs.min
      } catch (error) {
        if (abort.signal.aborted) return
        log[failureKind(error) === 'outage' ? 'debug' : 'warn'](
          { err: error, code: error instanceof GrammyError ? error.error_code : undefined },
          'polling failed, will try again',
        )
        await sleep(pause, undefined, { signal: abort.signal }).catch(() => {})
        pause = Math.min(2 * pause, pauseMs.max)
      }
    }
  }

  async function inOrder(updates: Update[]) {
    // What was not begun is not acknowledged either: Telegram brings it to the next start.
    for (const update of updates) if (!abort.signal.aborted) await handle(update)
  }
}

function byPerson(updates: readonly Update[]): Update[][] {
  const groups = Map.groupBy(updates, update => {
    const from =
      update.callback_query?.from ??
      update.message?.from ??
      update.edited_message?.from ??
      update.my_chat_member?.from
    return from?.id ?? 0
  })
  return [...groups.values()]
}

/** grammY types its own AbortSignal, the same thing under another name. */
export function asGrammySignal(signal: AbortSignal): NonNullable<Parameters<Api['getUpdates']>[1]> {
  return signal as unknown as NonNullable<Parameters<Api['getUpdates']>[1]>
}
