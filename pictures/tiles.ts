import { type Block, box, heading, margin, panel, panelWidth, round, write } from './svg.ts'
import { count, fit, textPxMin, textWidth, whole, wrap, xmlText } from './text.ts'

export interface TileMap {
  title: string
  tiles: readonly { row: number; column: number; label: string; value: number }[]
}

/** The country as a grid: each region a square about where it lies, darker the more it counts. */
export function tileMap({ title, tiles }: TileMap, top: number): Block {
  const columns = Math.max(1, ...tiles.map(tile => tile.column + 1))
  const rows = Math.max(0, ...tiles.map(tile => tile.row + 1))
  const pitch = Math.min(141, (panelWidth - 2 * inset + between) / columns)
  const width = pitch - between
  const labels = tiles.map(tile => wrap(tile.label, (width - 8) / squeezeMin, 2, textPxMin))
  const lines = Math.max(1, ...labels.map(label => label.length))
  const height = 58 + 32 * lines
  const start = margin + (panelWidth - columns * pitch + between) / 2
  const max = Math.max(0, ...tiles.map(tile => whole(tile.value)))
  const drawn = tiles.map((tile, index) => {
    const at = { x: start + tile.column * pitch, y: top + 76 + tile.row * (height + between), width, height }
    return region(tile.value, labels[index] ?? [], shade(tile.value, max), at)
  })
  const total = 76 + rows * (height + between) - between + 20
  return { svg: panel(top, total) + heading(title, top) + drawn.join(''), height: total }
}

/** Ground and ink of a tile, five steps and one for zero; every pair is readable (contrast 4.5 or more). */
export const shades = [
  { ground: '#edf1f4', ink: '#526072' },
  { ground: '#d3efe9', ink: '#134e4a' },
  { ground: '#a3dbd1', ink: '#0d3f3b' },
  { ground: '#6bc0b3', ink: '#06302d' },
  { ground: '#1b827a', ink: '#ffffff' },
  { ground: '#0b5d57', ink: '#ffffff' },
] as const

type Shade = (typeof shades)[number]

const inset = 16
const between = 5
// Region names in full are worth slightly narrow letters; smaller ones could not be read.
const squeezeMin = 0.86

function shade(value: number, max: number): Shade {
  const step = value > 0 && max > 0 ? Math.max(1, Math.min(5, Math.ceil((value / max) * 5))) : 0
  return shades[step] ?? shades[0]
}

function region(
  value: number,
  label: readonly string[],
  { ground, ink }: Shade,
  at: { x: number; y: number; width: number; height: number },
): string {
  const centre = at.x + at.width / 2
  const number = fit(count(value), at.width - 10, 38, 800)
  const first = at.y + (at.height + 58) / 2 - 16 * label.length + 14
  return [
    box(at.x, at.y, at.width, at.height, ground, 12),
    write(number.text, centre, first - 34, { size: number.size, weight: 800, fill: ink, anchor: 'middle' }),
    ...label.map((line, row) => narrow(line, centre, first + 32 * row, at.width - 8, ink)),
  ].join('')
}

function narrow(line: string, x: number, y: number, max: number, fill: string): string {
  const squeeze = Math.min(1, max / Math.max(1, textWidth(line, textPxMin)))
  if (squeeze === 1) return write(line, x, y, { size: textPxMin, fill, anchor: 'middle' })
  const place = `transform="translate(${round(x)} ${round(y)}) scale(${Math.floor(squeeze * 1000) / 1000} 1)"`
  return `<text ${place} text-anchor="middle" font-size="${textPxMin}" fill="${fill}">${xmlText(line)}</text>`
}
