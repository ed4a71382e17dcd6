import type { Update } from 'grammy/types'
import type { UpdateQueue } from './queue.ts'

export type OnUpdate = (update: Update) => Promise<unknown>

/** Carries updates to a function of the test: lanes in parallel, inside a lane one after another. */
export class Delivery {
  onUpdate: OnUpdate | undefined
  readonly #queue: UpdateQueue
  readonly #lanes = new Map<string, Promise<void>>()
  #before: Promise<void> = Promise.resolve()

  constructor(queue: UpdateQueue) {
    this.#queue = queue
  }

  /** Whatever is settled from now on waits for this, and fails with it. */
  first(work: Promise<void>): void {
    const both = this.#before.then(() => work)
    both.catch(() => {})
    this.#before = both
  }

  /** Resolves when the bot has taken these updates and those its own deeds have caused meanwhile. */
  readonly settle = async (updates: readonly (Update | undefined)[]): Promise<void> => {
    if (!this.onUpdate) return
    const known = this.#queue.log.length
    const before = this.#before
    this.#before = Promise.resolve()
    await before
    await this.#drainLanesOf(updates)
    await this.#drainLanesOf(this.#queue.log.slice(known))
  }

  async #drainLanesOf(updates: readonly (Update | undefined)[]): Promise<void> {
    const ids = new Set(updates.map(update => update?.update_id))
    const waiting = this.#queue.pending().filter(({ update }) => ids.has(update.update_id))
    await Promise.all([...new Set(waiting.map(({ lane }) => lane))].map(lane => this.#drain(lane)))
  }

  #drain(lane: string): Promise<void> {
    const before = this.#lanes.get(lane) ?? Promise.resolve()
    const work = before.catch(() => {}).then(() => this.#empty(lane))
    this.#lanes.set(lane, work)
    return work
  }

  /** An update the bot fails on stays, and everything behind it in its lane: Telegram would bring it again. */
  async #empty(lane: string): Promise<void> {
    for (;;) {
      const head = this.#queue.pending().find(queued => queued.lane === lane)
      if (!head || !this.onUpdate) return
      await this.onUpdate(head.update)
      this.#queue.drop(head.update)
    }
  }
}
