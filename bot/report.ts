import { type Store, transact } from '../db/client.ts'
import { noteDelivered, sendElsewhere, takeUndelivered } from '../db/undelivered.ts'
import { noteStopped } from '../deeds/deputies.ts'
import { tellLost } from '../deeds/lost.ts'
import type { Report } from './channel.ts'
import type { Witness } from './status/witness.ts'

const uuidChars = 36

/**
 * What a platform says of a message after it had accepted it. One that did not arrive goes to the person's other
 * messenger; where there is none, whoever must know hears of it.
 */
export function createReport(parts: {
  store: Store
  now: () => Date
  wake(): void
  witness?: Witness
}): Report {
  return async ({ channel, id, state, reason = 'gone' }) => {
    // A piece of a message has its number behind the message's id.
    const outboxId = id.slice(0, uuidChars)
    const template = id.endsWith('.t')
    const at = parts.now()
    await transact(parts.store, async store => {
      // What waits behind a template that nobody will read must not wait for an answer.
      if (template) return void (state === 'failed' && (await sendElsewhere(store, outboxId, at)))
      // Of several pieces the last one tells of the whole.
      if (state !== 'failed') return id === outboxId ? noteDelivered(store, outboxId, at) : undefined
      const lost = await takeUndelivered(store, outboxId, reason)
      if (!lost) return
      if (reason === 'gone' || reason === 'blocked')
        await noteStopped(store, { channel: lost.channel, externalId: lost.chat }, at)
      if (!(await sendElsewhere(store, outboxId, at))) await tellLost(store, lost.ref, at)
    })
    parts.witness?.({ what: 'reported', channel, state })
    parts.wake()
  }
}
