import type { Database } from './client.ts'
import { and, asc, count, eq, sql } from './drizzle.ts'
import {
  type BotPost,
  type BotRemoval,
  editPost,
  findFile,
  listMessagesAfter,
  listMessagesBefore,
  listRecentMessages,
  nextRevision,
  post,
  removePosts,
} from './playground-messages.ts'
import {
  playgroundChats,
  playgroundMembers,
  playgroundMessages,
  playgroundPeople,
} from './playground-schema.ts'
import { acceptUpdate, type Deed, listPendingUpdates, markDelivered } from './playground-updates.ts'

export interface NewPerson {
  id: string
  name: string
  language: string
  /** False for someone who has never written to the bot: it may not write first. */
  started?: boolean
}

export interface NewGroup {
  id: string
  title: string
  members: readonly string[]
}

export interface Directory {
  people: { id: string; name: string; language: string; phone: string; blocked: boolean }[]
  chats: { id: string; kind: 'private' | 'group'; title: string; botMember: boolean; members: string[] }[]
}

export type PlaygroundStore = ReturnType<typeof createPlaygroundStore>

/** An arbitrary number that all writers of the playground agree on. */
const writersLock = 7_041_852

export function createPlaygroundStore(db: Database) {
  const listeners = new Set<() => void>()

  // One writer at a time: revisions become visible in their order, so a page that has seen 8 has seen 7.
  async function write<T>(deed: (tx: Database) => Promise<T>): Promise<T> {
    const outcome = await db.transaction(async tx => {
      await tx.execute(sql`select pg_advisory_xact_lock(${writersLock})`)
      return deed(tx)
    })
    for (const listener of listeners) listener()
    return outcome
  }

  return {
    addPerson: (person: NewPerson) => write(tx => addPerson(tx, person)),
    /** Answers the id of the group's chat. */
    addGroup: (group: NewGroup) => write(tx => addGroup(tx, group)),
    join: (chatId: string, personId: string) => write(tx => join(tx, chatId, personId)),
    accept: (deed: Deed) => write(tx => acceptUpdate(tx, deed)),
    markDelivered: (id: string) => write(tx => markDelivered(tx, id)),
    post: (message: BotPost) => write(tx => (message.editOf ? editPost(tx, message) : post(tx, message))),
    remove: (removal: BotRemoval) => write(tx => removePosts(tx, removal)),
    directory: () => readDirectory(db),
    pending: () => listPendingUpdates(db),
    recent: (perChat: number) => listRecentMessages(db, perChat),
    after: (revision: number) => listMessagesAfter(db, revision),
    before: (chatId: string, position: number, most: number) =>
      listMessagesBefore(db, chatId, position, most),
    file: (id: string) => findFile(db, id),
    /** Tells after each write that something may have changed. */
    onChange(listener: () => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export function groupChatId(id: string): string {
  return id.startsWith('g-') ? id : `g-${id}`
}

async function addPerson(tx: Database, person: NewPerson): Promise<void> {
  const [row] = await tx.select({ people: count() }).from(playgroundPeople)
  const added = await tx
    .insert(playgroundPeople)
    .values({
      id: person.id,
      name: person.name,
      language: person.language,
      phone: `+7700000${String((row?.people ?? 0) + 1).padStart(4, '0')}`,
      started: person.started ?? true,
    })
    .onConflictDoNothing()
    .returning({ id: playgroundPeople.id })
  if (added.length === 0) return
  await tx.insert(playgroundChats).values({ id: person.id, kind: 'private', title: person.name })
  await tx.insert(playgroundMembers).values({ chatId: person.id, personId: person.id })
}

async function addGroup(tx: Database, group: NewGroup): Promise<string> {
  const chatId = groupChatId(group.id)
  await tx
    .insert(playgroundChats)
    .values({ id: chatId, kind: 'group', title: group.title })
    .onConflictDoNothing()
  for (const personId of group.members) {
    await tx.insert(playgroundMembers).values({ chatId, personId }).onConflictDoNothing()
  }
  return chatId
}

async function join(tx: Database, chatId: string, personId: string): Promise<'joined' | 'gone'> {
  const [chat] = await tx
    .select({ id: playgroundChats.id })
    .from(playgroundChats)
    .where(and(eq(playgroundChats.id, chatId), eq(playgroundChats.kind, 'group')))
  const [person] = await tx
    .select({ id: playgroundPeople.id })
    .from(playgroundPeople)
    .where(eq(playgroundPeople.id, personId))
  if (!chat || !person) return 'gone'
  const joined = await tx
    .insert(playgroundMembers)
    .values({ chatId, personId })
    .onConflictDoNothing()
    .returning({ personId: playgroundMembers.personId })
  if (joined.length > 0) await note(tx, chatId, personId, 'joined')
  return 'joined'
}

async function note(tx: Database, chatId: string, personId: string, what: string): Promise<void> {
  const revision = await nextRevision(tx)
  await tx.insert(playgroundMessages).values({
    id: `m${revision}`,
    chatId,
    position: revision,
    revision,
    authorId: personId,
    kind: 'service',
    text: what,
    details: {},
    delivered: true,
  })
}

async function readDirectory(db: Database): Promise<Directory> {
  const people = await db
    .select({
      id: playgroundPeople.id,
      name: playgroundPeople.name,
      language: playgroundPeople.language,
      phone: playgroundPeople.phone,
      blocked: playgroundPeople.blocked,
    })
    .from(playgroundPeople)
    .orderBy(asc(playgroundPeople.phone))
  const chats = await db.select().from(playgroundChats).orderBy(asc(playgroundChats.addedAt))
  const members = await db.select().from(playgroundMembers).orderBy(asc(playgroundMembers.joinedAt))
  return {
    people,
    chats: chats.map(({ id, kind, title, botMember }) => ({
      id,
      kind,
      title,
      botMember,
      members: members.filter(member => member.chatId === id).map(member => member.personId),
    })),
  }
}
