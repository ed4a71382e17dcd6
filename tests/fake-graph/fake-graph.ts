import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Fault, Faults } from '../fake-telegram/faults.ts'
import { readContent, type Shown, type Template } from './content.ts'
import { MediaStore } from './media.ts'
import { CloudPerson, type NewPerson } from './person.ts'
import { GraphRefusal } from './refusal.ts'
import { type Fields, fieldsOf, textAt } from './shape.ts'
import { Webhooks } from './webhooks.ts'

export interface Options {
  now?: () => Date
  /** Closed windows and absent people are told at once; left out, by a status later, as Meta mostly does. */
  tellsAtOnce?: boolean
  retryMs?: number
  triesMax?: number
}

export interface Call {
  path: string
  body: unknown
  status: number
}

const windowMs = 24 * 3_600_000
const messageFields = ['messaging_product', 'recipient_type', 'to', 'recipient', 'context', 'type']

/** A strict double of Meta's Graph API for one business number: refuses what Meta refuses. */
export class FakeGraph {
  readonly token = 'EAAfakeTokenForTestsOnly0123456789'
  readonly appSecret = 'fake-app-secret-0123456789abcdef'
  readonly phoneNumberId = '106540352242922'
  readonly number = '77000000001'
  readonly verifyToken = 'our-own-word'
  readonly calls: Call[] = []
  readonly faults = new Faults()
  readonly templates: Template[] = []
  readonly media: MediaStore
  readonly webhooks: Webhooks
  /** Ids of the people's messages that the bot has marked as read. */
  readonly read = new Set<string>()
  readonly #people: CloudPerson[] = []
  readonly #now: () => Date
  readonly #tellsAtOnce: boolean
  #server: Server | undefined
  #root = ''
  #count = 0

  constructor({ now = () => new Date(), tellsAtOnce = false, retryMs = 10, triesMax = 5 }: Options = {}) {
    this.#now = now
    this.#tellsAtOnce = tellsAtOnce
    this.media = new MediaStore(now)
    const { appSecret, phoneNumberId, number } = this
    this.webhooks = new Webhooks({ appSecret, phoneNumberId, number, retryMs, triesMax })
  }

