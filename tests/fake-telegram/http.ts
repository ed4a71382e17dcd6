import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exchange, type Service } from './wire.ts'

/** Telegram as a real server on loopback, for a whole bot process. */
export async function serveTelegram(service: Service): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => void answer(service, request, response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => close(server) }
}

async function answer(service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer)
  } catch {
    return
  }
  const reply = await exchange(service, {
    target: request.url ?? '/',
    contentType: request.headers['content-type'] ?? '',
    body: Buffer.concat(chunks),
    signal: gone.signal,
  }).catch((error: unknown) => ({ kind: 'failed' as const, error: String(error) }))
  if (reply.kind === 'broken') request.socket.destroy()
  // A fault of the double itself must not look like one of Telegram's answers.
  else if (reply.kind === 'failed') response.writeHead(500).end(`fake Telegram failed: ${reply.error}`)
  else if (reply.kind === 'answer') {
    response.writeHead(reply.status, {
      'content-type': reply.type,
      ...(reply.retryAfter !== undefined && { 'retry-after': String(reply.retryAfter) }),
    })
    response.end(reply.body)
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close(error => (error ? reject(error) : resolve()))
    server.closeAllConnections()
  })
}
