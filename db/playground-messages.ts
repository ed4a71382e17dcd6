import { isDeepStrictEqual } from 'node:util'
import type { Database } from './client.ts'
import { and, asc, desc, eq, getTableColumns, gt, inArray, lt, lte, max, ne, sql } from './drizzle.ts'
import {
  type MessageDetails,
  type MessageKind,
  playgroundChats,
  playgroundFiles,
  playgroundMessages,
  playgroundPeople,
  playgroundSent,
} from './playground-schema.ts'

export interface BotPost {
  /** The bot's own id; a second attempt with it answers as the first did. */
  outgoingId: string
  chatId: string
  kind: MessageKind
  text: string
  details: MessageDetails
  file?: { id: string } | { mime: string; body: Uint8Array }
  editOf?: string
}

export type Posted = { status: 'posted'; messageId: string } | Refused

export interface Refused {
  status: 'refused'
  reason: 'blocked' | 'gone' | 'unchanged' | 'invalid'
  detail?: string
}

export interface BotRemoval {
  chatId: string
  messageIds: readonly string[]
}

export type Message = Awaited<ReturnType<typeof listMessagesAfter>>[number]

const shown = ne(playgroundMessages.kind, 'removed')

export async function post(tx: Database, message: BotPost): Promise<Posted> {
  const earlier = await findSent(tx, message.outgoingId)
  if (earlier) return earlier
  const refusal = await findRefusal(tx, message)
  if (refusal) return refusal
  const fileId = await placeFile(tx, message.file)
  if (fileId === 'missing') return { status: 'refused', reason: 'invalid', detail: 'no such file' }
  const revision = await nextRevision(tx)
  const messageId = `m${revision}`
  await tx.insert(playgroundMessages).values({
    id: messageId,
    chatId: message.chatId,
    position: revision,
    revision,
    authorId: null,
    kind: message.kind,
    text: message.text,
    details: message.details,
    fileId,
    delivered: true,
  })
  await tx.insert(playgroundSent).values({ outgoingId: message.outgoingId, messageId })
  return { status: 'posted', messageId }
}

export async function editPost(tx: Database, message: BotPost): Promise<Posted> {
  const earlier = await findSent(tx, message.outgoingId)
  if (earlier) return earlier
  const refusal = await findRefusal(tx, message)
  if (refusal) return refusal
  const [target] = await tx
    .select()
    .from(playgroundMessages)
    .where(eq(playgroundMessages.id, message.editOf ?? ''))
  if (target?.chatId !== message.chatId || target.kind === 'removed')
    return { status: 'refused', reason: 'gone' }
  if (target.authorId !== null) return { status: 'refused', reason: 'invalid', detail: 'not your message' }
  const buttons = message.details.buttons ?? []
  if (target.text === message.text && isDeepStrictEqual(target.details.buttons ?? [], buttons)) {
    return { status: 'refused', reason: 'unchanged' }
  }
  await tx
    .update(playgroundMessages)
    .set({
      text: message.text,
      details: { ...target.details, buttons },
      revision: await nextRevision(tx),
      editedAt: new Date(),
    })
    .where(eq(playgroundMessages.id, target.id))
  await tx.insert(playgroundSent).values({ outgoingId: message.outgoingId, messageId: target.id })
  return { status: 'posted', messageId: target.id }
}

/** Takes messages of the bot's out of a chat; those that are gone already are passed over. */
export async function removePosts(
  tx: Database,
  { chatId, messageIds }: BotRemoval,
): Promise<{ status: 'removed' } | Refused> {
  const refusal = await findRefusal(tx, { chatId, details: {} })
  if (refusal) return refusal
  const targets = await tx
    .select()
    .from(playgroundMessages)
    .where(and(eq(playgroundMessages.chatId, chatId), inArray(playgroundMessages.id, [...messageIds]), shown))
  if (targets.some(({ authorId }) => authorId !== null))
    return { status: 'refused', reason: 'invalid', detail: 'not your message' }
  for (const { id } of targets) {
    await tx
      .update(playgroundMessages)
      .set({ kind: 'removed', text: '', details: {}, fileId: null, revision: await nextRevision(tx) })
      .where(eq(playgroundMessages.id, id))
  }
  return { status: 'removed' }
}

