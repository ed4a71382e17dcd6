import type { Store } from './client.ts'
import { lt, sql } from './drizzle.ts'
import { inbox } from './schema.ts'

/** True the first time a message is seen. In the message's transaction, so a message that failed counts as unseen. */
export async function receiveOnce(
  store: Store,
  message: { channel: string; externalId: string; at: Date },
): Promise<boolean> {
  const rows = await store.db
    .insert(inbox)
    .values({ channel: message.channel, externalId: message.externalId, receivedAt: message.at })
    .onConflictDoNothing()
    .returning({ externalId: inbox.externalId })
  return rows.length > 0
}

/** Gives a message up for good, so that the chat goes on. `cause` holds no words of the message. */
export async function parkMessage(
  store: Store,
  message: { channel: string; externalId: string; at: Date; cause: string },
) {
  await store.db
    .insert(inbox)
    .values({
      channel: message.channel,
      externalId: message.externalId,
      receivedAt: message.at,
      parkedFor: message.cause,
    })
    .onConflictDoNothing()
}

/** Platforms deliver again for a day at the most; older lines are of no use. */
export async function forgetInboxBefore(store: Store, before: Date) {
  await store.db.delete(inbox).where(sql`${lt(inbox.receivedAt, before)} and ${inbox.parkedFor} is null`)
}
