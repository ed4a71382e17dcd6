import { listEldersGoingWith } from '../db/erase.ts'
import { eraseAll } from '../deeds/erase.ts'
import { receiptParts } from '../domain/receipt.ts'
import { homeZone } from '../domain/time.ts'
import type { Dialog } from './dialog.ts'

/** "Delete": the consent is withdrawn and the person's data goes at once, with a receipt of what went and what stays. */
export async function erase(dialog: Dialog): Promise<void> {
  const { store, me, given } = dialog
  const answer = await dialog.choose('data.delete', ['data.delete.yes', 'data.delete.no'], { yesNo: true })
  if (answer === 'data.delete.no') {
    dialog.say('data.kept')
    const { from } = given
    return from && from !== 'start' ? dialog.resume(from) : undefined
  }
  const receipt = await dialog.once('erase', async () => {
    const elderIds = await listEldersGoingWith(store, me.id)
    return eraseAll(dialog, { personId: me.id, elderIds })
  })
  dialog.say('data.deleted')
  for (const { key, values } of receiptParts(receipt, homeZone)) dialog.say(key, values)
}
