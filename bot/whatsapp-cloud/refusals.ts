import { z } from 'zod'
import type { FailureReason, SendResult } from '../channel.ts'
import { neverLeft } from '../never-left.ts'

/** Meta advises to decide by the code, not by the words or the HTTP status. */
const refusal = z.object({ error: z.object({ code: z.number() }) })

/** Meta's codes for «later»: too fast for the number, for the pair or for the app, and passing faults. */
const later = new Set([1, 2, 4, 80007, 130429, 131000, 131016, 131056, 131057])
/** A token, an account or a number that may not send: nothing of the kind should be tried again. */
const forbidden = new Set([
  0, 3, 10, 190, 368, 130497, 131005, 131031, 131037, 131042, 131045, 131048, 131064,
])

/** What an answer other than success means for the message. */
export function meaningOf(status: number, body: unknown): SendResult {
  const code = refusal.safeParse(body).data?.error.code
  const reason = code === undefined ? undefined : failureOf(code)
  if (reason && reason !== 'invalid') return { status: 'failed', reason }
  if (status >= 500 || status === 429 || (code !== undefined && later.has(code)))
    return { status: 'retry', reason: `server ${code ?? status}` }
  return { status: 'failed', reason: 'invalid', detail: `code ${code ?? `of HTTP ${status}`}` }
}

/** What a code says of the message; nothing if it may go later. */
export function failureOf(code: number): FailureReason | undefined {
  if (later.has(code)) return undefined
  if (code === 131026) return 'gone'
  if (code === 131047 || code === 470) return 'window'
  if (forbidden.has(code) || (code >= 200 && code < 300)) return 'policy'
  return 'invalid'
}

/** What it means that no answer came. */
export function meaningOfSilence(error: unknown): SendResult {
  if (neverLeft(error)) return { status: 'retry', afterMs: 5_000, reason: 'no connection' }
  return { status: 'unknown', reason: 'connection' }
}
