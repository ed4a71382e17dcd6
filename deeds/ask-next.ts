import { listToAsk, noteAsked, takeUnaskedDay } from '../db/asking.ts'
import { record } from '../db/audit.ts'
import type { Store } from '../db/client.ts'
import { tellPerson } from '../db/outbox.ts'
import type { Request } from '../db/requests.ts'
import { groupPost } from '../domain/cards.ts'
import { part } from '../domain/message.ts'
import { zoneOf } from '../domain/places.ts'
import { localDay } from '../domain/time.ts'
import { afterQuietHours } from './announce.ts'

/**
 * Asks volunteers in private whether they would take an open request: what the group may read, and a button. How many
 * were asked.
 */
export async function askNext(
  store: Store,
  request: Request,
  reach: { at: Date; where: 'district' | 'region'; limit: number },
): Promise<number> {
  const { id: requestId, requesterId, elderId, regionId, districtId, category, urgency } = request
  const { at } = reach
  const day = localDay(at, zoneOf(districtId))
  const sought = { requestId, requesterId, elderId, regionId, districtId, category, day, at }
  const post = groupPost(request)
  const message = { ...post, parts: [part('ask.you'), ...post.parts] }
  const notBefore = urgency === 'today' ? at : afterQuietHours(at, regionId)
  let asked = 0
  for (const personId of await listToAsk(store, sought, reach)) {
    if (!(await takeUnaskedDay(store, personId, day))) continue
    if (!(await tellPerson(store, personId, { message, at, notBefore, ref: `ask:${requestId}:${personId}` })))
      continue
    await noteAsked(store, { requestId, personId, at })
    asked += 1
  }
  if (asked > 0)
    await record(store, {
      at,
      act: 'volunteers.asked',
      actorId: null,
      subjectId: requestId,
      regionId,
      note: { asked, where: reach.where },
    })
  return asked
}
