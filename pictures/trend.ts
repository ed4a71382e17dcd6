import { type Block, heading, left, palette, panel, right, round, write, writeFitted } from './svg.ts'
import { count, fit, textPxMin, textWidth, whole } from './text.ts'

export interface Trend {
  title: string
  labels: { came: string; done: string }
  days: readonly { came: number; done: number }[]
}

/** Two lines over the days. What came is solid over a tint and ends in a dot; what was done is dashed, with a square. */
export function trend({ title, labels, days }: Trend, top: number): Block {
  const cameDaily = days.map(day => whole(day.came))
  const doneDaily = days.map(day => whole(day.done))
  const max = Math.max(0, ...cameDaily, ...doneDaily)
  const axis = axisOf(max)
  const numbers = Math.max(...axis.ticks.map(tick => textWidth(count(tick), textPxMin)))
  const frame = {
    x: left + 6,
    y: top + 84,
    width: right - left - numbers - 36,
    height: max > 0 ? 160 : 40,
    top: axis.top,
  }
  const came = pointsOf(cameDaily, frame)
  const done = pointsOf(doneDaily, frame)
  const bottom = frame.y + frame.height
  const legendY = bottom + 58
  const height = legendY - top + 26
  const svg = [
    panel(top, height),
    heading(title, top),
    ...axis.ticks.map(tick => grid(tick, frame)),
    weeks(days.length, frame),
    area(came, bottom),
    line(came, palette.blue, ''),
    line(done, palette.green, dashes),
    dot(came.at(-1)),
    square(done.at(-1)),
    legend('came', labels.came, sum(cameDaily), left, legendY),
    legend('done', labels.done, sum(doneDaily), (left + right) / 2 + 8, legendY),
  ]
  return { svg: svg.join(''), height }
}

interface Frame {
  x: number
  y: number
  width: number
  height: number
  top: number
}

type Point = readonly [x: number, y: number]

const dashes = ' stroke-dasharray="13 7"'
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** Two to four round steps that reach over the highest day. */
function axisOf(max: number): { top: number; ticks: number[] } {
  // A month without a single request is a quiet line, not an empty grid.
  if (max <= 0) return { top: 1, ticks: [0] }
  let step = 1
  for (let power = 1; step * 4 < max; power *= 10) {
    step = [1, 2, 5, 10].map(digit => digit * power).find(size => size * 4 >= max) ?? step
  }
  const steps = Math.max(2, Math.ceil(max / step))
  return { top: steps * step, ticks: Array.from({ length: steps + 1 }, (_, index) => index * step) }
}

function pointsOf(values: readonly number[], frame: Frame): Point[] {
  const apart = frame.width / Math.max(1, values.length - 1)
  return values.map((value, day) => [
    // A single day stands at the right end, where today always is.
    round(values.length === 1 ? frame.x + frame.width : frame.x + day * apart),
    round(frame.y + frame.height * (1 - Math.max(0, value) / frame.top)),
  ])
}

function grid(tick: number, frame: Frame): string {
  const y = round(frame.y + frame.height * (1 - tick / frame.top))
  const end = frame.x + frame.width
  const rule = `<path d="M${frame.x} ${y}H${round(end)}" stroke="${palette.line}" stroke-width="2"/>`
  return rule + write(count(tick), right, y + 10, { size: textPxMin, fill: palette.soft, anchor: 'end' })
}

/** Small marks under the chart, a week apart, counted back from today. */
function weeks(days: number, frame: Frame): string {
  if (days < 2) return ''
  const apart = frame.width / (days - 1)
  const marks = Array.from({ length: Math.floor((days - 1) / 7) + 1 }, (_, week) => {
    const x = round(frame.x + frame.width - week * 7 * apart)
    return `M${x} ${frame.y + frame.height}v10`
  })
  return `<path d="${marks.join('')}" stroke="#b6c2cd" stroke-width="2.5"/>`
}

function area(points: readonly Point[], bottom: number): string {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return ''
  return `<path d="M${first[0]} ${bottom}L${points.join('L')}L${last[0]} ${bottom}z" fill="${palette.blue}" opacity=".1"/>`
}

function line(points: readonly Point[], colour: string, dash: string): string {
  if (points.length === 0) return ''
  return `<path d="M${points.join('L')}" fill="none" stroke="${colour}" stroke-width="5" stroke-linejoin="round"${dash}/>`
}

function dot(point: Point | undefined): string {
  if (!point) return ''
  return `<circle cx="${point[0]}" cy="${point[1]}" r="13" fill="${palette.blue}" stroke="${palette.panel}" stroke-width="3"/>`
}

function square(point: Point | undefined): string {
  if (!point) return ''
  const [x, y] = [round(point[0] - 7), round(point[1] - 7)]
  return `<rect x="${x}" y="${y}" width="14" height="14" fill="${palette.green}" stroke="${palette.panel}" stroke-width="2"/>`
}

function legend(kind: 'came' | 'done', label: string, total: number, x: number, y: number): string {
  const came = kind === 'came'
  const ends: Point[] = [
    [round(x), y - 10],
    [round(x + 56), y - 10],
  ]
  const words = fit(label, (right - left) / 2 - 92 - textWidth(count(total), 30, 600), textPxMin)
  const after = x + 74 + textWidth(words.text, words.size) + 14
  return [
    came ? line(ends, palette.blue, '') + dot(ends[1]) : line(ends, palette.green, dashes) + square(ends[1]),
    write(words.text, x + 74, y, { size: words.size }),
    writeFitted(count(total), after, y, right - after, { size: 30, weight: 600 }),
  ].join('')
}
