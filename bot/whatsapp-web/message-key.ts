import { z } from 'zod'

/** An id of a person, chat or message on WhatsApp: a string, or an object that carries it. */
export const wid = z
  .union([z.string(), z.object({ _serialized: z.string() })])
  .transform(id => (typeof id === 'string' ? id : id._serialized))

const key = z.union([
  z.string(),
  z.object({
    _serialized: z.string().nullish(),
    $1: z.string().nullish(),
    fromMe: z.boolean(),
    remote: wid,
    id: z.string(),
    participant: wid.nullish(),
  }),
])

/** The name of a message, in both shapes that WhatsApp has given it: `_serialized`, since July 2026 `$1`. */
export function messageKey(id: unknown): string {
  const read = key.parse(id)
  if (typeof read === 'string') return read
  const parts = [read.fromMe, read.remote, read.id, ...(read.participant ? [read.participant] : [])]
  return read._serialized ?? read.$1 ?? parts.join('_')
}
