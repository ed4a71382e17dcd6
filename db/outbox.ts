import type { Message } from '../domain/message.ts'
import { rowsOf, type Store, transact } from './client.ts'
import { and, eq, inArray, isNotNull, lt, notInArray, sql } from './drizzle.ts'
import { newId } from './ids.ts'
import { findReachableAddress } from './people.ts'
import { outbox, sentMessages } from './schema.ts'

export interface Enqueued {
  channel: string
  chat: string
  message: Message
  at: Date
  personId?: string
  /** The name under which this message can be edited later. */
  ref?: string
  /** Replaces the message sent under this name. */
  editRef?: string
  /** Replaces the message with this id of the channel's. */
  editId?: string
  /** A second message with the same key is not written. */
  dedupeKey?: string
  /** Not before this time: quiet hours. */
  notBefore?: Date
  /** False for what must not come twice even if the process dies while sending it. */
  resend?: boolean
}

export async function enqueue(store: Store, entry: Enqueued) {
  const id = newId()
  await store.db
    .insert(outbox)
    .values({
      id,
      dedupeKey: entry.dedupeKey,
      channel: entry.channel,
      chat: entry.chat,
      personId: entry.personId,
      body: store.keys.seal(`outbox.body.${id}`, JSON.stringify(entry.message)),
      ref: entry.ref,
      editRef: entry.editRef,
      editId: entry.editId,
      resend: entry.resend ?? true,
      status: 'queued',
      attempts: 0,
      nextAt: entry.at,
      notBefore: entry.notBefore ?? entry.at,
      createdAt: entry.at,
    })
    .onConflictDoNothing({ target: outbox.dedupeKey })
}

/** Writes to a person where they last wrote to us. False if they cannot be reached. */
export async function tellPerson(
  store: Store,
  personId: string,
  entry: Omit<Enqueued, 'channel' | 'chat' | 'personId'>,
): Promise<boolean> {
  const address = await findReachableAddress(store, personId)
  if (!address) return false
  await enqueue(store, { ...entry, ...address, personId })
  return true
}

/**
 * Replaces what was sent under this name, in its own chat. What still waits under it nobody has seen: it is not sent
 * any more, so that a post held back for the night does not come after its request was taken.
 */
export async function editSent(
  store: Store,
  ref: string,
  entry: { message: Message; at: Date; personId?: string },
) {
  const [sent] = await store.db.select().from(sentMessages).where(eq(sentMessages.ref, ref))
  if (sent)
    await enqueue(store, { ...entry, channel: sent.channel, chat: sent.chat, editId: sent.externalId })
  await store.db
    .update(outbox)
    .set({ status: 'failed', failure: 'withdrawn', body: null, sentAt: entry.at })
    .where(and(eq(outbox.ref, ref), eq(outbox.status, 'queued')))
  const [sending] = await store.db
    .select({ channel: outbox.channel, chat: outbox.chat })
    .from(outbox)
    .where(and(eq(outbox.ref, ref), eq(outbox.status, 'sending')))
  // It is being sent at this moment: the edit follows it.
  if (sending) await enqueue(store, { ...entry, ...sending, editRef: ref })
}

export interface LeasedRow {
  id: string
  channel: string
  chat: string
  personId: string | null
  message: Message
  ref: string | null
  editRef: string | null
  editId: string | null
  /** False for what must not come twice. */
  resend: boolean
  attempts: number
  createdAt: Date
}

/**
 * Takes up to `limit` messages for sending, at most one a chat and only its oldest, so that a chat is spoken to
 * in order; answers to people before posts in groups, which have no person. Committed before the call to the
 * platform; no row is locked while the call runs. Chats in `except` have had their share for now.
 */
export async function leaseOutbox(
  store: Store,
  lease: { channel: string; at: Date; until: Date; limit: number; except: string[] },
): Promise<LeasedRow[]> {
  const at = lease.at.toISOString()
  const others = lease.except.length > 0 ? sql`and ${notInArray(sql`o.chat`, lease.except)}` : sql``
  const result = await store.db.execute(sql`
    update outbox set status = 'sending', attempts = attempts + 1, locked_until = ${lease.until.toISOString()}
    where id in (
      select o.id from outbox o
      where o.channel = ${lease.channel} and o.status = 'queued' and o.next_at <= ${at} and o.not_before <= ${at}
        ${others} and not exists (
          select 1 from outbox earlier
          where earlier.channel = o.channel and earlier.chat = o.chat and earlier.id < o.id
            and earlier.not_before <= ${at} and earlier.status in ('queued', 'sending'))
      order by (o.person_id is null), o.id limit ${lease.limit} for update skip locked)
    returning id`)
  const ids = rowsOf<{ id: string }>(result).map(row => row.id)
  if (ids.length === 0) return []
  const rows = await store.db
    .select()
    .from(outbox)
    .where(inArray(outbox.id, ids))
    .orderBy(sql`${outbox.personId} is null`, outbox.id)
  return rows.flatMap(row => (row.body ? [{ ...row, message: openBody(store, row.id, row.body) }] : []))
}

