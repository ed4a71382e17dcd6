import type { Store } from './client.ts'
import { and, isNull, lt, or, sql } from './drizzle.ts'
import { type Hearing, type Known, recogniseAfter } from './people.ts'
import { inbox } from './schema.ts'

/**
 * The person behind a message that is seen for the first time; undefined if it was seen before. In the message's
 * transaction, so that a message that failed counts as unseen.
 */
export async function receiveOnce(
  store: Store,
  message: {
    channel: string
    messageId: string
    externalId: string
    inPrivate: boolean
    at: Date
    heard?: Hearing | undefined
  },
): Promise<Known | undefined> {
  const { channel, messageId, at } = message
  return recogniseAfter(
    store,
    sql`insert into inbox (channel, external_id, received_at)
      values (${channel}, ${messageId}, ${at.toISOString()}) on conflict do nothing returning 1`,
    message,
  )
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
