import { icon } from './icons.ts'
import { type Block, box, heading, left, palette, panel, right, round, write, writeFitted } from './svg.ts'
import { count, fit, textPxMin, textWidth, whole } from './text.ts'

export interface Goal {
  label: string
  value: number
  goal: number
  unit?: string
  /** How much should be reached by today, in the same unit as `value`. */
  plan?: number
}

export interface Goals {
  title: string
  rows: readonly Goal[]
  legend: string
}

export function goals({ title, rows, legend }: Goals, top: number): Block {
  const drawn = rows.map((row, index) => goal(counted(row), top + 70 + index * rowHeight))
  const planned = rows.some(row => row.plan !== undefined)
  const words = fit(planned ? legend : '', 320, textPxMin)
  const wordsWidth = textWidth(words.text, words.size)
  const key = planned
    ? marker(right - wordsWidth - 18, top + 27, 28) +
      write(words.text, right, top + 51, { size: words.size, fill: palette.soft, anchor: 'end' })
    : ''
  const height = 70 + rows.length * rowHeight + 10
  const head = heading(title, top, right - left - wordsWidth - 60)
  return { svg: panel(top, height) + head + key + drawn.join(''), height }
}

const rowHeight = 94

// Judged by the same whole numbers that are shown, so that "95% / 95%" never looks unreached.
function counted(row: Goal): Goal {
  const plan = row.plan === undefined ? {} : { plan: whole(row.plan) }
  return { ...row, value: whole(row.value), goal: whole(row.goal), ...plan }
}

function goal(row: Goal, y: number): string {
  const target = `/ ${amount(row.goal, row.unit)}${share(row)}`
  const targetX = right - textWidth(target, 30)
  const value = amount(row.value, row.unit)
  const valueX = targetX - 14 - textWidth(value, 40, 800)
  const state = stateOf(row)
  const sign = state.icon ? icon(state.icon, valueX - 48, y + 9, 34, state.fill) : ''
  const labelMax = valueX - (sign ? 48 : 0) - 20 - left
  const reached = row.goal > 0 ? Math.max(0, Math.min(1, row.value / row.goal)) : 0
  const width = right - left
  return [
    writeFitted(row.label, left, y + 38, labelMax),
    sign,
    write(value, valueX, y + 38, { size: 40, weight: 800, fill: state.ink }),
    write(target, right, y + 38, { fill: palette.soft, anchor: 'end' }),
    box(left, y + 54, width, 18, palette.track, 10),
    reached > 0 ? box(left, y + 54, Math.max(18, width * reached), 18, state.fill, 10) : '',
    row.plan !== undefined && row.goal > 0
      ? marker(left + width * Math.max(0, Math.min(1, row.plan / row.goal)), y + 46, 34)
      : '',
  ].join('')
}

function stateOf(row: Goal): { icon?: 'check' | 'clock'; fill: string; ink: string } {
  const wanted = row.plan ?? row.goal
  if (row.value >= wanted && row.value > 0) return { icon: 'check', fill: palette.green, ink: palette.green }
  if (row.plan === undefined || row.value >= row.plan) return { fill: palette.bar, ink: palette.ink }
  return { icon: 'clock', fill: '#d97706', ink: palette.amber }
}

function amount(value: number, unit: string | undefined): string {
  if (!unit) return count(value)
  return unit === '%' ? `${count(value)}%` : `${count(value)}\u202f${unit}`
}

// A share of a percentage would only confuse.
function share(row: Goal): string {
  return row.unit === '%' || row.goal <= 0 ? '' : ` · ${count(Math.floor((row.value / row.goal) * 100))}%`
}

function marker(x: number, y: number, height: number): string {
  const at = round(Math.max(left + 3, Math.min(x, right - 3)))
  return `<path d="M${at} ${y}v${height}" stroke="${palette.ink}" stroke-width="5" stroke-linecap="round"/>`
}
