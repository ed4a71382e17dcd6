import { z } from 'zod'
import type { Client } from './client.ts'
import { arrivedOf, callOf, groupNoteOf, isChat, rawMessage, reactionOf } from './content.ts'
import { faultOf } from './faults.ts'
import type { LibraryMessage } from './library.ts'
import { messageKey } from './message-key.ts'
import * as inPage from './page.ts'
import type { Arrived, FromWorker } from './wire.ts'

const catchUpMax = 500

export interface Inbox {
  /** What came while nobody listened: the library tells only of what is new. */
  catchUp(): Promise<void>
  /** The bot has what this message caused: its chat counts as read, if nothing else of it is under way. */
  received(externalId: string): void
}

/** Reads what the client tells of, one after the other, and hands on what may concern the bot. */
export function openInbox(client: Client, maxAgeMs: number, tell: (event: FromWorker) => void): Inbox {
  /** What the bot was told and has not confirmed, with its chat. */
  const pending = new Map<string, string>()
  let inOrder: Promise<unknown> = Promise.resolve()

  function trouble(error: unknown) {
    tell({ type: 'trouble', reason: faultOf(error) })
  }

  /** One that fails must not hold up the next. */
  function then(deed: () => Promise<unknown>) {
    inOrder = inOrder.then(deed).catch(trouble)
  }

  function arrive(deed: () => Promise<Arrived | undefined>) {
    then(async () => {
      const inbound = await deed()
      if (!inbound || Date.now() - inbound.at > maxAgeMs || (await isBlocked(client, inbound))) return
      pending.set(inbound.externalId, inbound.chat.id)
      tell({ type: 'arrived', inbound })
    })
  }

  async function readUnread(id: string, unread: number) {
    const chat = await client.getChatById(id)
    const missed = await chat?.fetchMessages({ limit: Math.min(unread, catchUpMax), fromMe: false })
    for (const message of missed ?? []) arrive(() => read(message))
  }

  client.on('message', (message: LibraryMessage) => arrive(() => read(message)))
  client.on('message_ciphertext_failed', (message: LibraryMessage) => arrive(() => read(message)))
  // Seen once, or on the phone alone: the library waits for no failure of these, and nothing more will come.
  client.on('message_ciphertext', (message: LibraryMessage) => {
    if (isForPhoneOnly(message.rawData)) arrive(() => read(message))
  })
  client.on('message_edit', (message: LibraryMessage, text: unknown) =>
    arrive(() => readEdit(message, String(text))),
  )
  client.on('message_reaction', (reaction: unknown) => arrive(async () => reactionOf(reaction)))
  // No message that could be read: what is unread in the chat stays so.
  client.on('call', (call: unknown) =>
    then(async () => {
      const inbound = callOf(call)
      if (inbound && !(await isBlocked(client, inbound))) tell({ type: 'arrived', inbound })
    }),
  )
  client.on('message_ack', (message: LibraryMessage, ack: number) =>
    then(async () => tell({ type: 'ack', key: messageKey(message.id), ack })),
  )
  client.on('group_join', (note: unknown) => arrive(() => readNote(client, note, 'botAdded')))
  client.on('group_leave', (note: unknown) => arrive(() => readNote(client, note, 'botRemoved')))

  return {
    async catchUp() {
      for (const { id, unread } of await client.page().evaluate(inPage.unreadChats)) {
        if (isChat(id)) await readUnread(id, unread).catch(trouble)
      }
    },
    received(externalId) {
      // In its turn: what has arrived since, and is not handed on yet, must stay unread.
      then(async () => {
        const chat = pending.get(externalId)
        pending.delete(externalId)
        if (chat && ![...pending.values()].includes(chat)) await client.sendSeen(chat)
      })
    },
  }
}

function isForPhoneOnly(raw: unknown): boolean {
  const { subtype } = z.object({ subtype: z.string().catch('') }).parse(raw)
  return subtype.endsWith('_unavailable_fanout')
}

async function isBlocked(client: Client, { sender }: Arrived): Promise<boolean> {
  // A page that does not say so has blocked nobody.
  return client
    .page()
    .evaluate(inPage.isBlocked, sender.id)
    .catch(() => false)
}

async function read(message: LibraryMessage): Promise<Arrived | undefined> {
  const arrived = arrivedOf(rawMessage.parse(message.rawData))
  if (!arrived || !message.hasQuotedMsg) return arrived
  const quoted = await message.getQuotedMessage().catch(() => undefined)
  const quotes = quoted && messageKey(quoted.id)
  return { ...arrived, ...(quotes && { quotes }) }
}

async function readEdit(message: LibraryMessage, text: string): Promise<Arrived | undefined> {
  const raw = rawMessage.parse(message.rawData)
  const arrived = arrivedOf({ ...raw, type: 'chat', body: text })
  if (!arrived || raw.latestEditSenderTimestampMs == null) return undefined
  const at = raw.latestEditSenderTimestampMs
  return { ...arrived, externalId: `${raw.id}:${at}`, at, content: { type: 'text', text, edited: true } }
}

async function readNote(client: Client, note: unknown, type: 'botAdded' | 'botRemoved') {
  return groupNoteOf(note, type, await client.page().evaluate(inPage.ownIds))
}
