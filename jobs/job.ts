import type { Store } from '../db/client.ts'

/** What the clock can do: idempotent, so that it may run twice or in several processes at once. */
export interface Job {
  name: string
  /** When it runs, in Asia/Almaty. */
  cron: string
  /** Does what is due at `at` and says how much it was. */
  run(store: Store, at: Date): Promise<Record<string, number>>
}