  /** Starts the server; its address is the API's root and the files' host. */
  async listen(): Promise<string> {
    const server = createServer((request, response) => void this.#serve(request, response))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    this.#server = server
    this.#root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return this.#root
  }

  async close(): Promise<void> {
    await this.webhooks.settled()
    const server = this.#server
    this.#server = undefined
    if (!server) return
    await new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  }

  person(who: NewPerson): CloudPerson {
    const person = new CloudPerson(who, {
      now: this.#now,
      newId: () => this.#newId(),
      keep: file => this.media.keep({ ...file, ours: false }),
      news: async news => {
        this.webhooks.push(news)
        await this.webhooks.settled()
      },
    })
    this.#people.push(person)
    return person
  }

  /** News of a message of the bot's, as the person's phone causes it. */
  tell(person: CloudPerson, id: string, status: string, code?: number): void {
    const opaque = person.messages.find(message => message.id === id)?.opaque
    this.#tell(id, status, { person, opaque, code })
  }

  #tell(
    id: string,
    status: string,
    {
      person,
      opaque,
      code,
    }: { person?: CloudPerson; opaque?: string | undefined; code?: number | undefined },
  ): void {
    this.webhooks.push({
      // A failure brings no contact.
      ...(person && !code && { contact: person.contact }),
      status: {
        id,
        status,
        timestamp: String(Math.floor(this.#now().getTime() / 1000)),
        ...(person?.number && { recipient_id: person.number }),
        ...(person && !code && { recipient_user_id: person.userId }),
        ...(opaque && { biz_opaque_callback_data: opaque }),
        ...(code && { errors: [{ code, title: 'x', message: 'x', error_data: { details: 'x' } }] }),
      },
    })
  }

  #newId(): string {
    this.#count += 1
    return `wamid.${Buffer.from(`HBgL${this.#count}-fake`).toString('base64')}`
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer)
    } catch {
      return
    }
    const url = new URL(request.url ?? '/', this.#root)
    const body = Buffer.concat(chunks)
    const fault = this.faults.take(nameOf(request.method ?? '', url, body))
    if (fault && !acts(fault)) return met(fault, request, response)
    const call: Call = { path: url.pathname, body: undefined, status: 200 }
    this.calls.push(call)
    try {
      const answer = await this.#answer(request, url, body, call)
      if (fault) return met(fault, request, response)
      const isFile = answer instanceof Uint8Array
      response.writeHead(200, { 'content-type': isFile ? 'application/octet-stream' : 'application/json' })
      response.end(isFile ? answer : JSON.stringify(answer))
    } catch (error) {
      const refusal = error instanceof GraphRefusal ? error : undefined
      call.status = refusal?.status ?? 599
      response.writeHead(call.status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(refusal?.body ?? { fake: String(error) }))
    }
  }

  async #answer(request: IncomingMessage, url: URL, body: Buffer, call: Call): Promise<object | Uint8Array> {
    if (request.headers.authorization !== `Bearer ${this.token}`)
      throw new GraphRefusal(190, 'The access token could not be decrypted', 401)
    if (url.pathname === '/whatsapp_business/attachments/') {
      const file = this.media.at(url.searchParams)
      if (!file) throw new GraphRefusal(100, 'Media not found', 404)
      return file.bytes
    }
    const [, version = '', id = '', what] =
      /^\/(v\d+\.\d+)\/([^/]+)(?:\/(messages|media))?$/.exec(url.pathname) ?? []
    if (!version) throw new GraphRefusal(100, `Unknown path components: ${url.pathname}`)
    if (what === undefined && request.method === 'GET') return this.media.describe(id, this.#root)
    if (id !== this.phoneNumberId)
      throw new GraphRefusal(100, `Unsupported post request. Object with ID '${id}' does not exist`)
    const type = request.headers['content-type'] ?? ''
    if (what === 'media') {
      const form = new Request(this.#root, { method: 'POST', headers: { 'content-type': type }, body })
      return this.media.upload(await form.formData())
    }
    if (type !== 'application/json')
      throw new GraphRefusal(100, 'The parameter messaging_product is required.')
    call.body = JSON.parse(body.toString())
    return this.#message(call.body as Fields)
  }

  #message(message: Fields): object {
    if (message.messaging_product !== 'whatsapp')
      throw new GraphRefusal(100, 'The parameter messaging_product is required.')
    if (message.status !== undefined) return this.#markRead(message)
    const type = textAt(message.type ?? 'text', 'type', 30)
    fieldsOf(message, 'message', [...messageFields, 'biz_opaque_callback_data', type])
    const { media, templates } = this
    const shown = readContent(type, message, { media: media.files, templates })
    const opaque = message.biz_opaque_callback_data
    if (opaque !== undefined) textAt(opaque, 'biz_opaque_callback_data', 512)
    const person = this.#recipient(message)
    const code = refusalFor(person, shown, this.#now())
    if (code && this.#tellsAtOnce) throw new GraphRefusal(code, 'Message failed to send')
    const id = this.#newId()
    const own = typeof opaque === 'string' ? { opaque } : {}
    if (code) this.#tell(id, 'failed', { ...(person && { person }), ...own, code })
    else if (person) {
      person.messages.push({ ...shown, ...own, id, from: 'bot', at: this.#now() })
      for (const status of ['sent', 'delivered']) this.tell(person, id, status)
    }
    const input = message.to ?? message.recipient
    const contact = message.to ? { input, wa_id: String(message.to) } : { input, user_id: message.recipient }
    return { messaging_product: 'whatsapp', contacts: [contact], messages: [{ id }] }
  }

  /** `to` is a number, `recipient` the id of somebody who may hide it; the number comes first. */
  #recipient({ to, recipient, recipient_type: type }: Fields): CloudPerson | undefined {
    if (type !== undefined && type !== 'individual') throw new GraphRefusal(100, 'Invalid recipient_type.')
    if (to !== undefined) {
      if (!/^\+?\d{7,15}$/.test(String(to))) throw new GraphRefusal(131009, 'Param to is not a phone number.')
      return this.#people.find(({ number }) => number === String(to).replace('+', ''))
    }
    const id = textAt(recipient, 'to', 140)
    if (!/^[A-Z]{2}\.(ENT\.)?[A-Za-z\d]+$/.test(id))
      throw new GraphRefusal(131009, 'Param recipient is not valid.')
    return this.#people.find(({ userId }) => userId === id)
  }

  #markRead(message: Fields): object {
    fieldsOf(message, 'message', ['messaging_product', 'status', 'message_id', 'typing_indicator'])
    const id = textAt(message.message_id, 'message_id', 200)
    const known = this.#people.some(({ messages }) =>
      messages.some(seen => seen.id === id && seen.from === 'person'),
    )
    if (message.status !== 'read' || !known) throw new GraphRefusal(131009, 'Param message_id is not valid.')
    this.read.add(id)
    return { success: true }
  }
}

/** Nobody can be written to who is not there; free words only within a day of the person's own. */
function refusalFor(person: CloudPerson | undefined, shown: Shown, now: Date): number | undefined {
  if (!person || person.absent) return 131026
  const since = person.wroteAt ? now.getTime() - person.wroteAt.getTime() : Number.POSITIVE_INFINITY
  return shown.type !== 'template' && since >= windowMs ? 131047 : undefined
}

/** The call's name for a fault: marking as read is not sending. */
function nameOf(method: string, { pathname }: URL, body: Buffer): string {
  if (pathname.endsWith('/messages')) return body.includes('"status":"read"') ? 'read' : 'messages'
  if (pathname.endsWith('/media')) return 'upload'
  return method === 'GET' && pathname.startsWith('/v') ? 'describe' : 'download'
}

/** True if the deed is done although the bot never hears of it. */
function acts(fault: Fault): boolean {
  return fault.kind === 'lost' || (fault.kind === 'silent' && fault.done === true)
}

function met(fault: Fault, request: IncomingMessage, response: ServerResponse): void {
  if (fault.kind === 'silent') return
  if (fault.kind === 'answer') {
    response.writeHead(fault.status, { 'content-type': 'application/json' }).end(JSON.stringify(fault.body))
  } else if (fault.kind === 'html') {
    response.writeHead(fault.status ?? 502, { 'content-type': 'text/html' }).end('<html>Bad Gateway</html>')
  } else request.socket.destroy()
}
