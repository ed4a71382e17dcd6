import type { MessageOption } from '../domain/message.ts'
import type { Store } from './client.ts'
import { and, desc, eq, lt, lte } from './drizzle.ts'
import { offers } from './schema.ts'

/** What a message offered in a chat where options are lines of text: a typed number is read against it. */
export interface Offer {
  messageId: string
  options: readonly MessageOption[]
  /** The question it asked, if a dialog did. */
  question?: { run: string; step: number }
  at: Date
}

interface InChat {
  channel: string
  chat: string
}

type Kept = Pick<Offer, 'options' | 'question'>

export async function keepOffer(store: Store, { channel, chat }: InChat, offer: Offer) {
  const { messageId, at, options, question } = offer
  const kept: Kept = { options, ...(question && { question }) }
  const sealed = store.keys.seal(nameOf(channel, chat, messageId), JSON.stringify(kept))
  await store.db
    .insert(offers)
    .values({ channel, chat, messageId, options: sealed, at })
    .onConflictDoUpdate({
      target: [offers.channel, offers.chat, offers.messageId],
      set: { options: sealed, at },
    })
}

/** The offer of the message with this id or, without one, the latest of the chat, if said, that was there by then. */
export async function findOffer(
  store: Store,
  { channel, chat, messageId, seenBy }: InChat & { messageId?: string | undefined; seenBy?: Date },
): Promise<Offer | undefined> {
  const inChat = and(eq(offers.channel, channel), eq(offers.chat, chat))
  const [row] = await store.db
    .select()
    .from(offers)
    .where(
      and(inChat, messageId ? eq(offers.messageId, messageId) : undefined, seenBy && lte(offers.at, seenBy)),
    )
    .orderBy(desc(offers.at))
    .limit(1)
  if (!row) return undefined
  const kept = JSON.parse(store.keys.open(nameOf(channel, chat, row.messageId), row.options)) as Kept
  return { messageId: row.messageId, at: row.at, ...kept }
}

/** It is answered: the number means something else from now on. */
export async function dropOffer(store: Store, { channel, chat, messageId }: InChat & { messageId: string }) {
  await store.db
    .delete(offers)
    .where(and(eq(offers.channel, channel), eq(offers.chat, chat), eq(offers.messageId, messageId)))
}

/** What nobody answers any more. */
export async function forgetOffersBefore(store: Store, before: Date) {
  await store.db.delete(offers).where(lt(offers.at, before))
}

function nameOf(channel: string, chat: string, messageId: string): string {
  return `offers.${channel}.${chat}.${messageId}`
}
