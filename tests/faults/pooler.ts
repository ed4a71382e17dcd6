import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, ownedDirectory, serverUser } from './cluster.ts'

export const pgbouncer = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer'].find(
  path => existsSync(path),
)

/** PgBouncer in transaction mode before any database of a server. */
export interface Pooler {
  readonly port: number
  start(): Promise<void>
  stop(): Promise<void>
}

export async function openPooler(
  closing: (() => unknown)[],
  { port: serverPort, connections }: { port: number; connections: number },
): Promise<Pooler> {
  const directory = ownedDirectory(closing)
  const [port, users, settings] = [
    await freePort(),
    join(directory, 'users'),
    join(directory, 'pgbouncer.ini'),
  ]
  writeFileSync(users, '"postgres" ""\n', { mode: 0o644 })
  writeFileSync(
    settings,
    `[databases]
* = host=127.0.0.1 port=${serverPort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = transaction
default_pool_size = ${connections}
max_client_conn = 200
`,
    { mode: 0o644 },
  )
  let stop = async () => {}
  const pooler: Pooler = {
    port,
    stop: () => stop(),
    async start() {
      const process = spawn(pgbouncer ?? '', [settings], {
        ...serverUser(),
        cwd: '/',
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      const gone = new Promise<void>(done => process.on('close', () => done()))
      stop = async () => {
        process.kill('SIGKILL')
        await gone
      }
      let printed = ''
      await new Promise<void>((done, failed) => {
        process.stderr.on('data', (chunk: Buffer) => {
          printed += chunk
          if (printed.includes('process up')) done()
        })
        void gone.then(() => failed(new Error(`PgBouncer has ended: ${printed}`)))
      })
    },
  }
  closing.push(() => pooler.stop())
  await pooler.start()
  return pooler
}