/** The channel's own id of the message sent under a name. */
export async function findSentId(store: Store, ref: string): Promise<string | undefined> {
  const [row] = await store.db.select().from(sentMessages).where(eq(sentMessages.ref, ref))
  return row?.externalId
}

/** The message is out: its body is erased, and its id kept if it may be edited later. */
export async function markSent(store: Store, row: LeasedRow, externalId: string, at: Date) {
  await transact(store, async ({ db }) => {
    await finish(db, row.id, { status: 'sent', sentAt: at })
    if (!row.ref) return
    const sent = { channel: row.channel, chat: row.chat, externalId, sentAt: at }
    await db
      .insert(sentMessages)
      .values({ ref: row.ref, ...sent })
      .onConflictDoUpdate({ target: sentMessages.ref, set: sent })
  })
}

export async function markFailed(store: Store, id: string, failure: string, at: Date) {
  await finish(store.db, id, { status: 'failed', failure, sentAt: at })
}

/** Nobody knows whether it arrived, and it must not come twice: it is left and counted. */
export async function markUnknown(store: Store, id: string, at: Date) {
  await finish(store.db, id, { status: 'unknown', sentAt: at })
}

/** It goes back into the queue. `message` if a part of it is out already. */
export async function postpone(
  store: Store,
  id: string,
  later: { nextAt: Date; failure: string; message?: Message },
) {
  const body = later.message && store.keys.seal(`outbox.body.${id}`, JSON.stringify(later.message))
  await store.db
    .update(outbox)
    .set({ status: 'queued', nextAt: later.nextAt, failure: later.failure, ...(body && { body }) })
    .where(eq(outbox.id, id))
}

/**
 * A group got another id: everything that waits for it goes there. What was said under the old id cannot be edited
 * any more, and its number may be another message's under the new one.
 */
export async function moveChat(store: Store, channel: string, from: string, to: string) {
  const inChat = and(eq(outbox.channel, channel), eq(outbox.chat, from))
  const waiting = inArray(outbox.status, ['queued', 'sending'])
  await store.db
    .update(outbox)
    .set({ status: 'failed', failure: 'moved', body: null })
    .where(and(inChat, waiting, isNotNull(outbox.editId)))
  await store.db.update(outbox).set({ chat: to }).where(and(inChat, waiting))
  await store.db
    .delete(sentMessages)
    .where(and(eq(sentMessages.channel, channel), eq(sentMessages.chat, from)))
}

/** Messages whose sender died in mid-sending: what may come twice is sent again, the rest is left and counted. */
export async function recoverExpired(
  store: Store,
  { channel, at, leasedBefore }: { channel: string; at: Date; leasedBefore: Date },
): Promise<{ again: number; left: number }> {
  // The condition stands in the statement itself: another process may have recovered and sent it meanwhile.
  const expired = and(
    eq(outbox.channel, channel),
    eq(outbox.status, 'sending'),
    lt(outbox.lockedUntil, leasedBefore),
  )
  const again = await store.db
    .update(outbox)
    .set({ status: 'queued', nextAt: at })
    .where(and(expired, eq(outbox.resend, true)))
    .returning({ id: outbox.id })
  const left = await store.db
    .update(outbox)
    .set({ status: 'unknown', body: null, sentAt: at })
    .where(and(expired, eq(outbox.resend, false)))
    .returning({ id: outbox.id })
  return { again: again.length, left: left.length }
}

export async function forgetSentBefore(store: Store, before: Date) {
  await store.db
    .delete(outbox)
    .where(and(lt(outbox.sentAt, before), inArray(outbox.status, ['sent', 'failed'])))
}

export async function countWaiting(store: Store): Promise<number> {
  return store.db.$count(outbox, inArray(outbox.status, ['queued', 'sending']))
}

async function finish(db: Store['db'], id: string, set: { status: string; sentAt: Date; failure?: string }) {
  await db
    .update(outbox)
    .set({ ...set, body: null })
    .where(eq(outbox.id, id))
}

function openBody(store: Store, id: string, body: Uint8Array): Message {
  return JSON.parse(store.keys.open(`outbox.body.${id}`, body)) as Message
}
