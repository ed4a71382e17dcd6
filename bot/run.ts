import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseBroken } from '../db/embedded.ts'
import { assertClock } from '../domain/time.ts'
import { startApp } from './app.ts'
import { readConfig } from './config.ts'
import { createLog } from './logger.ts'
import { StartFault } from './start-faults.ts'

/** `npm start` hands on the Ctrl-C that the terminal has sent here already: within this time it is the same one. */
const echoMs = 1_000
/** Docker and others wait for ten seconds. */
const stopMsMax = 9_700

const brokenDatabase =
  'Ardaq stops: its database inside this process has ended, most likely for want of room on the disk. Nothing is lost: make room, and start again'

if (existsSync('.env')) process.loadEnvFile('.env')
const read = readConfig(process.env)
if ('fault' in read) fail(read.fault)
const { config } = read
const wrongClock = assertClock()
if (wrongClock) fail(wrongClock)

const log = createLog(config.LOG_LEVEL)
// What Node itself would print of such an error quotes people's words.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, error => {
    const broken = error instanceof DatabaseBroken
    log.fatal({ err: error }, broken ? brokenDatabase : 'Ardaq stops: an error that nobody expected')
    process.exit(1)
  })
}

const starting = startApp(config, log)
let askedAt: number | undefined
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    // Who asks again means at once.
    if (askedAt !== undefined && performance.now() - askedAt > echoMs) process.exit(1)
    if (askedAt !== undefined) return
    askedAt = performance.now()
    // What has begun to send before all is started is stopped like the rest.
    const stopped = starting.then(app => app.stop())
    void Promise.race([stopped, sleep(stopMsMax)]).then(() => process.exit(0))
  })
}
try {
  const app = await starting
  process.stdout.write(`${app.lines.join('\n')}\n`)
} catch (error) {
  if (error instanceof StartFault) fail(error.message)
  log.fatal({ err: error }, 'Ardaq could not start')
  process.exit(1)
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
