import type { Message } from '../domain/message.ts'
import { rowsOf, type Store } from './client.ts'
import { and, eq, gt, inArray, lte, or, sql } from './drizzle.ts'
import { runs } from './running.ts'
import { outbox } from './schema.ts'

interface InChat {
  channel: string
  chat: string
}

/**
 * When the person behind a chat last wrote in private on this channel, by whichever of their ids there, if they may still
 * be written to: some platforms let nobody write freely long after that.
 */
export async function findLastInbound(store: Store, { channel, chat }: InChat): Promise<Date | undefined> {
  const found = await store.db.execute(sql`
    select max(a.last_inbound_at) as at from addresses here
    join addresses a on a.person_id = here.person_id and a.channel = here.channel and a.reachable
    where here.channel = ${channel} and here.external_id = ${chat}`)
  const at = rowsOf<{ at: string | Date | null }>(found)[0]?.at
  return at ? new Date(at) : undefined
}

/** True while something is on its way to this chat that nobody has read yet. */
export async function isBeingTold(
  store: Store,
  { channel, chat }: InChat,
  at: Date,
  { tried = false } = {},
): Promise<boolean> {
  const waiting = and(
    eq(outbox.channel, channel),
    eq(outbox.chat, chat),
    inArray(outbox.status, ['queued', 'sending']),
    eq(outbox.priority, 0),
    lte(outbox.notBefore, at),
    tried ? gt(outbox.attempts, 0) : undefined,
  )
  return (await store.db.$count(outbox, waiting)) > 0
}

/** The person has written: what waited for that may go out now, whichever of their ids there it is for. */
export async function wakeChat(store: Store, { channel, chat }: InChat, at: Date) {
  const theirs = sql`(select a.external_id from addresses here
    join addresses a on a.person_id = here.person_id and a.channel = here.channel
    where here.channel = ${channel} and here.external_id = ${chat})`
  await store.db
    .update(outbox)
    .set({ nextAt: at })
    .where(
      and(
        eq(outbox.channel, channel),
        inArray(outbox.chat, theirs),
        eq(outbox.status, 'queued'),
        eq(outbox.failure, 'window'),
      ),
    )
}

/**
 * A message that its chat did not take, or whose channel does not run, goes to another chat of the same person, if there
 * is one that can be written to: in another messenger rather than under another id in the same. It stays the same
 * message, so it cannot come to both.
 */
export async function sendElsewhere(store: Store, id: string, at: Date): Promise<boolean> {
  const moved = await store.db.execute(sql`
    update outbox o set channel = a.channel, chat = a.external_id, status = 'queued', attempts = 0,
      next_at = ${at.toISOString()}::timestamptz, sent_at = null, failure = 'elsewhere'
    from (
      select a.channel, a.external_id from outbox lost
      join addresses a on a.person_id = lost.person_id and a.reachable
        and (a.channel, a.external_id) <> (lost.channel, lost.chat) and ${runs(store, sql`a.channel`)}
      where lost.id = ${id} and lost.status <> 'sent' and lost.body is not null and lost.edit_ref is null and lost.edit_id is null
        and (lost.failure is distinct from 'elsewhere' or not ${runs(store, sql`lost.channel`)})
      order by a.channel <> lost.channel desc, a.last_inbound_at desc limit 1) a
    where o.id = ${id} returning o.body`)
  const [row] = rowsOf<{ body: Uint8Array }>(moved)
  if (!row) return false
  // What is out in the other chat is no part of this one.
  const { pieces: _, ...message } = JSON.parse(store.keys.open(`outbox.body.${id}`, row.body)) as Message
  const body = store.keys.seal(`outbox.body.${id}`, JSON.stringify(message))
  await store.db.update(outbox).set({ body }).where(eq(outbox.id, id))
  return true
}

/**
 * What waits for a channel that does not run, and can go elsewhere or is older than `before`; held until this transaction
 * ends. Another process may be at the same.
 */
export async function takeStranded(
  store: Store,
  { before, limit }: { before: Date; limit: number },
): Promise<{ id: string; ref: string | null; channel: string }[]> {
  const found = await store.db.execute(sql`
    select o.id, o.ref, o.channel from outbox o
    where o.status = 'queued' and not ${runs(store, sql`o.channel`)} and (
      o.created_at < ${before.toISOString()}::timestamptz
      or (o.edit_ref is null and o.edit_id is null and exists (select 1 from addresses a
        where a.person_id = o.person_id and a.reachable and ${runs(store, sql`a.channel`)})))
    order by o.id limit ${limit} for update skip locked`)
  return rowsOf(found)
}

const arrived = 'arrived'

/**
 * A message that was accepted has arrived, even if the platform had said otherwise: then it need not go elsewhere. One
 * that is being sent again keeps its words.
 */
export async function noteDelivered(store: Store, id: string, at: Date) {
  const elsewhere = and(eq(outbox.status, 'queued'), eq(outbox.failure, 'elsewhere'))
  await store.db
    .update(outbox)
    .set({
      body: null,
      failure: arrived,
      status: 'sent',
      sentAt: sql`coalesce(${outbox.sentAt}, ${at.toISOString()})`,
    })
    .where(and(eq(outbox.id, id), or(eq(outbox.status, 'sent'), elsewhere)))
}

/** The message that was accepted and has not arrived; undefined if that is known already. */
export async function takeUndelivered(
  store: Store,
  id: string,
  failure: string,
): Promise<{ ref: string | null; channel: string; chat: string } | undefined> {
  const [row] = await store.db
    .update(outbox)
    .set({ status: 'failed', failure })
    .where(
      and(eq(outbox.id, id), eq(outbox.status, 'sent'), sql`${outbox.failure} is distinct from ${arrived}`),
    )
    .returning({ ref: outbox.ref, channel: outbox.channel, chat: outbox.chat })
  return row
}
