import { execFileSync } from 'node:child_process'

/** One after the other, each in a process of its own, so that none warms up or slows down the next. */
for (const script of ['start', 'message', 'claims', 'digest', 'broadcast', 'scale', 'whatsapp', 'install']) {
  const path = new URL(`./${script}.ts`, import.meta.url).pathname
  execFileSync(process.execPath, [path], { stdio: 'inherit' })
}
