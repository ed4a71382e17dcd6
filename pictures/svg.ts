import type { Weight } from './render.ts'
import { type Fitted, fit, textPxMin, xmlText } from './text.ts'

export const pictureWidth = 1080
export const margin = 32
export const gap = 16
export const panelWidth = pictureWidth - 2 * margin
/** Where words and charts begin and end inside a panel. */
export const left = margin + 30
export const right = pictureWidth - margin - 30

export const palette = {
  page: '#edf2f4',
  panel: '#ffffff',
  header: '#0f766e',
  headerSoft: '#d5f5ef',
  ink: '#1e293b',
  soft: '#526072',
  line: '#dde4ea',
  track: '#e6ebef',
  bar: '#17a697',
  blue: '#0369a1',
  amber: '#b45309',
  green: '#0f766e',
  red: '#b91c1c',
  alarm: '#fef1f0',
  alarmLine: '#f0a8a2',
} as const

/** A drawn piece of the column and how far down it reaches. */
export interface Block {
  svg: string
  height: number
}

interface Type {
  size?: number
  weight?: Weight
  fill?: string
  anchor?: 'start' | 'middle' | 'end'
}

export function write(text: string, x: number, y: number, type: Type = {}): string {
  const { size = 30, weight = 400, fill = palette.ink, anchor = 'start' } = type
  const place = `x="${round(x)}" y="${round(y)}" text-anchor="${anchor}"`
  return `<text ${place} font-size="${size}" font-weight="${weight}" fill="${fill}">${xmlText(text)}</text>`
}

/** One line that keeps to its box: smaller first, then shortened. */
export function writeFitted(text: string, x: number, y: number, max: number, type: Type = {}): string {
  const line: Fitted = fit(
    text,
    max,
    type.size ?? 30,
    type.weight ?? 400,
    Math.min(type.size ?? 30, textPxMin),
  )
  return write(line.text, x, y, { ...type, size: line.size })
}

export function box(x: number, y: number, width: number, height: number, fill: string, radius = 8): string {
  const size = `width="${round(width)}" height="${round(height)}"`
  return `<rect x="${round(x)}" y="${round(y)}" ${size} rx="${radius}" fill="${fill}"/>`
}

export function panel(top: number, height: number): string {
  return box(margin, top, panelWidth, height, palette.panel, 20)
}

export function heading(title: string, top: number, max = right - left): string {
  return writeFitted(title, left, top + 52, max, { size: 34, weight: 600 })
}

/** Short coordinates; one that cannot be counted becomes 0, because a NaN would make the shape vanish. */
export function round(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 10) / 10 : 0
}
