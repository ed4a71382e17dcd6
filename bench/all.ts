import { execFileSync } from 'node:child_process'

/**
 * One after the other, each in a process of its own, so that none warms up or slows down the next. The last ones take
 * long: all of it some hours.
 */
const scripts = ['start', 'message', 'claims', 'digest', 'dialog', 'broadcast', 'speed', 'scale', 'growth']
for (const script of [...scripts, 'whatsapp', 'install', 'memory']) {
  const path = new URL(`./${script}.ts`, import.meta.url).pathname
  execFileSync(process.execPath, [path], { stdio: 'inherit' })
}
