import { labelWords, type Option } from './prompt.ts'

const star = /[\u2B50\u2605\u272E\u2730\u{1F31F}\u2728]/gu
const heart =
  /[\u2764\u2665\u2763\u{1F493}-\u{1F49C}\u{1F49E}\u{1F49F}\u{1F5A4}\u{1F90D}\u{1F90E}\u{1F9E1}]/gu
const beside = /\s|\uFE0E|\uFE0F|\u200D|[\u2606.!,]/gu
const heartsMeantMin = 4

/**
 * «⭐⭐⭐⭐» under a question whose answers bear numbers. Few hearts are thanks, no bad mark, and one star may be
 * either: they are asked about.
 */
export function countedStars(
  text: string,
  options: readonly Option[],
): { value: number; sure: boolean } | undefined {
  if (!options.every(option => labelWords(option.label) !== option.label)) return undefined
  if (text.replace(star, '').replace(heart, '').replace(beside, '') !== '') return undefined
  const [stars, hearts] = [text.match(star)?.length ?? 0, text.match(heart)?.length ?? 0]
  if (stars + hearts === 0) return undefined
  if (stars > 0) return { value: Math.min(stars, options.length), sure: stars > 1 }
  const few = hearts < heartsMeantMin
  return { value: few ? options.length : Math.min(hearts, options.length), sure: !few }
}
