import { listLivingAssignments } from '../db/claims.ts'
import { getElder } from '../db/elders.ts'
import { tellPerson } from '../db/outbox.ts'
import { getRequest } from '../db/requests.ts'
import { cardRef, claimCard } from '../domain/cards.ts'
import type { Dialog } from './dialog.ts'

/** What the volunteer holds now, each with its address and its buttons once more. */
export async function tasks(dialog: Dialog): Promise<void> {
  const { store, me, at } = dialog
  const count = await dialog.once('tasks', async () => {
    const held = await listLivingAssignments(store, me.id)
    for (const assignment of held) {
      const request = await getRequest(store, assignment.requestId)
      const elder = await getElder(store, request.elderId)
      // The same name as the first card: the newest copy is the one that loses the address in the end.
      const message = claimCard(request, elder, assignment)
      await tellPerson(store, me.id, { message, at, ref: `${cardRef(assignment.id)}` })
    }
    return held.length
  })
  dialog.say(count > 0 ? 'tasks.some' : 'tasks.none', { n: count })
}
