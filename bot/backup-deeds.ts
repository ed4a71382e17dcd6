import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import {
  dumpDatabase,
  inspectDump,
  isCurrent,
  type Loaded,
  loadDatabase,
  type OnTable,
} from '../db/backup.ts'
import { type Bare, openBareEmbedded, openBareServer } from '../db/backup-bare.ts'
import { BackupFault, seal, unseal } from '../db/backup-seal.ts'
import { type Keyring, openKeyring } from '../db/cipher.ts'
import { checkKeys } from '../db/key-check.ts'
import { examples, explained } from './backup-faults.ts'
import { type Config, readConfig } from './config.ts'
import { dataKey } from './data-key.ts'
import { StartFault, step } from './start-faults.ts'

export interface Asked {
  args: readonly string[]
  environment: Record<string, string | undefined>
  now: Date
  /** For whoever runs it, line by line. */
  print(line: string): void
}

/** Most of it is sealed and does not shrink: a higher level takes much longer for little. */
const gzipLevel = 3

/** Writes everything into one sealed file. On a server the bot may run meanwhile. */
export async function makeBackup({ args, environment, now, print }: Asked): Promise<void> {
  const config = configOf(environment)
  const file = newFile(args, now)
  const part = `${file}.part`
  await explained({ config, what: 'backup', file }, () =>
    from(config, async (source, keys) => {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      try {
        await pipeline(
          dumpDatabase(source, now, told(print)),
          createGzip({ level: gzipLevel }),
          plain => seal(keys, plain),
          createWriteStream(part, { mode: 0o600, flush: true }),
        )
        renameSync(part, file)
      } finally {
        rmSync(part, { force: true })
      }
    }),
  )
  print(`Written: ${file}, ${Math.ceil(statSync(file).size / 1000)} kB, readable with DATA_KEY only.`)
  const kept = config.DATA_KEY ? '' : ` (the line in ${keyFile(config)})`
  print(
    `DATA_KEY${kept} is not in it: keep it in another place. Without it nobody can read this file, nor the bot its data.`,
  )
  if (existsSync(join(config.DATA_DIR, 'whatsapp')))
    print(
      `Not in it: WhatsApp's pairing in ${join(config.DATA_DIR, 'whatsapp')}. On another machine the phone is paired anew.`,
    )
}

/** Reads such a file into an empty database. The whole of it is checked before anything is touched. */
export async function restoreBackup({ args, environment, print }: Asked): Promise<void> {
  const config = configOf(environment)
  const [file] = args
  if (!file || args.length > 1)
    throw new StartFault(`Name the one file to restore. A right example: ${examples.restore}`)
  if (!config.DATA_KEY && !existsSync(keyFile(config)))
    throw new StartFault(
      `DATA_KEY is missing, and a backup is read with the key of the bot that made it: set it, or put its key file at ${keyFile(config)}. A right example: DATA_KEY=1:<32 bytes in base64>`,
    )
  const keys = openKeyring(dataKey(config, false))
  const read = <T>(last: (dump: AsyncIterable<Uint8Array>) => Promise<T>): Promise<T> =>
    pipeline(createReadStream(file), sealed => unseal(keys, sealed), createGunzip(), last)
  await explained({ config, what: 'restore', file }, async () => {
    const { madeAt } = await read(inspectDump)
    print(`${file} is whole. It was made at ${madeAt}.`)
    const loaded = await into(config, target => read(dump => load(target, dump, { config, keys, print })))
    print(summary('Restored', loaded))
  })
}

/** Copies the embedded database into an empty one on a server. The embedded one stays as it was. */
export async function moveDatabase({ environment, now, print }: Asked): Promise<void> {
  const config = configOf(withOwnKey(environment))
  if (!config.DATABASE_URL)
    throw new StartFault(`DATABASE_URL is missing: it says where to. A right example: ${examples.move}`)
  const embedded = { ...config, DATABASE_URL: undefined }
  await explained({ config: embedded, what: 'move', file: 'The copy' }, () =>
    from(embedded, (source, keys) =>
      explained({ config, what: 'move', file: 'The copy' }, async () => {
        const dump = dumpDatabase(source, now, () => {})
        const loaded = await into(config, target => load(target, dump, { config, keys, print }))
        print(summary('Moved', loaded))
      }),
    ),
  )
  const kept = environment.DATA_KEY ? '' : ` (the line in ${keyFile(config)})`
  print(`From now on start the bot with this DATABASE_URL and with DATA_KEY${kept}: both belong into .env.`)
  print(`${config.DATA_DIR} is as it was. Delete its folder postgres when the bot has run on the server.`)
}

