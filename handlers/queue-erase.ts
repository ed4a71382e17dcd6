import { listAlertsOf } from '../db/alerts.ts'
import { getElder } from '../db/elders.ts'
import { holdRequestsAbout, listEldersGoingWith, type Whom } from '../db/erase.ts'
import { enqueue } from '../db/outbox.ts'
import { findReachableAddress, getPerson } from '../db/people.ts'
import type { Request } from '../db/requests.ts'
import { findVolunteer } from '../db/volunteers.ts'
import { eraseAll } from '../deeds/erase.ts'
import { part } from '../domain/message.ts'
import { zoneOf } from '../domain/places.ts'
import { receiptParts } from '../domain/receipt.ts'
import { coversRequest, type Mine } from '../domain/roles.ts'
import type { Dialog } from './dialog.ts'
import { holds, livesInMine, mayAnswer } from './mine.ts'

/**
 * Somebody phoned and wants their data erased: the coordinator does it for them, if all of it lies in their
 * territory. Nothing of the person's is repeated here, so that the coordinator's own chat keeps nothing either. True if
 * it was done.
 */
export async function eraseFor(dialog: Dialog, request: Mine<Request>): Promise<boolean> {
  const { store } = dialog
  const elder = await getElder(store, request.elderId)
  const whose =
    elder.personId === request.requesterId || !elder.name
      ? 'erase.asker'
      : await dialog.choose('erase.whom', ['erase.elder', 'erase.asker', 'queue.back'])
  if (whose === 'queue.back') return false
  const values = { num: request.number }
  const answer = await dialog.choose('erase.sure', ['erase.yes', 'queue.back'], { values })
  if (answer === 'queue.back') return false
  const done = await dialog.once('erase', async () => {
    const personId = whose === 'erase.asker' ? request.requesterId : elder.personId
    const going = personId ? await listEldersGoingWith(store, personId) : []
    const elderIds = whose === 'erase.asker' ? going : [...new Set([request.elderId, ...going])]
    const whom = { personId, elderIds }
    if (!(await maySeeAll(dialog, whom))) return undefined
    return eraseAndTell(dialog, whom)
  })
  if (!done) {
    dialog.say('erase.wider')
    return false
  }
  dialog.say('erase.done', { number: done.number })
  dialog.say(done.told ? 'erase.told' : 'erase.untold')
  return true
}

/** What lies in another territory, and who works here, is not for this coordinator to erase. */
async function maySeeAll(dialog: Dialog, whom: Whom): Promise<boolean> {
  const { store, me } = dialog
  const requests = await holdRequestsAbout(store, whom)
  if (!requests.every(request => coversRequest(me.roles, request))) return false
  for (const id of whom.elderIds) {
    const elder = await getElder(store, id)
    if (!livesInMine(dialog, elder)) return false
  }
  if (!whom.personId) return true
  // A call that waits for somebody cleared, or elsewhere, would be settled unheard.
  const calls = await listAlertsOf(store, [whom.personId])
  if (!calls.every(call => call.resolvedAt || mayAnswer(dialog, call))) return false
  const { roles } = await getPerson(store, whom.personId)
  const volunteer = await findVolunteer(store, whom.personId)
  const { regionId = null, districtIds = [] } = volunteer ?? {}
  const helpsHere = districtIds.every(districtId => holds(dialog, { regionId, districtId }))
  return roles.length === 0 && helpsHere
}

/** The receipt goes to the person's own chat, which is known for the last time now. */
async function eraseAndTell(dialog: Dialog, whom: Whom): Promise<{ number: string; told: boolean }> {
  const { store, at, me } = dialog
  const address = whom.personId ? await findReachableAddress(store, whom.personId) : undefined
  const language = whom.personId ? (await getPerson(store, whom.personId)).language : null
  const receipt = await eraseAll(dialog, whom)
  if (!address) return { number: receipt.number, told: false }
  const zone = zoneOf(me.roles[0]?.regionId ?? '')
  const parts = [part('erase.byCoordinator'), ...receiptParts(receipt, zone)]
  await enqueue(store, { ...address, message: { parts, ...(language && { language }) }, at })
  return { number: receipt.number, told: true }
}
