import { type DigestList, unclaimedAfterHours } from '../domain/digest.ts'
import { type SQL, sql } from './drizzle.ts'

const dayMs = 86_400_000
/** An asker may rate long after the closing; later than this nobody has to look any more. */
const ratedWithinDays = 29

/** What a line of the digest counts and its button lists: the one place for both. */
export function inList(list: DigestList, at: Date): SQL {
  return conditions[list](at)
}

/** Lists of what is over: the newest comes first there, not the earliest promise. */
export function isClosedList(list: DigestList): boolean {
  return list === 'fulfilled' || list === 'unconfirmed' || list === 'low'
}

const active = sql`status <> 'closed'`

const conditions: Record<DigestList, (at: Date) => SQL> = {
  urgent: () => sql`(${active} and urgency = 'today')`,
  fresh: at => sql`(created_at > ${moment(at, -dayMs)})`,
  unclaimed: at =>
    sql`(${active} and status = 'open'
      and coalesce(reopened_at, created_at) < ${moment(at, -unclaimedAfterHours * 3_600_000)})`,
  overdue: at => sql`(${active} and due_at < ${moment(at)})`,
  working: () => sql`(${active} and status in ('claimed', 'done'))`,
  // The first step of a claimed request's ladder is the reminder; behind it, the helper has been reminded.
  silent: () => sql`(${active} and status = 'claimed' and watch_step > 1)`,
  fulfilled: at => helped(at),
  unconfirmed: at => sql`(${helped(at)} and confirmation = 'none')`,
  low: at =>
    sql`(status = 'closed' and closed_at > ${moment(at, -ratedWithinDays * dayMs)}
      and rating <= 2 and rated_at > ${moment(at, -dayMs)})`,
}

function helped(at: Date): SQL {
  return sql`(status = 'closed' and outcome = 'fulfilled' and closed_at > ${moment(at, -dayMs)})`
}

export function moment(at: Date, more = 0): SQL {
  return sql`${new Date(at.getTime() + more).toISOString()}::timestamptz`
}
