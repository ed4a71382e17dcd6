import type { Request } from '../db/requests.ts'
import { mergeInto } from '../deeds/merge.ts'
import type { Mine } from '../domain/roles.ts'
import type { Dialog } from './dialog.ts'
import { findMyRequest } from './mine.ts'

/** Two requests that say the same become one, after one more question: it cannot be undone. */
export async function mergeWith(dialog: Dialog, request: Mine<Request>, olderId: string): Promise<void> {
  const older = await findMyRequest(dialog, olderId)
  if (!older) return dialog.say('act.notYours')
  const values = { num: request.number, into: older.number }
  const answer = await dialog.choose('merge.ask', ['merge.yes', 'merge.no'], { values, yesNo: true })
  if (answer === 'merge.no') return
  const ids = { newer: request.id, older: older.id }
  const merged = await dialog.once('merge', () => mergeInto(dialog, ids))
  if (merged) dialog.say('merge.ok', values)
  else dialog.say('queue.late', { num: request.number })
}
