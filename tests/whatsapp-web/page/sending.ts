import { widOf } from './ids.ts'
import { socket } from './socket.ts'
import { blocked, Chat, chats, Msg, msgs, start, tellWorld } from './store.ts'

/** Sending, with what WhatsApp refuses: strangers, the too long, the too late. */

const textCharsMax = 65_536
const editMs = 15 * 60_000
const revokeMs = 60 * 3_600_000
const mediaBytesMax = 16 * 1024 * 1024

/** What goes wrong next, as a test wants it. */
export const faults = { loseNext: 0, lieNext: 0, breakNext: 0, hang: false, refuse: false }

export function addAndSendMsgToChat(
  chat: unknown,
  fields: Record<string, unknown>,
): [Promise<Msg>, Promise<object>] {
  if (!(chat instanceof Chat)) throw new Error('r: r')
  const message = new Msg({ ...fields })
  const text = String(fields.body ?? '')
  if (fields.type === 'chat' && (!text || text.length > textCharsMax)) throw new Error('t: t')
  // Broken off before the message is anywhere.
  if (faults.breakNext > 0) {
    faults.breakNext -= 1
    throw new Error('e: e')
  }
  if (faults.loseNext > 0) {
    faults.loseNext -= 1
    return [Promise.resolve(message), Promise.resolve({ messageSendResult: 'OK' })]
  }
  msgs.add(message)
  if (faults.lieNext > 0) hideOnce(message)
  return [Promise.resolve(message), transmit(chat, message)]
}

/** The server has it, and the page's answer to who sent it is empty. */
function hideOnce(message: Msg) {
  faults.lieNext -= 1
  const get = msgs.get.bind(msgs)
  msgs.get = key => {
    if (String(key) !== String(message.id)) return get(key)
    delete (msgs as { get?: unknown }).get
    return undefined
  }
}

async function transmit(chat: Chat, message: Msg): Promise<object> {
  if (faults.hang || socket.state !== 'CONNECTED') await new Promise(() => {})
  if (faults.refuse || blocked.has(String(chat.id))) {
    message.change({ ack: -1 })
    return { messageSendResult: 'ERROR_UNKNOWN' }
  }
  const { type, body, caption, lat, lng, t, mimetype, bytes, quotedStanzaID } = message as Msg &
    Record<string, unknown>
  const said = { type, body, caption, lat, lng, mimetype, bytes, quotes: quotedStanzaID, at: t * 1000 }
  const event = { what: 'sent', chat: String(chat.id), id: message.id.id, key: String(message.id), ...said }
  if (start.world) await fetch(start.world, { method: 'POST', body: JSON.stringify(event) })
  else tellWorld(event)
  // The server has it before the page knows.
  await new Promise(resolve => setTimeout(resolve, 15))
  message.change({ ack: 1 })
  return { messageSendResult: 'OK', t }
}

const ageMs = (message: Msg) => Date.now() - message.t * 1000
const isOwn = (message: Msg) => message.id.fromMe && message.type !== 'revoked'

export const capability = {
  canEditText: (message: Msg) => isOwn(message) && message.type === 'chat' && ageMs(message) < editMs,
  canEditCaption: (message: Msg) => isOwn(message) && Boolean(message.caption) && ageMs(message) < editMs,
  canSenderRevokeMsg: (message: Msg) => isOwn(message) && ageMs(message) < revokeMs,
  canAdminRevokeMsg: () => false,
}

export function sendMessageEdit(message: Msg, text: string): Promise<void> {
  if (!capability.canEditText(message) && !capability.canEditCaption(message)) throw new Error('r: r')
  tellWorld({ what: 'edited', key: String(message.id), body: text })
  message.change(message.type === 'chat' ? { body: text } : { caption: text })
  return Promise.resolve()
}

export function sendRevokeMsgs(_: Chat, { list }: { list: Msg[] }): Promise<void> {
  for (const message of list) {
    if (!capability.canSenderRevokeMsg(message)) throw new Error('r: r')
    tellWorld({ what: 'revoked', key: String(message.id) })
    message.change({ type: 'revoked', body: undefined })
  }
  return Promise.resolve()
}

/** Null for who is not on WhatsApp; a number without a LID is an error, as the real page throws it. */
export function findOrCreateLatestChat(id: unknown): Promise<{ chat: Chat } | null> {
  const wid = widOf(id)
  const known = chats.get(wid)
  if (known) return Promise.resolve({ chat: known })
  if (wid.isGroup())
    return Promise.resolve(start.groups.includes(String(wid)) ? { chat: chats.open(wid) } : null)
  const person = start.people.find(({ phone, lid }) => phone === String(wid) || lid === String(wid))
  if (person && !person.lid && wid.server === 'c.us') throw new Error('No LID for user')
  return Promise.resolve(person ? { chat: chats.open(wid) } : null)
}

/** A picture or voice on its way out: prepared, then uploaded, as the library drives it. */
export class OpaqueData {
  readonly blob: File
  readonly type: string
  constructor(blob: File, type: string) {
    this.blob = blob
    this.type = type
  }
  static createFromData = (blob: File, type: string) => Promise.resolve(new OpaqueData(blob, type))
  url = () => 'blob:none'
  autorelease = () => {}
  formData = () => new FormData()
}

export function prepRawMedia(data: OpaqueData, params: { isPtt?: boolean; asDocument?: boolean }) {
  const family = data.type.split('/')[0] ?? ''
  const plain =
    { image: 'image', video: 'video', audio: params.isPtt ? 'ptt' : 'audio' }[family] ?? 'document'
  const media: Record<string, unknown> = {
    type: params.asDocument ? 'document' : plain,
    mimetype: data.type,
    filehash: 'hash',
    mediaBlob: data,
    set: (more: object) => Object.assign(media, more),
    toJSON: () => ({
      type: media.type,
      mimetype: media.mimetype,
      directPath: media.directPath,
      bytes: media.bytes,
    }),
  }
  return {
    async waitForPrep() {
      const raw = new Uint8Array(await data.blob.arrayBuffer())
      if (raw.length > mediaBytesMax) throw new Error('media too big')
      media.bytes = btoa(Array.from(raw, code => String.fromCharCode(code)).join(''))
      return media
    },
  }
}
