import { listToAsk, noteAsked, takeUnaskedDay } from '../db/asking.ts'
import { record } from '../db/audit.ts'
import type { Store } from '../db/client.ts'
import { tellPerson } from '../db/outbox.ts'
import type { Request } from '../db/requests.ts'
import { groupPost } from '../domain/cards.ts'
import { part } from '../domain/message.ts'
import { askRef } from '../domain/message-names.ts'
import { zoneOf } from '../domain/places.ts'
import { localDay } from '../domain/time.ts'

/** More are looked up than asked: another process may be asking the first ones about something else just now. */
const spare = 10

/**
 * Asks volunteers in private whether they would take an open request: what the group may read, and a button. How many
 * were asked. When it may be done, the caller judges.
 */
export async function askNext(
  store: Store,
  request: Request,
  reach: { at: Date; where: 'district' | 'region'; limit: number; on?: readonly string[] },
): Promise<number> {
  const { id: requestId, requesterId, elderId, regionId, districtId, category } = request
  const { at, where, limit, on } = reach
  const day = localDay(at, zoneOf(districtId))
  const sought = { requestId, requesterId, elderId, regionId, districtId, category, day, at }
  const post = groupPost(request)
  const message = { ...post, parts: [part('ask.you'), ...post.parts] }
  let asked = 0
  for (const personId of await listToAsk(store, sought, { where, limit: limit + spare, on })) {
    if (asked === limit) break
    if (!(await takeUnaskedDay(store, personId, day))) continue
    if (!(await tellPerson(store, personId, { message, at, ref: askRef(requestId, personId) }))) continue
    await noteAsked(store, { requestId, personId, at })
    asked += 1
  }
  const fact = { subjectId: requestId, regionId, note: { asked, where } }
  if (asked > 0) await record(store, { at, act: 'volunteers.asked', actorId: null, ...fact })
  return asked
}
