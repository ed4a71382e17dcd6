import { BackupFault } from '../db/backup-seal.ts'
import { errorCode, failureKind } from '../db/client.ts'
import { DirectoryHeld } from '../db/embedded.ts'
import type { Config } from './config.ts'
import { StartFault } from './start-faults.ts'

export const examples = {
  backup: 'npm run backup -- backups/ardaq.backup',
  restore: 'npm run restore -- backups/ardaq.backup',
  move: 'DATABASE_URL=postgres://ardaq:secret@127.0.0.1:5432/ardaq npm run move',
}

interface Work {
  config: Config
  what: keyof typeof examples
  file?: string
}

/** Does the work; what can be expected to go wrong becomes one sentence for whoever runs it. */
export async function explained<T>(work: Work, deed: () => Promise<T>): Promise<T> {
  try {
    return await deed()
  } catch (error) {
    const sentence = error instanceof StartFault ? undefined : sentenceFor(error, work)
    if (!sentence) throw error
    throw new StartFault(`${sentence} A right example: ${examples[work.what]}`, { cause: error })
  }
}

function sentenceFor(error: unknown, { config, file = 'The file' }: Work): string | undefined {
  if (error instanceof DirectoryHeld)
    return `DATA_DIR ${config.DATA_DIR} is in use by a running Ardaq process (pid ${error.message}): stop it first, and start it again afterwards; with a PostgreSQL server a backup needs no stop.`
  if (error instanceof BackupFault) return faults[error.kind]({ file, config, detail: error.message })
  const code = errorCode(error) ?? ''
  if (code === 'ENOSPC' || code === '53100') return 'There is no space left on the disk; nothing was changed.'
  if (/^E(ACCES|PERM|ROFS|ISDIR|NOTDIR|NOENT)$/.test(code))
    return `${file} cannot be opened (${code}); nothing was changed.`
  if (failureKind(error) !== 'fault')
    return `The database was lost in the middle (${code}); nothing was changed, and it may be tried again.`
  return undefined
}

type Sentence = (of: { file: string; config: Config; detail: string }) => string

const faults: Record<BackupFault['kind'], Sentence> = {
  foreign: ({ file }) => `${file} is not a backup of Ardaq; nothing was changed.`,
  key: ({ file }) =>
    `${file} was sealed with another key than DATA_KEY holds: put the key of that time behind it, as in DATA_KEY=2:<new key>,1:<old key>; nothing was changed.`,
  broken: ({ file }) =>
    `${file} is not whole: it was cut off or changed after it was made; nothing was changed.`,
  newer: ({ file, detail }) =>
    `${file} comes from a newer Ardaq${detail && ` (${detail})`} than this one: bring the program up to date first; nothing was changed.`,
  filled: ({ config }) =>
    `${placeOf(config)} is not empty, and only an empty one is written to: choose another; nothing was changed.`,
  empty: ({ config }) => `${placeOf(config)} holds nothing of Ardaq yet: there is nothing to copy.`,
  different: ({ detail }) => `The rows of ${detail} did not arrive as they were; nothing was changed.`,
}

function placeOf({ DATABASE_URL, DATA_DIR }: Config): string {
  return DATABASE_URL ? 'The database of DATABASE_URL' : `The database in DATA_DIR ${DATA_DIR}`
}
