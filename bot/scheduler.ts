import { Cron } from 'croner'
import type { Store } from '../db/client.ts'
import { homeZone } from '../domain/time.ts'
import { jobs } from '../jobs/index.ts'
import type { JobSettings } from '../jobs/job.ts'
import type { Log } from './logger.ts'

/** Starts each job at its times; a run that is still going is not joined by another. */
export function startScheduler(parts: {
  store: Store
  log: Log
  now: () => Date
  wake: () => void
  settings: JobSettings
}): {
  stop(): void
} {
  const timers = jobs.map(
    job =>
      new Cron(job.cron, { timezone: homeZone, protect: true }, async () => {
        try {
          const result = await job.run(parts.store, parts.now(), parts.settings)
          if (Object.values(result).some(Boolean)) parts.log.info({ job: job.name, ...result }, 'job done')
          parts.wake()
        } catch (error) {
          parts.log.error({ job: job.name, err: error }, 'job failed, will run again at its next time')
        }
      }),
  )
  return {
    stop() {
      for (const timer of timers) timer.stop()
    },
  }
}
