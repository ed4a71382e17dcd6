import { type Wid, widOf } from './ids.ts'
import {
  addAndSendMsgToChat,
  capability,
  findOrCreateLatestChat,
  OpaqueData,
  prepRawMedia,
  sendMessageEdit,
  sendRevokeMsgs,
} from './sending.ts'
import { cmd, conn, socket } from './socket.ts'
import { blocked, type Chat, chats, type Msg, MsgKey, me, msgs, myLid, start, tellWorld } from './store.ts'

/** What `window.require` finds. An unknown name is an error, as in the real page, and is remembered. */

const lids = () => start.people.filter(({ lid }) => lid)
/** What the page knows without asking the server. */
const askedFor = new Set<string>()
/** Phones that ring for us. */
export const calls = Object.assign(() => {}, { on: () => {}, calls: new Map<string, object>() })

function phoneOf(lid: Wid): Wid | undefined {
  const found = lids().find(person => person.lid === String(lid))
  return found && askedFor.has(String(lid)) ? widOf(found.phone) : undefined
}

function bytesOf(base64: string): ArrayBuffer {
  return Uint8Array.from(atob(base64), letter => letter.charCodeAt(0)).buffer
}

const modules: Record<string, unknown> = {
  WAWebSocketModel: { Socket: socket },
  WAWebCmd: { Cmd: Object.assign(cmd, { sendRevokeMsgs, refreshQR: () => {} }) },
  WAWebConnModel: { Conn: conn },
  WAWebOfflineHandler: { OfflineMessageHandler: { getOfflineDeliveryProgress: () => 100 } },
  WAWebAltDeviceLinkingApi: {},
  WABase64: { encodeB64: (value: string) => btoa(value) },
  WAWebCompanionRegClientUtils: { DEVICE_PLATFORM: '1' },
  WAWebAdvSignatureApi: {},
  WAWebUserPrefsInfoStore: { waNoiseInfo: { get: async () => ({ staticKeyPair: { pubKey: 'noise' } }) } },
  WAWebSignalStoreApi: {
    waSignalStore: { getRegistrationInfo: async () => ({ identityKeyPair: { pubKey: 'identity' } }) },
  },
  WAWebUserPrefsMultiDevice: { getADVSecretKey: () => 'secret' },
  WAWebUserPrefsMeUser: { getMaybeMePnUser: () => me, getMaybeMeLidUser: () => myLid },
  WAWebCollections: {
    Msg: msgs,
    Chat: chats,
    Blocklist: { get: (id: unknown) => (blocked.has(String(widOf(id))) ? {} : undefined) },
    GroupMetadata: { update: async () => {} },
  },
  WAWebSyncGatingUtils: {},
  WAWebCallCollection: calls,
  WAWebWidFactory: { createWid: widOf, asUserWidOrThrow: widOf },
  WAWebStreamModel: { Stream: { markAvailable() {}, markUnavailable() {} } },
  WAWebUpdateUnreadChatAction: {
    async sendSeen({ chat }: { chat: Chat }) {
      chat.unreadCount = 0
      tellWorld({ what: 'seen', chat: String(chat.id) })
    },
  },
  WAWebChatGetters: { getIsNewsletter: () => false, getIsBroadcast: () => false },
  WALinkify: { findLink: () => undefined, findLinks: () => [] },
  WAWebMsgKey: MsgKey,
  WAWebMsgReply: { canReplyMsg: () => true },
  WAWebGetEphemeralFieldsMsgActionsUtils: { getEphemeralFields: () => ({}) },
  WAWebFindChatAction: { findOrCreateLatestChat },
  WAWebSendMsgChatAction: { addAndSendMsgToChat },
  WAWebSendMessageEditAction: { sendMessageEdit },
  WAWebMsgActionCapability: capability,
  WAWebChatStateBridge: {
    sendChatStateComposing: async (id: Wid) => tellWorld({ what: 'typing', chat: String(id) }),
  },
  WAWebChatLoadMessages: {
    loadEarlierMsgs: async () => [],
  },
  WAWebQuotedMsgModelUtils: {
    getQuotedMsgObj(message: Msg) {
      const found = msgs.all().find(({ id }) => id.id === message.quotedStanzaID)
      if (!found) throw new Error('r: r')
      return found
    },
  },
  WAWebApiContact: {
    getCurrentLid: (id: Wid) => lids().find(({ phone }) => phone === String(id))?.lid,
    getPhoneNumber: phoneOf,
    getAlternateUserWid: () => undefined,
  },
  WAWebQueryExistsJob: {
    async queryWidExists(wid: Wid) {
      tellWorld({ what: 'asked', id: String(wid) })
      askedFor.add(String(wid))
      return start.people.some(({ lid, phone }) => lid === String(wid) || phone === String(wid))
        ? { wid }
        : null
    },
  },
  WAWebLidMigrationUtils: { toPn: phoneOf },
  WAWebAddonReactionTableMode: { reactionTableMode: { bulkUpsert: async () => {} } },
  WAWebAddonPollVoteTableMode: { pollVoteTableMode: { bulkUpsert: async () => {} } },
  WAWebBackendJobsCommon: { mediaTypeFromProtobuf: () => null },
  WAWebE2EProtoUtils: { typeAttributeFromProtobuf: () => 'text' },
  WAWebNonMessageDataRequestPlaceholderMessageResendUtils: { handlePlaceholderMsgsSeen: () => {} },
  WAWebMediaOpaqueData: OpaqueData,
  WAWebPrepRawMedia: { prepRawMedia },
  WAWebMediaStorage: { getOrCreateMediaObject: () => ({ contentInfo: {}, consolidate() {}, size: 1 }) },
  WAWebMmsMediaTypes: {
    msgToMediaType: ({ type }: { type: string }) => type,
    castToV4: (type: string) => type,
  },
  WAWebMediaDataUtils: { shouldUseMediaCache: () => false },
  WAWebMediaMmsV4Upload: {
    uploadMedia: async () => ({ mediaEntry: { directPath: '/v/own', mediaKey: 'key' } }),
  },
  WAWebDownloadManager: {
    downloadManager: {
      downloadAndMaybeDecrypt: async ({ mediaKey }: { mediaKey: string }) => bytesOf(mediaKey),
    },
  },
}

export function requireModule(name: string): unknown {
  if (!Object.hasOwn(modules, name)) {
    tellWorld({ what: 'missing', name })
    throw new Error(`Requiring unknown module "${name}"`)
  }
  return modules[name]
}

export function tableOf(name: 'Reaction' | 'PollVote'): { bulkUpsert(rows: object[]): Promise<void> } {
  const [module, table] = [`WAWebAddon${name}TableMode`, `${name[0]?.toLowerCase()}${name.slice(1)}TableMode`]
  return (modules[module] as Record<string, { bulkUpsert(rows: object[]): Promise<void> }>)[table] as never
}
