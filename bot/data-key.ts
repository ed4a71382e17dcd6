import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newDataKey } from '../db/cipher.ts'
import type { Config } from './config.ts'
import { StartFault } from './start-faults.ts'

/** True if the embedded database is about to be made, so that nothing is encrypted yet. */
export function isNewDirectory({ DATABASE_URL, DATA_DIR }: Config): boolean {
  return !DATABASE_URL && !existsSync(join(DATA_DIR, 'postgres'))
}

/** The embedded trial makes its own key and keeps it beside its data, readable by its owner only. */
export function dataKey(config: Config, fresh: boolean): string {
  if (config.DATA_KEY) return config.DATA_KEY
  const path = join(config.DATA_DIR, 'data.key')
  if (!existsSync(path)) {
    // A new key would open nothing of what is there, and would stand in the way of the old one.
    if (!fresh) throw new StartFault(missing(config))
    mkdirSync(config.DATA_DIR, { recursive: true, mode: 0o700 })
    writeFileSync(path, newDataKey(), { mode: 0o600, flag: 'wx' })
  }
  return readFileSync(path, 'utf8').trim()
}

function missing({ DATA_DIR }: Config): string {
  return `DATA_KEY is missing, and ${DATA_DIR} holds data but not its key file data.key: put the file back, or set the key that was in it. A right example: DATA_KEY=1:<32 bytes in base64>`
}
