import { createHash } from 'node:crypto'
import { record } from './audit.ts'
import type { Store } from './client.ts'
import { and, eq, isNull } from './drizzle.ts'
import { newId } from './ids.ts'
import { consents } from './schema.ts'

/** True if the person has agreed to this version and has not withdrawn. */
export async function findConsent(store: Store, personId: string, version: string): Promise<boolean> {
  const [row] = await store.db
    .select({ id: consents.id })
    .from(consents)
    .where(and(eq(consents.personId, personId), eq(consents.version, version), isNull(consents.withdrawnAt)))
    .limit(1)
  return row !== undefined
}

export interface ConsentGiven {
  personId: string
  version: string
  /** The words agreed to; kept as a hash beside the version that names them. */
  text: string
  language: string
  channel: string
  messageId: string
  /** The coordinator who heard it on the phone. */
  notedBy?: string
  at: Date
}

export async function giveConsent(store: Store, consent: ConsentGiven): Promise<null> {
  const { text, at, notedBy, ...columns } = consent
  const textHash = createHash('sha256').update(text).digest('base64url')
  await store.db.insert(consents).values({ id: newId(), ...columns, textHash, givenAt: at })
  await record(store, {
    at,
    act: 'consent.given',
    actorId: notedBy ?? consent.personId,
    subjectId: consent.personId,
    note: { version: consent.version },
  })
  return null
}

export async function withdrawConsents(store: Store, personId: string, at: Date) {
  await store.db
    .update(consents)
    .set({ withdrawnAt: at })
    .where(and(eq(consents.personId, personId), isNull(consents.withdrawnAt)))
}
