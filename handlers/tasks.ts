import { keepAlive, listLivingAssignments } from '../db/claims.ts'
import { getElder } from '../db/elders.ts'
import { editSent, tellPerson } from '../db/outbox.ts'
import { getRequest, listAttachments } from '../db/requests.ts'
import { settleAlertsOf } from '../deeds/alert-settled.ts'
import { cardRef, claimCard, movedCard } from '../domain/cards.ts'
import type { Dialog } from './dialog.ts'

/** What the volunteer holds now, each with its address and its buttons once more. */
export async function tasks(dialog: Dialog): Promise<void> {
  const { store, me, at } = dialog
  const count = await dialog.once('tasks', async () => {
    const held = await listLivingAssignments(store, me.id)
    for (const assignment of held) {
      if (!(await keepAlive(store, assignment.id))) continue
      const request = await getRequest(store, assignment.requestId)
      const elder = await getElder(store, request.elderId)
      const message = claimCard(request, elder, { ...assignment, pins: await pinsOf(dialog, request.id) })
      // A chat holds one copy of an address at a time, so that at the end one edit takes it away.
      await editSent(store, cardRef(assignment.id), { message: movedCard(request), at, personId: me.id })
      await tellPerson(store, me.id, { message, at, ref: cardRef(assignment.id) })
      await settleAlertsOf(store, request.id, { kinds: ['lostCard'], by: me.id, at })
    }
    return held.length
  })
  dialog.say(count > 0 ? 'tasks.some' : 'tasks.none', { n: count })
}

async function pinsOf(dialog: Dialog, requestId: string) {
  const attached = await listAttachments(dialog.store, requestId)
  return attached.flatMap(({ content }) => (content.type === 'location' ? [content] : []))
}
