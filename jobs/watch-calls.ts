import { takeOverdueAlert } from '../db/alerts.ts'
import type { Store } from '../db/client.ts'
import { tellAbove } from '../deeds/alert-card.ts'
import { unheard } from './watch-open.ts'

/** An answer was promised and nobody gave it, or nobody has heard the call at all. Says which step that was. */
export async function watchCall(store: Store, id: string, at: Date): Promise<string | undefined> {
  const alert = await takeOverdueAlert(store, id, at)
  if (!alert) return undefined
  return (await tellAbove(store, alert, at)) > 0 ? 'call' : unheard
}
