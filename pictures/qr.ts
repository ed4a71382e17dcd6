import { encodeQR } from 'qr'
import { png } from './render.ts'
import { box, palette, pictureWidth, writeFitted } from './svg.ts'

const height = 1240
const side = 880
const edge = (pictureWidth - side) / 2
const top = 230
/** Light modules around the code, without which many cameras do not find it. */
const quietModules = 4

/** A link as a picture to be read by another phone's camera, with what it is and for where above it. */
export function qrPng(link: string, words: { title: string; where: string }): Uint8Array {
  return png(qrSvg(link, words))
}

export function qrSvg(link: string, { title, where }: { title: string; where: string }): string {
  const size = `width="${pictureWidth}" height="${height}" viewBox="0 0 ${pictureWidth} ${height}"`
  const middle = pictureWidth / 2
  const width = pictureWidth - 120
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="Onest">`,
    `<rect width="${pictureWidth}" height="${height}" fill="${palette.page}"/>`,
    `<rect width="${pictureWidth}" height="180" fill="${palette.header}"/>`,
    writeFitted(title, middle, 84, width, { size: 52, weight: 800, fill: palette.panel, anchor: 'middle' }),
    writeFitted(where, middle, 142, width, { size: 36, fill: palette.headerSoft, anchor: 'middle' }),
    box(edge - 20, top - 20, side + 40, side + 40, palette.panel, 24),
    modules(link),
    writeFitted('Ardaq', middle, height - 36, width, { size: 40, weight: 600, anchor: 'middle' }),
    '</svg>',
  ].join('')
}

/** Black on white and square: nothing that a poor camera in a dim hall could stumble over. */
function modules(link: string): string {
  const rows = encodeQR(link, 'raw', { ecc: 'medium', border: quietModules })
  const step = side / rows.length
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  const place = `translate(${edge} ${top}) scale(${step})`
  return `<path transform="${place}" shape-rendering="crispEdges" fill="#000000" d="${path.join('')}"/>`
}
