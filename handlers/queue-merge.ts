import { findRequest, type Request } from '../db/requests.ts'
import { mergeInto } from '../deeds/merge.ts'
import { coversRequest } from '../domain/roles.ts'
import type { Dialog } from './dialog.ts'

/** Two requests that say the same become one, after one more question: it cannot be undone. */
export async function mergeWith(dialog: Dialog, request: Request, olderId: string): Promise<void> {
  const { store, me } = dialog
  const older = await findRequest(store, olderId)
  if (!older || !coversRequest(me.roles, older)) return dialog.say('act.notYours')
  const values = { num: request.number, into: older.number }
  const answer = await dialog.choose('merge.ask', ['merge.yes', 'merge.no'], { values, yesNo: true })
  if (answer === 'merge.no') return
  const ids = { newer: request.id, older: older.id }
  const merged = await dialog.once('merge', () => mergeInto(dialog, ids))
  if (merged) dialog.say('merge.ok', values)
  else dialog.say('queue.late', { num: request.number })
}
