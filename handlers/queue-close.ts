import type { Request } from '../db/requests.ts'
import { tellAsker } from '../deeds/asker.ts'
import { closeWith } from '../deeds/close.ts'
import { part } from '../domain/message.ts'
import { outcomes } from '../domain/request.ts'
import { tidyText, wordsCharsMax } from '../domain/words-told.ts'
import type { Accept, Dialog } from './dialog.ts'

/** Closes on behalf: outcome, then the reason in words; the asker is told both. */
export async function close(dialog: Dialog, request: Request): Promise<void> {
  const { store, at } = dialog
  const choices = outcomes.map(outcome => ({ id: outcome, label: { key: `outcome.${outcome}` } }))
  const outcome = await dialog.choose('queue.outcome', choices)
  const words = await dialog.ask('queue.reason', acceptReason)
  const closed = await dialog.once('close', async () => {
    const confirmation = outcome === 'fulfilled' ? { confirmation: 'coordinator' as const } : {}
    const done = await closeWith(dialog, request, { outcome, ...confirmation, reason: 'coordinator', words })
    const status = { key: outcome === 'fulfilled' ? 'st.done' : `st.${outcome}` }
    const values = { num: request.number, status, reason: words }
    if (done) await tellAsker(store, request, { key: 'req.closed', values, at })
    return done
  })
  dialog.say(closed ? 'queue.closed' : 'queue.late', { num: request.number })
}

const acceptReason: Accept<string> = said => {
  const text = said.type === 'text' ? tidyText(said.text).slice(0, wordsCharsMax) : ''
  return text ? { value: text } : { retry: part('err.wantText') }
}