function configOf(environment: Asked['environment']): Config {
  const read = readConfig(environment)
  if ('fault' in read) throw new StartFault(read.fault)
  return read.config
}

function keyFile({ DATA_DIR }: Config): string {
  return join(DATA_DIR, 'data.key')
}

/** A server needs DATA_KEY; the embedded database that moves there has kept its own. */
function withOwnKey(environment: Asked['environment']): Asked['environment'] {
  const path = join(environment.DATA_DIR ?? './data', 'data.key')
  if (environment.DATA_KEY || !existsSync(path)) return environment
  return { ...environment, DATA_KEY: readFileSync(path, 'utf8').trim() }
}

/** Never over another file: the only good backup may be the one before. */
function newFile(args: readonly string[], now: Date): string {
  const [named, ...more] = args
  const dated = `ardaq-${now.toISOString().slice(0, 16).replaceAll(':', '')}.backup`
  const file = named && existsSync(named) && statSync(named).isDirectory() ? join(named, dated) : named
  const path = file ?? join('backups', dated)
  if (more.length > 0 || path.startsWith('-'))
    throw new StartFault(`Name one file at the most. A right example: ${examples.backup}`)
  if (existsSync(path))
    throw new StartFault(`${path} is there already and stays. A right example: ${examples.backup}`)
  return path
}

/** The database to copy, with keys that open it. */
async function from<T>(config: Config, work: (source: Bare, keys: Keyring) => Promise<T>): Promise<T> {
  if (!config.DATABASE_URL && !hasDatabase(config)) throw new BackupFault('empty')
  const source = await openBare(config)
  try {
    const keys = openKeyring(dataKey(config, false))
    if (await isCurrent(source)) await step('key', config, () => checkKeys({ db: source.db, keys }))
    return await work(source, keys)
  } finally {
    await source.close()
  }
}

/** The database to fill. What was made for it goes again if it is not filled. */
async function into<T>(config: Config, work: (target: Bare) => Promise<T>): Promise<T> {
  const made = !config.DATABASE_URL && !hasDatabase(config)
  const target = await openBare(config)
  let filled = false
  try {
    const result = await work(target)
    filled = true
    return result
  } finally {
    await target.close()
    if (made && !filled) rmSync(join(config.DATA_DIR, 'postgres'), { recursive: true, force: true })
  }
}

function hasDatabase({ DATA_DIR }: Config): boolean {
  return existsSync(join(DATA_DIR, 'postgres'))
}

async function openBare(config: Config): Promise<Bare> {
  if (!config.DATABASE_URL) return openBareEmbedded(config.DATA_DIR)
  const { DATABASE_URL: url } = config
  return step('database', config, () => openBareServer(url))
}

function load(
  target: Bare,
  dump: AsyncIterable<Uint8Array>,
  { config, keys, print }: { config: Config; keys: Keyring; print: Asked['print'] },
): Promise<Loaded> {
  const check = () => step('key', config, () => checkKeys({ db: target.db, keys }))
  return loadDatabase(target, dump, { onTable: told(print), check })
}

function told(print: Asked['print']): OnTable {
  return ({ name }, { rows, digest }) => {
    if (rows > 0) print(`${name}: ${rows} ${rows === 1 ? 'row' : 'rows'}, ${digest.slice(0, 12)}`)
  }
}

function summary(what: string, { from, to, rows }: Loaded): string {
  const up = from.name === to.name ? '' : ` Brought up from ${from.name} to ${to.name}.`
  return `${what}: ${rows} rows, each table compared and the same.${up}`
}
