/** How a channel is, as far as it is known. */
export interface Standing {
  /** `unknown`: nothing was tried yet. */
  state: 'unknown' | 'ready' | 'pairing' | 'blocked' | 'down'
  since: Date
  /** Why it is not ready, in words for whoever runs the bot. */
  reason?: string
}

export interface Contact {
  /** The platform answered with this status of HTTP; nothing if no answer came. */
  heard(status: number | undefined): void
  standing(): Standing
}

/** One stumble is no outage: the next call may go through. */
const failuresMin = 2

/** Remembers whether a platform answers our calls. `faults` are the answers that no later call gets around. */
export function createContact(now: () => Date, faults: Readonly<Record<number, string>> = {}): Contact {
  let standing: Standing = { state: 'unknown', since: now() }
  let failing: { since: Date; count: number } | undefined

  return {
    heard(status) {
      const reason = faultOf(status, faults)
      if (!reason) {
        failing = undefined
        if (standing.state !== 'ready') standing = { state: 'ready', since: now() }
        return
      }
      failing = { since: failing?.since ?? now(), count: (failing?.count ?? 0) + 1 }
      if (failing.count >= failuresMin) standing = { state: 'down', since: failing.since, reason }
    },
    standing: () => standing,
  }
}

function faultOf(status: number | undefined, faults: Readonly<Record<number, string>>): string | undefined {
  if (status === undefined) return 'no connection'
  return faults[status] ?? (status >= 500 ? `server error ${status}` : undefined)
}
