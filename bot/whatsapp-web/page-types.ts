/** What WhatsApp's page holds, as far as we touch it. None of it is promised: every step may fail. */
export interface PageWindow {
  Debug?: { VERSION?: string }
  WWebJS?: {
    getMessageModel(message: RawMessage): { id: { _serialized?: string; $1?: string } }
    sendChatstate(state: string, chatId: string): Promise<unknown>
  }
  onAppStateHasSyncedEvent(): Promise<void>
  require<Name extends keyof Modules>(name: Name): Modules[Name]
}

interface Modules {
  WAWebMsgKey: KeyClass & { default?: KeyClass }
  WAWebSocketModel: { Socket: { hasSynced?: boolean } }
  WAWebWidFactory: { createWid(id: string): RawWid }
  WAWebCollections: {
    Chat: { get(id: RawWid): RawChat | undefined; getModelsArray(): RawChat[] }
    Msg: { get(key: string): RawMessage | undefined }
    Blocklist?: { get(id: RawWid): unknown }
  }
  WAWebFindChatAction: { findOrCreateLatestChat(id: RawWid): Promise<{ chat?: RawChat } | null> }
  WAWebChatLoadMessages: { loadEarlierMsgs(of: { chat: RawChat }): Promise<RawMessage[] | undefined> }
  WAWebApiContact: { getPhoneNumber(lid: RawWid): RawWid | undefined }
  WAWebMsgActionCapability: { canSenderRevokeMsg(message: RawMessage): boolean }
  WAWebUserPrefsMeUser: {
    getMaybeMePnUser(): RawWid | undefined
    getMaybeMeLidUser(): RawWid | undefined
  }
}

interface KeyClass {
  prototype?: object
}

export interface RawWid {
  _serialized: string
}

export interface RawMessage {
  id: { fromMe: boolean }
}

export interface RawChat {
  id: RawWid
  unreadCount?: number
  msgs: { getModelsArray(): RawMessage[] }
}
