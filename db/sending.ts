import type { Message } from '../domain/message.ts'
import { rowsOf, type Store } from './client.ts'
import { and, eq, inArray, isNotNull, lt, type SQL, sql } from './drizzle.ts'
import { writeWaiting } from './outbox.ts'
import { outbox, sentMessages } from './schema.ts'
import { given, statement } from './statement.ts'

/** The channel's own id of the message sent under a name. */
export async function findSentId(store: Store, ref: string): Promise<string | undefined> {
  const [row] = await store.db.select().from(sentMessages).where(eq(sentMessages.ref, ref))
  return row?.externalId
}

/** A message that is out. */
export interface Mark {
  id: string
  externalId: string
  /** True where the platform says later whether it arrived. */
  keepBody: boolean
}

/**
 * These are out, each of another chat: their ids are kept if they may be edited later. Says of each whether its chat has
 * more to come. Waits for whoever holds one of their rows.
 */
export async function markSent(
  store: Store,
  marks: readonly Mark[],
  at: Date,
): Promise<Map<string, boolean>> {
  return moreOf(await markAll(store, { marks: JSON.stringify(marks), at }))
}

/** The same, but those whose rows somebody holds are left out: they must not hold up the others. */
export async function markFree(
  store: Store,
  marks: readonly Mark[],
  at: Date,
): Promise<Map<string, boolean>> {
  return moreOf(await markUnlocked(store, { marks: JSON.stringify(marks), at }))
}

type Marked = { id: string; more: boolean }

function moreOf(rows: readonly Marked[]): Map<string, boolean> {
  return new Map(rows.map(({ id, more }) => [id, more]))
}

function marking(rows: SQL) {
  const mark = statement<{ marks: string; at: Date }>(sql`
    with mark as (${rows}),
    done as (
      update outbox set status = 'sent', sent_at = ${given('at')}, body = case when mark."keepBody" then body end
      from mark where outbox.id = mark.id
      returning outbox.id, outbox.ref, outbox.channel, outbox.chat, mark."externalId"),
    kept as (
      insert into sent_messages (ref, channel, chat, external_id, sent_at)
      select distinct on (ref) ref, channel, chat, "externalId", ${given('at')} from done where ref is not null
      on conflict (ref) do update set channel = excluded.channel, chat = excluded.chat,
        external_id = excluded.external_id, sent_at = excluded.sent_at)
    select id, exists (
      select 1 from outbox later where later.channel = done.channel and later.chat = done.chat
        and later.id <> done.id and later.status in ('queued', 'sending')) as more
    from done`)
  return (store: Store, values: { marks: string; at: Date }) => mark<Marked>(store, values)
}

const givenMarks = sql`jsonb_to_recordset(${given('marks')}::jsonb) as g (id uuid, "externalId" text, "keepBody" boolean)`
const markAll = marking(sql`select g.* from ${givenMarks}`)
const markUnlocked = marking(
  sql`select g.* from ${givenMarks} join outbox o on o.id = g.id for update of o skip locked`,
)

/** What was said anew goes under the name of what it replaces, and so does all that still waits to change that. */
export async function renameSent(
  store: Store,
  { channel, chat }: { channel: string; chat: string },
  { from, to, at }: { from: string; to: string; at: Date },
) {
  const { db } = store
  const sent = [eq(sentMessages.channel, channel), eq(sentMessages.chat, chat)]
  await db
    .update(sentMessages)
    .set({ externalId: to, sentAt: at })
    .where(and(...sent, eq(sentMessages.externalId, from)))
  const waiting = [eq(outbox.channel, channel), eq(outbox.chat, chat), eq(outbox.status, 'queued')]
  await db
    .update(outbox)
    .set({ editId: to })
    .where(and(...waiting, eq(outbox.editId, from)))
}

export async function markFailed(store: Store, id: string, failure: string, at: Date) {
  await finish(store.db, id, { status: 'failed', failure, sentAt: at })
}

/** Nobody knows whether it arrived, and it must not come twice: it is left and counted. */
export async function markUnknown(store: Store, id: string, at: Date) {
  await finish(store.db, id, { status: 'unknown', sentAt: at })
}

/** It goes back into the queue. `message` if a part of it is out already; `untried` if this was no attempt. */
export async function postpone(
  store: Store,
  id: string,
  {
    nextAt,
    failure,
    message,
    untried,
  }: { nextAt: Date; failure: string; message?: Message; untried?: boolean },
) {
  const body = message && store.keys.seal(`outbox.body.${id}`, JSON.stringify(message))
  const attempts = untried ? { attempts: sql`${outbox.attempts} - 1` } : {}
  await store.db
    .update(outbox)
    .set({ status: 'queued', nextAt, failure, ...attempts, ...(body && { body }) })
    // What was ended meanwhile has no body any more, and stays ended.
    .where(and(eq(outbox.id, id), eq(outbox.status, 'sending')))
}

/**
 * A group got another id: everything that waits for it goes there. What was said under the old id cannot be edited
 * any more, and its number may be another message's under the new one.
 */
export async function moveChat(store: Store, channel: string, from: string, to: string) {
  await writeWaiting(store)
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

export async function forgetSentBefore(store: Store, before: Date) {
  await store.db
    .delete(outbox)
    .where(and(lt(outbox.sentAt, before), inArray(outbox.status, ['sent', 'failed'])))
}

/** What should be out by now, by channel. What is held back for the night does not count. */
export async function listWaiting(
  store: Store,
  at: Date,
): Promise<{ channel: string; waiting: number; oldestAt: Date }[]> {
  const result = await store.db.execute(sql`
    select channel, count(*)::int as waiting, min(greatest(created_at, not_before)) as "oldestAt" from outbox
    where status in ('queued', 'sending') and not_before <= ${at.toISOString()} group by channel`)
  const rows = rowsOf<{ channel: string; waiting: number; oldestAt: string }>(result)
  return rows.map(({ oldestAt, ...row }) => ({ ...row, oldestAt: new Date(oldestAt) }))
}

async function finish(db: Store['db'], id: string, set: { status: string; sentAt: Date; failure?: string }) {
  await db
    .update(outbox)
    .set({ ...set, body: null })
    .where(eq(outbox.id, id))
}
