import { forgetInboxBefore } from '../db/inbox.ts'
import { forgetSentBefore } from '../db/sending.ts'
import type { Job } from './job.ts'

const keepHours = 48

/** Forgets what no platform will deliver again and what was sent long ago. */
export const sweep: Job = {
  name: 'sweep',
  cron: '17 * * * *',
  async run(store, at) {
    const before = new Date(at.getTime() - keepHours * 3_600_000)
    await forgetInboxBefore(store, before)
    await forgetSentBefore(store, before)
    return {}
  },
}
