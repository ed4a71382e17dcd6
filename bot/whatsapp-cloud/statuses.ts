import { z } from 'zod'
import type { FailureReason, Report } from '../channel.ts'
import { failureOf } from './refusals.ts'

/** A message that arrived has not failed, whatever comes in later. */
const ranks = { sent: 1, failed: 2, delivered: 3, read: 4, played: 4 }
const states = { delivered: 'delivered', read: 'read', played: 'read', failed: 'failed' } as const

export const status = z.object({
  /** The platform's id of the message. */
  id: z.string(),
  status: z.enum(['sent', 'failed', 'delivered', 'read', 'played']),
  /** Our own. */
  biz_opaque_callback_data: z.string().optional(),
  errors: z.array(z.object({ code: z.number() })).optional(),
})
export type Status = z.infer<typeof status>

const knownMax = 20_000

/** What became of our messages. News comes in any order and more than once; of one message it only ever gets better. */
export function createStatuses() {
  /** How far each message of the platform's has come. */
  const ranked = new Map<string, number>()
  /** The platform's ids of those of ours that it has sent. */
  const sentAs = new Map<string, string>()

  return {
    /** The platform's id, if it ever said that this message of ours is out. */
    find: (id: string) => sentAs.get(id),

    async tell({ id: externalId, status, errors, ...more }: Status, report: Report): Promise<void> {
      const id = more.biz_opaque_callback_data
      const rank = ranks[status]
      const before = ranked.get(externalId) ?? 0
      if (id === undefined || rank <= before) return
      remember(ranked, externalId, rank)
      if (status !== 'failed') remember(sentAs, id, externalId)
      if (status === 'sent') return
      const state = states[status]
      const reason = state === 'failed' ? { reason: reasonOf(errors) } : {}
      try {
        await report({ channel: 'whatsapp', id, state, ...reason })
      } catch (error) {
        // Meta will say it again, and it must count then.
        if (ranked.get(externalId) === rank) remember(ranked, externalId, before)
        throw error
      }
    },
  }
}

/** The newest are kept. */
function remember<Value>(map: Map<string, Value>, key: string, value: Value) {
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > knownMax && oldest !== undefined) map.delete(oldest)
}

/** Meta does not try again itself. A passing fault says nothing of the person, no more than a mistake of ours does. */
function reasonOf(errors: Status['errors']): FailureReason {
  return failureOf(errors?.[0]?.code ?? 100) ?? 'invalid'
}
