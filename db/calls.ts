import { rowsOf, type Store } from './client.ts'
import { and, gt, inArray, sql } from './drizzle.ts'
import { outbox } from './schema.ts'

/** Who rings: only somebody who has written first, and may be written to, is known by it. */
export async function findCaller(
  store: Store,
  { channel, ids, phone = '' }: { channel: string; ids: readonly string[]; phone?: string | undefined },
): Promise<{ personId: string; chat: string } | undefined> {
  const byPhone = phone ? sql`or a.phone_index = ${store.keys.blindIndex(phone)}` : sql``
  const found = await store.db.execute(sql`
    select a.person_id as "personId", a.external_id as chat from addresses a
    where a.channel = ${channel} and a.reachable and (${inArray(sql`a.external_id`, [...ids])} ${byPhone})
    order by a.last_inbound_at desc limit 1`)
  return rowsOf<{ personId: string; chat: string }>(found)[0]
}

/** True if a message was decided under one of these keys since then. */
export async function wasSaid(store: Store, keys: readonly string[], since: Date): Promise<boolean> {
  const said = and(inArray(outbox.dedupeKey, [...keys]), gt(outbox.createdAt, since))
  return (await store.db.$count(outbox, said)) > 0
}
