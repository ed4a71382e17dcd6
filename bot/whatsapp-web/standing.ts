import type { Log } from '../logger.ts'
import { sentenceOf } from './faults.ts'
import type { LifeEvent } from './life.ts'
import type { WhatsappWebSettings } from './settings.ts'
import type { State } from './supervisor.ts'

export interface WhatsappWebStatus {
  state: State
  since: Date
  /** Why it is not ready, in words for whoever runs the bot. */
  reason?: string
  /** The QR code to be scanned now. */
  qr?: string
  lastInboundAt?: Date
}

/** How the session stands, for the status page, the log and whoever must be called. */
export function createStanding(on: NonNullable<WhatsappWebSettings['on']>, log: Log) {
  let status: WhatsappWebStatus = { state: 'stopped', since: new Date() }

  return {
    status: (): WhatsappWebStatus => ({ ...status }),
    hear(event: LifeEvent) {
      if (event.type === 'arrived') status.lastInboundAt = new Date()
      if (event.type === 'trouble')
        log.warn({ reason: event.reason }, 'WhatsApp: something could not be read')
      if (event.type !== 'qr' || event.text === status.qr) return
      status.qr = event.text
      on.qr?.(event.text)
    },
    changed(state: State, { reason, waitMs }: { reason?: string; waitMs?: number }) {
      const sentence = reason && sentenceOf(reason)
      const trying = state === 'launching' || state === 'backoff'
      const why = sentence || (trying ? status.reason : undefined)
      // The same failure again and again is one line, not one a minute.
      const again = trying && status.reason !== undefined && why === status.reason
      const { lastInboundAt } = status
      status = {
        state,
        since: new Date(),
        ...(why && { reason: why }),
        ...(lastInboundAt && { lastInboundAt }),
      }
      const level = state === 'blocked' ? 'error' : again ? 'debug' : state === 'backoff' ? 'warn' : 'info'
      log[level]({ state, ...(reason && { reason }), ...(waitMs && { waitMs }) }, lineOf(state, sentence))
      on.changed?.(state)
      if (state === 'blocked') on.blocked?.(reason ?? 'unknown')
    },
  }
}

function lineOf(state: State, sentence: string | undefined): string {
  const lines: Record<State, string> = {
    stopped: 'WhatsApp stopped',
    launching: 'WhatsApp starts its browser',
    awaiting_qr: 'WhatsApp waits for its QR code to be scanned',
    syncing: 'WhatsApp is paired and takes over its chats',
    ready: 'WhatsApp is ready',
    degraded: 'WhatsApp does not answer',
    backoff: `WhatsApp: ${sentence ?? 'failed'}, will try again`,
    blocked: `WhatsApp: ${sentence ?? 'blocked'}; nothing is tried any more, a human must look`,
  }
  return lines[state]
}
