import { firstNameOf } from '../domain/cards.ts'
import { fold } from '../domain/fold.ts'
import type { Message } from '../domain/message.ts'
import { type MessageName, toldRef } from '../domain/message-names.ts'
import type { Attached } from './attachments.ts'
import type { Store } from './client.ts'
import { and, eq, inArray, like, sql } from './drizzle.ts'
import type { Whom } from './erase.ts'
import { writeWaiting } from './outbox.ts'
import { toldNames } from './removals.ts'
import type { Request } from './requests.ts'
import {
  addresses,
  alerts,
  attachments,
  dialogs,
  elders,
  offers,
  outbox,
  people,
  requests,
  sentMessages,
} from './schema.ts'

/** By what a message or an answer gives away whom it speaks of. */
export interface Secrets {
  /** Many bear the same name: it counts only where the message is about this person's matters. */
  names: readonly string[]
  words: readonly string[]
  phones: readonly string[]
}

/** Reads, before it is erased, what nobody may be told any more. */
export async function readSecrets(
  store: Store,
  { personId, elderIds }: Whom,
  about: { requests: readonly Request[]; alertIds: readonly string[] },
): Promise<Secrets> {
  const { db, keys } = store
  const ids = about.requests.map(({ id }) => id)
  const rows = <T>(wanted: readonly string[], read: (ids: string[]) => Promise<T[]>) =>
    wanted.length > 0 ? read([...wanted]) : Promise.resolve([])
  const persons = await rows(personId ? [personId] : [], found =>
    db.select().from(people).where(inArray(people.id, found)),
  )
  const olds = await rows(elderIds, found => db.select().from(elders).where(inArray(elders.id, found)))
  const calls = await rows(about.alertIds, found => db.select().from(alerts).where(inArray(alerts.id, found)))
  const reasons = await rows(ids, found =>
    db
      .select({ id: requests.id, reason: requests.closeReason })
      .from(requests)
      .where(inArray(requests.id, found)),
  )
  const files = await rows(ids, found =>
    db.select().from(attachments).where(inArray(attachments.requestId, found)),
  )
  const open = (place: string, sealed: Uint8Array | null) => (sealed ? [keys.open(place, sealed)] : [])
  const names = [...persons, ...olds].flatMap(({ name }) => (name ? [name, firstNameOf(name)] : []))
  const homes = olds.flatMap(({ id, homeAddress }) =>
    open(`elders.home_address.${id}`, homeAddress).map(home => (JSON.parse(home) as { text: string }).text),
  )
  return {
    names: longEnough(names),
    words: longEnough([
      ...homes,
      ...about.requests.flatMap(({ details, publicWords, ratingWords }) =>
        [details, publicWords, ratingWords].flatMap(words => [words, ...words.split('\n')]),
      ),
      ...reasons.flatMap(({ id, reason }) => open(`requests.close_reason.${id}`, reason)),
      ...calls.flatMap(({ id, words }) => open(`alerts.words.${id}`, words)),
      ...files.flatMap(({ id, content }) => open(`attachments.content.${id}`, content).flatMap(fileOf)),
    ]),
    phones: longEnough([
      ...persons.flatMap(({ id, phone }) => open(`people.phone.${id}`, phone)),
      ...olds.flatMap(({ id, phone }) => open(`elders.phone.${id}`, phone)),
    ]),
  }
}

/** What was not sent any more, and to whom. */
export interface Withheld {
  ref: string | null
  personId: string | null
  notBefore: Date
}

/**
 * Messages that wait, for the morning perhaps, and quote what is being erased: they lose their body and are not sent.
 * `ids` are the requests, claims, calls and people that such a message is about; `readers` those who are close to them.
 */
export async function withholdQuotes(
  store: Store,
  secrets: Secrets,
  about: { ids: ReadonlySet<string>; readers: ReadonlySet<string>; at: Date },
): Promise<Withheld[]> {
  await writeWaiting(store)
  const rows = await store.db
    .select()
    .from(outbox)
    .where(and(eq(outbox.status, 'queued'), eq(outbox.priority, 0)))
  const quoting: string[] = []
  for (const row of rows) {
    if (!row.body) continue
    const json = store.keys.open(`outbox.body.${row.id}`, row.body)
    const leaves = leavesOf(JSON.parse(json) as Message)
    const phone = holds(leaves, secrets.phones)
    const name = holds(leaves, secrets.names)
    if (!phone && !name && !holds(leaves, secrets.words)) continue
    const near = row.personId !== null && about.readers.has(row.personId)
    const named = async () => `${row.ref} ${row.editRef} ${json} ${row.editId ? await refOf(store, row) : ''}`
    if (phone || (near && name) || idsIn(await named()).some(id => about.ids.has(id))) quoting.push(row.id)
  }
  if (quoting.length === 0) return []
  // What somebody is sending at this moment is left to them: it loses its body once it is out.
  return store.db
    .update(outbox)
    .set({ status: 'failed', failure: 'erased', body: null, sentAt: about.at })
    .where(and(inArray(outbox.id, quoting), eq(outbox.status, 'queued')))
    .returning({ ref: outbox.ref, personId: outbox.personId, notBefore: outbox.notBefore })
}