export async function nextRevision(tx: Database): Promise<number> {
  const [row] = await tx.select({ last: max(playgroundMessages.revision) }).from(playgroundMessages)
  return (row?.last ?? 0) + 1
}

export function listMessagesAfter(db: Database, revision: number) {
  return selectMessages(db)
    .where(gt(playgroundMessages.revision, revision))
    .orderBy(asc(playgroundMessages.revision))
    .limit(500)
}

export async function listMessagesBefore(
  db: Database,
  chatId: string,
  position: number,
  most: number,
): Promise<Message[]> {
  return selectMessages(db)
    .where(and(eq(playgroundMessages.chatId, chatId), lt(playgroundMessages.position, position), shown))
    .orderBy(desc(playgroundMessages.position))
    .limit(most)
}

export async function listRecentMessages(db: Database, perChat: number): Promise<Message[]> {
  const ranked = db
    .select({
      id: playgroundMessages.id,
      rank: sql<number>`row_number() over (partition by ${playgroundMessages.chatId} order by ${playgroundMessages.position} desc)`.as(
        'rank',
      ),
    })
    .from(playgroundMessages)
    .where(shown)
    .as('ranked')
  const recent = db.select({ id: ranked.id }).from(ranked).where(lte(ranked.rank, perChat))
  return selectMessages(db)
    .where(inArray(playgroundMessages.id, recent))
    .orderBy(asc(playgroundMessages.position))
}

export async function findFile(db: Database, id: string) {
  const [file] = await db.select().from(playgroundFiles).where(eq(playgroundFiles.id, id))
  return file
}

/** Erased people's voices and photos: the messenger is in this database too, so their bytes go with the rest. */
export async function dropPlaygroundFiles(db: Database, ids: readonly string[]) {
  if (ids.length === 0) return
  await db
    .update(playgroundFiles)
    .set({ name: '', body: null })
    .where(inArray(playgroundFiles.id, [...ids]))
}

function selectMessages(db: Database) {
  return db
    .select({
      ...getTableColumns(playgroundMessages),
      file: {
        id: playgroundFiles.id,
        name: playgroundFiles.name,
        mime: playgroundFiles.mime,
        bytes: playgroundFiles.bytes,
        kept: sql<boolean>`${playgroundFiles.body} is not null`,
      },
    })
    .from(playgroundMessages)
    .leftJoin(playgroundFiles, eq(playgroundFiles.id, playgroundMessages.fileId))
    .$dynamic()
}

async function findSent(tx: Database, outgoingId: string): Promise<Posted | undefined> {
  const [sent] = await tx.select().from(playgroundSent).where(eq(playgroundSent.outgoingId, outgoingId))
  return sent && { status: 'posted', messageId: sent.messageId }
}

async function findRefusal(
  tx: Database,
  { chatId, details }: Pick<BotPost, 'chatId' | 'details'>,
): Promise<Refused | undefined> {
  const [chat] = await tx.select().from(playgroundChats).where(eq(playgroundChats.id, chatId))
  if (!chat?.botMember) return { status: 'refused', reason: 'gone' }
  if (chat.kind === 'group') {
    const asks = (details.requests ?? []).length > 0
    return asks
      ? { status: 'refused', reason: 'invalid', detail: 'requests work in private only' }
      : undefined
  }
  const [person] = await tx.select().from(playgroundPeople).where(eq(playgroundPeople.id, chatId))
  if (!person) return { status: 'refused', reason: 'gone' }
  if (person.blocked) return { status: 'refused', reason: 'blocked' }
  if (person.started) return undefined
  return { status: 'refused', reason: 'blocked', detail: 'the person has not started the bot yet' }
}

async function placeFile(tx: Database, file: BotPost['file']): Promise<string | null | 'missing'> {
  if (!file) return null
  if ('id' in file) {
    const [known] = await tx
      .select({ id: playgroundFiles.id })
      .from(playgroundFiles)
      .where(eq(playgroundFiles.id, file.id))
    return known?.id ?? 'missing'
  }
  const id = crypto.randomUUID()
  await tx
    .insert(playgroundFiles)
    .values({ id, name: '', mime: file.mime, bytes: file.body.byteLength, body: file.body })
  return id
}
