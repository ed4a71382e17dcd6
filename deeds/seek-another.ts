import type { Assignment } from '../db/claims.ts'
import type { Store } from '../db/client.ts'
import type { Request } from '../db/requests.ts'
import { announceAgain } from './announce.ts'
import { tellReleased } from './asker.ts'
import { endQuestion } from './end-question.ts'
import { takeFromHelper } from './take-away.ts'

export interface Held {
  assignment: Assignment
  request: Request
}

/**
 * What follows when a claim has ended without help: the address goes from the helper's chat, the asker hears it, the
 * request is posted anew. True if a group hears of it.
 */
export async function seekAnother(
  store: Store,
  { request, assignment }: Held,
  { at, notBefore }: { at: Date; notBefore: Date },
): Promise<boolean> {
  await takeFromHelper(store, assignment, { request, reason: 'released', at })
  await endQuestion(store, request, { status: 'st.reopened', at })
  await tellReleased(store, request.id, { at, notBefore })
  return announceAgain(store, request.id, at)
}
