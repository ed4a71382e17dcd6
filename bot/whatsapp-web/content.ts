import { z } from 'zod'
import { parsePhone } from '../../domain/phone.ts'
import { startOf } from '../whatsapp/start-text.ts'
import { messageKey, wid } from './message-key.ts'
import type { Arrived } from './wire.ts'

const text = z.string().nullish().catch(undefined)
const number = z.number().nullish().catch(undefined)

/** A message as the page has it. Whatever is missing or strange is left out, so that the rest is still read. */
export const rawMessage = z.object({
  id: z.unknown().transform(id => messageKey(id)),
  type: z.string(),
  t: z.number(),
  from: wid,
  author: wid.nullish().catch(undefined),
  notifyName: text,
  body: text,
  caption: text,
  mimetype: text,
  size: number,
  ack: number,
  lat: number,
  lng: number,
  vcardList: z
    .array(z.object({ vcard: z.string() }))
    .nullish()
    .catch(undefined),
  latestEditSenderTimestampMs: number,
})
export type RawMessage = z.infer<typeof rawMessage>

type Content = Arrived['content']

const media = {
  ptt: 'voice',
  audio: 'voice',
  image: 'photo',
  video: 'video',
  gif: 'video',
  ptv: 'video',
  document: 'file',
} as const

/** What a person sends on purpose, and we cannot read. All other kinds are the platform's own notes. */
const unreadable = new Set([
  'sticker',
  'poll_creation',
  'event_creation',
  'scheduled_event_creation',
  'multi_vcard',
  'order',
  'product',
  'payment',
  'groups_v4_invite',
  'oversized',
  'interactive',
  'unknown',
])

/** People and groups; not the status page, channels, broadcasts, or WhatsApp's own account. */
export function isChat(id: string): boolean {
  return /@(c\.us|lid|g\.us)$/.test(id) && id !== '0@c.us'
}

function isGroup(id: string): boolean {
  return id.endsWith('@g.us')
}

export function arrivedOf(raw: RawMessage): Omit<Arrived, 'quotes'> | undefined {
  const content = contentOf(raw)
  const sender = raw.author ?? raw.from
  // What a group says without an author was said by nobody.
  const fromPerson = isChat(sender) && !isGroup(sender)
  if (!content || raw.id.startsWith('true_') || !isChat(raw.from) || !fromPerson) return undefined
  // What could not be read may become readable later, under the same key.
  const suffix = content.type === 'unreadable' ? ':unread' : ''
  return {
    externalId: raw.id + suffix,
    chat: { id: raw.from, kind: isGroup(raw.from) ? 'group' : 'private' },
    sender: { id: sender, ...(raw.notifyName && { name: raw.notifyName }) },
    at: raw.t * 1000,
    content,
  }
}

function contentOf(raw: RawMessage): Content | undefined {
  const { type, body, caption } = raw
  if (type === 'chat' || type === 'list_response' || type === 'buttons_response')
    return body ? (startOf(body) ?? { type: 'text', text: body }) : undefined
  if (type === 'ciphertext') return { type: 'unreadable', what: 'waiting' }
  const kind = Object.hasOwn(media, type) ? media[type as keyof typeof media] : undefined
  if (kind) {
    const file = {
      id: raw.id,
      ...(raw.size && { bytes: raw.size }),
      ...(raw.mimetype && { mime: raw.mimetype }),
    }
    return { type: 'media', kind, file, ...(caption && { caption }) }
  }
  if (raw.lat != null && raw.lng != null) return { type: 'location', latitude: raw.lat, longitude: raw.lng }
  if (type === 'vcard') return contactOf(raw) ?? { type: 'unreadable', what: 'contact' }
  return unreadable.has(type) ? { type: 'unreadable', what: type } : undefined
}

/** WhatsApp writes the number that it knows itself beside the one that a person typed. */
function contactOf({ body, from, author }: RawMessage): Content | undefined {
  const line = /^(?:item\d+\.)?TEL[^:\r\n]*:.*$/im.exec(body ?? '')?.[0] ?? ''
  const known = /waid=(\d{7,15})/i.exec(line)?.[1]
  const phone = known ? `+${known}` : parsePhone(line.slice(line.indexOf(':') + 1))?.e164
  return phone ? { type: 'contact', phone, own: phoneOf(author ?? from) === phone } : undefined
}

/** The phone in an id of a person, if it is one: the digits of a LID are no phone. */
export function phoneOf(id: string): string | undefined {
  const digits = /^(\d{7,15})@c\.us$/.exec(id)?.[1]
  return digits ? `+${digits}` : undefined
}

const rawNote = z.object({
  id: z.unknown().transform(id => messageKey(id)),
  timestamp: number,
  chatId: wid,
  author: wid.nullish().catch(undefined),
  recipientIds: z.array(wid).catch([]),
})

/** Somebody came into a group or left it; of interest only if that was the bot. */
export function groupNoteOf(
  given: unknown,
  type: 'botAdded' | 'botRemoved',
  own: string[],
): Arrived | undefined {
  const { id, timestamp, chatId, author, recipientIds } = rawNote.parse(given)
  if (!recipientIds.some(who => own.includes(who))) return undefined
  const at = (timestamp ?? Date.now() / 1000) * 1000
  const sender = { id: author ?? chatId }
  return { externalId: id, chat: { id: chatId, kind: 'group' }, sender, at, content: { type } }
}

const rawCall = z.object({ id: z.string(), from: wid, isGroup: z.unknown(), fromMe: z.unknown() })

/** A person's phone rings for us. The page tells it as it happens, and gives it no time. */
export function callOf(given: unknown): Arrived | undefined {
  const { id, from, isGroup: ofMany, fromMe } = rawCall.parse(given)
  if (ofMany || fromMe || !isChat(from) || isGroup(from)) return undefined
  const chat = { id: from, kind: 'private' } as const
  return { externalId: `call:${id}`, chat, sender: { id: from }, at: Date.now(), content: { type: 'call' } }
}

const rawReaction = z.object({
  id: z.unknown().transform(id => messageKey(id)),
  msgId: z.unknown().transform(id => messageKey(id)),
  reaction: z.string().nullish(),
  senderId: z.string(),
  timestamp: z.number(),
})

/** A reaction taken back changes nothing. */
export function reactionOf(given: unknown): Arrived | undefined {
  const { id, msgId, reaction, senderId, timestamp } = rawReaction.parse(given)
  const chat = msgId.split('_')[1] ?? ''
  if (!reaction || id.startsWith('true_') || !isChat(chat) || !isChat(senderId)) return undefined
  return {
    externalId: `${id}:${encodeURIComponent(reaction.slice(0, 40).toWellFormed())}`,
    chat: { id: chat, kind: isGroup(chat) ? 'group' : 'private' },
    sender: { id: senderId },
    at: timestamp * 1000,
    content: { type: 'reaction', emoji: reaction, messageId: msgId },
  }
}
