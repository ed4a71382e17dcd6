import { execFileSync } from 'node:child_process'
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { heading, report } from './figures.ts'

/** A fresh clone of the last commit: the time of `npm ci`, and the size of what production needs. */
const root = new URL('..', import.meta.url).pathname
const clone = join(mkdtempSync(join(tmpdir(), 'ardaq-bench-')), 'ardaq')

try {
  execFileSync('git', ['clone', '--quiet', root, clone], { stdio: 'inherit' })
  const all = install()
  const allBytes = sizeOf(join(clone, 'node_modules'))
  const production = install('--omit=dev')
  const productionBytes = sizeOf(join(clone, 'node_modules'))
  heading('npm ci in a fresh clone')
  const seconds = { unit: 's', most: { value: 60, of: 'ours' } } as const
  report({ what: 'npm ci', ours: all, reference: production, referenceIs: 'without dev', ...seconds })
  report({
    what: 'production dependencies',
    ours: productionBytes / 1e6,
    reference: allBytes / 1e6,
    referenceIs: 'with those for development',
    unit: 'MB',
    most: { value: 120, of: 'ours' },
  })
} finally {
  rmSync(join(clone, '..'), { recursive: true, force: true })
}

function install(...more: string[]): number {
  const began = performance.now()
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  execFileSync('npm', ['ci', ...quiet, ...more], { cwd: clone, stdio: ['ignore', 'ignore', 'inherit'] })
  return (performance.now() - began) / 1000
}

/** The bytes of the files themselves; links are not followed. */
function sizeOf(path: string): number {
  const stat = lstatSync(path)
  if (!stat.isDirectory()) return stat.size
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
}
