import { Socket } from 'node:net'

const usualPort = 5432

/** The addresses of each server alone of an address that names several, as `postgres://user@one:5432,two:5432/database`. */
export function eachAlone(url: string): string[] {
  const [, before, list, after] = /^(\w+:\/\/(?:[^/?#]*@)?)([^/?#]*)(.*)$/s.exec(url) ?? []
  return list?.includes(',') ? list.split(',').map(host => `${before}${host}${after}`) : [url]
}

/**
 * Sockets to the one of several servers that serves us. After one that has served nobody, because it was refused or
 * because the driver sought a primary and found a standby, the next one goes to the next server. Left to itself the
 * driver would try all of them without a pause, and never tell that there is none.
 */
export function socketsTo(addresses: readonly string[]): () => ServerSocket {
  const hosts = addresses.map(address => new URL(address))
  let current = 0
  return () => {
    const chosen = current
    const { hostname = '', port = '' } = hosts[chosen] ?? {}
    const [host, number] = [hostname.replace(/^\[|\]$/g, ''), Number(port) || usualPort]
    const socket = new ServerSocket(() => {
      if (current === chosen) current = (chosen + 1) % hosts.length
    })
    // By these names the driver tells who did not answer, and checks a certificate.
    return Object.assign(socket.connect(number, host), { host, port: number })
  }
}

/** Tells if it has served nobody, even to whom takes off all of its listeners, as the driver does. */
export class ServerSocket extends Socket {
  served = false
  readonly #inVain: () => void

  constructor(inVain: () => void) {
    super()
    this.#inVain = inVain
  }

  /** The driver may take its time to close what it will not use. */
  giveUp() {
    if (!this.served) this.#inVain()
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void) {
    this.giveUp()
    super._destroy(error, callback)
  }
}