/**
 * Half-finished forms that hold what is being erased, of the person's family and of those who work here: they are begun
 * anew if they are needed. Of somebody with the same first name a form may speak, but not a search or a relative's.
 * Says what has to go from their chats with them: what such a flow has told last, and what is left of one that ended.
 */
export async function dropDialogsQuoting(
  store: Store,
  { names, phones, words }: Secrets,
  of: { ids: readonly string[]; family: ReadonlySet<string>; staff: ReadonlySet<string> },
): Promise<MessageName[]> {
  const readers = [...new Set([...of.family, ...of.staff])]
  if (readers.length === 0) return []
  const telling = [...names.filter(name => /\s/.test(name)), ...words.filter(isLong), ...phones, ...of.ids]
  const living = new Set<string>()
  const rows = await store.db.select().from(dialogs).where(inArray(dialogs.personId, readers))
  for (const { personId, flow, state } of rows) {
    const told: { given?: { search?: string } } = JSON.parse(
      store.keys.open(`dialogs.state.${personId}.${flow}`, state),
    )
    const leaves = leavesOf(told)
    const named = holds(of.family.has(personId) ? leaves : leavesOf(told.given?.search), names)
    if (named || holds(leaves, telling))
      await store.db.delete(dialogs).where(and(eq(dialogs.personId, personId), eq(dialogs.flow, flow)))
    else living.add(toldRef(personId, flow))
  }
  await dropOffersQuoting(store, { names, telling }, readers)
  const told = await store.db
    .select({ ref: sentMessages.ref })
    .from(sentMessages)
    .where(
      and(like(sentMessages.ref, toldNames), inArray(sql`split_part(${sentMessages.ref}, ':', 2)`, readers)),
    )
  return told.flatMap(({ ref }) => (living.has(ref) ? [] : [ref as MessageName]))
}

/** Where options are lines of text, what was offered is kept for some days: buttons name people too. */
async function dropOffersQuoting(
  store: Store,
  { names, telling }: { names: readonly string[]; telling: readonly string[] },
  readers: readonly string[],
) {
  const rows = await store.db
    .select({ offer: offers })
    .from(offers)
    .innerJoin(addresses, and(eq(addresses.channel, offers.channel), eq(addresses.externalId, offers.chat)))
    .where(inArray(addresses.personId, [...readers]))
  for (const { offer } of rows) {
    const { channel, chat, messageId, options } = offer
    const leaves = leavesOf(JSON.parse(store.keys.open(`offers.${channel}.${chat}.${messageId}`, options)))
    if (!holds(leaves, [...names, ...telling])) continue
    const own = and(eq(offers.channel, channel), eq(offers.chat, chat), eq(offers.messageId, messageId))
    await store.db.delete(offers).where(own)
  }
}

/** The name of the message that this edit would have changed. */
async function refOf(store: Store, { channel, chat, editId }: typeof outbox.$inferSelect): Promise<string> {
  const [sent] = await store.db
    .select({ ref: sentMessages.ref })
    .from(sentMessages)
    .where(
      and(
        eq(sentMessages.channel, channel),
        eq(sentMessages.chat, chat),
        eq(sentMessages.externalId, editId ?? ''),
      ),
    )
  return sent?.ref ?? ''
}

/** However it is typed: in small letters, on another keyboard, a phone with an 8 and spaces. */
function holds(leaves: readonly string[], secrets: readonly string[]): boolean {
  const sought = secrets.map(secret => (secret.startsWith('+') ? secret.slice(-10) : fold(secret)))
  return leaves.some(leaf => {
    const folded = fold(leaf)
    const digits = leaf.replace(/\D/g, '')
    return sought.some(secret => folded.includes(secret) || digits.includes(secret))
  })
}

/** All strings that stand in a value, however deep. */
function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : []
}

function idsIn(text: string): string[] {
  return text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []
}

/** A voice or a photo is known by its id. */
function fileOf(json: string): string[] {
  const content = JSON.parse(json) as Attached
  return content.type === 'media' ? [content.file.id] : []
}

/** One or two letters stand in every message, and «хлеб» in many half-finished forms. */
const secretCharsMin = 3
const longCharsMin = 12

function isLong(words: string): boolean {
  return words.length >= longCharsMin
}

function longEnough(secrets: readonly string[]): string[] {
  return [...new Set(secrets)].filter(secret => secret.trim().length >= secretCharsMin)
}
