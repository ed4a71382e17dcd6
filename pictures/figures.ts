import { type Icon, icon } from './icons.ts'
import { type Block, box, gap, margin, palette, panelWidth, round, write, writeFitted } from './svg.ts'
import { change, count, textPxMin, textWidth, wrap } from './text.ts'

export interface Figure {
  label: string
  value: number
  change?: number
  tone: 'new' | 'work' | 'good' | 'bad'
}

/** The day's big numbers: in one row, or two by two if a label is too long for a narrow card. */
export function figures(cards: readonly Figure[], top: number): Block {
  const form = cards.every(card => isWhole(labelOf(card, inRow))) ? inRow : inPairs
  const width = columnWidth(form)
  const labels = cards.map(card => labelOf(card, form))
  const height = form.labelY + lineHeight * Math.max(1, ...labels.map(lines => lines.length)) - 12
  const drawn = cards.map((card, index) => {
    const x = margin + (index % form.columns) * (width + gap)
    const y = top + Math.floor(index / form.columns) * (height + gap)
    return figure(card, labels[index] ?? [], form, { x, y, width, height })
  })
  const rows = Math.ceil(cards.length / form.columns)
  return { svg: drawn.join(''), height: rows * (height + gap) - gap }
}

type Form = typeof inRow

interface Place {
  x: number
  y: number
  width: number
  height: number
}

const inset = 15
const lineHeight = 34
const inRow = {
  columns: 4,
  icon: 44,
  iconY: 18,
  valueX: 0,
  valueY: 134,
  changeY: 50,
  labelY: 176,
  labelPx: 28,
}
const inPairs = {
  columns: 2,
  icon: 50,
  iconY: 30,
  valueX: 68,
  valueY: 80,
  changeY: 64,
  labelY: 122,
  labelPx: 30,
}

const columnWidth = (form: Form) => Math.floor((panelWidth - (form.columns - 1) * gap) / form.columns)
const labelOf = (card: Figure, form: Form) => wrap(card.label, columnWidth(form) - 2 * inset, 2, form.labelPx)
const isWhole = (lines: readonly string[]) => !lines.some(line => line.includes('…'))

const looks: Record<Figure['tone'], { icon: Icon; fill: string }> = {
  new: { icon: 'plus', fill: palette.blue },
  work: { icon: 'clock', fill: palette.amber },
  good: { icon: 'check', fill: palette.green },
  bad: { icon: 'alarm', fill: palette.red },
}

function figure(card: Figure, label: readonly string[], form: Form, at: Place): string {
  // Nothing overdue is good news: the warning sign is not shown over a zero.
  const calm = card.tone === 'bad' && !(card.value > 0)
  const look = calm ? ({ icon: 'calm', fill: palette.green } as const) : looks[card.tone]
  const start = at.x + inset
  const end = at.x + at.width - inset
  const changed = card.change === undefined ? '' : change(card.change)
  const changedWidth = textWidth(changed, textPxMin, 600) + 20
  const valueMax = end - start - (form.valueX > 0 ? form.valueX + changedWidth : 0)
  const fill = card.value > 0 ? look.fill : palette.soft
  const quiet = { size: textPxMin, weight: 600, fill: palette.soft, anchor: 'end' } as const
  return [
    ground(at, card.tone === 'bad' && !calm),
    icon(look.icon, start, at.y + form.iconY, form.icon, look.fill),
    writeFitted(count(card.value), start + form.valueX, at.y + form.valueY, valueMax, {
      size: 76,
      weight: 800,
      fill,
    }),
    writeFitted(changed, end, at.y + form.changeY, end - start - form.icon - 16, quiet),
    ...label.map((line, row) =>
      write(line, start, at.y + form.labelY + lineHeight * row, { size: form.labelPx }),
    ),
  ].join('')
}

function ground(at: Place, alarm: boolean): string {
  if (!alarm) return box(at.x, at.y, at.width, at.height, palette.panel, 20)
  const size = `width="${round(at.width - 3)}" height="${round(at.height - 3)}" rx="19"`
  return `<rect x="${round(at.x + 1.5)}" y="${round(at.y + 1.5)}" ${size} fill="${palette.alarm}" stroke="${palette.alarmLine}" stroke-width="3"/>`
}
