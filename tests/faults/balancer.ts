import { createServer, type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Chance } from './chance.ts'

export interface Balancer {
  readonly url: string
  readonly counts: Readonly<Counts>
  /** Brings everything that ever came once more, in any order and side by side. */
  bringAllAgain(): Promise<void>
}

interface Counts {
  /** Calls that went on to another process, because the one before did not take them. */
  passedOn: number
  /** Copies brought at the same time as the call itself. */
  twins: number
  /** Old calls brought once more, after newer ones. */
  late: number
}

interface Brought {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

interface Settings {
  ports: readonly number[]
  path: string
  chance: Chance
  /** Of a hundred calls so many come twice at once, and so many bring an old one with them. */
  twinPercent: number
  latePercent: number
}

/**
 * What stands before bot processes: each call goes to one by chance, and if that is dead or busy, to the next. When none
 * takes it, Telegram hears so and comes again. A careless one: it brings calls twice, at once or late.
 */
export async function openBalancer(closing: (() => unknown)[], settings: Settings): Promise<Balancer> {
  const { ports, path, chance, twinPercent, latePercent } = settings
  const counts: Counts = { passedOn: 0, twins: 0, late: 0 }
  const brought: Brought[] = []
  const isOneOf = (percent: number) => chance.between(1, 100) <= percent

  async function carry(call: Brought): Promise<number> {
    brought.push(call)
    const order = chance.shuffled(ports)
    if (isOneOf(twinPercent)) {
      counts.twins++
      void bring(call, order.at(-1) ?? 0)
    }
    if (isOneOf(latePercent)) {
      counts.late++
      void bring(chance.of(brought), chance.of(ports))
    }
    let status = 502
    for (const [n, port] of order.entries()) {
      if (n > 0) counts.passedOn++
      status = await bring(call, port)
      if (status === 200) break
    }
    return status
  }

  const server = createServer(async (call, answer) => {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of call) chunks.push(chunk as Buffer)
      const status = await carry({ path, headers: call.headers, body: Buffer.concat(chunks) })
      answer.writeHead(status).end()
    } catch {
      answer.destroy()
    }
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${path}`,
    counts,
    async bringAllAgain() {
      const heap = chance.shuffled(brought)
      const carriers = Array.from({ length: 20 }, async () => {
        for (let call = heap.pop(); call; call = heap.pop()) await bring(call, chance.of(ports))
      })
      await Promise.all(carriers)
    },
  }
}

/** The process's status, 502 if there is none. */
function bring({ path, headers, body }: Brought, port: number): Promise<number> {
  return new Promise(done => {
    const call = request({ host: '127.0.0.1', port, path, method: 'POST', headers }, answer => {
      answer.resume()
      answer.on('error', () => {})
      done(answer.statusCode ?? 502)
    })
    call.on('error', () => done(502))
    call.end(body)
  })
}

/** As many ports as nobody listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
      return server
    }),
  )
  const ports = servers.map(server => (server.address() as AddressInfo).port)
  await Promise.all(servers.map(server => new Promise(done => server.close(done))))
  return ports
}
