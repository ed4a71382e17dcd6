import { forgetUnaskedBefore } from '../db/asking.ts'
import { forgetDialogsBefore } from '../db/dialogs.ts'
import { forgetInboxBefore } from '../db/inbox.ts'
import { forgetOffersBefore } from '../db/offers.ts'
import { forgetSentBefore } from '../db/sending.ts'
import { dialogKeptDays } from '../domain/nudge.ts'
import { homeZone, localDay } from '../domain/time.ts'
import type { Job } from './job.ts'

const keepHours = 48
/** Meta brings a call again for seven days. */
const redeliveryDays = 8
const parkedKeptDays = 30

/** More than any difference between zones, and no use after it. */
const unaskedKeptDays = 7
const dayMs = 86_400_000

/**
 * Forgets what no platform will deliver again, what was sent long ago, forms that nobody goes on with, on which days
 * people heard from us, and what their old messages offered.
 */
export const sweep: Job = {
  name: 'sweep',
  cron: '17 * * * *',
  async run(store, at) {
    const before = new Date(at.getTime() - keepHours * 3_600_000)
    const parkedBefore = new Date(at.getTime() - parkedKeptDays * dayMs)
    const heardBefore = new Date(at.getTime() - redeliveryDays * dayMs)
    await forgetInboxBefore(store, { before: heardBefore, parkedBefore })
    await forgetSentBefore(store, before)
    await forgetDialogsBefore(store, new Date(at.getTime() - dialogKeptDays * dayMs))
    const lastWeek = new Date(at.getTime() - unaskedKeptDays * dayMs)
    await forgetUnaskedBefore(store, localDay(lastWeek, homeZone))
    await forgetOffersBefore(store, lastWeek)
    return {}
  },
}
