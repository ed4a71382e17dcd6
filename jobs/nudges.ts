import { takeUnaskedDay } from '../db/asking.ts'
import { type Store, transact } from '../db/client.ts'
import { type HalfDone, listHalfDone, takeNudge } from '../db/dialogs.ts'
import { tellPerson } from '../db/outbox.ts'
import { type Message, part } from '../domain/message.ts'
import { nudgeAfterMinutes, nudgeWithinHours } from '../domain/nudge.ts'
import { homeZone, isQuietHours, localDay } from '../domain/time.ts'
import type { Job } from './job.ts'

const portion = 500

/** Whoever left a form half-done is asked once, kindly, whether they want to go on; never at night. */
export const nudges: Job = {
  name: 'nudges',
  cron: '*/5 * * * *',
  async run(store, at) {
    if (isQuietHours(at, homeZone)) return { asked: 0 }
    const from = new Date(at.getTime() - nudgeWithinHours * 3_600_000)
    const to = new Date(at.getTime() - nudgeAfterMinutes * 60_000)
    let asked = 0
    for (const dialog of await listHalfDone(store, { from, to }, portion))
      if (await transact(store, inner => nudge(inner, dialog, { at, to }))) asked += 1
    return { asked }
  },
}

async function nudge(store: Store, dialog: HalfDone, when: { at: Date; to: Date }): Promise<boolean> {
  const { at } = when
  const { personId, flow } = dialog
  // Who has heard from us today is asked tomorrow, if they have not gone on by themselves.
  if (!(await takeUnaskedDay(store, personId, localDay(at, homeZone)))) return false
  if (!(await takeNudge(store, dialog, when))) return false
  return tellPerson(store, personId, { message: goOn(flow), at })
}

function goOn(flow: string): Message {
  return {
    parts: [part(flow === 'volunteer' ? 'resume.volunteer' : 'resume.ask')],
    options: [
      { id: `resume:${flow}`, label: { key: 'resume.go' } },
      { id: 'do:menu', label: { key: 'menu' } },
    ],
  }
}
