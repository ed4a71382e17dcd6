import { execFileSync } from 'node:child_process'
import { homeZone, nextLocalTime } from '../../domain/time.ts'
import type { Rates } from '../pace.ts'
import type { State, Timings } from './supervisor.ts'
import type { Typing } from './wire.ts'

export interface WhatsappWebSettings {
  /** Where the session is kept: whoever has it can write as the bot. */
  directory: string
  /** The browser; found in PATH if not said. */
  chromium?: string | undefined
  /** The bot's own number, digits only, for links; learnt from the session if not said. */
  number?: string | undefined
  /** When the person behind a chat last wrote there; where nobody knows, the page's own history tells. */
  wroteAt(chat: string): Promise<Date | undefined>
  /** Chats a day that may be begun with people who never wrote. */
  newChatsPerDayMax?: number
  pace?: Rates
  typing?: Typing
  timings?: Partial<Timings>
  /** What is older than this when it arrives is no longer answered. */
  catchUpMs?: number
  authTimeoutMs?: number
  sendMs?: number
  settledMs?: number
  chromiumArgs?: readonly string[]
  /** A page on disk in place of the live one, for tests. */
  page?: { path: string; version: string }
  on?: {
    /** The text of the QR code, each time it changes. */
    qr?(text: string): void
    /** Once: a human must look, nothing is tried any more. */
    blocked?(reason: string): void
    changed?(state: State): void
  }
}

/** One message a second in all, and in one chat three to six seconds apart: the typing adds the rest. */
export const usualPace: Rates = {
  all: { max: 1, perMs: 1_000 },
  chat: { max: 1, perMs: 3_000 },
  group: { max: 1, perMs: 3_000 },
}

export const usualTyping: Typing = { msPerChar: 20, msMin: 800, msMax: 2_500 }

export const usualTimings: Timings = {
  launchMs: 120_000,
  syncMs: 180_000,
  qrMs: 90_000,
  probeEveryMs: 60_000,
  probeMs: 10_000,
  missesMax: 2,
  // Within what a stop of the whole bot may take.
  endMs: 6_000,
  backoffMs: [1_000, 5_000, 15_000, 45_000, 120_000, 300_000, 600_000],
  soundMs: 60_000,
  memoryMax: 1_500 * 1024 * 1024,
  nextRestart: at => nextLocalTime(at, homeZone, '04:00'),
}

export const usualCatchUpMs = 48 * 3_600_000
export const usualAuthTimeoutMs = 60_000
/** Below the lease of the outbox, with a look for what broke off. */
export const usualSendMs = 30_000
/** A chat's history comes a moment after the page says that it is ready. */
export const usualSettledMs = 10_000

/** Chromium as Debian has it. A name alone still fails with a word of its own: then the log says so. */
export function findChromium(): string {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8', stdio: 'pipe' }).trim()
    } catch {
      // Not this one.
    }
  }
  return 'chromium'
}

export function chromiumArgs(): string[] {
  const plain = [
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-extensions',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--mute-audio',
    '--no-first-run',
  ]
  // Chromium refuses its sandbox to root, as in many a container.
  return process.getuid?.() === 0 ? ['--no-sandbox', ...plain] : plain
}
