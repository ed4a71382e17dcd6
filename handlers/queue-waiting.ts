import { listWaitingAlerts } from '../db/alerts.ts'
import { editSent } from '../db/outbox.ts'
import { findVolunteer, listPendingVolunteers } from '../db/volunteers.ts'
import { movedBelow, tellAlert } from '../deeds/alert-card.ts'
import { alertRef } from '../domain/message-names.ts'
import type { Dialog } from './dialog.ts'
import { tellForm } from './form.ts'

/** More at a time would be a wall; what is decided makes room for the next. */
const shownMax = 5

/** The calls nobody has answered yet, each with its buttons once more. */
export async function tellWaiting(dialog: Dialog): Promise<void> {
  const { store, me, at } = dialog
  const count = await dialog.once('alerts', async () => {
    const found = await listWaitingAlerts(store, me.roles, shownMax)
    for (const alert of found) {
      const ref = alertRef(alert.id, me.id)
      await editSent(store, ref, { message: movedBelow, at, personId: me.id })
      await tellAlert(store, alert, me.id, { at })
    }
    return found.length
  })
  if (count > 0) return
  dialog.say('queue.none')
  return dialog.begin('queue')
}

/** The forms nobody has decided yet. */
export async function tellForms(dialog: Dialog): Promise<void> {
  const { store, me, at } = dialog
  const count = await dialog.once('forms', async () => {
    const found = await listPendingVolunteers(store, me.roles, shownMax)
    for (const personId of found) {
      const candidate = await findVolunteer(store, personId)
      if (candidate) await tellForm(store, candidate, { coordinatorId: me.id, at, notBefore: at })
    }
    return found.length
  })
  if (count > 0) return
  dialog.say('queue.none')
  return dialog.begin('queue')
}
