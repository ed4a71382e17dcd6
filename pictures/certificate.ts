import { png } from './render.ts'
import {
  box,
  left,
  margin,
  palette,
  panelWidth,
  pictureWidth,
  right,
  type write,
  writeFitted,
} from './svg.ts'
import { count, wrap } from './text.ts'

/** All words come ready, in the reader's language; the picture only places them. */
export interface Certificate {
  title: string
  operator: string
  /** «Вручается», the name, «за помощь старшим людям». */
  given: string
  name: string
  reason: string
  figures: readonly { value: number; label: string }[]
  period: string
  number: string
  /** How the number is verified. */
  check: string
}

export function certificatePng(certificate: Certificate): Uint8Array {
  return png(certificateSvg(certificate))
}

const height = 1400
const centre = pictureWidth / 2
const width = right - left

/** A sheet as wide as the digest: on a phone it is read without enlarging. */
export function certificateSvg(certificate: Certificate): string {
  const { title, operator, given, name, reason, figures, period, number, check } = certificate
  const { lines, px } = fitName(name)
  const nameTop = lines.length > 1 ? 452 : 490
  const svg = [
    `<rect width="${pictureWidth}" height="${height}" fill="${palette.page}"/>`,
    `<rect width="${pictureWidth}" height="236" fill="${palette.header}"/>`,
    sun,
    line(title, 112, { size: 60, weight: 800, fill: palette.panel }),
    line(operator, 178, { size: 36, fill: palette.headerSoft }),
    box(margin, 268, panelWidth, height - 268 - margin, palette.panel, 20),
    line(given, 372, { size: 34, fill: palette.soft }),
    ...lines.map((words, n) => line(words, nameTop + n * 76, { size: px, weight: 800 })),
    line(reason, 602, { size: 36 }),
    rule(664),
    ...figures.map((figure, n) => drawFigure(figure, n, figures.length)),
    rule(962),
    line(period, 1046, { size: 38, weight: 600 }),
    line(number, 1210, { size: 38, weight: 600, fill: palette.green }),
    ...wrap(check, width - 60, 2, 30).map((words, n) =>
      line(words, 1266 + n * 42, { size: 30, fill: palette.soft }),
    ),
  ]
  const size = `width="${pictureWidth}" height="${height}" viewBox="0 0 ${pictureWidth} ${height}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="Onest">${svg.join('')}</svg>`
}

/** The whole name in one line or two, smaller rather than cut: it is the one thing here nobody may shorten. */
function fitName(name: string): { lines: string[]; px: number } {
  const tries = [64, 54, 44, 36].map(px => ({ px, lines: wrap(name, width, 2, px, 800) }))
  return tries.find(({ lines }) => !lines.some(words => words.endsWith('…'))) ?? { px: 36, lines: [name] }
}

function drawFigure({ value, label }: { value: number; label: string }, n: number, of: number): string {
  const column = width / of
  const x = left + column * (n + 0.5)
  const big = { size: 104, weight: 800, fill: palette.green, anchor: 'middle' } as const
  const small = { size: 36, fill: palette.soft, anchor: 'middle' } as const
  return writeFitted(count(value), x, 812, column - 24, big) + writeFitted(label, x, 878, column - 24, small)
}

function line(text: string, y: number, type: Omit<Parameters<typeof write>[3] & object, 'anchor'>): string {
  return writeFitted(text, centre, y, width, { ...type, anchor: 'middle' })
}

function rule(y: number): string {
  return box(left, y, width, 2, palette.line, 1)
}

const sun = [110, 180, 250]
  .map(radius => `<circle cx="${centre}" cy="-30" r="${radius}" fill="#ffffff" opacity=".06"/>`)
  .join('')
