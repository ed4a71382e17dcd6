import { existsSync } from 'node:fs'
import type { Asked } from './backup-deeds.ts'
import { createLog } from './logger.ts'
import { StartFault } from './start-faults.ts'

/** Runs one of these deeds from the command line: lines as it goes on, one sentence and 1 if it cannot. */
export async function runCommand(deed: (asked: Asked) => Promise<void>): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  try {
    await deed({ args: process.argv.slice(2), environment: process.env, now: new Date(), print })
  } catch (error) {
    // What Node itself would print of a database's error quotes people's words.
    if (error instanceof StartFault) process.stderr.write(`${error.message}\n`)
    else createLog('error').error({ err: error }, 'it failed, and nothing was changed')
    process.exitCode = 1
  }
}
