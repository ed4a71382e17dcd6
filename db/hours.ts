import { rowsOf, type Store } from './client.ts'
import { eq, sql } from './drizzle.ts'
import { assignments } from './schema.ts'

/** Writes down how long a help took; only helps that were given have it. */
export async function noteMinutes(store: Store, assignmentId: string, minutes: number) {
  await store.db.update(assignments).set({ minutes }).where(eq(assignments.id, assignmentId))
}

/** What one volunteer gave in a span of time. */
export interface Given {
  helps: number
  minutes: number
  people: number
  ratings: number
  /** The average, 0 without a rating. */
  rating: number
}

export async function countGiven(
  store: Store,
  personId: string,
  span: { from: Date; to: Date },
): Promise<Given> {
  const result = await store.db.execute(sql`
    select ${sums} from assignments a join requests r on r.id = a.request_id
    where a.volunteer_id = ${personId} and ${within(span)}`)
  const [row] = rowsOf<Given>(result)
  return open(row)
}

/** A claim may be older than the help; so much older none is. */
const claimDaysMax = 60

/**
 * The next volunteers of a month who gave help in it and were not thanked for it yet, in the order of their ids
 * after `behind`. It looks at each volunteer's own helps by their index: once a month every one of them is due.
 */
export async function listToThank(
  store: Store,
  month: { name: string; from: Date; to: Date },
  { behind, limit }: { behind: string | null; limit: number },
): Promise<{ personId: string; regionId: string; given: Given }[]> {
  const result = await store.db.execute(sql`
    select v.person_id as "personId", v.region_id as "regionId", g.* from volunteers v
    cross join lateral (select ${sums} from assignments a join requests r on r.id = a.request_id
      where a.volunteer_id = v.person_id and ${within(month)}) g
    where v.person_id > ${behind ?? '00000000-0000-0000-0000-000000000000'}::uuid and v.status = 'approved' and g.helps > 0
      and not exists (select 1 from digest_runs d where d.person_id = v.person_id and d.day = ${month.name})
    order by v.person_id limit ${limit}`)
  return rowsOf<Given & { personId: string; regionId: string }>(result).map(row => ({
    personId: row.personId,
    regionId: row.regionId,
    given: open(row),
  }))
}

const sums = sql`count(*)::int as helps, coalesce(sum(a.minutes), 0)::int as minutes,
  count(distinct r.elder_id)::int as people, count(r.rating)::int as ratings,
  coalesce(avg(r.rating), 0)::float8 as rating`

function within({ from, to }: { from: Date; to: Date }) {
  const earliest = new Date(from.getTime() - claimDaysMax * 86_400_000)
  return sql`a.started_at >= ${earliest.toISOString()}::timestamptz and a.minutes is not null
    and a.ended_at >= ${from.toISOString()}::timestamptz and a.ended_at < ${to.toISOString()}::timestamptz`
}

function open(row: Given | undefined): Given {
  const { helps = 0, minutes = 0, people = 0, ratings = 0, rating = 0 } = row ?? {}
  return { helps, minutes, people, ratings, rating }
}
