import { inkBox } from '../../pictures/render.ts'
import { palette } from '../../pictures/svg.ts'
import { shades } from '../../pictures/tiles.ts'

export const textElement = /<text [^>]*>[^<]*<\/text>/g

interface Box {
  x: number
  y: number
  width: number
  height: number
  fill?: string
}

export function boxes(svg: string): Box[] {
  const attribute = (element: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(element)?.[1]
  return (svg.match(/<rect [^>]*>/g) ?? []).map(element => ({
    x: Number(attribute(element, 'x') ?? 0),
    y: Number(attribute(element, 'y') ?? 0),
    width: Number(attribute(element, 'width')),
    height: Number(attribute(element, 'height')),
    fill: attribute(element, 'fill') ?? '',
  }))
}

/** Measures each word of the picture on its own: it must lie in a panel, a tile or the header, and touch no other. */
export function placeFaults(svg: string): string[] {
  const grounds: string[] = [
    palette.panel,
    palette.alarm,
    palette.header,
    ...shades.map(shade => shade.ground),
  ]
  const holders = boxes(svg).filter(
    box => grounds.includes(box.fill ?? '') && box.width > 100 && box.height > 60,
  )
  const bars = boxes(svg).filter(box => box.fill === palette.bar || box.fill === palette.track)
  const words = (svg.match(textElement) ?? []).flatMap(element => {
    const ink = inkBox(
      `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" font-family="Onest">${element}</svg>`,
    )
    return ink ? [{ element, ink, size: Number(/font-size="([\d.]+)"/.exec(element)?.[1]) }] : []
  })
  return words.flatMap(({ element, ink, size }, index) => {
    const holder = holders
      .filter(box => touches(box, ink))
      .toSorted((one, other) => one.width - other.width)[0]
    const free =
      words.slice(index + 1).every(other => !touches(ink, other.ink)) && !bars.some(bar => touches(bar, ink))
    const held = holder && within(ink, holder, holder.width < 140 ? 2 : 10)
    return held && free && size >= 28 ? [] : [element]
  })
}

/** Shapes that leave the picture; the sun in the header does so on purpose. */
export function strayShapes(svg: string): string[] {
  const shapes = svg.replace(/<g .*?<\/g>/g, '').match(/<(path|rect|circle) [^>]*>/g) ?? []
  return shapes.filter(shape => {
    const ink = inkBox(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${shape}</svg>`)
    return ink && !shape.includes('opacity=".05"') && (ink.x < 0 || ink.x + ink.width > 1080)
  })
}

function within(inner: Box, outer: Box, room: number): boolean {
  const [right, bottom] = [inner.x + inner.width, inner.y + inner.height]
  const across = inner.x >= outer.x + room && right <= outer.x + outer.width - room
  return across && inner.y >= outer.y + 4 && bottom <= outer.y + outer.height - 4
}

function touches(one: Box, other: Box): boolean {
  const across = one.x < other.x + other.width && other.x < one.x + one.width
  return across && one.y < other.y + other.height && other.y < one.y + one.height
}

/** Contrast by the WCAG formula. */
export function contrast(one: string, other: string): number {
  const light = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [bright = 0, dark = 0] = [light(one), light(other)].toSorted((a, b) => b - a)
  return (bright + 0.05) / (dark + 0.05)
}
