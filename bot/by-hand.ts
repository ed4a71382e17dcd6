import { parseArgs } from 'node:util'
import { openKeyring } from '../db/cipher.ts'
import type { Store } from '../db/client.ts'
import { checkKeys } from '../db/key-check.ts'
import { assertClock } from '../domain/time.ts'
import { jobs } from '../jobs/index.ts'
import type { Job } from '../jobs/job.ts'
import { jobSettings, openDatabase } from './app.ts'
import { readConfig } from './config.ts'
import { dataKey, isNewDirectory } from './data-key.ts'
import { runningChannels } from './running.ts'
import { StartFault, step } from './start-faults.ts'

const example = 'npm run job -- digest --at 2026-11-24T08:30:00+05:00'

/**
 * Runs one job by hand, as the clock would at that time, with the settings of the bot. What it decides waits in the
 * outbox for the bot. Returns a line with its counts; what went wrong is a StartFault.
 */
export async function runByHand(
  args: readonly string[],
  environment: Record<string, string | undefined>,
  now: Date,
): Promise<string> {
  const { job, at } = asked(args, now)
  const read = readConfig(environment)
  if ('fault' in read) throw new StartFault(read.fault)
  const wrongClock = assertClock()
  if (wrongClock) throw new StartFault(wrongClock)
  const { config } = read
  const fresh = isNewDirectory(config)
  const database = await step('database', config, () => openDatabase(config))
  try {
    const keys = await step('database', config, () => openKeyring(dataKey(config, fresh)))
    const store: Store = { db: database.db, keys, channels: runningChannels(config) }
    await step('key', config, () => checkKeys(store))
    const counts = Object.entries(await job.run(store, at, jobSettings(config))).map(
      ([name, count]) => `${name} ${count}`,
    )
    return `${job.name} at ${at.toISOString()}: ${counts.join(', ') || 'nothing to count'}`
  } finally {
    await database.close()
  }
}

function asked(args: readonly string[], now: Date): { job: Job; at: Date } {
  const { name, time } = readArgs(args)
  const job = jobs.find(job => job.name === name)
  const names = jobs.map(job => job.name).join(', ')
  if (!job) throw new StartFault(`«${name}» is no job: there are ${names}. A right example: ${example}`)
  const at = time === undefined ? now : momentOf(time)
  if (!at) throw new StartFault(`--at ${time} is no time with its zone. A right example: ${example}`)
  return { job, at }
}

function readArgs(args: readonly string[]): { name: string; time: string | undefined } {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      options: { at: { type: 'string' } },
      allowPositionals: true,
    })
    return { name: positionals.join(' '), time: values.at }
  } catch (error) {
    throw new StartFault(`Only --at and a job's name are understood. A right example: ${example}`, {
      cause: error,
    })
  }
}

/** A time without its zone would mean another moment on each machine. */
function momentOf(time: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(time)) return undefined
  const at = new Date(time)
  return Number.isNaN(at.getTime()) ? undefined : at
}
