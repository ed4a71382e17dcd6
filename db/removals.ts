import type { Message } from '../domain/message.ts'
import { type MessageKind, type MessageName, previewRef, toldRef } from '../domain/message-names.ts'
import { rowsOf, type Store } from './client.ts'
import { and, eq, inArray, like, lt, sql } from './drizzle.ts'
import { enqueue, writeWaiting } from './outbox.ts'
import { outbox, sentMessages } from './schema.ts'

/** A message, or several pieces of one, in a chat: `id` is the channel's, its pieces' with a space between. */
interface Out {
  channel: string
  chat: string
  id: string
}

/**
 * Takes away all that was said under names with this beginning: what is out is removed from its chat, what still
 * waits is not sent any more. `message` is read where the platform does not let something go.
 */
export async function removeSent(
  store: Store,
  beginning: MessageName,
  entry: { message: Message; at: Date },
) {
  await writeWaiting(store)
  const { waiting, sending, out } = await take(store, beginning, entry.at)
  const { at } = entry
  const message: Message = { ...entry.message, remove: true }
  const chats = Map.groupBy([...out, ...waiting], ({ channel, chat }) => `${channel} ${chat}`)
  for (const [first, ...others] of chats.values()) {
    if (!first) continue
    const editId = [first, ...others].map(({ id }) => id).join(' ')
    await enqueue(store, { channel: first.channel, chat: first.chat, message, at, editId })
  }
  // What is being sent at this moment has no id yet: the removal follows it.
  for (const { channel, chat, ref } of sending)
    await enqueue(store, { channel, chat, message, at, ...(ref && { editRef: ref }) })
}

/** The names of what is out, of those with this beginning. */
export async function listSentNames(store: Store, beginning: MessageName): Promise<MessageName[]> {
  const rows = await store.db
    .select({ ref: sentMessages.ref })
    .from(sentMessages)
    .where(like(sentMessages.ref, `${beginning}%`))
  return rows.map(({ ref }) => ref as MessageName)
}

/** True if a message of this name is out, or on its way. */
export async function isSaid(store: Store, name: MessageName): Promise<boolean> {
  await writeWaiting(store)
  const waiting = and(eq(outbox.ref, name), inArray(outbox.status, ['queued', 'sending']))
  const [out, going] = [
    await store.db.$count(sentMessages, eq(sentMessages.ref, name)),
    await store.db.$count(outbox, waiting),
  ]
  return out + going > 0
}

/** The names of these kinds in a person's own chats: of what is out, and of what is on its way. */
export async function listNamesIn(
  store: Store,
  personId: string,
  kinds: readonly MessageKind[],
): Promise<MessageName[]> {
  await writeWaiting(store)
  const found = await store.db.execute(sql`
    select s.ref from addresses a join sent_messages s on s.channel = a.channel and s.chat = a.external_id
      where a.person_id = ${personId} and ${inArray(sql`split_part(s.ref, ':', 1)`, [...kinds])}
    union
    select o.ref from outbox o where o.person_id = ${personId} and o.status in ('queued', 'sending')
      and ${inArray(sql`split_part(o.ref, ':', 1)`, [...kinds])}`)
  return rowsOf<{ ref: MessageName }>(found).map(({ ref }) => ref)
}

/** What flows have told last of other people, where nobody has gone on since then. */
export async function listToldBefore(store: Store, before: Date): Promise<MessageName[]> {
  const rows = await store.db
    .select({ ref: sentMessages.ref })
    .from(sentMessages)
    .where(and(like(sentMessages.ref, toldNames), lt(sentMessages.sentAt, before)))
  return rows.map(({ ref }) => ref as MessageName)
}

/** For a comparison with `like`. */
export const toldNames = toldRef('%', '').slice(0, -2)

/** The names of the looks at a request before the claim, in the chats of the district's volunteers. */
export async function listPreviewNames(
  store: Store,
  request: { id: string; districtId: string },
): Promise<MessageName[]> {
  const found = await store.db.execute(sql`
    select s.ref from volunteer_districts d
    join sent_messages s on s.ref = replace(${previewRef(request.id, '*')}, '*', d.person_id::text)
    where d.district_id = ${request.districtId}`)
  return rowsOf<{ ref: MessageName }>(found).map(({ ref }) => ref)
}

/** What has these names: out, being sent, or waiting with some pieces out already. Nobody can send it from now on. */
async function take(store: Store, beginning: MessageName, at: Date) {
  const { db } = store
  // Locked, so that nothing is sent between the two looks: what does not wait now is out and has its id.
  const rows = await db
    .select()
    .from(outbox)
    .where(and(like(outbox.ref, `${beginning}%`), inArray(outbox.status, ['queued', 'sending'])))
    .for('update')
  const queued = rows.filter(({ status }) => status === 'queued')
  if (queued.length > 0)
    await db
      .update(outbox)
      .set({ status: 'failed', failure: 'withdrawn', body: null, sentAt: at })
      .where(
        inArray(
          outbox.id,
          queued.map(({ id }) => id),
        ),
      )
  // Nor may it go elsewhere, should the platform say later that it did not arrive.
  await db
    .update(outbox)
    .set({ body: null })
    .where(and(like(outbox.ref, `${beginning}%`), eq(outbox.status, 'sent')))
  const sent = await db
    .delete(sentMessages)
    .where(like(sentMessages.ref, `${beginning}%`))
    .returning()
  return {
    out: sent.map(({ channel, chat, externalId }): Out => ({ channel, chat, id: externalId })),
    sending: rows.filter(({ status }) => status === 'sending'),
    waiting: queued.flatMap(row => halfSent(store, row)),
  }
}

function halfSent(store: Store, { id, channel, chat, body }: typeof outbox.$inferSelect): Out[] {
  const message = body && (JSON.parse(store.keys.open(`outbox.body.${id}`, body)) as Message)
  return (message?.pieces ?? []).map(piece => ({ channel, chat, id: piece }))
}
