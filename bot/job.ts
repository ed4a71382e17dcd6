import { existsSync } from 'node:fs'
import { runByHand } from './by-hand.ts'
import { createLog } from './logger.ts'
import { StartFault } from './start-faults.ts'

if (existsSync('.env')) process.loadEnvFile('.env')
try {
  process.stdout.write(`${await runByHand(process.argv.slice(2), process.env, new Date())}\n`)
} catch (error) {
  // What Node itself would print of a database's error quotes people's words.
  if (error instanceof StartFault) process.stderr.write(`${error.message}\n`)
  else createLog('error').error({ err: error }, 'the job failed, and may be run again')
  process.exitCode = 1
}
