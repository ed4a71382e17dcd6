import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Running {
  lines: string[]
  url: string
  stop(): Promise<number | null>
}

/** Starts the real program as `npm start` does, in a folder of its own, and waits until it says that it runs. */
export async function startProgram(settings: Record<string, string>): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'ardaq-'))
  const environment = {
    PATH: process.env.PATH ?? '',
    DATA_DIR: folder,
    PORT: '0',
    STATUS_PORT: '0',
    LOG_LEVEL: 'error',
    ...settings,
  }
  const child = spawn(process.execPath, ['bot/main.ts'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => lines.push(...String(chunk).split('\n').filter(Boolean)))
  }
  await said(child, lines, /^Ardaq runs/)
  const url = lines.find(line => line.startsWith('Playground: '))?.slice('Playground: '.length) ?? ''
  return {
    lines,
    url,
    async stop() {
      child.kill('SIGTERM')
      const code = await new Promise<number | null>(done => child.once('exit', done))
      rmSync(folder, { recursive: true, force: true })
      return code
    },
  }
}

function said(child: ChildProcess, lines: string[], pattern: RegExp): Promise<void> {
  return new Promise((ready, failed) => {
    child.once('exit', () => failed(new Error(`The program ended: ${lines.join('\n')}`)))
    child.stdout?.on('data', () => lines.some(line => pattern.test(line)) && setImmediate(ready))
  })
}
