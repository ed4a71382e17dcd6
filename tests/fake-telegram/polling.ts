import type { Update } from 'grammy/types'
import type { Payload } from './access.ts'
import type { UpdateQueue } from './queue.ts'
import { Refusal } from './refusal.ts'

const limitMax = 100
const timeoutSecondsMax = 50

/** getUpdates with its real waiting: a later call throws an earlier one out with 409. */
export class Polling {
  readonly #queue: UpdateQueue
  #waiting: ((reason: Refusal) => void) | undefined

  constructor(queue: UpdateQueue) {
    this.#queue = queue
  }

  async getUpdates(payload: Payload, signal?: AbortSignal): Promise<Update[]> {
    const offset = Number(payload.offset ?? 0)
    const limit = Math.min(limitMax, Math.max(1, Number(payload.limit ?? limitMax)))
    const timeout = Math.min(timeoutSecondsMax, Math.max(0, Number(payload.timeout ?? 0)))
    this.#queue.allow(payload.allowed_updates)
    if (offset < 0) {
      const kept = this.#queue.pending().at(offset)
      if (kept) this.#queue.dropBefore(kept.update.update_id)
    } else this.#queue.dropBefore(offset)
    const ready = () =>
      this.#queue
        .pending()
        .slice(0, limit)
        .map(({ update }) => update)
    if (timeout === 0 || ready().length > 0) return ready()
    this.interrupt('terminated by other getUpdates request; make sure that only one bot instance is running')
    await this.#wait(timeout, signal)
    return signal?.aborted ? [] : ready()
  }

  interrupt(reason: string): void {
    this.#waiting?.(new Refusal(409, `Conflict: ${reason}`))
  }

  #wait(seconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const finish = (end: () => void) => {
        clearTimeout(timer)
        stopListening()
        signal?.removeEventListener('abort', done)
        if (this.#waiting === thrownOut) this.#waiting = undefined
        end()
      }
      const done = () => finish(resolve)
      const thrownOut = (reason: Refusal) => finish(() => reject(reason))
      const timer = setTimeout(done, seconds * 1000)
      const stopListening = this.#queue.listen(done)
      signal?.addEventListener('abort', done)
      this.#waiting = thrownOut
    })
  }
}
