import type { Attached } from './attachments.ts'
import { rowsOf, type Store } from './client.ts'
import { withdrawConsents } from './consents.ts'
import { and, eq, inArray, isNotNull, isNull, or, sql } from './drizzle.ts'
import { newId } from './ids.ts'
import { deleteNotesOf } from './notes.ts'
import { dropPlaygroundFiles } from './playground-messages.ts'
import { openRequest, type Request } from './requests.ts'
import {
  absences,
  addresses,
  alerts,
  assignments,
  attachments,
  audit,
  consents,
  dialogs,
  digestSettings,
  elders,
  offers,
  outbox,
  people,
  personMerges,
  relatives,
  requests,
  roles,
  sentMessages,
  volunteerCategories,
  volunteerDistricts,
  volunteers,
} from './schema.ts'

/** Who is erased: a person with the older people who go with them, or an older person who never wrote. */
export interface Whom {
  personId: string | null
  elderIds: readonly string[]
}

/** The older people who go with this person: they themselves, and those for whom nobody else asks. */
export async function listEldersGoingWith(store: Store, personId: string): Promise<string[]> {
  const others = sql`exists (select 1 from relatives other where other.elder_id = e.id and other.person_id <> ${personId})`
  const found = await store.db.execute(sql`
    select e.id from elders e where e.person_id = ${personId} union
    select e.id from relatives r join elders e on e.id = r.elder_id
      where r.person_id = ${personId} and (e.person_id is null or e.person_id = ${personId}) and not ${others}`)
  return rowsOf<{ id: string }>(found).map(({ id }) => id)
}

/** Every request that this person made or that is for one of these older people, held until the transaction ends. */
export async function holdRequestsAbout(store: Store, { personId, elderIds }: Whom): Promise<Request[]> {
  const rows = await store.db
    .select()
    .from(requests)
    .where(
      or(
        personId ? eq(requests.requesterId, personId) : undefined,
        elderIds.length > 0 ? inArray(requests.elderId, [...elderIds]) : undefined,
      ) ?? sql`false`,
    )
    .orderBy(requests.id)
    .for('update')
  return rows.map(row => openRequest(store, row))
}

/** Those who may ask for these older people. */
export async function listRelativesOf(store: Store, elderIds: readonly string[]): Promise<string[]> {
  if (elderIds.length === 0) return []
  const rows = await store.db
    .selectDistinct({ personId: relatives.personId })
    .from(relatives)
    .where(inArray(relatives.elderId, [...elderIds]))
  return rows.map(({ personId }) => personId)
}

/**
 * Takes the words out of requests, the voices and photos that came with them, and how the helper found the older
 * person. What statistics need stays: of which kind, where, when, and how it ended. Says how many voices and photos there were.
 */
export async function eraseWords(store: Store, requestIds: readonly string[]): Promise<number> {
  if (requestIds.length === 0) return 0
  const gone = await store.db
    .delete(attachments)
    .where(inArray(attachments.requestId, [...requestIds]))
    .returning()
  const files = gone
    .filter(({ channel }) => channel === 'playground')
    .map(({ id, content }): Attached => JSON.parse(store.keys.open(`attachments.content.${id}`, content)))
  await dropPlaygroundFiles(
    store.db,
    files.flatMap(content => (content.type === 'media' ? [content.file.id] : [])),
  )
  await store.db
    .update(requests)
    .set({ details: null, publicWords: null, closeReason: null, ratingWords: null })
    .where(inArray(requests.id, [...requestIds]))
  await store.db
    .update(assignments)
    .set({ mood: null })
    .where(and(inArray(assignments.requestId, [...requestIds]), isNotNull(assignments.mood)))
  return gone.length
}

/** Takes away who these older people are, where they live and what helpers noted about them. */
export async function eraseElders(store: Store, elderIds: readonly string[]) {
  if (elderIds.length === 0) return
  const ids = [...elderIds]
  await deleteNotesOf(store, ids)
  await store.db.delete(relatives).where(inArray(relatives.elderId, ids))
  await store.db
    .update(elders)
    .set({ name: '', homeAddress: null, phone: null, phoneIndex: null, personId: null })
    .where(inArray(elders.id, ids))
}

/** What was said when these were called about. */
export async function eraseAlertWords(store: Store, alertIds: readonly string[]) {
  if (alertIds.length === 0) return
  await store.db
    .update(alerts)
    .set({ words: null })
    .where(inArray(alerts.id, [...alertIds]))
}

