import type { Request } from '../db/requests.ts'
import { afterQuietHours } from '../deeds/announce.ts'
import { tellAsker } from '../deeds/asker.ts'
import { closeWith } from '../deeds/close.ts'
import { part } from '../domain/message.ts'
import { type Outcome, outcomes } from '../domain/request.ts'
import type { Mine } from '../domain/roles.ts'
import { tidyText, wordsCharsMax } from '../domain/words-told.ts'
import type { Accept, Dialog, Scene } from './dialog.ts'
import { holdMyRequest } from './mine.ts'

/** Closes on behalf: outcome, then the reason in words; the asker is told both. */
export async function close(dialog: Dialog, request: Mine<Request>): Promise<void> {
  const before = await dialog.once('close.before', async () => request.status)
  const { outcome, words } = await askOutcome(dialog)
  const closed = await dialog.once('close', async () => {
    // A helper who has taken it meanwhile is not called back unseen.
    const same = (await holdMyRequest(dialog, request.id))?.status === before
    return same ? closeFor(dialog, request, { outcome, words }) : 'late'
  })
  dialog.say(saidOf[closed], { num: request.number })
}

export async function askOutcome(dialog: Dialog): Promise<{ outcome: Outcome; words: string }> {
  const choices = outcomes.map(outcome => ({ id: outcome, label: { key: `outcome.${outcome}` } }))
  const outcome = await dialog.choose('queue.outcome', choices)
  return { outcome, words: await dialog.ask('queue.reason', acceptReason) }
}

/** Closes, and tells the asker how and why. */
export async function closeFor(
  scene: Scene,
  request: Mine<Request>,
  { outcome, words }: { outcome: Outcome; words: string },
): Promise<'told' | 'untold' | 'late'> {
  const { store, at } = scene
  const confirmation = outcome === 'fulfilled' ? { confirmation: 'coordinator' as const } : {}
  const closing = { outcome, ...confirmation, reason: 'coordinator', words }
  if (!(await closeWith(scene, request, closing))) return 'late'
  const status = { key: outcome === 'fulfilled' ? 'st.done' : `st.${outcome}` }
  const values = { num: request.number, status, reason: words }
  const notBefore = request.urgency === 'today' ? at : afterQuietHours(at, request.regionId)
  return (await tellAsker(store, request, { key: 'req.closed', values, at, notBefore })) ? 'told' : 'untold'
}

/** Who cannot be written to must be phoned: nobody is said to know what they do not. */
const saidOf = { told: 'queue.closed', untold: 'queue.closed.untold', late: 'queue.late' } as const

const acceptReason: Accept<string> = said => {
  const text = said.type === 'text' ? tidyText(said.text).slice(0, wordsCharsMax) : ''
  return text ? { value: text } : { retry: part('err.wantText') }
}
