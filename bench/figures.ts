import { cpus } from 'node:os'

/** One measured claim: ours beside a reference taken in the same run. */
export interface Figure {
  what: string
  ours: number
  reference: number
  referenceIs: string
  unit: string
  /** The highest value of ours, or with `of: 'ratio'` of ours divided by the reference. */
  most?: Limit
  /** The lowest, likewise. */
  least?: Limit
}

interface Limit {
  value: number
  of: 'ours' | 'ratio'
}

export function print(line = '') {
  process.stdout.write(`${line}\n`)
}

export function heading(title: string) {
  const [cpu] = cpus()
  print()
  print(`${title} · Node ${process.version}, ${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}`)
}

/** Prints ours, the reference and the ratio, and whether it is what we promised. */
export function report({ what, ours, reference, referenceIs, unit, most, least }: Figure) {
  const ratio = ours / reference
  print(
    `  ${what}: ${round(ours)} ${unit}; ${referenceIs}: ${round(reference)} ${unit}; ratio ${round(ratio)}`,
  )
  const measured = ({ of }: Limit) => (of === 'ratio' ? ratio : ours)
  const limit = ({ of, value }: Limit) => (of === 'ratio' ? `ratio ${value}` : `${value} ${unit}`)
  const judge = (kept: boolean) => (kept ? 'kept' : 'NOT KEPT')
  if (most) print(`    promised at most ${limit(most)}: ${judge(measured(most) <= most.value)}`)
  if (least) print(`    promised at least ${limit(least)}: ${judge(measured(least) >= least.value)}`)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

export function round(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3).replace(/\.?0+$/, '')
}
