import { type Categories, categories, type Districts, districts } from './bars.ts'
import { type Figure, figures } from './figures.ts'
import { type Goals, goals } from './goals.ts'
import { png } from './render.ts'
import { type Block, gap, left, margin, palette, pictureWidth, right, write, writeFitted } from './svg.ts'
import { textWidth } from './text.ts'
import { type TileMap, tileMap } from './tiles.ts'
import { type Trend, trend } from './trend.ts'

/** All words come ready, in the reader's language; the picture only places them. */
export interface DigestNumbers {
  title: string
  subtitle: string
  date: string
  cards: readonly Figure[]
  categories: Categories
  trend: Trend
  /** For a district or region; left out of the picture when it has no rows or a map is there. */
  districts: Districts
  /** For the whole country. */
  map?: TileMap
  goals?: Goals
}

/**
 * Each drawing holds about 11 MB outside the heap until the event loop turns, so many in a row need a real pause
 * (a timer or a sent message, not only a resolved promise) between them.
 */
export function digestPng(numbers: DigestNumbers): Uint8Array {
  return png(digestSvg(numbers))
}

/** One column of panels, 1080 px wide and as tall as they need. */
export function digestSvg(numbers: DigestNumbers): string {
  const { map, goals: aims } = numbers
  const parts = [
    (top: number) => figures(numbers.cards, top),
    (top: number) => categories(numbers.categories, top),
    (top: number) => trend(numbers.trend, top),
    map && map.tiles.length > 0 ? (top: number) => tileMap(map, top) : undefined,
    !map && numbers.districts.rows.length > 0
      ? (top: number) => districts(numbers.districts, top)
      : undefined,
    aims && aims.rows.length > 0 ? (top: number) => goals(aims, top) : undefined,
  ]
  let { svg, height: top } = header(numbers)
  for (const part of parts) {
    if (!part) continue
    const block = part(top + gap)
    svg += block.svg
    top += gap + block.height
  }
  const height = Math.round(top + margin)
  const size = `width="${pictureWidth}" height="${height}" viewBox="0 0 ${pictureWidth} ${height}"`
  const page = `<rect width="${pictureWidth}" height="${height}" fill="${palette.page}"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="Onest">${page}${svg}</svg>`
}

function header({ title, subtitle, date }: DigestNumbers): Block {
  const width = right - left
  const oneLine = textWidth(subtitle, soft.size) + textWidth(date, soft.size) + 40 <= width
  const height = oneLine ? 152 : 196
  const svg = [
    `<rect width="${pictureWidth}" height="${height}" fill="${palette.header}"/>`,
    sun,
    writeFitted(title, left, 74, width, { size: 56, weight: 800, fill: palette.panel }),
    writeFitted(subtitle, left, 124, width, soft),
    oneLine ? write(date, right, 124, { ...soft, anchor: 'end' }) : writeFitted(date, left, 168, width, soft),
  ]
  return { svg: svg.join(''), height }
}

const soft = { size: 32, fill: palette.headerSoft }

const sun = [70, 120, 170]
  .map(radius => `<circle cx="1010" cy="-6" r="${radius}" fill="#ffffff" opacity=".05"/>`)
  .join('')
