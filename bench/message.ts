import { newDataKey, openKeyring } from '../db/cipher.ts'
import { type OpenDatabase, openServerDatabase, rowsOf } from '../db/client.ts'
import { sampled, type Times } from './attribution.ts'
import { heading, print, report, round } from './figures.ts'
import { fullestStep, loopOf } from './loop.ts'
import { createTemporaryDatabase, type TemporaryDatabase } from './server.ts'
import { settle } from './settled.ts'
import { openStage } from './stage.ts'

/**
 * CPU of this process per inbound message, without the database: PostgreSQL runs in processes of its own. One pass
 * measures the CPU of it all; a second one samples the stack to tell whose it was.
 */
const warmUpRounds = 200
const measuredRounds = 60
const rounds = warmUpRounds + measuredRounds
const keys = openKeyring(newDataKey())

interface Measured {
  name: string
  kind: string
  microseconds: number
}

const settled = await createTemporaryDatabase()
await onDatabase(settled, database => settle({ db: database.db, keys }, 1))
const whole = await onCopy(database => play(database, work => work()))
const owners = await onCopy(async database => {
  let times: Times | undefined
  await play(database, async work => {
    const measured = await sampled(work)
    times = measured.times
    return measured.result
  })
  return times
})
await settled.drop()
if (owners) show(whole.steps, owners, whole.stateBytes)

/** The loop, round after round; `measure` is given the measured rounds, after the warm ones. */
async function play(
  database: OpenDatabase,
  measure: (work: () => Promise<Measured[]>) => Promise<Measured[]>,
) {
  const stage = openStage({ db: database.db, keys })
  let stateBytes = 0
  const playRounds = async (from: number, to: number) => {
    const steps: Measured[] = []
    for (let n = from; n < to; n++) {
      for (const { name, kind, run } of loopOf(stage, n)) {
        const before = process.cpuUsage()
        await run()
        await stage.send()
        steps.push({ name, kind, microseconds: sum(process.cpuUsage(before)) })
        if (name === fullestStep) stateBytes = Math.max(stateBytes, await largestState(database))
      }
    }
    return steps
  }
  await playRounds(0, warmUpRounds)
  const steps = await measure(() => playRounds(warmUpRounds, rounds))
  return { steps, stateBytes }
}

async function largestState({ db }: OpenDatabase): Promise<number> {
  const result = await db.execute('select max(length(state))::int as bytes from dialogs')
  return rowsOf<{ bytes: number }>(result)[0]?.bytes ?? 0
}

function show(steps: readonly Measured[], times: Times, stateBytes: number) {
  heading(`One inbound message, ${measuredRounds} whole requests, PostgreSQL`)
  const perRound = steps.length / measuredRounds
  for (let step = 0; step < perRound; step++) {
    const { name = '', kind = '' } = steps[step] ?? {}
    const total = mean(steps.filter((_, index) => index % perRound === step))
    print(`    ${`${name} (${kind})`.padEnd(28)} ${column(total)}`)
  }
  print(`    ${'mean of all'.padEnd(28)} ${column(mean(steps))}`)
  print('    (µs of CPU in all, with the kernel and the threads of the engine; below, µs of whose code)')
  for (const [owner, time] of Object.entries(times))
    print(`    ${owner.padEnd(28)} ${column(time / steps.length)}`)
  const ours = times.ours / steps.length
  const theirs = (times.verbs + times.drizzle + times.driver) / steps.length
  const what = 'CPU a message in router, engine, handlers, rendering'
  const referenceIs = 'in db/, drizzle and the driver'
  const most = { value: 400, of: 'ours' } as const
  report({ what, ours, reference: theirs, referenceIs, unit: 'µs', most })
  const state = { what: 'state of a half-done intake, at its largest', unit: 'bytes' }
  const limit = { reference: 1024, referenceIs: 'promised', most: { value: 1024, of: 'ours' } as const }
  report({ ...state, ours: stateBytes, ...limit })
}

async function onCopy<T>(work: (database: OpenDatabase) => Promise<T>): Promise<T> {
  const copy = await createTemporaryDatabase(settled)
  try {
    return await onDatabase(copy, work)
  } finally {
    await copy.drop()
  }
}

async function onDatabase<T>(
  on: TemporaryDatabase,
  work: (database: OpenDatabase) => Promise<T>,
): Promise<T> {
  const database = await openServerDatabase(on.url)
  const result = await work(database)
  await database.close()
  return result
}

function mean(steps: readonly Measured[]): number {
  return steps.reduce((total, { microseconds }) => total + microseconds, 0) / steps.length
}

function sum({ user, system }: NodeJS.CpuUsage): number {
  return user + system
}

function column(microseconds: number): string {
  return round(microseconds).padStart(7)
}
