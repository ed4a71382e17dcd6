import { fsyncSync, mkdirSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { resolve } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { NodeFS } from '@electric-sql/pglite/nodefs'

/**
 * PostgreSQL inside this process, its files in `directory`; in memory without one. Made durable: PGlite starts
 * with fsync off and has no fsync in its file system, so an acknowledged commit could be lost with the power.
 */
export async function openEmbedded(directory?: string): Promise<{ client: PGlite; close(): Promise<void> }> {
  if (!directory) {
    const client = await PGlite.create({ extensions: { pg_trgm } })
    return { client, close: () => client.close() }
  }
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const lock = await holdDirectory(directory)
  const startParams = PGlite.defaultStartParams.filter(parameter => parameter !== '-F')
  const client = await PGlite.create({
    fs: new DurableNodeFS(resolve(directory, 'postgres')),
    startParams: [...startParams, '-c', 'wal_sync_method=fsync'],
    extensions: { pg_trgm },
  })
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
 * Windows. Whoever knocks is told our pid.
 */
async function holdDirectory(directory: string): Promise<Server> {
  const name = `ardaq-${Buffer.from(resolve(directory)).toString('hex').slice(-80)}`
  const path = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : `\0${name}`
  const server = createServer(socket => socket.end(String(process.pid)))
  await new Promise<void>((done, failed) => {
    server.once('error', error => failed(error))
    server.listen(path, done)
  }).catch(async error => {
    if (error.code !== 'EADDRINUSE') throw error
    throw new DirectoryHeld(await askPid(path))
  })
  server.unref()
  return server
}

async function askPid(path: string): Promise<string> {
  const { createConnection } = await import('node:net')
  return new Promise(answer => {
    const socket = createConnection(path)
    socket.once('data', pid => answer(pid.toString()))
    socket.once('error', () => answer('?'))
    socket.setTimeout(1000, () => answer('?'))
  })
}
