import type { Outgoing, SendResult } from '../channel.ts'
import type { Graph } from './graph.ts'
import { attach } from './media.ts'
import { payloadsOf } from './payload.ts'
import { approvedOf, type Templates } from './templates.ts'

/** A message that was tried and is not settled: the parts that are out, and whether one more may be. */
interface Tried {
  out: readonly string[]
  unsure: boolean
}

/** More than these are in nobody's hands at once. */
const triedMax = 1_000

/** Sends messages, and remembers of each what a second try must know. */
export function createSending(graph: Graph, templates: Templates | undefined) {
  const tried = new Map<string, Tried>()

  async function send(message: Outgoing): Promise<SendResult> {
    const { media, template } = message
    if (message.editOf) return { status: 'failed', reason: 'unchanged' }
    if (template) {
      const approved = approvedOf(templates, template)
      return approved
        ? sendParts(message, payloadsOf({ ...message, template: approved }))
        : { status: 'failed', reason: 'window' }
    }
    if (!media) return sendParts(message, payloadsOf(message))
    const file = await attach(graph, media)
    return 'refused' in file ? file.refused : sendParts(message, payloadsOf(message, file))
  }

  /** What is out already is not sent again when the rest is tried once more. */
  async function sendParts({ id, chat }: Outgoing, payloads: readonly object[]): Promise<SendResult> {
    const out = [...(tried.get(id)?.out ?? [])]
    tried.delete(id)
    for (const payload of payloads.slice(out.length)) {
      // What Meta tells of the last part tells of the message.
      const own = payload === payloads.at(-1) ? { biz_opaque_callback_data: id } : {}
      const result = await graph.send({ ...addressOf(chat), ...own, ...payload })
      if (result.status !== 'accepted') {
        keep(id, { out, unsure: result.status === 'unknown' })
        return result
      }
      out.push(result.externalId)
    }
    return { status: 'accepted', externalId: out.join(' ') }
  }

  function keep(id: string, now: Tried) {
    const [oldest] = tried.keys()
    if (tried.size >= triedMax && oldest !== undefined) tried.delete(oldest)
    tried.set(id, now)
  }

  return { send, wasRefused: (id: string) => tried.get(id)?.unsure === false }
}

/** A number, or the id of somebody who hides it. */
function addressOf(chat: string): object {
  return { recipient_type: 'individual', ...(/^\d+$/.test(chat) ? { to: chat } : { recipient: chat }) }
}
