import type { Payload } from './access.ts'
import type { Upload } from './files.ts'
import { badRequest } from './refusal.ts'

/** Fields that stand as JSON text inside multipart and urlencoded bodies. */
const jsonFields = new Set([
  'allowed_updates',
  'caption_entities',
  'commands',
  'entities',
  'link_preview_options',
  'media',
  'message_ids',
  'reaction',
  'reply_markup',
  'reply_parameters',
  'scope',
])

/** The arguments of a call, from whichever body the client chose; files stand where they belong. */
export function parseBody(contentType: string, body: Uint8Array, query: URLSearchParams): Payload {
  const payload: Payload = fieldsOf(query)
  if (body.byteLength === 0) return payload
  const type = contentType.split(';')[0]?.trim().toLowerCase()
  if (type === 'application/json') return { ...payload, ...parseJson(Buffer.from(body).toString()) }
  if (type === 'application/x-www-form-urlencoded')
    return { ...payload, ...fieldsOf(new URLSearchParams(Buffer.from(body).toString())) }
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1]
  if (type !== 'multipart/form-data' || boundary === undefined) return payload
  return { ...payload, ...parseMultipart(Buffer.from(body), boundary) }
}

function fieldsOf(fields: Iterable<[string, string]>): Payload {
  return Object.fromEntries([...fields].map(([name, value]) => [name, fieldValue(name, value)]))
}

function fieldValue(name: string, value: string): unknown {
  return jsonFields.has(name) ? parseJson(value) : value
}

/**
 * Written by hand because grammY leaves file names bare: with a space or a Cyrillic letter in them
 * Response.formData() of Node refuses what Telegram accepts.
 */
function parseMultipart(body: Buffer, boundary: string): Payload {
  const payload: Payload = {}
  const uploads = new Map<string, Upload>()
  for (const part of partsOf(body, `--${boundary}`)) {
    const split = part.indexOf('\r\n\r\n')
    const head = part.subarray(0, split).toString()
    const content = part.subarray(split + 4)
    const name = /name="?([^";\r\n]+)"?/i.exec(head)?.[1] ?? ''
    const filename = /filename="?([^";\r\n]+)"?/i.exec(head)?.[1]
    if (filename === undefined) payload[name] = fieldValue(name, content.toString())
    else uploads.set(name, { filename, bytes: new Uint8Array(content) })
  }
  // A file stands either under its own field or behind attach://, as a field or inside `media`.
  for (const [name, upload] of uploads) if (!(name in payload)) payload[name] = upload
  const attached = attach(payload, uploads) as Payload
  return Object.fromEntries(Object.entries(attached).filter(([name]) => !isCarrier(name, payload, uploads)))
}

function partsOf(body: Buffer, delimiter: string): Buffer[] {
  const parts: Buffer[] = []
  let start = body.indexOf(delimiter)
  while (start >= 0) {
    const from = start + delimiter.length
    if (body.toString('latin1', from, from + 2) === '--') break
    const end = body.indexOf(`\r\n${delimiter}`, from)
    if (end < 0) break
    parts.push(body.subarray(from + 2, end))
    start = end + 2
  }
  return parts
}

function attach(value: unknown, uploads: Map<string, Upload>): unknown {
  if (typeof value === 'string' && value.startsWith('attach://')) return uploads.get(value.slice(9)) ?? value
  if (Array.isArray(value)) return value.map(item => attach(item, uploads))
  if (typeof value !== 'object' || value === null || 'bytes' in value) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, attach(item, uploads)]))
}

/** The part that only carries the bytes of an attach:// reference is no argument of its own. */
function isCarrier(name: string, payload: Payload, uploads: Map<string, Upload>): boolean {
  return uploads.has(name) && JSON.stringify(payload).includes(`"attach://${name}"`)
}

function parseJson(text: string): Payload {
  try {
    return JSON.parse(text) as Payload
  } catch {
    throw badRequest("can't parse JSON object")
  }
}
