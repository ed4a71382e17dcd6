import type { Store } from '../db/client.ts'
import { type Enqueued, tellPerson } from '../db/outbox.ts'
import type { Request } from '../db/requests.ts'
import { raiseAndTell } from './alert-card.ts'

/**
 * Tells the asker; one who has phoned and has no messenger is told by a coordinator, who gets a task with these words.
 * False if nobody could write to the asker.
 */
export async function tellOrPhone(
  store: Store,
  request: Request,
  entry: Omit<Enqueued, 'channel' | 'chat' | 'personId'>,
): Promise<boolean> {
  if (await tellPerson(store, request.requesterId, entry)) return true
  if (request.enteredBy) await askToPhone(store, request, entry)
  return false
}

async function askToPhone(store: Store, request: Request, { message, at }: Pick<Enqueued, 'message' | 'at'>) {
  const { id: requestId, requesterId: personId, regionId, districtId } = request
  const alert = { kind: 'toPhone', requestId, personId, regionId, districtId, at } as const
  const urgent = request.urgency === 'today'
  await raiseAndTell(store, { ...alert, words: JSON.stringify(message.parts) }, { actorId: null, urgent })
}
