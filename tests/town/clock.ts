import type { Store } from '../../db/client.ts'
import type { Job, JobSettings } from '../../jobs/job.ts'
import type { Town } from './town.ts'

const minuteMs = 60_000

/**
 * Time passes in the town: the clock's job is started every few minutes, by each of these processes at once, and what
 * it decides is delivered. Returns what was done and when, in Kazakhstan's time: «23 11:30 post».
 */
export async function letPass(
  town: Town,
  job: Job,
  span: {
    from: Date | string
    hours: number
    everyMinutes?: number
    stores?: readonly Store[]
    settings?: JobSettings
  },
): Promise<string[]> {
  const { everyMinutes = 5, stores = [town.store] } = span
  const from = new Date(span.from).getTime()
  const done: string[] = []
  for (let at = from; at <= from + span.hours * 60 * minuteMs; at += everyMinutes * minuteMs) {
    const moment = new Date(at)
    town.at(moment.toISOString())
    const runs = await Promise.all(stores.map(store => job.run(store, moment, span.settings)))
    const steps = runs.flatMap(counts =>
      Object.entries(counts).flatMap(([step, count]) => Array.from({ length: count }, () => step)),
    )
    done.push(...steps.map(step => `${shown(moment)} ${step}`))
    if (steps.length > 0) await town.settle()
  }
  return done
}

function shown(moment: Date): string {
  return new Date(moment.getTime() + 5 * 60 * minuteMs).toISOString().slice(8, 16).replace('T', ' ')
}
