import { randomUUID } from 'node:crypto'

let lastMs = 0
let counter = 0

/**
 * A UUID of version 7 (RFC 9562): sorts by time, and within one process strictly in the order of making, because
 * the outbox is sent in the order of its ids.
 */
export function newId(): string {
  const now = Date.now()
  // Node keeps a store of random bits for these, which is cheaper than asking for a few bytes each time.
  const random = randomUUID()
  if (now > lastMs) {
    lastMs = now
    counter = Number.parseInt(random.slice(0, 3), 16) & 0x7ff
  } else {
    counter += 1
    if (counter > 0xfff) {
      lastMs += 1
      counter = 0
    }
  }
  const hex = lastMs.toString(16).padStart(12, '0')
  const variantAndRest = random.slice('xxxxxxxx-xxxx-xxxx-'.length)
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variantAndRest}`
}

/** When such an id was made, in milliseconds. */
export function madeAt(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}

/** Ids come back to us in buttons, which anybody can invent. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}
