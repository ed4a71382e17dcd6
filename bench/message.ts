import { newDataKey, openKeyring } from '../db/cipher.ts'
import { type OpenDatabase, openServerDatabase } from '../db/client.ts'
import { type Samples, sampled } from './attribution.ts'
import { heading, print, report, round } from './figures.ts'
import { fullestStep, loopOf } from './loop.ts'
import { driverOf, type Recording, record, replay } from './recording.ts'
import { createTemporaryDatabase, type TemporaryDatabase } from './server.ts'
import { settle } from './settled.ts'
import { openStage } from './stage.ts'

/**
 * CPU of this process per inbound message, without the database: PostgreSQL runs in processes of its own, what the
 * driver costs is measured by giving it exactly the same statements again with nothing of ours around them, and what
 * is left is divided between drizzle (statements built, rows read) and ours by sampling the stack in another pass.
 */
const warmUpRounds = 80
const measuredRounds = 40
const rounds = warmUpRounds + measuredRounds
const keys = openKeyring(newDataKey())

interface Measured {
  name: string
  kind: string
  microseconds: number
}

const settled = await createTemporaryDatabase()
await onDatabase(settled, database => settle({ db: database.db, keys }, 1))
const whole = await onCopy(database => play(database))
const recording: Recording = new Map()
const { samples } = await onCopy(database => sampled(() => play(database, recording)))
const driver = await onCopy(database => playAgain(database, recording, whole.steps))
await settled.drop()
show(whole.steps, driver, samples, whole.stateBytes)

/** The loop, round after round; only the measured rounds are returned. */
async function play(database: OpenDatabase, into?: Recording) {
  const stage = openStage({ db: database.db, keys })
  const steps: Measured[] = []
  let step = 0
  if (into) record(driverOf(database.db), () => step, into)
  let stateBytes = 0
  for (let n = 0; n < rounds; n++) {
    for (const { name, kind, run } of loopOf(stage, n)) {
      const before = process.cpuUsage()
      await run()
      await stage.send()
      steps.push({ name, kind, microseconds: sum(process.cpuUsage(before)) })
      step += 1
      if (name === fullestStep) stateBytes = Math.max(stateBytes, await largestState(database))
    }
  }
  return { steps, stateBytes }
}

async function playAgain(database: OpenDatabase, recorded: Recording, steps: readonly Measured[]) {
  const again: Measured[] = []
  for (const [step, { name, kind }] of steps.entries()) {
    const before = process.cpuUsage()
    await replay(driverOf(database.db), recorded.get(step) ?? [])
    again.push({ name, kind, microseconds: sum(process.cpuUsage(before)) })
  }
  return again
}

async function largestState(database: OpenDatabase): Promise<number> {
  const query = driverOf(database.db).unsafe('select max(length(state))::int as bytes from dialogs')
  const [row] = await query
  return Number(row?.bytes)
}

function show(all: readonly Measured[], driver: readonly Measured[], samples: Samples, stateBytes: number) {
  heading(`One inbound message, ${measuredRounds} whole requests, PostgreSQL`)
  const perRound = all.length / rounds
  const from = perRound * warmUpRounds
  for (let step = 0; step < perRound; step++) {
    const total = mean(all.slice(from).filter((_, index) => index % perRound === step))
    const database = mean(driver.slice(from).filter((_, index) => index % perRound === step))
    const { name = '', kind = '' } = all[step] ?? {}
    print(
      `    ${`${name} (${kind})`.padEnd(28)} ${[total, database, total - database].map(column).join(' ')}`,
    )
  }
  const total = mean(all.slice(from))
  const byDriver = mean(driver.slice(from))
  print(`    ${'mean of all'.padEnd(28)} ${[total, byDriver, total - byDriver].map(column).join(' ')}`)
  print('    (µs of CPU: all, the driver alone with the same statements, what is left)')
  const ours = ((total - byDriver) * samples.ours) / (samples.ours + samples.drizzle)
  print(
    `    of what is left, drizzle takes ${round(total - byDriver - ours)} µs and the rest ${round(ours)} µs`,
  )
  const what = 'CPU a message in router, engine, handlers, rendering'
  const referenceIs = 'in drizzle and the driver'
  const most = { value: 400, of: 'ours' } as const
  report({ what, ours, reference: total - ours, referenceIs, unit: 'µs', most })
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
