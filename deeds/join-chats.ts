import { record } from '../db/audit.ts'
import type { Store } from '../db/client.ts'
import { joinPeople } from '../db/same-person.ts'
import type { VolunteerStatus } from '../domain/roles.ts'
import { suspend } from './suspend.ts'

/**
 * Two records have proved to be one person's: what was `merged`'s is `keptId`'s from now on. Returns by what it can be
 * undone.
 */
export async function joinChats(
  store: Store,
  {
    keptId,
    merged,
    at,
  }: { keptId: string; merged: { id: string; volunteer: VolunteerStatus | null }; at: Date },
): Promise<string> {
  const id = await joinPeople(store, { keptId, mergedId: merged.id, at })
  // A suspension is not left behind, and takes away what the other chat still held.
  if (merged.volunteer === 'suspended') await suspend(store, keptId, { by: keptId, at })
  await record(store, { at, act: 'person.joined', actorId: keptId, subjectId: merged.id })
  return id
}
