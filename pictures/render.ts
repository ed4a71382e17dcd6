import { createRequire } from 'node:module'
import { type RenderedImage, Resvg } from '@resvg/resvg-js'

export type Weight = 400 | 600 | 800

export function png(svg: string): Uint8Array {
  return draw(svg).asPng()
}

/** The raw picture, four bytes (RGBA) a pixel; `widthPx` scales it, for example to the width of a phone. */
export function pixels(svg: string, widthPx?: number): { width: number; height: number; rgba: Uint8Array } {
  const image = draw(svg, widthPx)
  return { width: image.width, height: image.height, rgba: image.pixels }
}

/** The box of what is inked, or undefined if nothing is. */
export function inkBox(svg: string): { x: number; y: number; width: number; height: number } | undefined {
  return new Resvg(svg, { font }).getBBox()
}

// Only .ttf: resvg draws no text at all from .woff2 and reports no error. System fonts stay out, so that the
// picture is the same on every machine.
const find = createRequire(import.meta.url).resolve
const font = {
  loadSystemFonts: false,
  defaultFontFamily: 'Onest',
  fontFiles: ['400Regular', '600SemiBold', '800ExtraBold'].map(face =>
    find(`@expo-google-fonts/onest/${face}/Onest_${face}.ttf`),
  ),
}

function draw(svg: string, widthPx?: number): RenderedImage {
  return new Resvg(svg, {
    font,
    fitTo: widthPx ? { mode: 'width', value: widthPx } : { mode: 'original' },
  }).render()
}
