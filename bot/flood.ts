import { findRecentAlert } from '../db/alerts.ts'
import { enqueue } from '../db/outbox.ts'
import type { Hearing } from '../db/recognise.ts'
import { findDanger } from '../domain/danger-words.ts'
import { part } from '../domain/message.ts'
import { wordsOf } from '../domain/said.ts'
import type { Scene } from '../handlers/dialog.ts'
import type { Inbound, Receipt } from './channel.ts'
import type { Talk } from './talk.ts'

/** An album of twenty photos and thirty short messages in two minutes is an older person, not a flood. */
const inARowMinutes = 5
const toldEveryMs = 600_000
const calledEveryMs = 3_600_000

/** A person may write for some minutes as fast as they like, and then at this pace. */
export function hearingOf(messagesPerMinute: number): Hearing {
  return { inARowMax: inARowMinutes * messagesPerMinute, perMs: Math.ceil(60_000 / messagesPerMinute) }
}

/** Words of danger are heard out of any flood, unless a coordinator was just called; so is what a platform tells. */
export async function mayBeLeft({ store, me, at }: Scene, { content }: Inbound): Promise<boolean> {
  if (/^(bot|blocked|unblocked|chatMoved)/.test(content.type)) return false
  if ((content.type !== 'text' || content.edited) && content.type !== 'media') return true
  const danger = findDanger(wordsOf(content))
  if (!danger) return true
  const since = new Date(at.getTime() - calledEveryMs)
  const kind = danger === 'life' ? 'danger' : 'abuse'
  return (await findRecentAlert(store, me.id, kind, { since })) !== undefined
}

/** Said once in a while: an answer to each would be a flood of our own. */
export async function tellOfFlood(talk: Talk, inbound: Inbound): Promise<Receipt> {
  const { store, me, at } = talk.scene
  if (inbound.content.type === 'button' && !talk.spoken) return { notice: 'err.flood' }
  if (inbound.chat.kind === 'group') return {}
  await enqueue(store, {
    channel: talk.chat.channel,
    chat: talk.chat.id,
    personId: me.id,
    message: { parts: [part('err.flood')], language: me.language },
    at,
    dedupeKey: `flood:${me.id}:${Math.floor(at.getTime() / toldEveryMs)}`,
  })
  return {}
}
