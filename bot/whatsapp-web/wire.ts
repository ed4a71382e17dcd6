import { z } from 'zod'

/** What the bot process and the worker say to each other. Both read with these, neither trusts the other's shape. */

const bytes = z.custom<Uint8Array>(value => value instanceof Uint8Array)
const mediaKind = z.enum(['photo', 'voice', 'video', 'file'])
const ref = z.object({ id: z.string(), bytes: z.number().optional(), mime: z.string().optional() })

const content = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), code: z.string().optional() }),
  z.object({ type: z.literal('text'), text: z.string(), edited: z.literal(true).optional() }),
  z.object({ type: z.literal('media'), kind: mediaKind, file: ref, caption: z.string().optional() }),
  z.object({ type: z.literal('location'), latitude: z.number(), longitude: z.number() }),
  z.object({ type: z.literal('contact'), phone: z.string(), own: z.boolean() }),
  z.object({ type: z.literal('reaction'), emoji: z.string(), messageId: z.string() }),
  z.object({ type: z.literal('unreadable'), what: z.string() }),
  z.object({ type: z.enum(['botAdded', 'botRemoved', 'call']) }),
])

const arrived = z.object({
  externalId: z.string().min(1),
  chat: z.object({ id: z.string().min(1), kind: z.enum(['private', 'group']) }),
  sender: z.object({ id: z.string().min(1), name: z.string().optional() }),
  at: z.number(),
  quotes: z.string().optional(),
  content,
})
export type Arrived = z.infer<typeof arrived>

const outgoing = z.object({
  id: z.string(),
  chat: z.string(),
  text: z.string(),
  media: z
    .union([z.object({ kind: mediaKind, mime: z.string(), bytes }), z.object({ kind: mediaKind, ref })])
    .optional(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  editOf: z.string().optional(),
})
export type WireOutgoing = z.infer<typeof outgoing>

const typing = z.object({ msPerChar: z.number(), msMin: z.number(), msMax: z.number() })
export type Typing = z.infer<typeof typing>

/** The reason why a message is `unknown`: the page has it and did not answer in time. */
export const tooSlow = 'page too slow'

const prepareMs = 5_000
/** After so long in the worker a message is no longer sent: who asked for it has begun to look for it. */
export const beginWithinMs = ({ msMax }: Typing) => msMax * 2 + prepareMs

const startOptions = z.object({
  /** The library keeps the profile in `session-<clientId>` below this. */
  directory: z.string(),
  clientId: z.string(),
  chromium: z.string(),
  args: z.array(z.string()),
  authTimeoutMs: z.number(),
  sendMs: z.number(),
  catchUpMs: z.number(),
  typing,
  /** A page kept on disk instead of the live one. */
  page: z.object({ path: z.string(), version: z.string() }).optional(),
})
export type StartOptions = z.infer<typeof startOptions>

const call = { call: z.number() }
export const toWorker = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), options: startOptions }),
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('received'), externalId: z.string() }),
  z.object({ ...call, type: z.literal('probe') }),
  /** `mayBegin`: the chat is known to have written first, or we may be the ones who begin. */
  z.object({ ...call, type: z.literal('send'), message: outgoing, mayBegin: z.boolean() }),
  z.object({ ...call, type: z.literal('find'), message: outgoing, since: z.number() }),
  z.object({
    ...call,
    type: z.literal('remove'),
    messages: z.array(z.string()),
    instead: z.string(),
  }),
  z.object({ ...call, type: z.literal('download'), id: z.string() }),
  z.object({ ...call, type: z.literal('phone'), id: z.string(), mayAsk: z.boolean() }),
])
export type ToWorker = z.infer<typeof toWorker>

const sendResult = z.discriminatedUnion('status', [
  z.object({ status: z.literal('accepted'), externalId: z.string() }),
  z.object({ status: z.literal('unknown'), reason: z.string() }),
  z.object({ status: z.literal('retry'), afterMs: z.number().optional(), reason: z.string() }),
  z.object({
    status: z.literal('failed'),
    reason: z.enum(['gone', 'unchanged', 'stays', 'policy', 'invalid']),
    detail: z.string().optional(),
  }),
])

/** What each call is answered with. */
export const answers = {
  probe: z.boolean(),
  send: sendResult,
  /** Our own messages that say the same, the newest first. */
  find: z.array(z.string()),
  remove: sendResult,
  download: bytes.nullable(),
  phone: z.string().nullable(),
}
export type CallName = keyof typeof answers
export type Args<Name extends CallName> = Omit<Extract<ToWorker, { type: Name }>, 'type' | 'call'>
export type Answer<Name extends CallName> = z.infer<(typeof answers)[Name]>

export const fromWorker = z.discriminatedUnion('type', [
  z.object({ type: z.literal('qr'), text: z.string() }),
  z.object({ type: z.literal('syncing') }),
  z.object({ type: z.literal('ready'), number: z.string().optional() }),
  z.object({ type: z.literal('arrived'), inbound: arrived }),
  z.object({ type: z.literal('ack'), key: z.string(), ack: z.number() }),
  /** Something of the page could not be read; the session goes on. */
  z.object({ type: z.literal('trouble'), reason: z.string() }),
  /** The last word of a life. `reason` is a word of ours or of the platform, never of a person. */
  z.object({ type: z.literal('ended'), reason: z.string() }),
  z.object({ type: z.literal('answer'), call: z.number(), answer: z.unknown() }),
  z.object({ type: z.literal('fault'), call: z.number(), reason: z.string() }),
])
export type FromWorker = z.infer<typeof fromWorker>
