import { join } from 'node:path'
import type { Capabilities, Channel, SendResult } from '../channel.ts'
import type { Log } from '../logger.ts'
import { startLinkTo } from '../whatsapp/start-text.ts'
import { createIncoming } from './incoming.ts'
import { type LifeEvent, openLife } from './life.ts'
import { openNewChats } from './new-chats.ts'
import { openOwnNumber } from './own-number.ts'
import { createReceipts } from './receipts.ts'
import { createSending } from './sending.ts'
import {
  chromiumArgs,
  findChromium,
  usualAuthTimeoutMs,
  usualCatchUpMs,
  usualPace,
  usualSendMs,
  usualSettledMs,
  usualTimings,
  usualTyping,
  type WhatsappWebSettings,
} from './settings.ts'
import { createStanding, type WhatsappWebStatus } from './standing.ts'
import { type State, Supervisor } from './supervisor.ts'
import { beginWithinMs, type StartOptions } from './wire.ts'

export interface WhatsappWebChannel extends Channel {
  status(): WhatsappWebStatus
  /** A human has looked, and lets a blocked session begin again. */
  resume(): void
}

const pictureBytesMax = 16 * 1024 * 1024
/** When to ask again whether something may be sent. */
const waitMs: Record<State, number> = {
  stopped: 60_000,
  launching: 5_000,
  awaiting_qr: 60_000,
  syncing: 10_000,
  ready: 0,
  degraded: 10_000,
  backoff: 10_000,
  blocked: 600_000,
}

/**
 * WhatsApp by whatsapp-web.js in a process of its own. It queues nothing: while it is not ready, the sender is asked
 * to come again. Starting does not wait for it, and its failures are nobody else's.
 */
export function openWhatsappWeb(settings: WhatsappWebSettings, log: Log): WhatsappWebChannel {
  const timings = { ...usualTimings, ...settings.timings }
  const options = startOptions(settings)
  const standing = createStanding(settings.on ?? {}, log)
  const receipts = createReceipts()
  let { number } = settings

  function hear(event: LifeEvent) {
    standing.hear(event)
    if (event.type === 'ready') number = settings.number ?? event.number
    if (event.type === 'ready' && event.number) ownNumber.is(event.number)
    if (event.type === 'ack') receipts.onAck(event.key, event.ack)
    if (event.type === 'arrived') incoming.take(event.inbound)
  }

  function notNow(): SendResult {
    const { state } = supervisor
    return { status: 'retry', afterMs: waitMs[state], reason: `WhatsApp is ${state}` }
  }

  const supervisor = new Supervisor({
    launch: to => openLife(options, to),
    timings,
    changed: standing.changed,
    hear,
  })
  const life = () => supervisor.life
  const incoming = createIncoming({ life, log })
  const ownNumber = openOwnNumber(join(settings.directory, 'own-number.json'), settings.wroteAt)
  const callMs = options.sendMs + beginWithinMs(options.typing)
  const sending = createSending({
    life,
    notNow,
    hasWritten: ownNumber.hasWritten,
    newChats: openNewChats(join(settings.directory, 'new-chats.json'), settings.newChatsPerDayMax ?? 0),
    receipts,
    callMs,
    settledMs: settings.settledMs ?? usualSettledMs,
  })

  return {
    name: 'whatsapp',
    capabilities: { ...capabilities, pace: settings.pace ?? usualPace },
    async start(receive, report) {
      incoming.start(receive)
      receipts.reportTo(report)
      supervisor.start()
    },
    async stop() {
      await supervisor.stop()
      await incoming.stop()
    },
    send: sending.send,
    find: sending.find,
    async remove({ messages, instead }) {
      const own = life()
      if (!own) return notNow()
      // A second try does no harm, so a broken one is tried again.
      const call = own.call('remove', { messages: [...messages], instead }, callMs)
      return call.catch((error: Error): SendResult => ({ status: 'retry', reason: error.message }))
    },
    async download({ id }) {
      const bytes = await life()?.call('download', { id }, callMs)
      if (!bytes) throw new Error('WhatsApp did not give the file')
      return bytes
    },
    startLink: code => startLinkTo(number ?? '', code),
    status: standing.status,
    resume: () => supervisor.start(),
  }
}

export const capabilities: Omit<Capabilities, 'pace'> = {
  options: 'numbers',
  groups: 'rare',
  // It could be for a quarter of an hour; what must not stay is taken away instead, whenever that is.
  edit: false,
  contactRequest: false,
  textCharsMax: 4096,
  captionCharsMax: 1024,
  downloadBytesMax: pictureBytesMax,
}

function startOptions(settings: WhatsappWebSettings): StartOptions {
  return {
    directory: settings.directory,
    clientId: 'ardaq',
    chromium: settings.chromium ?? findChromium(),
    args: [...chromiumArgs(), ...(settings.chromiumArgs ?? [])],
    authTimeoutMs: settings.authTimeoutMs ?? usualAuthTimeoutMs,
    sendMs: settings.sendMs ?? usualSendMs,
    catchUpMs: settings.catchUpMs ?? usualCatchUpMs,
    typing: settings.typing ?? usualTyping,
    ...(settings.page && { page: settings.page }),
  }
}
