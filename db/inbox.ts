import type { Store } from './client.ts'
import { and, isNull, lt, or } from './drizzle.ts'
import { inbox } from './schema.ts'

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

/**
 * Platforms deliver again for a day at the most; older lines are of no use. What was given up is kept longer, for whoever
 * looks for its cause, but not for ever: a message's id may hold a phone.
 */
export async function forgetInboxBefore(
  store: Store,
  { before, parkedBefore }: Record<'before' | 'parkedBefore', Date>,
) {
  await store.db
    .delete(inbox)
    .where(or(and(lt(inbox.receivedAt, before), isNull(inbox.parkedFor)), lt(inbox.receivedAt, parkedBefore)))
}
