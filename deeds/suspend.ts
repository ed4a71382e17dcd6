import { record } from '../db/audit.ts'
import type { Store } from '../db/client.ts'
import { endAskingsOf } from '../db/duty.ts'
import { tellPerson } from '../db/outbox.ts'
import { removeSent } from '../db/removals.ts'
import { getRequest } from '../db/requests.ts'
import { suspendVolunteer } from '../db/vetting.ts'
import { part } from '../domain/message.ts'
import { askRef, previewRef } from '../domain/message-names.ts'
import type { Reason } from '../domain/volunteer.ts'
import { afterQuietHours, earliest, tellCoordinators } from './announce.ts'
import { seekAnother } from './seek-another.ts'
import { takeFromHelper } from './take-away.ts'

/**
 * A coordinator suspends a volunteer: all they hold is open again at once, every address goes from their chat, the
 * askers and the coordinators hear of it. False if they were not approved. Whose territory it is, the caller judges.
 */
export async function suspend(
  store: Store,
  personId: string,
  { by, at, reason }: { by: string; at: Date; reason?: Reason },
): Promise<boolean> {
  const suspended = await suspendVolunteer(store, personId, { by, at, ...(reason && { reason }) })
  if (!suspended) return false
  const { regionId, released, kept } = suspended
  await record(store, { at, act: 'volunteer.suspended', actorId: by, subjectId: personId, regionId })
  const notBefore = afterQuietHours(at, regionId)
  for (const assignment of released) {
    const request = await getRequest(store, assignment.requestId)
    const fact = { actorId: by, subjectId: request.id, regionId: request.regionId }
    await record(store, { at, act: 'request.released', ...fact, note: { reason: 'suspended' } })
    const told = { at, notBefore: earliest(request, at) }
    const posted = await seekAnother(store, { request, assignment }, told)
    // Where no group hears of it the coordinators have just been told that it waits for them.
    if (posted) await tellCoordinators(store, request, at, 'coord.suspended')
  }
  for (const assignment of kept) {
    const request = await getRequest(store, assignment.requestId)
    await takeFromHelper(store, assignment, { request, reason: 'released', at })
  }
  await takeOffers(store, personId, at)
  await tellPerson(store, personId, { message: { parts: [part('vol.suspended')] }, at, notBefore })
  return true
}

/** What was only offered to them goes too: the questions whether they would help, and looks at a village. */
async function takeOffers(store: Store, personId: string, at: Date) {
  const message = { parts: [part('offer.removed')] }
  for (const requestId of await endAskingsOf(store, personId))
    await removeSent(store, askRef(requestId, personId), { message, at })
  await removeSent(store, previewRef('', personId), { message, at })
}
