/** Two signs that fall into one box count as one. */
export const boxesMax = 2 ** 14

const lettersMin = 3
const lettersMax = 5
const wordsMax = 40

/** Each word, each pair of neighbours, and each run of three to five letters, as numbers of boxes. */
export function signsIn(sounds: readonly string[]): number[] {
  const signs = new Set<number>()
  let before = wordSeed
  for (const sound of sounds.slice(0, wordsMax)) {
    const whole = hashed(wordSeed, sound)
    signs.add(boxOf(whole)).add(boxOf(hashed(before, sound)))
    before = hashed(whole, ' ')
    addRuns(`_${sound}_`, signs)
  }
  if (sounds.length > 0) signs.add(boxOf(hashed(before, '$')))
  return [...signs]
}

function addRuns(word: string, signs: Set<number>) {
  for (let from = 0; from + lettersMin <= word.length; from++) {
    let hash = seed
    const end = Math.min(word.length, from + lettersMax)
    for (let at = from; at < end; at++) {
      hash = step(hash, word.charCodeAt(at))
      if (at - from + 1 >= lettersMin) signs.add(boxOf(hash))
    }
  }
}

const seed = 2166136261
/** A whole word is not the same letters within another. */
const wordSeed = step(seed, 61)

function hashed(start: number, text: string): number {
  let hash = start
  for (let at = 0; at < text.length; at++) hash = step(hash, text.charCodeAt(at))
  return hash
}

function step(hash: number, code: number): number {
  return Math.imul(hash ^ code, 16777619)
}

function boxOf(hash: number): number {
  return (hash >>> 3) & (boxesMax - 1)
}
