import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { getCompileCacheDir } from 'node:module'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freeProfile, killBrowsers, memoryBytes } from './processes.ts'
import {
  type Answer,
  type Args,
  answers,
  type CallName,
  type FromWorker,
  fromWorker,
  type StartOptions,
  type ToWorker,
} from './wire.ts'

export type LifeEvent = Exclude<FromWorker, { type: 'answer' | 'fault' }>

/** The reason of a call that took too long. */
export const noAnswer = 'worker does not answer'

/** The worker says that it could not even begin: nothing has happened. */
export class NothingDone extends Error {}

/** One worker process with one client and one browser. A new attempt is a new life; nothing is carried over. */
export interface Life {
  /** Throws if the worker dies, says that it failed, or does not answer in time. */
  call<Name extends CallName>(name: Name, args: Args<Name>, withinMs: number): Promise<Answer<Name>>
  received(externalId: string): void
  memoryBytes(): number
  /** Ends worker and browser: kindly if they still listen, else at once. Never throws. */
  end(withinMs: number): Promise<void>
}

const workerPath = fileURLToPath(new URL('worker.ts', import.meta.url))
/** The browser needs these; a token or a key has no business there. */
const passedOn = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'XDG_RUNTIME_DIR', 'HTTPS_PROXY', 'https_proxy']
const deadWithinMs = 2_000

export function profileOf({ directory, clientId }: StartOptions): string {
  return join(resolve(directory), `session-${clientId}`)
}

export function openLife(options: StartOptions, hear: (event: LifeEvent) => void): Life {
  const profile = profileOf(options)
  // Whoever can read the session can write as the bot.
  mkdirSync(options.directory, { recursive: true, mode: 0o700 })
  if (!freeProfile(profile, workerPath)) return unborn(hear)
  const worker = fork(workerPath, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: ['--max-old-space-size=256', '--max-semi-space-size=1'],
    env: environment(),
  })
  const waiting = new Map<number, { answer(value: unknown): void; fail(error: Error): void }>()
  let calls = 0
  let spoke = false

  function tell(message: ToWorker) {
    // Without somebody to hear of it, a worker that dies meanwhile would take the bot along; its exit says all.
    if (worker.connected) worker.send(message, () => {})
  }

  worker.on('message', message => {
    spoke = true
    const read = fromWorker.safeParse(message)
    if (!read.success) return hear({ type: 'trouble', reason: 'worker not understood' })
    const event = read.data
    if (event.type === 'answer') waiting.get(event.call)?.answer(event.answer)
    else if (event.type === 'fault') waiting.get(event.call)?.fail(new NothingDone(event.reason))
    else hear(event)
  })
  worker.on('error', () => hear({ type: 'ended', reason: 'worker does not start' }))
  worker.once('exit', code => {
    const how = spoke ? 'worker gone' : 'worker does not start'
    hear({ type: 'ended', reason: `${how} (${code ?? 'killed'})` })
    for (const { fail } of waiting.values()) fail(new Error('worker gone'))
  })
  tell({ type: 'start', options })

  return {
    async call(type, args, withinMs) {
      if (!worker.connected) throw new NothingDone('worker gone')
      const id = ++calls
      const over = new AbortController()
      try {
        const asked = new Promise((answer, fail) => waiting.set(id, { answer, fail }))
        tell({ ...args, type, call: id } as unknown as ToWorker)
        const late = sleep(withinMs, undefined, { signal: over.signal }).then(() => {
          throw new Error(noAnswer)
        })
        late.catch(() => {})
        const answer = await Promise.race([asked, late])
        return answers[type].parse(answer) as Answer<typeof type>
      } finally {
        over.abort()
        waiting.delete(id)
      }
    },
    received: externalId => tell({ type: 'received', externalId }),
    memoryBytes: () => memoryBytes(profile, worker.pid),
    async end(withinMs) {
      tell({ type: 'stop' })
      await goneWithin(worker, withinMs)
      if (!isGone(worker)) worker.kill('SIGKILL')
      await goneWithin(worker, deadWithinMs)
      killBrowsers(profile)
    },
  }
}

/** The profile belongs to somebody who lives: another bot process with the same directory. */
function unborn(hear: (event: LifeEvent) => void): Life {
  setImmediate(() => hear({ type: 'ended', reason: 'profile in use' }))
  return {
    call: () => Promise.reject(new NothingDone('worker gone')),
    received: () => {},
    memoryBytes: () => 0,
    end: async () => {},
  }
}

function environment(): NodeJS.ProcessEnv {
  const kept = passedOn.flatMap(name => (process.env[name] ? [[name, process.env[name]]] : []))
  // With what V8 made of the sources earlier, the worker needs a third less memory.
  return { ...Object.fromEntries(kept), NODE_COMPILE_CACHE: getCompileCacheDir() }
}

function isGone(worker: ChildProcess): boolean {
  return worker.exitCode !== null || worker.signalCode !== null || worker.pid === undefined
}

async function goneWithin(worker: ChildProcess, ms: number) {
  if (isGone(worker)) return
  const over = new AbortController()
  const exit = once(worker, 'exit', { signal: over.signal }).catch(() => {})
  await Promise.race([exit, sleep(ms, undefined, { signal: over.signal }).catch(() => {})])
  over.abort()
}
