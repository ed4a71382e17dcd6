import type { Store } from './client.ts'
import { and, eq } from './drizzle.ts'
import { newId } from './ids.ts'
import { disclosures } from './schema.ts'

/** Puts on record that a person was shown an elder's address and phone. */
export async function recordDisclosure(
  store: Store,
  disclosure: { elderId: string; requestId: string; personId: string; at: Date },
) {
  await store.db.insert(disclosures).values({ id: newId(), ...disclosure })
}

/** Those who were shown the address for this request. */
export async function listDisclosed(
  store: Store,
  request: { id: string; elderId: string },
): Promise<string[]> {
  const rows = await store.db
    .selectDistinct({ personId: disclosures.personId })
    .from(disclosures)
    .where(and(eq(disclosures.elderId, request.elderId), eq(disclosures.requestId, request.id)))
  return rows.map(row => row.personId)
}
