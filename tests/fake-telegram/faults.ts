/** What can go wrong between the bot and Telegram, or inside Telegram. */
export type Fault =
  /** Answers so and does nothing. */
  | { kind: 'answer'; status: number; body: unknown }
  /** A gateway's page instead of JSON; nothing was done. */
  | { kind: 'html'; status?: number }
  /** The connection breaks before anything was done. */
  | { kind: 'refused' }
  /** All was done, and the connection breaks before the answer. */
  | { kind: 'lost' }
  /** Never answers. `done` tells whether the deed was done. */
  | { kind: 'silent'; done?: boolean }

/** Faults waiting for their method; `download` stands for fetching a file, `*` for any call. */
export class Faults {
  readonly #waiting: { method: string; fault: Fault }[] = []

  next(method: string, fault: Fault, times = 1): void {
    for (let time = 0; time < times; time++) this.#waiting.push({ method: method.toLowerCase(), fault })
  }

  take(method: string): Fault | undefined {
    const name = method.toLowerCase()
    const at = this.#waiting.findIndex(
      ({ method }) => method === name || (method === '*' && name !== 'getupdates' && name !== 'download'),
    )
    return at < 0 ? undefined : this.#waiting.splice(at, 1)[0]?.fault
  }

  /** Forgets the faults that were not met. */
  clear(): void {
    this.#waiting.length = 0
  }
}
