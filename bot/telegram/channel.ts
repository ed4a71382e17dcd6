import { timingSafeEqual } from 'node:crypto'
import type { ApiClientOptions } from 'grammy'
import { Api, GrammyError, HttpError } from 'grammy'
import type { Update } from 'grammy/types'
import { languages } from '../../domain/language.ts'
import type { Capabilities, Channel, Receipt, Receive, SendResult } from '../channel.ts'
import { textOf } from '../i18n.ts'
import type { Log } from '../logger.ts'
import { type Contact, createContact, type Standing } from '../status/contact.ts'
import { toInbound } from './inbound.ts'
import { allowedUpdates, asGrammySignal, startPolling } from './polling.ts'
import { meaningOf } from './refusals.ts'
import { removeMessages } from './remove.ts'
import { sendMessage } from './send.ts'

export interface TelegramSettings {
  token: string
  apiRoot?: string
  /** Set: updates come to this address instead of being asked for. */
  webhookUrl?: string
  webhookSecret?: string
  /** How many messages a second Telegram takes from this bot in all; 30 if not said. */
  perSecond?: number
  fetch?: ApiClientOptions['fetch']
}

export interface TelegramChannel extends Channel {
  readonly username: string
  /** One update, however it came. Resolves after its effects are committed. */
  receiveUpdate(update: Update): Promise<void>
  /** True if a webhook call bears our secret. */
  isOurs(secret: string | undefined): boolean
  /** Whether Telegram answers. */
  standing(): Standing
}

const capabilities: Capabilities = {
  options: 'rows',
  edit: true,
  contactRequest: true,
  textCharsMax: 4096,
  captionCharsMax: 1024,
  downloadBytesMax: 20 * 1024 * 1024,
  // Telegram's 30 a second, about one a second in a chat, 20 a minute in a group, each with a little to spare,
  // because what leaves us evenly may arrive in a heap.
  pace: {
    all: { max: 30, perMs: 1_030 },
    chat: { max: 5, perMs: 5_500 },
    group: { max: 20, perMs: 63_000 },
  },
}

function withRate(perSecond: number): Capabilities {
  const { pace } = capabilities
  return { ...capabilities, pace: { ...pace, all: { ...pace.all, max: perSecond } } }
}

const menuCommands = [
  'start',
  'my',
  'who_saw',
  'back',
  'cancel',
  'menu',
  'person',
  'help',
  'language',
  'delete',
]
const noticeCharsMax = 200
/** The person's next message waits for this answer, so it must not hang. */
const answerMs = 5_000

/** Telegram through grammY's typed API, by long polling or by webhook with the same reactions. */
export async function openTelegram(settings: TelegramSettings, log: Log): Promise<TelegramChannel> {
  const { token, apiRoot, fetch, perSecond } = settings
  const api = new Api(token, { timeoutSeconds: 40, ...(apiRoot && { apiRoot }), ...(fetch && { fetch }) })
  const contact = createContact(() => new Date(), faults)
  listenIn(api, contact)
  const me = await api.getMe()
  // Before the start nothing may be acknowledged: a webhook of an earlier run may call at once.
  let receive: Receive = async () => {
    throw new Error('Telegram is not started yet')
  }
  let polling: { stop(): Promise<void> } | undefined

  async function receiveUpdate(update: Update) {
    const inbound = readUpdate(update)
    const receipt = inbound ? await receive(inbound) : {}
    if (update.callback_query) await answerPress(api, update.callback_query.id, receipt, startLink, log)
  }

  /** An update that we cannot read would come again for ever and hold up everybody behind it. */
  function readUpdate(update: Update) {
    try {
      return toInbound(update)
    } catch (error) {
      log.error({ err: error, kinds: Object.keys(update) }, 'update not understood')
      return undefined
    }
  }

  function startLink(code: string): string {
    return `https://t.me/${me.username}?start=${code}`
  }

  return {
    name: 'telegram',
    username: me.username,
    capabilities: perSecond ? withRate(perSecond) : capabilities,
    startLink,
    receiveUpdate,
    async start(to) {
      receive = to
      await announceCommands(api, log)
      if (settings.webhookUrl) {
        const secret = settings.webhookSecret ? { secret_token: settings.webhookSecret } : {}
        await api.setWebhook(settings.webhookUrl, { allowed_updates: allowedUpdates, ...secret })
        return
      }
      await api.deleteWebhook()
      polling = startPolling(api, receiveUpdate, log)
    },
    stop: async () => polling?.stop(),
    send: message => asked(async () => ({ status: 'accepted', externalId: await sendMessage(api, message) })),
    remove: removal => asked(() => removeMessages(api, removal)),
    isOurs: secret => sameSecret(secret, settings.webhookSecret),
    standing: contact.standing,
    async download(file) {
      const { file_path: path } = await api.getFile(file.id)
      const root = apiRoot ?? 'https://api.telegram.org'
      const get = (fetch as typeof globalThis.fetch | undefined) ?? globalThis.fetch
      const response = await get(`${root}/file/bot${token}/${path}`)
      if (!response.ok) throw new Error(`Telegram did not give the file: ${response.status}`)
      return new Uint8Array(await response.arrayBuffer())
    },
  }
}

/** Answers to any call after which the next ones will fare no better. */
const faults = {
  401: 'Telegram refuses the token',
  404: 'Telegram refuses the token',
  409: 'another program takes the messages of this bot',
}

function listenIn(api: Api, contact: Contact) {
  api.config.use(async (call, method, payload, signal) => {
    try {
      const answer = await call(method, payload, signal)
      contact.heard(answer.ok ? 200 : answer.error_code)
      return answer
    } catch (error) {
      // We have hung up ourselves.
      if (!signal?.aborted) contact.heard(undefined)
      throw error
    }
  })
}

async function asked(deed: () => Promise<SendResult>): Promise<SendResult> {
  try {
    return await deed()
  } catch (error) {
    return meaningOf(error)
  }
}

/** Takes the waiting mark off the button. Too late or twice is no matter: the effect is committed. */
async function answerPress(
  api: Api,
  pressId: string,
  receipt: Receipt,
  startLink: (code: string) => string,
  log: Log,
) {
  const { notice, openPrivate } = receipt
  const answer = openPrivate
    ? { url: startLink(openPrivate) }
    : notice
      ? { text: notice.slice(0, noticeCharsMax) }
      : {}
  try {
    await api.answerCallbackQuery(pressId, answer, asGrammySignal(AbortSignal.timeout(answerMs)))
  } catch (error) {
    if (!(error instanceof GrammyError || error instanceof HttpError)) throw error
    log.debug({ err: error }, 'press not answered')
  }
}

/** The messenger's own menu of commands, in each language. Without it everything still works. */
async function announceCommands(api: Api, log: Log) {
  try {
    for (const language of languages) {
      const list = menuCommands.map(command => ({
        command,
        description: textOf(language, { key: `command.${command}` }),
      }))
      await api.setMyCommands(list, { scope: { type: 'all_private_chats' }, language_code: language })
      if (language === 'ru') await api.setMyCommands(list, { scope: { type: 'all_private_chats' } })
    }
  } catch (error) {
    log.warn({ err: error }, 'the menu of commands was not set')
  }
}

function sameSecret(given: string | undefined, own: string | undefined): boolean {
  if (!own || !given) return false
  const [a, b] = [Buffer.from(given), Buffer.from(own)]
  return a.length === b.length && timingSafeEqual(a, b)
}
