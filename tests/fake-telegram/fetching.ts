import { exchange, type Service } from './wire.ts'

export type FetchInput = string | URL | { url: string }
export interface FetchInit {
  headers?: unknown
  body?: unknown
  signal?: unknown
}

/** Telegram as a `fetch` function, for grammY's `client.fetch` and for downloads alike. */
export async function fetchTelegram(
  service: Service,
  input: FetchInput,
  init: FetchInit = {},
): Promise<Response> {
  const url = new URL(typeof input === 'string' || input instanceof URL ? input : input.url)
  const signal = init.signal instanceof AbortSignal ? init.signal : followed(init.signal)
  signal?.throwIfAborted()
  const headers = new Headers(init.headers as Record<string, string> | undefined)
  const reply = await exchange(service, {
    target: url.pathname + url.search,
    contentType: headers.get('content-type') ?? '',
    body: await bytesOf(init.body),
    ...(signal && { signal }),
  })
  signal?.throwIfAborted()
  if (reply.kind === 'broken') throw new TypeError('fetch failed', { cause: new Error('read ECONNRESET') })
  if (reply.kind === 'silent') return untilAborted(signal)
  return new Response(typeof reply.body === 'string' ? reply.body : new Uint8Array(reply.body), {
    status: reply.status,
    headers: {
      'content-type': reply.type,
      ...(reply.retryAfter !== undefined && { 'retry-after': String(reply.retryAfter) }),
    },
  })
}

/** grammY brings the signal of its own polyfill, which is no AbortSignal of Node's. */
function followed(signal: unknown): AbortSignal | undefined {
  const other = signal as (Pick<AbortSignal, 'aborted'> & EventTarget) | undefined | null
  if (!other) return undefined
  const controller = new AbortController()
  if (other.aborted) controller.abort()
  other.addEventListener('abort', () => controller.abort())
  return controller.signal
}

async function bytesOf(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body === null) return new Uint8Array()
  if (typeof body === 'string') return Buffer.from(body)
  if (body instanceof Uint8Array) return body
  const chunks: Uint8Array[] = []
  for await (const chunk of body as AsyncIterable<Uint8Array | string>)
    chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
  return Buffer.concat(chunks)
}

function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error))
  })
}
