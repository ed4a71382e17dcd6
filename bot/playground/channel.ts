import type { Hono } from 'hono'
import type { PlaygroundStore } from '../../db/playground.ts'
import type { BotPost, Posted, Refused } from '../../db/playground-messages.ts'
import type { Capabilities, Channel, Outgoing, SendResult } from '../channel.ts'
import { createCourier } from './courier.ts'
import { limits, refusal } from './refusals.ts'
import { createRoutes } from './routes.ts'

export interface PlaygroundOptions {
  store: PlaygroundStore
  /** The name under which browsers reach the page, where that is not this machine itself. */
  host?: string
  /** What the ☰ menu offers; each has its words in the page's locale as `command.<name>`. */
  commands?: readonly string[]
  /** Who and what the phones show at first; the page decides if empty. */
  phones?: readonly { person: string; chat: string }[]
}

const unlimited = { max: Infinity, perMs: 1000 }
export const capabilities: Capabilities = {
  options: 'rows',
  groups: 'usual',
  edit: true,
  contactRequest: true,
  textCharsMax: limits.textCharsMax,
  captionCharsMax: limits.captionCharsMax,
  downloadBytesMax: limits.keptBytesMax,
  pace: { all: unlimited, chat: unlimited, group: unlimited },
}

/** A messenger in a web page: its people and chats live in the database, its phones in the browser. */
export function createPlayground(options: PlaygroundOptions): Channel & { routes(): Hono } {
  const { store } = options
  const courier = createCourier(store)
  const closing = new AbortController()
  return {
    name: 'playground',
    capabilities,
    start: receive => courier.start(receive),
    async stop() {
      courier.stop()
      closing.abort()
    },
    async send(message) {
      const detail = refusal(message)
      if (detail) return { status: 'failed', reason: 'invalid', detail }
      return toResult(await store.post(toPost(message)))
    },
    async remove({ chat, messages }) {
      const removed = await store.remove({ chatId: chat, messageIds: messages })
      if (removed.status === 'refused') return toFailure(removed)
      return { status: 'accepted', externalId: '' }
    },
    async download(file) {
      const found = await store.file(file.id)
      if (!found?.body)
        throw new Error(`The playground does not keep the file ${file.id}: gone or too large.`)
      return found.body
    },
    startLink: code => `playground:start?${encodeURIComponent(code)}`,
    routes: () => createRoutes({ ...options, courier, closing: closing.signal }),
  }
}

function toPost(message: Outgoing): BotPost {
  const { media, location, buttons, requests } = message
  return {
    outgoingId: message.id,
    chatId: message.chat,
    kind: media?.kind ?? (location ? 'location' : 'text'),
    text: message.text,
    details: { buttons, requests, location },
    file: media && ('ref' in media ? { id: media.ref.id } : { mime: media.mime, body: media.bytes }),
    editOf: message.editOf,
  }
}

function toResult(posted: Posted): SendResult {
  if (posted.status === 'posted') return { status: 'accepted', externalId: posted.messageId }
  return toFailure(posted)
}

function toFailure({ reason, detail }: Refused): SendResult {
  return { status: 'failed', reason, detail }
}
