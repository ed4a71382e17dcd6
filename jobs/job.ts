import type { Store } from '../db/client.ts'

/** What the clock can do: idempotent, so that it may run twice or in several processes at once. */
export interface Job {
  name: string
  /** When it runs, in Asia/Almaty. */
  cron: string
  /** Does what is due at `at` and says how much it was. */
  run(store: Store, at: Date, settings?: JobSettings): Promise<Record<string, number>>
}

/** What the operator decides of it. */
export interface JobSettings {
  /** How long the words of a closed request and the data of people without a request are kept. */
  retentionDays: number
  /** Whom people may phone when no coordinator can be reached. */
  helpLine?: { phone: string; hours: string }
}

/** Where nobody decided otherwise. A year: who asks once each winter is known again, and a late complaint is answered. */
export const usualSettings: JobSettings = { retentionDays: 365 }
