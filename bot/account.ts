import type { Store } from '../db/client.ts'
import { enqueue } from '../db/outbox.ts'
import { getPerson, vouchPhone } from '../db/people.ts'
import type { Known } from '../db/recognise.ts'
import { findOtherId, findSamePhone } from '../db/same-person.ts'
import { joinChats } from '../deeds/join-chats.ts'
import { part } from '../domain/message.ts'
import { parsePhone } from '../domain/phone.ts'
import type { Inbound } from './channel.ts'

/** Who is speaking, as all we know of them, and the private chat in which they can be written to. */
export async function accountOf(store: Store, inbound: Inbound, known: Known) {
  const vouched = await notePhone(store, inbound)
  const account = await wholeAccount(store, inbound, known)
  if (vouched) await offerJoin(store, inbound, account.person.id)
  return account
}

/** A phone the messenger vouches for is remembered. True if it is news. */
async function notePhone(store: Store, { channel, sender, content }: Inbound): Promise<boolean> {
  const shared = content.type === 'contact' && content.own ? content.phone : undefined
  const phone = sender.phone ?? parsePhone(shared ?? '')?.e164
  return phone !== undefined && (await vouchPhone(store, { channel, externalId: sender.id }, phone))
}

/**
 * WhatsApp gives one account two ids. Where the platform vouches for the same phone behind both, what is known of the
 * one counts for the other, and the private chat is the one that can be written to.
 */
async function wholeAccount(store: Store, { channel, sender, at }: Inbound, { person, dialog }: Known) {
  const other = sender.phone ? await findOtherId(store, { channel, externalId: sender.id }) : undefined
  const { id, reachable } = person
  const chat = reachable || !other?.reachable ? sender.id : other.chat
  if (!other || other.personId === id) return { person, chat, dialog: dialog ?? ('none' as const) }
  await joinChats(store, { keptId: other.personId, merged: person, at })
  const kept = await getPerson(store, other.personId, at)
  return { person: { ...kept, reachable: reachable || other.reachable }, chat, dialog: undefined }
}

/** Two messengers vouch for the same phone: whether that is one person, they say themselves, once asked. */
async function offerJoin(store: Store, { channel, chat, at }: Inbound, personId: string) {
  const other = await findSamePhone(store, personId)
  if (!other || chat.kind !== 'private') return
  const options = [
    { id: 'samephone', label: { key: 'chats.yes' } },
    { id: 'do:menu', label: { key: 'chats.no' } },
  ]
  const message = { parts: [part('chats.phone')], options }
  const dedupeKey = `samephone:${personId}:${other}`
  await enqueue(store, { channel, chat: chat.id, personId, message, at, dedupeKey })
}
