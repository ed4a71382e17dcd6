import { keepAlive, listLivingAssignments } from '../db/claims.ts'
import { editSent, tellPerson } from '../db/outbox.ts'
import { getRequest } from '../db/requests.ts'
import { settleAlertsOf } from '../deeds/alert-settled.ts'
import { helperCard } from '../deeds/helper-card.ts'
import { movedCard } from '../domain/cards.ts'
import { cardRef } from '../domain/message-names.ts'
import type { Dialog } from './dialog.ts'

/** What the volunteer holds now, each with its address and its buttons once more. */
export async function tasks(dialog: Dialog): Promise<void> {
  const { store, me, at } = dialog
  const count = await dialog.once('tasks', async () => {
    const held = await listLivingAssignments(store, me.id)
    for (const assignment of held) {
      if (!(await keepAlive(store, assignment.id))) continue
      const request = await getRequest(store, assignment.requestId)
      const message = await helperCard(store, request, assignment)
      // A chat holds one copy of an address at a time, so that at the end one edit takes it away.
      await editSent(store, cardRef(assignment.id), { message: movedCard(request), at, personId: me.id })
      await tellPerson(store, me.id, { message, at, ref: cardRef(assignment.id) })
      await settleAlertsOf(store, request.id, { kinds: ['lostCard'], by: me.id, at })
    }
    return held.length
  })
  dialog.say(count > 0 ? 'tasks.some' : 'tasks.none', { n: count })
}
