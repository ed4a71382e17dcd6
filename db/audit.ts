import type { Store } from './client.ts'
import { newId } from './ids.ts'
import { audit } from './schema.ts'

export interface Fact {
  at: Date
  /** `noun.pastParticiple`, for example `request.claimed`. */
  act: string
  actorId?: string | null
  subjectId?: string | null
  regionId?: string | null
  /** Codes and numbers only: never a name, a phone, an address or words of a person. */
  note?: Record<string, string | number | boolean | null>
}

export async function record(store: Store, fact: Fact) {
  await store.db.insert(audit).values({ id: newId(), ...fact })
}
