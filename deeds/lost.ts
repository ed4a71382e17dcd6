import { findAlertAbout, type LostKind } from '../db/alerts.ts'
import { findLivingById } from '../db/claims.ts'
import type { Store } from '../db/client.ts'
import { tellPerson } from '../db/outbox.ts'
import { holdRequest, type Request } from '../db/requests.ts'
import type { Message } from '../domain/message.ts'
import { livingRef, type MessageName, readRef } from '../domain/message-names.ts'
import { raiseAndTell } from './alert-card.ts'

/** Tells a person what a request cannot go on without; if they cannot be reached, a coordinator hears of it. */
export async function tellOrAlert(
  store: Store,
  personId: string,
  entry: { message: Message; at: Date; ref: MessageName; notBefore?: Date; resend?: boolean },
) {
  if (!(await tellPerson(store, personId, entry))) await tellLost(store, entry.ref, entry.at)
}

/**
 * The message of this name will not arrive, or nobody knows whether it did and it must not come twice. If its request
 * still waits for it, the coordinators are told once what to do instead.
 */
export async function tellLost(store: Store, ref: string | null, at: Date) {
  const lost = ref ? await findLost(store, ref) : undefined
  if (!lost) return
  const { kind, request, personId } = lost
  const raised = await findAlertAbout(store, request.id, kind)
  if (raised && !raised.resolvedAt) return
  const { id: requestId, regionId, districtId } = request
  const alert = { kind, requestId, personId, regionId, districtId, words: '', at }
  await raiseAndTell(store, alert, { actorId: null, urgent: request.urgency === 'today' })
}

interface Lost {
  kind: LostKind
  request: Request
  /** Whom it was for. */
  personId: string | null
}

/** The request is held: of two posts that are lost at once, and a claim meanwhile, one after another is looked at. */
async function findLost(store: Store, ref: string): Promise<Lost | undefined> {
  const { kind, id } = readRef(ref)
  if (kind === 'card') return findLostCard(store, id)
  const waited = kind === 'post' || kind === 'confirm' || kind === 'living'
  const request = waited ? await holdRequest(store, id) : undefined
  if (kind === 'post' && request?.status === 'open') return { kind: 'lostPost', request, personId: null }
  if (kind === 'confirm' && request?.status === 'done')
    return { kind: 'lostQuestion', request, personId: request.requesterId }
  // The asker's own: what the older person's chat did not get, the asker can still pass on.
  if (ref === livingRef(id, request?.requesterId ?? '') && request?.status === 'claimed')
    return { kind: 'lostNotice', request, personId: request.requesterId }
  return undefined
}

async function findLostCard(store: Store, id: string): Promise<Lost | undefined> {
  const assignment = await findLivingById(store, id)
  const request = assignment && (await holdRequest(store, assignment.requestId))
  if (request?.status !== 'claimed') return undefined
  return { kind: 'lostCard', request, personId: assignment?.volunteerId ?? null }
}