/** Takes away all that says who a person is, but not yet how they are reached. */
export async function eraseIdentity(store: Store, personId: string, at: Date) {
  const { db } = store
  await withdrawConsents(store, personId, at)
  await db.delete(relatives).where(eq(relatives.personId, personId))
  await db.delete(dialogs).where(eq(dialogs.personId, personId))
  await db
    .update(people)
    .set({ name: null, phone: null, phoneIndex: null, wantsNews: false, erasedAt: at })
    .where(eq(people.id, personId))
}

/**
 * Nothing is left that a person's name and phone are needed for. Who is `silent` too cannot be written to any more;
 * what they agreed to stays as evidence that it was so.
 */
export async function forgetPerson(store: Store, personId: string, how: { at: Date; silent: boolean }) {
  const { db } = store
  const erasedAt = how.silent ? how.at : null
  await db
    .update(people)
    .set({ name: null, phone: null, phoneIndex: null, erasedAt })
    .where(eq(people.id, personId))
  await db.update(alerts).set({ words: null }).where(eq(alerts.personId, personId))
  if (!how.silent) return
  await db.delete(dialogs).where(eq(dialogs.personId, personId))
  await db.delete(addresses).where(eq(addresses.personId, personId))
}

/** What relatives agreed to for these older people counts no more. */
export async function withdrawConsentsFor(store: Store, elderIds: readonly string[], at: Date) {
  if (elderIds.length === 0) return
  await store.db
    .update(consents)
    .set({ withdrawnAt: at })
    .where(and(inArray(consents.elderId, [...elderIds]), isNull(consents.withdrawnAt)))
}

/** The rest: what the person did here, what waits for them, and how they are reached. Nobody writes to them again. */
export async function eraseBonds(store: Store, personId: string, at: Date) {
  const { db } = store
  // Who was joined with them was the same person.
  const joined = db
    .select({ id: personMerges.mergedId })
    .from(personMerges)
    .where(and(eq(personMerges.keptId, personId), isNull(personMerges.undoneAt)))
  const theirs = or(eq(outbox.personId, personId), inArray(outbox.personId, joined))
  await db
    .update(outbox)
    .set({ status: 'failed', failure: 'erased', body: null, sentAt: at })
    .where(and(theirs, eq(outbox.status, 'queued')))
  await db
    .update(outbox)
    .set({ body: null })
    .where(and(theirs, eq(outbox.status, 'sent')))
  await db.delete(volunteerDistricts).where(eq(volunteerDistricts.personId, personId))
  await db.delete(volunteerCategories).where(eq(volunteerCategories.personId, personId))
  await db.delete(volunteers).where(eq(volunteers.personId, personId))
  await db.delete(digestSettings).where(eq(digestSettings.personId, personId))
  await db
    .update(absences)
    .set({ endedAt: at })
    .where(
      and(or(eq(absences.personId, personId), eq(absences.deputyId, personId)), isNull(absences.endedAt)),
    )
  await db
    .update(roles)
    .set({ revokedAt: at })
    .where(and(eq(roles.personId, personId), isNull(roles.revokedAt)))
  const chats = db
    .select({ chat: addresses.externalId })
    .from(addresses)
    .where(eq(addresses.personId, personId))
  await db.delete(sentMessages).where(inArray(sentMessages.chat, chats))
  await db.delete(offers).where(inArray(offers.chat, chats))
  await db.update(people).set({ name: null, phone: null, phoneIndex: null }).where(inArray(people.id, joined))
  await db.delete(addresses).where(eq(addresses.personId, personId))
}

/** Puts the erasure on record. The number of its receipt is made of the line's own id and stands in it. */
export async function recordErasure(
  store: Store,
  fact: { at: Date; actorId: string | null; subjectId: string; note: Record<string, number> },
): Promise<string> {
  const id = newId()
  const receipt = receiptNumber(id)
  await store.db.insert(audit).values({ id, act: 'person.erased', ...fact, note: { ...fact.note, receipt } })
  return receipt
}

/** Eight digits out of the random end of an id: easily read aloud on the phone. */
function receiptNumber(id: string): string {
  const digits = String(Number.parseInt(id.slice(-12), 16) % 100_000_000).padStart(8, '0')
  return `${digits.slice(0, 4)}-${digits.slice(4)}`
}
