import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from './client.ts'
import { phoneOf, rawMessage } from './content.ts'
import { library } from './library.ts'
import { messageKey } from './message-key.ts'
import * as inPage from './page.ts'
import { type Answer, beginWithinMs, type Typing, tooSlow, type WireOutgoing } from './wire.ts'

type Sent = Answer<'send'>

const late = new Error('timed out')
const downloadTriesMax = 3
const downloadPauseMs = 1_000
const findMax = 30
/** The server's clock and ours need not agree to the second. */
const clockSlackMs = 5_000

/**
 * Sends one message and waits until the server has it. `unknown` where the page gave back nothing, or an error from
 * the middle of it: it may be out all the same, and who asked must look before it is sent again.
 */
export async function send(
  client: Client,
  message: WireOutgoing,
  { mayBegin, typing, sendMs }: { mayBegin: boolean; typing: Typing; sendMs: number },
): Promise<Sent> {
  if (message.editOf) return edit(client, message.editOf, message.text)
  const askedAt = performance.now()
  const wrote = await client.page().evaluate(inPage.whoWrote, message.chat, mayBegin)
  if (wrote === 'none') return { status: 'failed', reason: 'gone' }
  if (wrote === 'silent' && !mayBegin)
    return { status: 'failed', reason: 'policy', detail: 'they never wrote first' }
  const made = await contentOf(client, message)
  if (!made) return { status: 'failed', reason: 'gone', detail: 'the file is no more' }
  await type(client, message, typing)
  if (performance.now() - askedAt > beginWithinMs(typing)) throw late
  try {
    const options = { linkPreview: false, sendSeen: false, waitUntilMsgSent: true, ...made.options }
    const sent = await within(sendMs, client.sendMessage(message.chat, made.content, options))
    if (!sent) return { status: 'unknown', reason: 'no id' }
    // The server took it and refused it: since 2026 mostly for writing to people who never wrote.
    if (sent.ack === -1) return { status: 'failed', reason: 'policy', detail: 'refused by the server' }
    return { status: 'accepted', externalId: messageKey(sent.id) }
  } catch (error) {
    return { status: 'unknown', reason: error === late ? tooSlow : 'the page broke off' }
  }
}

async function edit(client: Client, key: string, text: string): Promise<Sent> {
  const message = await client.getMessageById(key)
  if (!message) return { status: 'failed', reason: 'gone' }
  if (rawMessage.parse(message.rawData).body === text) return { status: 'accepted', externalId: key }
  // Null: WhatsApp lets a message be edited for a quarter of an hour, and nobody may do it later.
  const edited = await message.edit(text, { linkPreview: false })
  return edited ? { status: 'accepted', externalId: key } : { status: 'failed', reason: 'unchanged' }
}

/** Our own messages of late that say the same, the newest first. */
export async function find(client: Client, message: WireOutgoing, since: number): Promise<string[]> {
  if (message.editOf) {
    const edited = await client.getMessageById(message.editOf)
    const same = edited && rawMessage.parse(edited.rawData).body === message.text
    return same ? [message.editOf] : []
  }
  const chat = await client.getChatById(message.chat)
  const own = (await chat?.fetchMessages({ limit: findMax, fromMe: true })) ?? []
  return own
    .map(({ rawData }) => rawMessage.parse(rawData))
    .filter(raw => raw.t * 1000 >= since - clockSlackMs && raw.ack !== -1 && saysTheSame(raw, message))
    .toSorted((a, b) => b.t - a.t)
    .map(({ id }) => id)
}

function saysTheSame(raw: ReturnType<typeof rawMessage.parse>, { text, media, location }: WireOutgoing) {
  if (location) return raw.lat === location.latitude && raw.lng === location.longitude
  if (!media) return raw.type === 'chat' && raw.body === text
  return kinds[media.kind].includes(raw.type) && (raw.caption ?? '') === text
}

const kinds = { photo: ['image'], voice: ['ptt', 'audio'], video: ['video'], file: ['document', 'image'] }

/** Takes messages away from everybody; what is too old for that is emptied, if it may still be edited. */
export async function remove(client: Client, keys: readonly string[], instead: string): Promise<Sent> {
  let stays = false
  for (const key of keys) {
    const message = await client.getMessageById(key)
    if (!message || rawMessage.parse(message.rawData).type === 'revoked') continue
    if (await client.page().evaluate(inPage.mayRevoke, key)) await message.delete(true)
    else if (!(await message.edit(instead, { linkPreview: false }))) stays = true
  }
  return stays ? { status: 'failed', reason: 'stays' } : { status: 'accepted', externalId: '' }
}

/** The bytes of a file that came, or null: WhatsApp keeps it for some weeks, and sometimes it takes a second try. */
export async function download(client: Client, key: string): Promise<Uint8Array | null> {
  for (let attempt = 1; attempt <= downloadTriesMax; attempt++) {
    if (attempt > 1) await sleep(downloadPauseMs)
    const message = await client.getMessageById(key).catch(() => null)
    const file = await message?.downloadMedia().catch(() => undefined)
    if (file) return Buffer.from(file.data, 'base64')
  }
  return null
}

/** The phone behind a LID, in E.164, if the page knows it, or the server: that one is asked once at most. */
export async function phoneBehind(client: Client, id: string, mayAsk: boolean): Promise<string | null> {
  const known = await client.page().evaluate(inPage.knownPhone, id)
  const found = known || !mayAsk ? known : (await client.getContactLidAndPhone([id]))[0]?.pn
  return phoneOf(found ?? '') ?? null
}

async function contentOf(client: Client, { text, media, location }: WireOutgoing) {
  if (location) return { content: new library.Location(location.latitude, location.longitude), options: {} }
  if (!media) return { content: text, options: {} }
  const bytes = 'bytes' in media ? media.bytes : await download(client, media.ref.id)
  if (!bytes) return undefined
  const mime = 'bytes' in media ? media.mime : (media.ref.mime ?? 'application/octet-stream')
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
  const content = new library.MessageMedia(mime, base64, fileNames[media.kind])
  const options = {
    ...(text && { caption: text }),
    ...(media.kind === 'voice' && { sendAudioAsVoice: true }),
    ...(media.kind === 'file' && { sendMediaAsDocument: true }),
  }
  return { content, options }
}

const fileNames = { photo: 'picture.png', voice: 'voice.ogg', video: 'video.mp4', file: 'file' }

/** A person types before they send, and never twice equally fast. */
async function type(client: Client, { chat, text }: WireOutgoing, { msPerChar, msMin, msMax }: Typing) {
  const ms = Math.min(msMax, Math.max(msMin, text.length * msPerChar)) * (0.75 + Math.random() / 2)
  if (ms <= 0) return
  await client
    .page()
    .evaluate(inPage.showTyping, chat)
    .catch(() => {})
  await sleep(ms)
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const over = new AbortController()
  const timer = sleep(ms, undefined, { signal: over.signal }).then(() => {
    throw late
  })
  try {
    return await Promise.race([work, timer])
  } finally {
    over.abort()
    timer.catch(() => {})
  }
}
