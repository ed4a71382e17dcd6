import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from './drizzle-pg.ts'

/**
 * What the playground keeps, as a messenger's servers would: people, chats and messages. The bot's own
 * tables never point here, and nothing here points at the bot's.
 */

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })
const moment = (name: string) => timestamp(name, { withTimezone: true })
const count = (name: string) => bigint(name, { mode: 'number' })

export const playgroundPeople = pgTable('playground_people', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  language: text('language').notNull(),
  phone: text('phone').notNull(),
  /** A messenger lets a bot write only to those who wrote to it first. */
  started: boolean('started').notNull(),
  blocked: boolean('blocked').notNull().default(false),
  addedAt: moment('added_at').notNull().defaultNow(),
})

export const playgroundChats = pgTable('playground_chats', {
  id: text('id').primaryKey(),
  kind: text('kind').$type<'private' | 'group'>().notNull(),
  title: text('title').notNull(),
  botMember: boolean('bot_member').notNull().default(true),
  addedAt: moment('added_at').notNull().defaultNow(),
})

export const playgroundMembers = pgTable(
  'playground_members',
  {
    chatId: text('chat_id')
      .notNull()
      .references(() => playgroundChats.id),
    personId: text('person_id')
      .notNull()
      .references(() => playgroundPeople.id),
    joinedAt: moment('joined_at').notNull().defaultNow(),
  },
  table => [primaryKey({ columns: [table.chatId, table.personId] })],
)

export const playgroundFiles = pgTable('playground_files', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  mime: text('mime').notNull(),
  bytes: integer('bytes').notNull(),
  /** Empty for a file that was too large to keep. */
  body: bytea('body'),
})

/** `removed`: nothing is left of the message but its place, so that pages learn of it. */
export type MessageKind =
  | 'text'
  | 'voice'
  | 'photo'
  | 'video'
  | 'file'
  | 'location'
  | 'contact'
  | 'service'
  | 'removed'

export interface MessageDetails {
  buttons?: readonly (readonly ({ label: string; data: string } | { label: string; url: string })[])[]
  requests?: readonly { what: 'contact' | 'location'; label: string }[]
  location?: { latitude: number; longitude: number }
  phone?: string
}

export const playgroundMessages = pgTable(
  'playground_messages',
  {
    id: text('id').primaryKey(),
    chatId: text('chat_id')
      .notNull()
      .references(() => playgroundChats.id),
    /** Where the message stands; never changes. */
    position: count('position').notNull(),
    /** Grows with every change, so that a page can ask for what it missed. */
    revision: count('revision').notNull(),
    /** Empty when the bot wrote it. */
    authorId: text('author_id').references(() => playgroundPeople.id),
    kind: text('kind').$type<MessageKind>().notNull(),
    text: text('text').notNull(),
    details: jsonb('details').$type<MessageDetails>().notNull(),
    fileId: text('file_id').references(() => playgroundFiles.id),
    /** The bot has taken it in. */
    delivered: boolean('delivered').notNull(),
    at: moment('at').notNull().defaultNow(),
    editedAt: moment('edited_at'),
  },
  table => [
    uniqueIndex('playground_messages_revision').on(table.revision),
    uniqueIndex('playground_messages_chat_position').on(table.chatId, table.position),
  ],
)

/** What a person did, kept until the bot has taken it in. */
export const playgroundUpdates = pgTable(
  'playground_updates',
  {
    id: text('id').primaryKey(),
    chatId: text('chat_id')
      .notNull()
      .references(() => playgroundChats.id),
    personId: text('person_id')
      .notNull()
      .references(() => playgroundPeople.id),
    content: jsonb('content').$type<object>().notNull(),
    at: moment('at').notNull().defaultNow(),
    deliveredAt: moment('delivered_at'),
  },
  table => [index('playground_updates_pending').on(table.deliveredAt, table.at)],
)

/** The bot's own ids of what it sent, so that a second attempt changes nothing. */
export const playgroundSent = pgTable('playground_sent', {
  outgoingId: text('outgoing_id').primaryKey(),
  messageId: text('message_id')
    .notNull()
    .references(() => playgroundMessages.id),
})
