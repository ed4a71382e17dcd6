import { z } from 'zod'
import type { Content, Inbound } from '../channel.ts'
import { startOf } from '../whatsapp/start-text.ts'
import { type Status, status } from './statuses.ts'

const contact = z.object({
  profile: z.object({ name: z.string().optional() }).optional(),
  wa_id: z.string().optional(),
  user_id: z.string().optional(),
})
const change = z.object({
  field: z.enum(['messages', 'calls']),
  value: z.object({
    metadata: z.object({ phone_number_id: z.string() }),
    contacts: z.array(contact).catch([]),
    messages: z.array(z.unknown()).catch([]),
    statuses: z.array(z.unknown()).catch([]),
    calls: z.array(z.unknown()).catch([]),
  }),
})
const call = z.object({ entry: z.array(z.object({ changes: z.array(z.unknown()) })) })
const from = {
  id: z.string().min(1),
  from: z.string().optional(),
  from_user_id: z.string().optional(),
  timestamp: z.coerce.number(),
}
/** A person's phone begins to ring for us; what becomes of it is told in further events. */
const rings = z.object({
  ...from,
  event: z.literal('connect'),
  direction: z.literal('USER_INITIATED').default('USER_INITIATED'),
})
const head = z.object({
  ...from,
  group_id: z.string().optional(),
  type: z.string(),
  context: z.object({ id: z.string().optional() }).optional(),
})

/** What one call of the webhook brings for our number; a piece that cannot be read does not spoil the others. */
export function readCall(body: unknown, phoneNumberId: string): { messages: Inbound[]; statuses: Status[] } {
  const changes = call.safeParse(body).data?.entry.flatMap(entry => entry.changes) ?? []
  const ours = changes.flatMap(raw => {
    const read = change.safeParse(raw)
    return read.data?.value.metadata.phone_number_id === phoneNumberId ? [read.data.value] : []
  })
  return {
    messages: ours.flatMap(({ messages, calls, contacts }) => [
      ...messages.flatMap(raw => toInbound(raw, contacts, messages.length === 1) ?? []),
      ...calls.flatMap(raw => callIn(raw, contacts) ?? []),
    ]),
    statuses: ours.flatMap(({ statuses }) => statuses.flatMap(raw => status.safeParse(raw).data ?? [])),
  }
}

function toInbound(
  raw: unknown,
  contacts: readonly z.infer<typeof contact>[],
  alone: boolean,
): Inbound | undefined {
  const message = head.safeParse(raw).data
  const content = message && !message.group_id ? contentOf(raw, message.type) : undefined
  const sender = message && senderOf(message, contacts, alone)
  if (!message || !content || !sender) return undefined
  const quotes = message.context?.id
  return {
    channel: 'whatsapp',
    externalId: message.id,
    chat: { id: sender.id, kind: 'private' },
    sender,
    at: new Date(message.timestamp * 1000),
    ...(quotes && { quotes }),
    content: content.type === 'contact' ? { ...content, own: content.phone === sender.phone } : content,
  }
}

function callIn(raw: unknown, contacts: readonly z.infer<typeof contact>[]): Inbound | undefined {
  const call = rings.safeParse(raw).data
  const sender = call && senderOf(call, contacts, false)
  if (!call || !sender) return undefined
  const at = new Date(call.timestamp * 1000)
  const chat = { id: sender.id, kind: 'private' } as const
  return { channel: 'whatsapp', externalId: call.id, chat, sender, at, content: { type: 'call' } }
}

/**
 * Meta calls an account by its number and, for each business, by an id of its own (a BSUID), which is no number. Whoever
 * hides the number has the second alone.
 */
function senderOf(
  { from, from_user_id: userId }: { from?: string | undefined; from_user_id?: string | undefined },
  contacts: readonly z.infer<typeof contact>[],
  alone: boolean,
): Inbound['sender'] | undefined {
  const known =
    contacts.find(({ wa_id, user_id }) => (wa_id && wa_id === from) || (user_id && user_id === userId)) ??
    (alone && contacts.length === 1 ? contacts[0] : undefined)
  const scoped = userId || known?.user_id
  const id = known?.wa_id || from || scoped
  if (!id) return undefined
  const phone = /^\d+$/.test(id) ? `+${id}` : undefined
  const otherId = scoped === id ? undefined : scoped
  const name = known?.profile?.name
  return { id, ...(otherId && { otherId }), ...(name && { name }), ...(phone && { phone }) }
}

/** Nothing for what is no message of a person's: a changed number, a reaction that is taken back. */
function contentOf(raw: unknown, type: string): Content | undefined {
  const kind = Object.hasOwn(contents, type) ? contents[type] : undefined
  const read = kind?.safeParse(raw)
  return read?.success ? read.data : { type: 'unreadable', what: type }
}

const body = z.object({ body: z.string() })
const reply = z.object({ id: z.string() })
const card = z.object({
  phones: z.array(z.object({ phone: z.string(), wa_id: z.string().optional() })).min(1),
})
const nothing = z.unknown().transform(() => undefined)

const contents: Record<string, z.ZodType<Content | undefined>> = {
  text: z.object({ text: body }).transform(({ text }) => startOf(text.body) ?? spoken(text.body)),
  // The button of a template, whose words are all it has.
  button: z.object({ button: z.object({ text: z.string() }) }).transform(({ button }) => spoken(button.text)),
  interactive: z
    .object({
      context: z.object({ id: z.string() }),
      interactive: z.union([z.object({ button_reply: reply }), z.object({ list_reply: reply })]),
    })
    .transform(({ context, interactive }) => {
      const { id } = 'button_reply' in interactive ? interactive.button_reply : interactive.list_reply
      return { type: 'button', data: id, messageId: context.id }
    }),
  image: media('image', 'photo'),
  audio: media('audio', 'voice'),
  video: media('video', 'video'),
  document: media('document', 'file'),
  location: z
    .object({ location: z.object({ latitude: z.number(), longitude: z.number() }) })
    .transform(({ location }) => ({ type: 'location', ...location })),
  contacts: z.object({ contacts: z.array(card).min(1) }).transform(({ contacts }) => {
    const { phone, wa_id } = contacts[0]?.phones[0] ?? { phone: '' }
    return { type: 'contact', phone: wa_id ? `+${wa_id}` : phone, own: false }
  }),
  reaction: z
    .object({ reaction: z.object({ message_id: z.string(), emoji: z.string().optional() }) })
    .transform(({ reaction: { emoji, message_id } }) =>
      emoji ? { type: 'reaction', emoji, messageId: message_id } : undefined,
    ),
  edit: z
    .object({ edit: z.object({ message: z.object({ text: body }) }) })
    .transform(({ edit }) => ({ type: 'text', text: edit.message.text.body, edited: true })),
  revoke: nothing,
  system: nothing,
}

function spoken(text: string): Content {
  return { type: 'text', text }
}

function media(type: string, kind: 'photo' | 'voice' | 'video' | 'file'): z.ZodType<Content> {
  const file = z.object({ id: z.string(), mime_type: z.string().optional(), caption: z.string().optional() })
  return z.object({ [type]: file }).transform(message => {
    const { id = '', mime_type: mime, caption } = message[type] ?? {}
    return { type: 'media', kind, file: { id, ...(mime && { mime }) }, ...(caption && { caption }) }
  })
}
