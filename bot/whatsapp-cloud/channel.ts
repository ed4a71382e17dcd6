import type { Capabilities, Channel, Inbound, Receive, Report } from '../channel.ts'
import type { Log } from '../logger.ts'
import { createContact, type Standing } from '../status/contact.ts'
import { createTurns } from '../turns.ts'
import { startLinkTo } from '../whatsapp/start-text.ts'
import { downloadBytesMax, type GraphSettings, openGraph } from './graph.ts'
import { readCall } from './inbound.ts'
import { captionCharsMax, textCharsMax } from './payload.ts'
import { createSending } from './send.ts'
import { createStatuses, type Status } from './statuses.ts'
import type { Templates } from './templates.ts'
import { createWebhook, type WebhookSecrets } from './webhook.ts'

export interface CloudSettings extends GraphSettings, WebhookSecrets {
  /** The bot's own number, digits only: links lead to it. */
  number: string
  templates?: Templates | undefined
}

export interface WhatsAppCloud extends Channel {
  /** For the public address that Meta knows: its handshake and its calls. */
  webhook(request: Request): Promise<Response>
  /** Calls that Meta did not sign, or that were too large. */
  readonly refused: number
  /** Whether Meta answers. */
  standing(): Standing
}

export const capabilities: Capabilities = {
  options: 'list',
  groups: 'none',
  edit: false,
  // A place can be asked for, the own phone cannot; it is known from the number.
  contactRequest: false,
  textCharsMax,
  captionCharsMax,
  downloadBytesMax,
  freeHours: 24,
  reports: true,
  // Meta's 80 a second with a little to spare, and to one person one in six seconds, of which 45 may go at once.
  pace: {
    all: { max: 80, perMs: 1_030 },
    chat: { max: 45, perMs: 270_000 },
    group: { max: 45, perMs: 270_000 },
  },
}

/** WhatsApp through Meta's Cloud API. It knows no groups, no edits and no deleting. */
export function openWhatsAppCloud(settings: CloudSettings, log: Log): WhatsAppCloud {
  const contact = createContact(() => new Date(), { 401: 'Meta refuses the token' })
  const graph = openGraph({ ...settings, heard: contact.heard })
  const sending = createSending(graph, settings.templates)
  const statuses = createStatuses()
  const turns = createTurns()
  const webhook = createWebhook(settings, take)
  // Before the start nothing may be acknowledged: Meta may call at once.
  const early = async () => {
    throw new Error('WhatsApp is not started yet')
  }
  let receive: Receive = early
  let report: Report = async () => {}

  async function take(body: unknown) {
    const { messages, statuses: news } = readCall(body, settings.phoneNumberId)
    const people = Map.groupBy(messages, ({ sender }) => sender.id)
    // Meta does not wait for the answer to one call before it makes the next.
    const taken = [...people].map(([id, messages]) => turns.take(id, () => receiveAll(messages)))
    const outcomes = await Promise.allSettled([...taken, tellAll(news)])
    const failures = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason] : []))
    if (failures.length === 0) return
    log.error({ err: failures[0], failures: failures.length }, 'a call of WhatsApp was not taken in')
    throw failures[0]
  }

  /** People side by side, each one's messages in their order. */
  async function receiveAll(messages: readonly Inbound[]) {
    for (const message of messages) await receive(message)
    const last = messages.findLast(({ content }) => content.type !== 'call')
    if (last) void graph.markRead(last.externalId)
  }

  async function tellAll(news: readonly Status[]) {
    for (const status of news) await statuses.tell(status, report)
  }

  return {
    name: 'whatsapp',
    capabilities,
    webhook: webhook.handle,
    standing: contact.standing,
    get refused() {
      return webhook.refused
    },
    async start(to, tell) {
      receive = to
      if (tell) report = tell
    },
    async stop() {
      receive = early
    },
    send: sending.send,
    /** Meta cannot be asked; but what it told of a message tells that it is out. */
    async find({ id }) {
      const externalId = statuses.find(id)
      if (externalId) return { status: 'sent', externalId }
      // Who has not tried it here cannot know: an earlier process, or another, may have sent it.
      return { status: sending.wasRefused(id) ? 'absent' : 'unknown' }
    },
    remove: async () => ({ status: 'failed', reason: 'stays' }),
    async download(file) {
      const found = await graph.download(file)
      if ('refused' in found) throw new Error('WhatsApp did not give the file')
      return found.bytes
    },
    startLink: code => startLinkTo(settings.number, code),
  }
}
