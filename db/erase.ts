import type { Store } from './client.ts'
import { withdrawConsents } from './consents.ts'
import { and, eq, inArray, isNull, sql } from './drizzle.ts'
import {
  addresses,
  alerts,
  attachments,
  dialogs,
  elders,
  outbox,
  people,
  relatives,
  requests,
  roles,
  sentMessages,
  volunteerCategories,
  volunteerDistricts,
  volunteers,
} from './schema.ts'

/**
 * Takes away all that says who a person is. What statistics need stays: that there was a request, of which kind,
 * where, when, and how it ended. Older people whom only this person asked for go with them.
 */
export async function erasePerson(store: Store, personId: string, at: Date) {
  const { db } = store
  await withdrawConsents(store, personId, at)
  const elderIds = await eldersOnlyOf(store, personId)
  if (elderIds.length > 0) {
    await db
      .update(elders)
      .set({ name: '', homeAddress: null, phone: null, phoneIndex: null })
      .where(inArray(elders.id, elderIds))
  }
  const own = db.select({ id: requests.id }).from(requests).where(eq(requests.requesterId, personId))
  await db.delete(attachments).where(inArray(attachments.requestId, own))
  await db
    .update(requests)
    .set({ details: null, publicWords: null, closeReason: null, ratingWords: null })
    .where(eq(requests.requesterId, personId))
  await db.update(alerts).set({ words: null }).where(eq(alerts.personId, personId))
  await db.delete(relatives).where(eq(relatives.personId, personId))
  await db.delete(dialogs).where(eq(dialogs.personId, personId))
  await db
    .update(outbox)
    .set({ status: 'failed', failure: 'erased', body: null, sentAt: at })
    .where(and(eq(outbox.personId, personId), eq(outbox.status, 'queued')))
  await db.delete(volunteerDistricts).where(eq(volunteerDistricts.personId, personId))
  await db.delete(volunteerCategories).where(eq(volunteerCategories.personId, personId))
  await db.delete(volunteers).where(eq(volunteers.personId, personId))
  await db
    .update(roles)
    .set({ revokedAt: at })
    .where(and(eq(roles.personId, personId), isNull(roles.revokedAt)))
  const chats = db
    .select({ chat: addresses.externalId })
    .from(addresses)
    .where(eq(addresses.personId, personId))
  await db.delete(sentMessages).where(inArray(sentMessages.chat, chats))
  await db.delete(addresses).where(eq(addresses.personId, personId))
  await db
    .update(people)
    .set({ name: null, phone: null, phoneIndex: null, erasedAt: at })
    .where(eq(people.id, personId))
}

async function eldersOnlyOf(store: Store, personId: string): Promise<string[]> {
  const others = sql`exists (select 1 from ${relatives} other where other.elder_id = ${elders.id} and other.person_id <> ${personId})`
  const rows = await store.db
    .select({ id: elders.id })
    .from(relatives)
    .innerJoin(elders, eq(elders.id, relatives.elderId))
    .where(and(eq(relatives.personId, personId), sql`not ${others}`))
  return rows.map(row => row.id)
}
