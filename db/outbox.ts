import { and, eq, inArray, lt, sql } from 'drizzle-orm'
import type { Message } from '../domain/message.ts'
import { rowsOf, type Store } from './client.ts'
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

/** Replaces the message that was or will be sent under this name, in its own chat. */
export async function editSent(
  store: Store,
  ref: string,
  entry: { message: Message; at: Date; personId?: string },
) {
  const [sent] = await store.db.select().from(sentMessages).where(eq(sentMessages.ref, ref))
  if (sent) {
    await enqueue(store, { ...entry, channel: sent.channel, chat: sent.chat, editId: sent.externalId })
    return
  }
  const [waiting] = await store.db.select().from(outbox).where(eq(outbox.ref, ref)).limit(1)
  if (!waiting?.body) return
  const body = store.keys.seal(`outbox.body.${waiting.id}`, JSON.stringify(entry.message))
  const changed = await store.db
    .update(outbox)
    .set({ body })
    .where(and(eq(outbox.id, waiting.id), eq(outbox.status, 'queued')))
    .returning({ id: outbox.id })
  if (changed.length > 0) return
  // It is being sent at this moment: the edit follows it.
  await enqueue(store, { ...entry, channel: waiting.channel, chat: waiting.chat, editRef: ref })
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
  attempts: number
  createdAt: Date
}

/**
 * Takes up to `limit` messages for sending, at most one a chat and only its oldest, so that a chat is spoken to
 * in order. Committed before the call to the platform; no row is locked while the call runs.
 */
export async function leaseOutbox(
  store: Store,
  lease: { channel: string; at: Date; until: Date; limit: number },
): Promise<LeasedRow[]> {
  const at = lease.at.toISOString()
  const result = await store.db.execute(sql`
    update outbox set status = 'sending', attempts = attempts + 1, locked_until = ${lease.until.toISOString()}
    where id in (
      select o.id from outbox o
      where o.channel = ${lease.channel} and o.status = 'queued' and o.next_at <= ${at} and o.not_before <= ${at}
        and not exists (
          select 1 from outbox earlier
          where earlier.channel = o.channel and earlier.chat = o.chat and earlier.id < o.id
            and earlier.not_before <= ${at} and earlier.status in ('queued', 'sending'))
      order by o.id limit ${lease.limit} for update skip locked)
    returning id`)
  const ids = rowsOf<{ id: string }>(result).map(row => row.id)
  if (ids.length === 0) return []
  const rows = await store.db.select().from(outbox).where(inArray(outbox.id, ids)).orderBy(outbox.id)
  return rows.flatMap(row => (row.body ? [{ ...row, message: openBody(store, row.id, row.body) }] : []))
}

/** The channel's own id of the message sent under a name. */
export async function findSentId(store: Store, ref: string): Promise<string | undefined> {
  const [row] = await store.db.select().from(sentMessages).where(eq(sentMessages.ref, ref))
  return row?.externalId
}

/** The message is out: its body is erased, and its id kept if it may be edited later. */
export async function markSent(store: Store, row: LeasedRow, externalId: string, at: Date) {
  await finish(store, row.id, { status: 'sent', sentAt: at })
  if (!row.ref) return
  const sent = { channel: row.channel, chat: row.chat, externalId, sentAt: at }
  await store.db
    .insert(sentMessages)
    .values({ ref: row.ref, ...sent })
    .onConflictDoUpdate({ target: sentMessages.ref, set: sent })
}

export async function markFailed(store: Store, id: string, failure: string, at: Date) {
  await finish(store, id, { status: 'failed', failure, sentAt: at })
}

/** Nobody knows whether it arrived: what may come twice is sent again, the rest is left and counted. */
export async function markUnknown(store: Store, id: string, at: Date) {
  await store.db
    .update(outbox)
    .set({ status: 'queued', nextAt: at })
    .where(and(eq(outbox.id, id), eq(outbox.resend, true)))
  await store.db
    .update(outbox)
    .set({ status: 'unknown', body: null, sentAt: at })
    .where(and(eq(outbox.id, id), eq(outbox.resend, false)))
}

export async function postpone(store: Store, id: string, nextAt: Date, failure: string) {
  await store.db.update(outbox).set({ status: 'queued', nextAt, failure }).where(eq(outbox.id, id))
}

/** A group got another id: everything that waits for it goes there. */
export async function moveChat(store: Store, channel: string, from: string, to: string) {
  await store.db
    .update(outbox)
    .set({ chat: to })
    .where(
      and(eq(outbox.channel, channel), eq(outbox.chat, from), inArray(outbox.status, ['queued', 'sending'])),
    )
}

/** Messages whose sender died: see markUnknown. */
export async function recoverExpired(store: Store, at: Date): Promise<number> {
  const expired = await store.db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.status, 'sending'), lt(outbox.lockedUntil, at)))
  for (const { id } of expired) await markUnknown(store, id, at)
  return expired.length
}

export async function forgetSentBefore(store: Store, before: Date) {
  await store.db
    .delete(outbox)
    .where(and(lt(outbox.sentAt, before), inArray(outbox.status, ['sent', 'failed'])))
}

export async function countWaiting(store: Store): Promise<number> {
  return store.db.$count(outbox, inArray(outbox.status, ['queued', 'sending']))
}

async function finish(store: Store, id: string, set: { status: string; sentAt: Date; failure?: string }) {
  await store.db
    .update(outbox)
    .set({ ...set, body: null })
    .where(eq(outbox.id, id))
}

function openBody(store: Store, id: string, body: Uint8Array): Message {
  return JSON.parse(store.keys.open(`outbox.body.${id}`, body)) as Message
}
