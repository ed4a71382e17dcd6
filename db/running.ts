import type { Store } from './client.ts'
import { type Column, inArray, type SQL, sql } from './drizzle.ts'

/** What the verbs of this folder must know of a channel that runs. */
export interface RunningChannel {
  /** How much its people are in groups of ours; `none`: no group is heard there. */
  groups: 'usual' | 'rare' | 'none'
}

/**
 * For a query: true of a channel that runs. What is addressed to another is heard by nobody until it is switched on
 * again.
 */
export function runs({ channels }: Store, channel: Column | SQL): SQL {
  // Never a constant, for it stands in an `order by` too.
  if (!channels) return sql`${channel} is not null`
  return inArray(sql`${channel}`, channels.size > 0 ? [...channels.keys()] : [''])
}
