import { getElder } from '../db/elders.ts'
import type { Request } from '../db/requests.ts'
import { mergeInto } from '../deeds/merge.ts'
import { type Part, part } from '../domain/message.ts'
import type { Mine } from '../domain/roles.ts'
import type { Dialog } from './dialog.ts'
import { findMyRequest } from './mine.ts'
import { shortName } from './queue-find.ts'

/** Two requests that say the same become one, after one more question that says whose they are: it cannot be undone. */
export async function mergeWith(dialog: Dialog, request: Mine<Request>, olderId: string): Promise<void> {
  const older = await findMyRequest(dialog, olderId)
  if (!older) return dialog.say('act.notYours')
  const values = { num: request.number, into: older.number }
  const above = [await whose(dialog, request), await whose(dialog, older)]
  const answer = await dialog.choose('merge.ask', ['merge.yes', 'merge.no'], { values, above, yesNo: true })
  if (answer === 'merge.no') return
  const ids = { newer: request.id, older: older.id }
  const merged = await dialog.once('merge', () => mergeInto(dialog, ids))
  if (merged) dialog.say('merge.ok', values)
  else dialog.say('queue.late', { num: request.number })
}

async function whose({ store }: Dialog, { number, elderId, districtId }: Mine<Request>): Promise<Part> {
  const { name } = await getElder(store, elderId)
  const who = shortName(name) || { key: 'erase.nameless' }
  return part('merge.whose', { num: number, name: who, district: { district: districtId } })
}
