import { palette, round } from './svg.ts'

/** Each sign has an outline of its own, so that it is told apart without colour. */
export type Icon = 'plus' | 'clock' | 'check' | 'alarm' | 'calm' | 'tray'

/** Drawn on a field of 44 × 44, which `size` scales. */
export function icon(name: Icon, x: number, y: number, size: number, fill: string): string {
  const place = `translate(${round(x)} ${round(y)}) scale(${Math.round((size / 44) * 1000) / 1000})`
  return `<g transform="${place}">${shapes[name](fill)}</g>`
}

const stroke = (path: string, colour: string, width = 4.5) =>
  `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`

const white = palette.panel

const shapes: Record<Icon, (fill: string) => string> = {
  plus: fill =>
    `<rect x="2" y="2" width="40" height="40" rx="12" fill="${fill}"/>${stroke('M22 12v20M12 22h20', white)}`,
  clock: fill => `<circle cx="22" cy="22" r="21" fill="${fill}"/>${stroke('M22 11v12l8 5', white)}`,
  check: fill =>
    `<circle cx="22" cy="22" r="21" fill="${fill}"/>${stroke('M12.5 23l6.5 6.5 12.5-14', white)}`,
  alarm: fill =>
    `<path d="M22 6L40 37H4z" fill="${fill}" stroke="${fill}" stroke-width="6" stroke-linejoin="round"/>${stroke('M22 16v10', white)}<circle cx="22" cy="33" r="2.8" fill="${white}"/>`,
  tray: fill => stroke('M5 24l7-14h20l7 14v11a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3zM5 24h10l3 5h8l3-5h10', fill, 3),
  calm: fill =>
    `<circle cx="22" cy="22" r="19" fill="none" stroke="${fill}" stroke-width="3.5"/>${stroke('M14 22.5l5.5 5.5 10.500-11.500', fill, 3.5)}`,
}
