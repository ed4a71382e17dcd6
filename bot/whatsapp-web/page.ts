import type { RawChat, RawMessage } from './page-types.ts'

/**
 * What runs inside the page. Each function travels there as text, so it must not use anything from outside itself.
 */
declare const window: import('./page-types.ts').PageWindow

export function isThere(): boolean {
  return window.Debug?.VERSION !== undefined
}

/**
 * In July 2026 WhatsApp renamed `_serialized` of a message's key to `$1`, and the library reads the old name. A key
 * that is made with the new name gets the old one too. Nothing happens on a page that has the old one.
 */
export function giveKeysTheirOldName() {
  try {
    const module = window.require('WAWebMsgKey')
    const Key = module.default ?? module
    if (!Key.prototype || Object.hasOwn(Key.prototype, '$1')) return
    Object.defineProperty(Key.prototype, '$1', {
      configurable: true,
      get() {
        return this._serialized
      },
      set(value) {
        const own = { value, enumerable: true, writable: true, configurable: true }
        Object.defineProperty(this, '_serialized', own)
      },
    })
  } catch {
    // Another page, or one without this module: the library says what it lacks.
  }
}

/** Keys that were made before the page was taken in hand get their old name when they are read. */
export function giveModelsTheirOldName() {
  const made = window.WWebJS?.getMessageModel
  if (!window.WWebJS || !made) return
  window.WWebJS.getMessageModel = (message: RawMessage) => {
    const model = made(message)
    if (model.id && model.id._serialized == null && model.id.$1 != null) model.id._serialized = model.id.$1
    return model
  }
}

/**
 * The library waits for the moment of syncing. If that was before it listened, it waits for ever: then it is told
 * again. True if that was needed.
 */
export function tellIfSynced(): boolean {
  const missed = window.require('WAWebSocketModel').Socket.hasSynced && window.WWebJS === undefined
  if (missed) void window.onAppStateHasSyncedEvent()
  return Boolean(missed)
}

/**
 * `heard`: they have written here, or need not have. `silent`: they have not. `none`: there is no such chat. Only who
 * may begin a chat asks the server for one that is not there.
 */
export async function whoWrote(chatId: string, mayBegin: boolean): Promise<'heard' | 'silent' | 'none'> {
  const id = window.require('WAWebWidFactory').createWid(chatId)
  let chat: RawChat | undefined = window.require('WAWebCollections').Chat.get(id)
  if (!chat && !mayBegin) return 'silent'
  try {
    chat ??= (await window.require('WAWebFindChatAction').findOrCreateLatestChat(id))?.chat
  } catch (error) {
    // "No LID for user": WhatsApp does not know this number.
    if (/lid/i.test(String(error))) return 'none'
    throw error
  }
  if (!chat) return 'none'
  if (mayBegin) return 'heard'
  const theirs = (messages: RawMessage[]) => messages.some(message => !message.id.fromMe)
  if (theirs(chat.msgs.getModelsArray())) return 'heard'
  const earlier = await window.require('WAWebChatLoadMessages').loadEarlierMsgs({ chat })
  return theirs(earlier ?? []) ? 'heard' : 'silent'
}

export function unreadChats(): { id: string; unread: number }[] {
  const chats: RawChat[] = window.require('WAWebCollections').Chat.getModelsArray()
  return chats
    .filter(chat => chat.unreadCount)
    .map(chat => ({ id: chat.id._serialized, unread: Math.abs(chat.unreadCount ?? 1) }))
}

export function isBlocked(id: string): boolean {
  const { Blocklist } = window.require('WAWebCollections')
  return Boolean(Blocklist?.get(window.require('WAWebWidFactory').createWid(id)))
}

/** What the page knows by itself of the phone behind a LID. */
export function knownPhone(lid: string): string | undefined {
  const id = window.require('WAWebWidFactory').createWid(lid)
  return window.require('WAWebApiContact').getPhoneNumber(id)?._serialized
}

export function mayRevoke(key: string): boolean {
  const message = window.require('WAWebCollections').Msg.get(key)
  return Boolean(message && window.require('WAWebMsgActionCapability').canSenderRevokeMsg(message))
}

export async function showTyping(chatId: string): Promise<void> {
  await window.WWebJS?.sendChatstate('typing', chatId)
}

/** The bot's own ids: its phone, its LID. */
export function ownIds(): string[] {
  const { getMaybeMePnUser, getMaybeMeLidUser } = window.require('WAWebUserPrefsMeUser')
  return [getMaybeMePnUser(), getMaybeMeLidUser()].flatMap(me => (me ? [me._serialized] : []))
}
