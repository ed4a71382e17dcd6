import type { Report } from '../channel.ts'

const knownMax = 5_000

/** Knows our own messages by WhatsApp's names for them, and tells what became of each under our name. */
export function createReceipts() {
  /** Our own id of each message that is out, by its key. */
  const out = new Map<string, string>()
  /** What became of messages whose key we do not know yet. */
  const early = new Map<string, number>()
  let report: Report | undefined

  function onAck(key: string, ack: number) {
    const id = out.get(key)
    const state = ack >= 3 ? 'read' : ack === 2 ? 'delivered' : ack === -1 ? 'failed' : undefined
    if (!state) return
    if (!id) return remember(early, key, ack)
    const reason = state === 'failed' ? { reason: 'policy' as const } : {}
    void report?.({ channel: 'whatsapp', id, state, ...reason }).catch(() => {})
  }

  return {
    idOf: (key: string) => out.get(key),
    onAck,
    isOut(key: string, id: string) {
      remember(out, key, id)
      const ack = early.get(key)
      early.delete(key)
      if (ack !== undefined) onAck(key, ack)
    },
    reportTo(to: Report | undefined) {
      report = to
    },
  }
}

/** Keeps it, and forgets the oldest if there are too many. */
export function remember<Value>(map: Map<string, Value>, key: string, value: Value) {
  const oldest = map.keys().next()
  if (map.size >= knownMax && !oldest.done) map.delete(oldest.value)
  map.set(key, value)
}
