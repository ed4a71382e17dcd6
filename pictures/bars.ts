import { icon } from './icons.ts'
import {
  type Block,
  box,
  heading,
  left,
  palette,
  panel,
  pictureWidth,
  right,
  round,
  write,
  writeFitted,
} from './svg.ts'
import { count, fit, textPxMin, textWidth, whole, wrap } from './text.ts'

export interface Categories {
  title: string
  rows: readonly { label: string; value: number }[]
  empty: string
}

export interface Districts {
  title: string
  rows: readonly { label: string; open: number; overdue: number }[]
  more?: string
  labels: { open: string; overdue: string }
  /** The second number is no warning, only another number. */
  calm?: boolean
}

export function categories({ title, rows, empty }: Categories, top: number): Block {
  if (!rows.some(row => row.value > 0)) return nothing(title, empty, top)
  const scale = scaleOf(rows, row => row.value, right, 420)
  const drawn = rows.map((row, index) => bar(row.label, row.value, top + 74 + index * rowHeight, scale))
  const height = 74 + rows.length * rowHeight + 18
  return { svg: panel(top, height) + heading(title, top) + drawn.join(''), height }
}

/** Open requests as bars; the overdue among them as a column of numbers with a warning sign. */
export function districts({ title, rows, more, labels, calm }: Districts, top: number): Block {
  const head = fit(labels.overdue, 260, textPxMin)
  const column = Math.max(
    textWidth(head.text, head.size),
    ...rows.map(row => textWidth(count(row.overdue), 30, 600) + 44),
  )
  const scale = scaleOf(rows, row => row.open, right - column - 36, 460)
  const first = top + 118
  const drawn = rows.map((row, index) => {
    const y = first + index * rowHeight
    return (
      rule(y) + bar(row.label, row.open, y, scale) + (calm ? plain(row.overdue, y) : overdue(row.overdue, y))
    )
  })
  const end = first + rows.length * rowHeight
  const rest = more
    ? rule(end) + writeFitted(more, left, end + 36, right - left, { size: textPxMin, fill: palette.soft })
    : ''
  const quiet = { size: textPxMin, fill: palette.soft }
  const height = end - top + (more ? 58 : 18)
  const heads =
    writeFitted(labels.open, scale.x, top + 102, right - column - 24 - scale.x, quiet) +
    write(head.text, right, top + 102, { ...quiet, size: head.size, anchor: 'end' })
  return { svg: panel(top, height) + heading(title, top) + heads + drawn.join('') + rest, height }
}

interface Scale {
  x: number
  width: number
  max: number
  labelMax: number
}

const rowHeight = 47

function scaleOf<Row extends { label: string }>(
  rows: readonly Row[],
  value: (row: Row) => number,
  end: number,
  labelMax: number,
): Scale {
  const labels = Math.min(labelMax, Math.max(0, ...rows.map(row => textWidth(row.label, 30) + 4)))
  const numbers = Math.max(0, ...rows.map(row => textWidth(count(value(row)), 30, 600)))
  const x = left + labels + 22
  return {
    x,
    width: end - x - numbers - 14,
    max: Math.max(0, ...rows.map(row => whole(value(row)))),
    labelMax: labels,
  }
}

function bar(label: string, value: number, y: number, scale: Scale): string {
  const length = value > 0 && scale.max > 0 ? Math.max(10, (scale.width * whole(value)) / scale.max) : 4
  const fill = value > 0 ? palette.bar : palette.line
  return [
    writeFitted(label, left, y + 33, scale.labelMax),
    box(scale.x, y + 7, length, 33, fill, value > 0 ? 7 : 2),
    write(count(value), scale.x + length + 12, y + 33, {
      weight: 600,
      fill: value > 0 ? palette.ink : palette.soft,
    }),
  ].join('')
}

function overdue(value: number, y: number): string {
  const late = value > 0
  const words = count(value)
  const type = { weight: late ? 600 : 400, fill: late ? palette.red : palette.soft, anchor: 'end' } as const
  const sign = late ? icon('alarm', right - textWidth(words, 30, 600) - 44, y + 8, 30, palette.red) : ''
  return sign + write(words, right, y + 33, type)
}

function plain(value: number, y: number): string {
  return write(count(value), right, y + 33, { fill: palette.soft, anchor: 'end' })
}

// Leads the eye from the district's name to its last number.
function rule(y: number): string {
  return `<path d="M${left} ${round(y)}H${right}" stroke="${palette.line}" stroke-width="2"/>`
}

function nothing(title: string, empty: string, top: number): Block {
  const lines = wrap(empty, right - left, 2, 30)
  const height = 166 + lines.length * 38
  const words = lines.map((line, row) =>
    write(line, pictureWidth / 2, top + 172 + row * 38, { fill: palette.soft, anchor: 'middle' }),
  )
  const sign = icon('tray', (pictureWidth - 56) / 2, top + 76, 56, palette.bar)
  return { svg: panel(top, height) + heading(title, top) + sign + words.join(''), height }
}
