import { createHash } from 'node:crypto'
import { fsyncSync, mkdirSync, realpathSync, unlinkSync } from 'node:fs'
import { createConnection, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { btree_gin, NodeFS, PGlite, pg_trgm } from './pglite.ts'

/**
 * PostgreSQL inside this process, its files in `directory`; in memory without one, or a copy of a dumped one. Made durable: PGlite starts
 * with fsync off and has no fsync in its file system, so an acknowledged commit could be lost with the power.
 */
export async function openEmbedded(
  directory?: string,
  copyOf?: Blob,
): Promise<{ client: PGlite; close(): Promise<void> }> {
  if (!directory) {
    const client = await PGlite.create({
      extensions: { btree_gin, pg_trgm },
      ...(copyOf && { loadDataDir: copyOf }),
    })
    return { client, close: () => client.close() }
  }
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const lock = await holdDirectory(directory)
  const startParams = PGlite.defaultStartParams.filter(parameter => parameter !== '-F')
  const client = await PGlite.create({
    fs: new DurableNodeFS(resolve(directory, 'postgres')),
    startParams: [...startParams, '-c', 'wal_sync_method=fsync'],
    extensions: { btree_gin, pg_trgm },
  })
  endWhenBroken(client)
  return {
    client,
    async close() {
      await client.close()
      lock.close()
    },
  }
}

/** Two processes on one directory silently lose rows; the second gets this error instead. */
export class DirectoryHeld extends Error {}

/** PostgreSQL has ended itself, most often because there was no room for its journal. A new start repairs it. */
export class DatabaseBroken extends Error {}

/**
 * Whatever is asked of it next, be it a ROLLBACK, would keep this process busy for ever. So nobody gets an answer any
 * more, and the process ends with an error that nobody catches.
 */
function endWhenBroken(client: PGlite) {
  const { execProtocol, execProtocolStream } = client
  async function watched<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer
    } catch (error) {
      if (!(error instanceof Error && 'severity' in error && error.severity === 'PANIC')) throw error
      setImmediate(() => {
        throw new DatabaseBroken('The embedded database has ended', { cause: error })
      })
      return new Promise<never>(() => {})
    }
  }
  client.execProtocol = (...request) => watched(execProtocol.apply(client, request))
  client.execProtocolStream = (...request) => watched(execProtocolStream.apply(client, request))
}

type EmscriptenOptions = Awaited<ReturnType<NodeFS['init']>>['emscriptenOpts']

class DurableNodeFS extends NodeFS {
  override async init(...args: Parameters<NodeFS['init']>) {
    const { emscriptenOpts } = await super.init(...args)
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [addFsync, ...(emscriptenOpts.preRun ?? [])] } }
  }
}

const addFsync: NonNullable<EmscriptenOptions['preRun']>[number] = runtime => {
  const { NODEFS } = runtime as unknown as { NODEFS: NodeFiles }
  NODEFS.stream_ops.fsync = stream => {
    fsyncSync(stream.nfd)
    return 0
  }
}

interface NodeFiles {
  stream_ops: { fsync?: (stream: { nfd: number }) => number }
}

/**
 * Holds a name that the kernel frees when this process dies: an abstract socket on Linux, a named pipe on
 * Windows. Elsewhere it is a socket file, which a killed process leaves behind. Whoever knocks is told our pid.
 */
async function holdDirectory(directory: string): Promise<Server> {
  const path = lockPath(realpathSync(directory))
  const taken = await listen(path).catch(error => {
    if (error.code !== 'EADDRINUSE') throw error
    return undefined
  })
  if (taken) return taken
  const pid = await askPid(path)
  const left = !pid && !path.startsWith('\0') && process.platform !== 'win32'
  if (!left) throw new DirectoryHeld(pid ?? 'unknown')
  unlinkSync(path)
  return listen(path)
}

function lockPath(directory: string): string {
  const name = `ardaq-${createHash('sha256').update(directory).digest('hex').slice(0, 32)}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  return process.platform === 'linux' ? `\0${name}` : resolve(tmpdir(), `${name}.sock`)
}

async function listen(path: string): Promise<Server> {
  const server = createServer(socket => socket.end(String(process.pid)))
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(path, done)
  })
  return server.unref()
}

/** Undefined if nobody listens. A holder that is just starting its database may take its time to answer. */
function askPid(path: string): Promise<string | undefined> {
  return new Promise(answer => {
    const socket = createConnection(path)
    const done = (pid?: string) => {
      socket.destroy()
      answer(pid)
    }
    socket.once('data', pid => done(pid.toString()))
    socket.once('error', () => done())
    socket.setTimeout(10_000, () => done('unknown'))
  })
}
