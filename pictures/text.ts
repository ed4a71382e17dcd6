import { inkBox, type Weight } from './render.ts'

/** Smaller than this cannot be read when a phone shows the picture 412 px wide. */
export const textPxMin = 28

export interface Fitted {
  text: string
  size: number
}

/** Words made safe to stand in the picture's XML. */
export function xmlText(text: string): string {
  return clean(text).replace(/[<>&"']/g, sign => `&#${sign.charCodeAt(0)};`)
}

/** Makes one line no wider than `max`: first smaller, down to `min`, then shorter, with an ellipsis. */
export function fit(text: string, max: number, size: number, weight: Weight = 400, min = textPxMin): Fitted {
  const line = clean(text)
  const full = textWidth(line, size, weight)
  if (full <= max) return { text: line, size }
  const smaller = Math.floor((size * max) / full)
  if (smaller >= min) return { text: line, size: smaller }
  return { text: shorten(line, max, min, weight), size: min }
}

/** Breaks at spaces into as few lines as possible; the last allowed line takes the rest, fitted. */
export function wrap(
  text: string,
  max: number,
  linesMax: number,
  size: number,
  weight: Weight = 400,
): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of clean(text).split(' ')) {
    const longer = line ? `${line} ${word}` : word
    if (line && lines.length < linesMax - 1 && textWidth(longer, size, weight) > max) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line].map(part => shorten(part, max, size, weight))
}

export function textWidth(text: string, size: number, weight: Weight = 400): number {
  const key = `${weight} ${text}`
  const known = widths.get(key)
  if (known !== undefined) return (known * size) / measuredPx
  const type = `font-family="Onest" font-weight="${weight}" font-size="${measuredPx}"`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text ${type}>${xmlText(text)}</text></svg>`
  const width = inkBox(svg)?.width ?? 0
  if (widths.size >= widthsMax) widths.clear()
  widths.set(key, width)
  return (width * size) / measuredPx
}

/** Whole numbers, thousands apart by a thin space that never breaks: 426 600. */
export function count(value: number): string {
  const number = whole(value)
  const digits = String(Math.abs(number)).replace(/\B(?=(\d{3})+$)/g, '\u202f')
  return number < 0 ? `−${digits}` : digits
}

/** What can be drawn of any number: no fractions, no NaN, nothing endless. */
export function whole(value: number): number {
  return Number.isNaN(value) ? 0 : Math.max(-countMax, Math.min(countMax, Math.round(value)))
}

export function change(value: number): string {
  const words = count(value)
  if (words === '0') return '±0'
  return words.startsWith('−') ? words : `+${words}`
}

// A longer number is a fault upstream and would only push the words off the picture.
const countMax = 999_999_999
const measuredPx = 100
const widthsMax = 4000
const widths = new Map<string, number>()
const charsMax = 200
const graphemes = new Intl.Segmenter()

function shorten(text: string, max: number, size: number, weight: Weight): string {
  if (textWidth(text, size, weight) <= max) return text
  const letters = [...graphemes.segment(text)].map(part => part.segment)
  let [kept, tooMany] = [0, letters.length]
  while (tooMany - kept > 1) {
    const middle = (kept + tooMany) >> 1
    if (textWidth(ellipsis(letters, middle), size, weight) <= max) kept = middle
    else tooMany = middle
  }
  return ellipsis(letters, kept)
}

function ellipsis(letters: readonly string[], kept: number): string {
  return `${letters
    .slice(0, kept)
    .join('')
    .replace(/[\s,.:;(«–—-]+$/u, '')}…`
}

// One line, only what the font can draw and XML allows: no control signs, half letters or emoji.
function clean(text: string): string {
  return text
    .slice(0, charsMax)
    .normalize('NFC')
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .replace(
      /[\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]|\uFE0F/gu,
      '',
    )
    .replace(/ +/g, ' ')
    .trim()
}
