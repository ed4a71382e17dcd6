import { join } from 'node:path'
import type { Store } from '../../db/client.ts'
import { findLastInbound } from '../../db/undelivered.ts'
import type { Channel } from '../channel.ts'
import { type Config, publicAddress } from '../config.ts'
import type { Log } from '../logger.ts'
import type { Rates } from '../pace.ts'
import type { Standing } from '../status/contact.ts'
import { openWhatsAppCloud } from '../whatsapp-cloud/channel.ts'
import { openWhatsappWeb } from '../whatsapp-web/channel.ts'
import type { State } from '../whatsapp-web/supervisor.ts'
import { createPairing, type Pairing, terminalQr } from './pairing.ts'

export interface Whatsapp {
  channel: Channel
  /** For Meta's calls. */
  webhook?(request: Request): Promise<Response>
  /** Where a phone must be paired. */
  pairing?: Pairing & { qr(): string | undefined }
  standing(): Standing
  /** A human has looked: what had stopped for good begins again. False if nothing had. */
  resume?(): boolean
  /** Calls that did not come from the platform. */
  refused?(): number
  /** What is in force, for whoever runs the bot: no secrets. */
  settings: Record<string, string | number>
}

/** One of the two ways to WhatsApp, as the settings say. */
export function openWhatsapp(config: Config, store: Store, log: Log): Whatsapp | undefined {
  if (config.WHATSAPP === 'cloud') return openCloud(config, log)
  return config.WHATSAPP === 'web' ? openWeb(config, store, log) : undefined
}

function openCloud(config: Config, log: Log): Whatsapp {
  const channel = openWhatsAppCloud(
    {
      token: config.WHATSAPP_TOKEN ?? '',
      phoneNumberId: config.WHATSAPP_PHONE_NUMBER_ID ?? '',
      appSecret: config.WHATSAPP_APP_SECRET ?? '',
      verifyToken: config.WHATSAPP_VERIFY_TOKEN ?? '',
      number: config.WHATSAPP_NUMBER ?? '',
      graphVersion: config.WHATSAPP_GRAPH_VERSION,
      ...(config.WHATSAPP_TEMPLATES && { templates: config.WHATSAPP_TEMPLATES }),
      ...(config.WHATSAPP_API_ROOT && { apiRoot: config.WHATSAPP_API_ROOT }),
    },
    log,
  )
  return {
    channel,
    webhook: channel.webhook,
    standing: channel.standing,
    refused: () => channel.refused,
    settings: { way: 'cloud', graphVersion: config.WHATSAPP_GRAPH_VERSION },
  }
}

function openWeb(config: Config, store: Store, log: Log): Whatsapp {
  let standing: Standing = { state: 'down', since: new Date() }
  // One restart after another is one outage.
  const changed = (to: State) => {
    const state = standingOf(to)
    if (state !== standing.state) standing = { state, since: new Date() }
  }
  const channel = openWhatsappWeb(
    {
      directory: join(config.DATA_DIR, 'whatsapp'),
      chromium: config.WHATSAPP_CHROMIUM,
      number: config.WHATSAPP_NUMBER,
      newChatsPerDayMax: config.WHATSAPP_NEW_CHATS_PER_DAY,
      pace: paceOf(config),
      wroteAt: chat => findLastInbound(store, { channel: 'whatsapp', chat }),
      ...(config.WHATSAPP_TYPING === 'off' && { typing: noTyping }),
      // Not in the log: whoever has the code can write as the bot.
      on: {
        changed,
        qr: text => process.stdout.isTTY && process.stdout.write(`${terminalQr(text)}\n`),
      },
    },
    log,
  )
  const qr = () => channel.status().qr
  const here = `http://${config.HOST === '127.0.0.1' ? 'localhost' : config.HOST}:${config.PORT}`
  const base = publicAddress(config) ?? here
  const ready = () => channel.status().state === 'ready'
  const pairing = createPairing({ base, qr, ready, now: () => new Date() })
  return {
    channel,
    pairing: { ...pairing, qr },
    standing() {
      const { reason } = channel.status()
      return { ...standing, ...(reason && { reason }) }
    },
    resume() {
      if (standing.state !== 'blocked') return false
      channel.resume()
      return true
    },
    settings: {
      way: 'web',
      groups: config.WHATSAPP_GROUPS,
      newChatsPerDay: config.WHATSAPP_NEW_CHATS_PER_DAY,
      paceMs: config.WHATSAPP_PACE_MS,
      chatPaceMs: config.WHATSAPP_CHAT_PACE_MS,
      typing: config.WHATSAPP_TYPING,
    },
  }
}

const noTyping = { msPerChar: 0, msMin: 0, msMax: 0 }

function paceOf({ WHATSAPP_PACE_MS, WHATSAPP_CHAT_PACE_MS }: Config): Rates {
  const chat = { max: 1, perMs: WHATSAPP_CHAT_PACE_MS }
  return { all: { max: 1, perMs: WHATSAPP_PACE_MS }, chat, group: chat }
}

function standingOf(state: State): Standing['state'] {
  if (state === 'ready' || state === 'blocked') return state
  return state === 'awaiting_qr' ? 'pairing' : 'down'
}
