import { createHmac, timingSafeEqual } from 'node:crypto'
import { readAtMost } from './body.ts'

export interface WebhookSecrets {
  /** Signs what Meta sends. */
  appSecret: string
  /** Our own word, repeated when the address is entered at Meta. */
  verifyToken: string
}

/** Meta sends no more. */
const bodyBytesMax = 3 * 1024 * 1024

/**
 * Answers what calls at the public address. Only what Meta signed is looked into at all; the rest is refused, counted
 * and forgotten. `take` resolves when everything in the call is committed; if it fails, Meta brings the call again.
 */
export function createWebhook(secrets: WebhookSecrets, take: (body: unknown) => Promise<void>) {
  let refused = 0

  function refuse(status: number): Response {
    refused += 1
    return new Response(null, { status })
  }

  function handshake({ searchParams }: URL): Response {
    const isMeta =
      searchParams.get('hub.mode') === 'subscribe' &&
      same(digest(searchParams.get('hub.verify_token') ?? ''), digest(secrets.verifyToken))
    return isMeta ? new Response(searchParams.get('hub.challenge') ?? '') : refuse(403)
  }

  function digest(word: string | Uint8Array): Buffer {
    return createHmac('sha256', secrets.appSecret).update(word).digest()
  }

  async function receive(request: Request): Promise<Response> {
    const [, signature] =
      /^sha256=([\da-f]{64})$/.exec(request.headers.get('x-hub-signature-256') ?? '') ?? []
    if (!signature) return refuse(401)
    const body = await readAtMost(request, bodyBytesMax)
    if (!body) return refuse(413)
    if (!same(Buffer.from(signature, 'hex'), digest(body))) return refuse(401)
    await take(JSON.parse(body.toString()))
    return new Response(null, { status: 200 })
  }

  return {
    get refused() {
      return refused
    },
    async handle(request: Request): Promise<Response> {
      if (request.method === 'GET') return handshake(new URL(request.url))
      if (request.method !== 'POST') return new Response(null, { status: 405 })
      try {
        return await receive(request)
      } catch {
        return new Response(null, { status: 500 })
      }
    },
  }
}

function same(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}
