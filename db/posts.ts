import { rowsOf, type Store } from './client.ts'
import { type SQL, sql } from './drizzle.ts'
import type { GroupChat } from './groups.ts'

/** The request that a group's members mean by a number. */
export function findByNumberInGroup(
  store: Store,
  { channel, chat }: GroupChat,
  number: number,
): Promise<string | undefined> {
  return findByNumberIn(
    store,
    sql`select d.district_id from groups g join group_districts d on d.group_id = g.id
      where g.channel = ${channel} and g.chat = ${chat} and g.active`,
    number,
  )
}

/** The request that a helper means by a number typed in private. */
export function findByNumberOfHelper(
  store: Store,
  personId: string,
  number: number,
): Promise<string | undefined> {
  const own = sql`select district_id from volunteer_districts where person_id = ${personId}`
  return findByNumberIn(store, own, number)
}

/**
 * Of these districts the newest with this number, or the only one in search of a helper whose number ends in it, for
 * nobody types five digits.
 */
async function findByNumberIn(store: Store, districts: SQL, number: number): Promise<string | undefined> {
  const found = await store.db.execute(sql`
    select r.id, r.number from (${districts}) d
    join requests r on r.district_id = d.district_id and r.posted_at is not null and r.route = 'group'
    where (r.number = ${number} or (r.status = 'open' and ${number} >= 10
        and r.number % (10 ^ length(${String(number)}))::int = ${number}))
      and r.status <> 'closed'
    order by r.created_at desc limit 50`)
  const rows = rowsOf<{ id: string; number: number }>(found)
  const exact = rows.find(row => row.number === number)
  const [only, other] = rows
  return exact?.id ?? (other ? undefined : only?.id)
}

/** The request whose post in a group has this id. */
export async function findPostAt(
  store: Store,
  { channel, chat }: GroupChat,
  messageId: string,
): Promise<string | undefined> {
  const found = await store.db.execute(sql`
    select split_part(ref, ':', 2) as id from sent_messages
    where channel = ${channel} and chat = ${chat} and external_id = ${messageId} and ref like 'post:%'`)
  return rowsOf<{ id: string }>(found)[0]?.id
}
