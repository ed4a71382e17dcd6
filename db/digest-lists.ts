import { type DigestList, unclaimedAfterHours } from '../domain/digest.ts'
import { type SQL, sql } from './drizzle.ts'

const dayMs = 86_400_000
/** An asker may rate long after the closing; later than this nobody has to look any more. */
const ratedWithinDays = 29

/** What a line of the digest counts and its button lists: the one place for both. */
export function inList(list: DigestList, at: Date): SQL {
  const among = states[list]
  return among ? sql`(${among} and ${conditions[list](at)})` : conditions[list](at)
}

/** Counts of these lists, by their names, where all rows are in the state that they are of. */
export function counts(lists: readonly DigestList[], at: Date): SQL {
  const each = lists.map(
    name => sql`count(*) filter (where ${conditions[name](at)})::int as ${sql.identifier(name)}`,
  )
  return sql.join(each, sql`, `)
}

/** Lists of what is over: the newest comes first there, not the earliest promise. */
export function isClosedList(list: DigestList): boolean {
  return states[list] === closed
}

const active = sql`status <> 'closed'`
const closed = sql`status = 'closed'`

/** Apart from the rest: an index of the closed ones need not say of each that it is closed. */
const states: Partial<Record<DigestList, SQL>> = {
  urgent: active,
  unclaimed: active,
  overdue: active,
  working: active,
  silent: active,
  fulfilled: closed,
  unconfirmed: closed,
  low: closed,
}

const conditions: Record<DigestList, (at: Date) => SQL> = {
  urgent: () => sql`urgency = 'today'`,
  fresh: at => sql`created_at > ${moment(at, -dayMs)}`,
  unclaimed: at =>
    sql`(status = 'open' and coalesce(reopened_at, created_at) < ${moment(at, -unclaimedAfterHours * 3_600_000)})`,
  overdue: at => sql`due_at < ${moment(at)}`,
  working: () => sql`status in ('claimed', 'done')`,
  // The first step of a claimed request's ladder is the reminder; behind it, the helper has been reminded.
  silent: () => sql`(status = 'claimed' and watch_step > 1)`,
  fulfilled: at => helped(at),
  unconfirmed: at => sql`(${helped(at)} and confirmation = 'none')`,
  low: at =>
    sql`(closed_at > ${moment(at, -ratedWithinDays * dayMs)} and rating <= 2 and rated_at > ${moment(at, -dayMs)})`,
}

function helped(at: Date): SQL {
  return sql`(outcome = 'fulfilled' and closed_at > ${moment(at, -dayMs)})`
}

export function moment(at: Date, more = 0): SQL {
  return sql`${new Date(at.getTime() + more).toISOString()}::timestamptz`
}
