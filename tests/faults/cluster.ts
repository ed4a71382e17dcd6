import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import postgres from 'postgres'
import { openServerDatabase } from '../../db/client.ts'
import { temporaryDirectory } from '../town/process.ts'
import type { Lasting } from './stage.ts'

/** A PostgreSQL of a test's own, that may be stopped and killed as nobody else's may. */
export interface Cluster {
  readonly port: number
  /** Of the database `ardaq` in it. */
  readonly url: string
  /** Starts it if it does not run. */
  start(): Promise<void>
  stop(how: 'fast' | 'immediate'): Promise<void>
  /** SIGKILL to all of its processes at once, as by a power cut of its machine. */
  kill(): Promise<void>
  /** A standby becomes the primary. */
  promote(): Promise<void>
  /** One statement by the superuser, on a connection of its own. */
  ask<Row extends object>(statement: string): Promise<Row[]>
}

/** Where PostgreSQL's programs are; undefined where it is not installed. */
export const programs = [
  ...versionsOf('/usr/lib/postgresql'),
  '/usr/pgsql/bin',
  '/usr/local/bin',
  '/usr/bin',
].find(folder => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))

/** Files may be lost with the power in these tests, whose machine keeps it; started again they must be right. */
const usual = {
  fsync: 'off',
  full_page_writes: 'off',
  shared_buffers: '16MB',
  max_connections: '60',
  unix_socket_directories: '',
  listen_addresses: '127.0.0.1',
  deadlock_timeout: '50ms',
  autovacuum: 'off',
}

/** Made, started and with an empty database `ardaq`; stopped and gone at the end. In `within`, if given. */
export async function openCluster(
  closing: (() => unknown)[],
  { settings = {}, within }: { settings?: Record<string, string>; within?: string } = {},
): Promise<Cluster> {
  const directory = join(within ?? ownedDirectory(closing), 'cluster')
  const how = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync']
  run('initdb', ['-D', directory, ...how, '--no-instructions'])
  const cluster = await clusterIn(directory, { ...usual, ...settings })
  closing.push(() => cluster.kill())
  await cluster.start()
  await cluster.ask('create database ardaq')
  return cluster
}

/** A copy that follows the primary from now on. */
export async function openStandby(closing: (() => unknown)[], primary: Cluster): Promise<Cluster> {
  const directory = join(ownedDirectory(closing), 'standby')
  const from = `host=127.0.0.1 port=${primary.port} user=postgres application_name=standby`
  run('pg_basebackup', ['-d', from, '-D', directory, '-R', '-X', 'stream', '-c', 'fast', '--no-sync'])
  const standby = await clusterIn(directory, usual)
  closing.push(() => standby.kill())
  await standby.start()
  return standby
}

/** As a process is told of a server, or of several of which one is the primary. */
export function lastingOn(clusters: readonly { port: number }[], parameters = ''): Lasting {
  const hosts = clusters.map(({ port }) => `127.0.0.1:${port}`).join(',')
  const url = `postgres://postgres@${hosts}/ardaq${parameters}`
  return { kind: 'server', settings: { DATABASE_URL: url }, open: () => openServerDatabase(url, 3) }
}

/** A directory that the server may write to, gone after the test. */
export function ownedDirectory(closing: (() => unknown)[]): string {
  const directory = temporaryDirectory(closing)
  give(directory)
  return directory
}

/** Gives a directory to whom the server runs as. */
export function give(directory: string) {
  const { uid, gid } = serverUser()
  if (uid !== undefined && gid !== undefined) chownSync(directory, uid, gid)
}

/** PostgreSQL refuses to run as root. Empty where we are somebody else. */
export function serverUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise(done => server.close(done))
  return typeof address === 'object' && address ? address.port : 0
}

async function clusterIn(directory: string, settings: Record<string, string>): Promise<Cluster> {
  const port = await freePort()
  const options = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  let server: Server | undefined

  async function end(act: (postmaster: ChildProcess) => unknown) {
    if (!server) return
    const { process: postmaster, gone } = server
    server = undefined
    act(postmaster)
    await gone
  }

  return {
    port,
    url: `postgres://postgres@127.0.0.1:${port}/ardaq`,
    async start() {
      if (!server || server.ended()) server = startServer(['-D', directory, ...options])
      await server.ready
    },
    stop: how => end(postmaster => postmaster.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT')),
    kill: () =>
      end(postmaster => {
        const children = childrenOf(postmaster.pid ?? 0)
        postmaster.kill('SIGKILL')
        for (const pid of children) killIfThere(pid)
      }),
    async promote() {
      run('pg_ctl', ['promote', '-w', '-D', directory])
    },
    async ask<Row extends object>(statement: string) {
      const database = statement.startsWith('create database') ? 'postgres' : 'ardaq'
      const sql = postgres(`postgres://postgres@127.0.0.1:${port}/${database}`, {
        max: 1,
        onnotice: () => {},
      })
      try {
        return [...(await sql.unsafe<Row[]>(statement))]
      } finally {
        await sql.end({ timeout: 1 })
      }
    },
  }
}

interface Server {
  readonly process: ChildProcess
  readonly ready: Promise<void>
  /** Resolves when the last of its processes has let go of what they print to. */
  readonly gone: Promise<void>
  ended(): boolean
}

function startServer(args: string[]): Server {
  const process = spawn(join(programs ?? '', 'postgres'), args, {
    ...serverUser(),
    env: { LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let printed = ''
  const gone = new Promise<void>(done => process.on('close', () => done()))
  const ready = new Promise<void>((done, failed) => {
    process.stderr.on('data', (chunk: Buffer) => {
      printed = (printed + chunk).slice(-20_000)
      if (/ready to accept (read-only )?connections/.test(printed)) done()
    })
    void gone.then(() => failed(new Error(`PostgreSQL has ended: ${printed}`)))
  })
  ready.catch(() => {})
  return { process, ready, gone, ended: () => process.exitCode !== null || process.signalCode !== null }
}

function run(program: string, args: string[]) {
  execFileSync(join(programs ?? '', program), args, {
    ...serverUser(),
    cwd: '/',
    env: { LC_ALL: 'C' },
    stdio: 'pipe',
  })
}

function childrenOf(parent: number): number[] {
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  return pids.filter(pid => parentOf(pid) === parent).map(Number)
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    return undefined
  }
}

function killIfThere(pid: number) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended with its parent.
  }
}

function versionsOf(folder: string): string[] {
  if (!existsSync(folder)) return []
  const versions = readdirSync(folder).sort((one, other) => Number(other) - Number(one))
  return versions.map(version => join(folder, version, 'bin'))
}
