import type { Database } from './client.ts'
import { and, asc, eq, isNull } from './drizzle.ts'
import { nextRevision } from './playground-messages.ts'
import {
  type MessageDetails,
  type MessageKind,
  playgroundChats,
  playgroundFiles,
  playgroundMembers,
  playgroundMessages,
  playgroundPeople,
  playgroundUpdates,
} from './playground-schema.ts'

/** Something a person does in a chat: what the bot is told, and what it leaves in the chat. */
export interface Deed {
  /** Made by the page, the same on every attempt. */
  id: string
  chatId: string
  personId: string
  content: { type: string }
  message?: { kind: MessageKind; text: string; details: MessageDetails }
  file?: { id: string; name: string; mime: string; bytes: number; body: Uint8Array | null }
  /** Gives this message of their own another text. */
  edit?: { messageId: string; text: string }
  /** The bot's message whose button was pressed. */
  pressedOn?: string
}

export interface Update {
  id: string
  chat: { id: string; kind: 'private' | 'group'; title: string; botMember: boolean }
  person: { id: string; name: string; language: string; phone: string; blocked: boolean }
  at: Date
  content: object
}

export type Accepted =
  | { status: 'accepted'; update: Update; forBot: boolean }
  | { status: 'refused'; reason: 'unknown' | 'blocked' }

export async function acceptUpdate(tx: Database, deed: Deed): Promise<Accepted> {
  const [earlier] = await selectUpdates(tx).where(eq(playgroundUpdates.id, deed.id))
  if (earlier) return acceptAgain(earlier, deed)
  const place = await findPlace(tx, deed)
  const target = await findTarget(tx, deed)
  if (!place || target === 'missing') return { status: 'refused', reason: 'unknown' }
  // With a press the messenger hands over what the message said, as real ones do.
  const content = deed.pressedOn && target ? { ...deed.content, messageText: target.text } : deed.content
  const { chat, person } = place
  const silent = chat.kind === 'private' && person.blocked && deed.content.type !== 'unblocked'
  if (silent) return { status: 'refused', reason: 'blocked' }
  await changeStanding(tx, deed, chat.kind)
  const forBot = chat.botMember || deed.content.type === 'botAdded'
  await leaveTrace(tx, deed, !forBot)
  const at = new Date()
  await tx.insert(playgroundUpdates).values({
    id: deed.id,
    chatId: deed.chatId,
    personId: deed.personId,
    content,
    at,
    deliveredAt: forBot ? null : at,
  })
  return { status: 'accepted', forBot, update: { id: deed.id, chat, person, at, content } }
}

export async function markDelivered(tx: Database, id: string): Promise<void> {
  const marked = await tx
    .update(playgroundUpdates)
    .set({ deliveredAt: new Date() })
    .where(and(eq(playgroundUpdates.id, id), isNull(playgroundUpdates.deliveredAt)))
    .returning({ id: playgroundUpdates.id })
  if (marked.length === 0) return
  await tx
    .update(playgroundMessages)
    .set({ delivered: true, revision: await nextRevision(tx) })
    .where(eq(playgroundMessages.id, id))
}

export async function listPendingUpdates(db: Database): Promise<Update[]> {
  return selectUpdates(db)
    .where(isNull(playgroundUpdates.deliveredAt))
    .orderBy(asc(playgroundUpdates.at), asc(playgroundUpdates.id))
    .limit(100)
}

function selectUpdates(db: Database) {
  return db
    .select({
      id: playgroundUpdates.id,
      chat: playgroundChats,
      person: playgroundPeople,
      at: playgroundUpdates.at,
      content: playgroundUpdates.content,
    })
    .from(playgroundUpdates)
    .innerJoin(playgroundChats, eq(playgroundChats.id, playgroundUpdates.chatId))
    .innerJoin(playgroundPeople, eq(playgroundPeople.id, playgroundUpdates.personId))
    .$dynamic()
}

function acceptAgain(update: Update, deed: Deed): Accepted {
  const theirs = update.person.id === deed.personId && update.chat.id === deed.chatId
  if (!theirs) return { status: 'refused', reason: 'unknown' }
  return { status: 'accepted', update, forBot: update.chat.botMember }
}

async function findPlace(tx: Database, deed: Deed) {
  const [place] = await tx
    .select({ chat: playgroundChats, person: playgroundPeople })
    .from(playgroundMembers)
    .innerJoin(playgroundChats, eq(playgroundChats.id, playgroundMembers.chatId))
    .innerJoin(playgroundPeople, eq(playgroundPeople.id, playgroundMembers.personId))
    .where(and(eq(playgroundMembers.chatId, deed.chatId), eq(playgroundMembers.personId, deed.personId)))
  return place
}

async function findTarget(tx: Database, deed: Deed) {
  const target = deed.edit?.messageId ?? deed.pressedOn
  if (!target) return undefined
  const [message] = await tx.select().from(playgroundMessages).where(eq(playgroundMessages.id, target))
  if (message?.chatId !== deed.chatId) return 'missing'
  const right = deed.edit
    ? message.authorId === deed.personId && message.kind === 'text'
    : message.authorId === null
  return right ? message : 'missing'
}

async function changeStanding(tx: Database, deed: Deed, kind: 'private' | 'group'): Promise<void> {
  const person = eq(playgroundPeople.id, deed.personId)
  const chat = eq(playgroundChats.id, deed.chatId)
  if (kind === 'private') await tx.update(playgroundPeople).set({ started: true }).where(person)
  const { type } = deed.content
  if (type === 'blocked') await tx.update(playgroundPeople).set({ blocked: true }).where(person)
  if (type === 'unblocked') await tx.update(playgroundPeople).set({ blocked: false }).where(person)
  if (type === 'botAdded') await tx.update(playgroundChats).set({ botMember: true }).where(chat)
  if (type === 'botRemoved') await tx.update(playgroundChats).set({ botMember: false }).where(chat)
}

async function leaveTrace(tx: Database, deed: Deed, delivered: boolean): Promise<void> {
  if (deed.file) await tx.insert(playgroundFiles).values(deed.file)
  const revision = await nextRevision(tx)
  if (deed.edit) {
    await tx
      .update(playgroundMessages)
      .set({ text: deed.edit.text, revision, editedAt: new Date() })
      .where(eq(playgroundMessages.id, deed.edit.messageId))
  }
  if (!deed.message) return
  await tx.insert(playgroundMessages).values({
    id: deed.id,
    chatId: deed.chatId,
    position: revision,
    revision,
    authorId: deed.personId,
    ...deed.message,
    fileId: deed.file?.id,
    delivered,
  })
}
