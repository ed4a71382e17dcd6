import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../bot/main.ts', import.meta.url))

export interface BotProcess {
  readonly pid: number
  /** All it has printed. */
  readonly printed: () => string
  /** Resolves when it has said that it runs; rejects if it ends before. */
  readonly ready: Promise<void>
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>
  kill(signal: NodeJS.Signals): Promise<number | string>
}

/** A directory that is gone after the test. */
export function temporaryDirectory(closing: (() => unknown)[]): string {
  const path = mkdtempSync(join(tmpdir(), 'ardaq-test-'))
  closing.push(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** `node bot/main.ts` with these settings and no others, away from any .env file. */
export function startBot(settings: Record<string, string>, directory: string): BotProcess {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [main], {
    cwd: directory,
    // The people of a test write faster than anybody can.
    env: { PATH, PORT: '0', STATUS_PORT: '0', MESSAGES_PER_MINUTE: '60000', ...settings },
  })
  let text = ''
  const ended = new Promise<number | string>(done => {
    child.on('close', (code, signal) => done(code ?? signal ?? 'unknown'))
  })
  const ready = new Promise<void>((done, failed) => {
    const listen = (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('Ardaq runs.')) done()
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    void ended.then(code => failed(new Error(`The bot ended with ${code}: ${text}`)))
  })
  ready.catch(() => {})
  return { pid: child.pid ?? 0, printed: () => text, ready, ended, kill: signal => end(child, ended, signal) }
}

function end(child: ChildProcess, ended: Promise<number | string>, signal: NodeJS.Signals) {
  child.kill(signal)
  return ended
}
