import { existsSync } from 'node:fs'
import { assertClock } from '../domain/time.ts'
import { startApp } from './app.ts'
import { readConfig } from './config.ts'
import { createLog } from './logger.ts'
import { StartFault } from './start-faults.ts'

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
    log.fatal({ err: error }, 'Ardaq stops: an error that nobody expected')
    process.exit(1)
  })
}

try {
  const app = await startApp(config, log)
  const stop = async () => {
    await app.stop()
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
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
