import type { Store } from './client.ts'
import { newId } from './ids.ts'
import { disclosures } from './schema.ts'

/** Puts on record that a person was shown an elder's address and phone. */
export async function recordDisclosure(
  store: Store,
  disclosure: { elderId: string; requestId: string; personId: string; at: Date },
) {
  await store.db.insert(disclosures).values({ id: newId(), ...disclosure })
}
