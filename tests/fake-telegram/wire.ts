import { parseBody } from './body.ts'
import type { Fault, Faults } from './faults.ts'
import { Refusal } from './refusal.ts'
import type { World } from './world.ts'

export interface Request {
  /** Path and query. */
  target: string
  contentType: string
  body: Uint8Array
  signal?: AbortSignal
}

/** What goes back: an answer, a broken connection, or silence. */
export type Reply =
  | {
      kind: 'answer'
      status: number
      type: string
      body: string | Uint8Array
      retryAfter?: number | undefined
    }
  | { kind: 'broken' }
  | { kind: 'silent' }

export interface Call {
  method: string
  payload: Record<string, unknown>
  ok: boolean
  /** What Telegram answered: the result, or the refusal. */
  result?: unknown
  error?: { error_code: number; description: string }
  /** The bot never saw the true answer. */
  fault?: Fault['kind']
  at: Date
}

export interface Service {
  readonly world: World
  readonly faults: Faults
  readonly calls: Call[]
  run(method: string, payload: Record<string, unknown>, signal?: AbortSignal): Promise<unknown>
  called(call: Call): void
}

/** One HTTP exchange with Telegram, however it arrived. */
export async function exchange(service: Service, request: Request): Promise<Reply> {
  const url = URL.parse(request.target, 'http://telegram')
  const file = /^\/file\/bot([^/]+)\/(.+)$/.exec(url?.pathname ?? '')
  const call = /^\/bot([^/]+)\/(?:test\/)?([^/]*)$/.exec(url?.pathname ?? '')
  if (!url || (!file && !call)) return json(404, refused(404, 'Not Found'))
  if (decodeURIComponent((file ?? call)?.[1] ?? '') !== service.world.token)
    return json(401, refused(401, 'Unauthorized'))
  if (file)
    return withFault(service.faults.take('download'), async () => download(service.world, file[2] ?? ''))
  const method = call?.[2] ?? ''
  const fault = service.faults.take(method)
  return withFault(fault, done => perform(service, method, request, url.searchParams, fault, done))
}

/** `done` false: the call is only noted, because a fault keeps it from having any effect. */
async function perform(
  service: Service,
  method: string,
  request: Request,
  query: URLSearchParams,
  fault: Fault | undefined,
  done: boolean,
): Promise<Reply> {
  const call: Call = { method, payload: {}, ok: false, at: service.world.now() }
  if (fault) call.fault = fault.kind
  try {
    call.payload = parseBody(request.contentType, request.body, query)
    if (!done) return { kind: 'broken' }
    call.result = await service.run(method, call.payload, request.signal)
    call.ok = true
    return json(200, { ok: true, result: call.result })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const body = refused(error.code, error.message, error.parameters)
    call.error = body
    return { ...json(error.code, body), retryAfter: error.parameters?.retry_after }
  } finally {
    service.called(call)
  }
}

async function withFault(fault: Fault | undefined, deed: (done: boolean) => Promise<Reply>): Promise<Reply> {
  if (!fault) return deed(true)
  await deed(fault.kind === 'lost' || (fault.kind === 'silent' && fault.done === true))
  switch (fault.kind) {
    case 'answer':
      return json(fault.status, fault.body)
    case 'html':
      return { kind: 'answer', status: fault.status ?? 502, type: 'text/html', body: gatewayPage }
    case 'silent':
      return { kind: 'silent' }
    default:
      return { kind: 'broken' }
  }
}

function download(world: World, path: string): Reply {
  const file = [...world.files.values()].find(file => file.path === path)
  if (!file) return json(404, refused(404, 'Not Found'))
  const body = file.bytes ?? new Uint8Array(file.size)
  return { kind: 'answer', status: 200, type: 'application/octet-stream', body }
}

function refused(code: number, description: string, parameters?: Refusal['parameters']) {
  return { ok: false, error_code: code, description, ...(parameters && { parameters }) }
}

function json(status: number, body: unknown): Extract<Reply, { kind: 'answer' }> {
  return { kind: 'answer', status, type: 'application/json', body: JSON.stringify(body) }
}

const gatewayPage =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n' +
  '<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n'
