import { Socket } from 'node:net'

const usualPort = 5432
/** A connection that is gone sooner has not found what it sought. */
const youngMs = 20_000

/** The addresses of each server alone of an address that names several, as `postgres://user@one:5432,two:5432/database`. */
export function eachAlone(url: string): string[] {
  const [, before, list, after] = /^(\w+:\/\/(?:[^/?#]*@)?)([^/?#]*)(.*)$/s.exec(url) ?? []
  return list?.includes(',') ? list.split(',').map(host => `${before}${host}${after}`) : [url]
}

/**
 * Sockets to the one of several servers that serves us. Where one is refused, or closed again soon (by the server, which
 * is just starting or stopping, or by the driver, which sought a primary and found a standby), the next one goes to the
 * next server. Left to itself the driver would try all of them without a pause, and never tell that there is none.
 */
export function socketsTo(addresses: readonly string[]): () => Socket {
  const hosts = addresses.map(address => new URL(address))
  let current = 0
  return () => {
    const chosen = current
    const { hostname = '', port = '' } = hosts[chosen] ?? {}
    const [host, number] = [hostname.replace(/^\[|\]$/g, ''), Number(port) || usualPort]
    const openedAt = performance.now()
    const socket = new WatchedSocket(() => {
      if (current === chosen && performance.now() - openedAt < youngMs) current = (chosen + 1) % hosts.length
    })
    // By these names the driver tells who did not answer, and checks a certificate.
    return Object.assign(socket.connect(number, host), { host, port: number })
  }
}

/** Tells when it is gone, even to whom takes off all of its listeners, as the driver does. */
class WatchedSocket extends Socket {
  readonly #gone: () => void

  constructor(gone: () => void) {
    super()
    this.#gone = gone
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void) {
    this.#gone()
    super._destroy(error, callback)
  }
}
