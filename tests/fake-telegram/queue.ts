import type { Update } from 'grammy/types'
import type { UpdateBody } from './world.ts'

export interface Queued {
  readonly update: Update
  readonly lane: string
  readonly expiresAt: number
}

const expiresAfterSeconds = { callback_query: 150, other: 86_400 }
/** Telegram sends these only to a bot that asked for them by name. */
const onRequestOnly = ['chat_member', 'message_reaction', 'message_reaction_count']

/** Updates that no bot has confirmed yet, in order. */
export class UpdateQueue {
  readonly #now: () => Date
  readonly #waiting: Queued[] = []
  readonly #listeners = new Set<() => void>()
  #lastId = 700_000_000
  #allowed: string[] | undefined
  /** Every update there ever was. */
  readonly log: Update[] = []

  constructor(now: () => Date) {
    this.#now = now
  }

  push(body: UpdateBody, lane: string): Update | undefined {
    const type = Object.keys(body)[0] ?? ''
    if (!this.#isAllowed(type)) return undefined
    const update = { update_id: ++this.#lastId, ...body } as Update
    const seconds = type === 'callback_query' ? expiresAfterSeconds.callback_query : expiresAfterSeconds.other
    this.#waiting.push({ update, lane, expiresAt: this.#now().getTime() + seconds * 1000 })
    this.log.push(update)
    for (const listener of this.#listeners) listener()
    return update
  }

  pending(): readonly Queued[] {
    const now = this.#now().getTime()
    for (const queued of this.#waiting.filter(({ expiresAt }) => expiresAt < now))
      this.#waiting.splice(this.#waiting.indexOf(queued), 1)
    return this.#waiting
  }

  drop(update: Update): void {
    const at = this.#waiting.findIndex(queued => queued.update.update_id === update.update_id)
    if (at >= 0) this.#waiting.splice(at, 1)
  }

  dropBefore(updateId: number): void {
    for (const { update } of [...this.#waiting]) if (update.update_id < updateId) this.drop(update)
  }

  clear(): void {
    this.#waiting.length = 0
  }

  /** An absent list leaves the earlier choice, an empty one means "all but those on request". */
  allow(types: unknown): void {
    if (Array.isArray(types)) this.#allowed = types.length > 0 ? types.map(String) : undefined
  }

  get allowed(): readonly string[] | undefined {
    return this.#allowed
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #isAllowed(type: string): boolean {
    return this.#allowed ? this.#allowed.includes(type) : !onRequestOnly.includes(type)
  }
}
