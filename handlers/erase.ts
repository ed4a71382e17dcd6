import { record } from '../db/audit.ts'
import { endAssignment, listLivingAssignments } from '../db/claims.ts'
import { erasePerson } from '../db/erase.ts'
import { getRequest, listRequestsOf } from '../db/requests.ts'
import { announce } from '../deeds/announce.ts'
import { closeWith, forgetAddress } from '../deeds/close.ts'
import { takeFromHelper } from '../deeds/take-away.ts'
import type { Dialog } from './dialog.ts'

const requestsMax = 1000

/** "Delete": the consent is withdrawn and the person's data goes at once; open requests are closed first. */
export async function erase(dialog: Dialog): Promise<void> {
  const answer = await dialog.choose('data.delete', ['data.delete.yes', 'data.delete.no'], { yesNo: true })
  if (answer === 'data.delete.no') {
    dialog.say('data.kept')
    const { from } = dialog.given
    return from && from !== 'start' ? dialog.resume(from) : undefined
  }
  await dialog.once('erase', () => eraseAll(dialog))
  dialog.say('data.deleted')
}

async function eraseAll(dialog: Dialog): Promise<null> {
  const { store, me, at } = dialog
  for (const request of await listRequestsOf(store, me.id, requestsMax)) {
    // A closed one may have been looked at since.
    if (request.status === 'closed') await forgetAddress(dialog, request)
    else await closeWith(dialog, request, { outcome: 'cancelled', reason: 'erased' })
  }
  for (const held of await listLivingAssignments(store, me.id)) {
    const request = await getRequest(store, held.requestId)
    await endAssignment(store, { assignmentId: held.id, reason: 'erased', at, reopen: true })
    await takeFromHelper(store, held, { request, reason: 'released', at })
    await announce(store, await getRequest(store, held.requestId), { at, elderAgreed: true })
  }
  await erasePerson(store, me.id, at)
  await record(store, { at, act: 'person.erased', actorId: me.id, subjectId: me.id })
  return null
}
