import { Cron } from 'croner'
import { errorCode, failureKind, type Store } from '../db/client.ts'
import { homeZone } from '../domain/time.ts'
import { jobs } from '../jobs/index.ts'
import type { Job, JobSettings } from '../jobs/job.ts'
import type { Log } from './logger.ts'
import type { Witness } from './status/witness.ts'

interface Parts {
  store: Store
  log: Log
  now: () => Date
  wake: () => void
  settings: JobSettings
  witness?: Witness
}

/** Starts each job at its times; a run that is still going is not joined by another. */
export function startScheduler(parts: Parts): {
  /** Starts nothing more, and resolves when what runs is done. */
  stop(): Promise<void>
} {
  const running = new Set<Promise<void>>()
  const timers = jobs.map(
    job =>
      new Cron(job.cron, { timezone: homeZone, protect: true }, () => {
        const run = runJob(parts, job).finally(() => running.delete(run))
        running.add(run)
        return run
      }),
  )
  return {
    async stop() {
      for (const timer of timers) timer.stop()
      await Promise.all(running)
    },
  }
}

/** One run of a job; it never throws. */
export async function runJob({ store, log, now, wake, settings, witness }: Parts, job: Job): Promise<void> {
  const begunAt = performance.now()
  const tell = (outcome: 'done' | 'failed' | 'outage') =>
    witness?.({ what: 'job', job: job.name, outcome, ms: performance.now() - begunAt })
  try {
    const result = await job.run(store, now(), settings)
    if (Object.values(result).some(Boolean)) log.info({ job: job.name, ...result }, 'job done')
    for (let n = 0; n < (result.unheard ?? 0); n++) witness?.({ what: 'unheard' })
    tell('done')
    wake()
  } catch (error) {
    const away = failureKind(error) === 'outage'
    log[away ? 'debug' : 'error'](
      { job: job.name, err: error },
      'job failed, will run again at its next time',
    )
    tell(away ? 'outage' : 'failed')
    if (away) witness?.({ what: 'outage', code: errorCode(error) })
  }
}
