import type { Message } from '../domain/message.ts'
import type { MessageName } from '../domain/message-names.ts'
import { rowsOf, type Store } from './client.ts'
import { and, eq, sql } from './drizzle.ts'
import { newId } from './ids.ts'
import { findReachableAddress } from './people.ts'
import { outbox } from './schema.ts'
import { given, statement } from './statement.ts'

export interface Enqueued {
  /** Messages go out in the order of their ids: one made earlier goes before what was said meanwhile. */
  id?: string
  channel: string
  chat: string
  message: Message
  at: Date
  personId?: string
  /** The name under which this message can be edited later. */
  ref?: MessageName
  /** Replaces the message sent under this name. */
  editRef?: string
  /** Replaces the message with this id of the channel's. */
  editId?: string
  /** A second message with the same key is not written. */
  dedupeKey?: string
  /** Not before this time: quiet hours. */
  notBefore?: Date
  /** True for what nobody waits for, such as a broadcast: it never holds up what a person asked for. */
  idle?: boolean
  /** False for what must not come twice even if the process dies while sending it. */
  resend?: boolean
}

/** Puts a message into the outbox. In a transaction all of its messages are written by one statement at its end. */
export async function enqueue(store: Store, entry: Enqueued) {
  const row = rowOf(store, entry)
  const waiting = unwritten.get(store.db)
  if (waiting) return void waiting.push(row)
  if (!store.atEnd) return insert(store, [row])
  unwritten.set(store.db, [row])
  store.atEnd.push(() => writeWaiting(store))
}

/** Writes what this transaction has enqueued so far, for a verb that looks into the outbox itself. */
export async function writeWaiting(store: Store) {
  const rows = unwritten.get(store.db)?.splice(0) ?? []
  if (rows.length > 0) await insert(store, rows)
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
 * any more, so that a post held back for the night does not come after its request was taken. Says until when such a
 * one was held back.
 */
export async function editSent(
  store: Store,
  ref: MessageName,
  entry: { message: Message; at: Date; personId?: string },
): Promise<Date | undefined> {
  await writeWaiting(store)
  // First what is under way: a sender that is just now writing down its success is waited for, and then seen.
  const held = await store.db.execute(sql`
    update outbox set status = case status when 'queued' then 'failed' else status end,
      failure = case status when 'queued' then 'withdrawn' else failure end,
      body = case status when 'queued' then null else body end,
      sent_at = case status when 'queued' then ${entry.at.toISOString()}::timestamptz else sent_at end
    where ref = ${ref} and status in ('queued', 'sending')
    returning channel, chat, status, not_before as "notBefore"`)
  if (entry.message.uneditable)
    await store.db.execute(sql`update outbox set body = null where ref = ${ref} and status = 'sent'`)
  const sent = await store.db.execute(
    sql`select channel, chat, external_id as id from sent_messages where ref = ${ref}`,
  )
  for (const { channel, chat, id } of rowsOf<Place & { id: string }>(sent))
    await enqueue(store, { ...entry, channel, chat, editId: id })
  // What is being sent at this moment has no id yet: the edit follows it.
  const waiting = rowsOf<Place & { status: string; notBefore: string }>(held)
  for (const { channel, chat, status } of waiting)
    if (status === 'sending') await enqueue(store, { ...entry, channel, chat, editRef: ref })
  const withdrawn = waiting.find(({ status }) => status !== 'sending')
  return withdrawn && new Date(withdrawn.notBefore)
}

/** Other words for what still waits under this name. False if nothing does. */
export async function rewriteWaiting(store: Store, ref: MessageName, message: Message): Promise<boolean> {
  await writeWaiting(store)
  const waiting = and(eq(outbox.ref, ref), eq(outbox.status, 'queued'))
  const rows = await store.db.select({ id: outbox.id }).from(outbox).where(waiting).for('update')
  for (const { id } of rows) {
    const body = store.keys.seal(`outbox.body.${id}`, JSON.stringify(message))
    await store.db.update(outbox).set({ body }).where(eq(outbox.id, id))
  }
  return rows.length > 0
}

type Place = { channel: string; chat: string }
type Row = typeof outbox.$inferInsert

/** What a transaction has still to write at its end. */
const unwritten = new WeakMap<Store['db'], Row[]>()

function rowOf(store: Store, entry: Enqueued): Row {
  const id = entry.id ?? newId()
  return {
    id,
    dedupeKey: entry.dedupeKey,
    channel: entry.channel,
    chat: entry.chat,
    personId: entry.personId,
    body: store.keys.seal(`outbox.body.${id}`, JSON.stringify(entry.message)),
    ref: entry.ref,
    editRef: entry.editRef,
    editId: entry.editId,
    priority: entry.idle ? 1 : 0,
    resend: entry.resend ?? true,
    status: 'queued',
    attempts: 0,
    nextAt: entry.at,
    notBefore: entry.notBefore ?? entry.at,
    createdAt: entry.at,
  }
}

async function insert(store: Store, rows: Row[]) {
  if (rows.length <= fewMax) return void (await Promise.all(rows.map(row => insertOne(store, row))))
  const starts = Array.from({ length: Math.ceil(rows.length / manyMax) }, (_, n) => n * manyMax)
  const insertMany = (from: number) => store.db.insert(outbox).values(rows.slice(from, from + manyMax))
  const target = { target: outbox.dedupeKey }
  await Promise.all(starts.map(from => insertMany(from).onConflictDoNothing(target)))
}

/** Most transactions say no more than this. */
const fewMax = 5
/** A statement has 65,534 values at most, and each of these has up to sixteen. */
const manyMax = 1_000
const insertOne = statement<Row>(sql`
  insert into outbox (id, dedupe_key, channel, chat, person_id, body, ref, edit_ref, edit_id, priority, resend, status,
    attempts, next_at, not_before, created_at)
  values (${given('id')}, ${given('dedupeKey')}, ${given('channel')}, ${given('chat')}, ${given('personId')},
    ${given('body')}, ${given('ref')}, ${given('editRef')}, ${given('editId')}, ${given('priority')}, ${given('resend')},
    ${given('status')}, ${given('attempts')}, ${given('nextAt')}, ${given('notBefore')}, ${given('createdAt')})
  on conflict (dedupe_key) do nothing`)
