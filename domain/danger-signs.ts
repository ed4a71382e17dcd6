import type { Concepts } from './danger-match.ts'
import type { Word } from './danger-text.ts'

/** What the second opinion sees of a piece of a message: numbers of its letters and words, and of its concepts. */
export type Signs = { spelling: readonly number[]; meaning: readonly number[] }

/** The signs fall into this many boxes; two that share a box share a weight. */
export const boxes = 2 ** 15

const lettersMin = 3
const lettersMax = 5
const beginning = 5
const wordsMax = 24
const wordsStep = 12

/** A long message is judged in overlapping pieces, or its one frightened sentence would drown. */
export function signsOf(words: readonly Word[], concepts: Concepts): Signs[] {
  const pieces: Signs[] = []
  for (let from = 0; from === 0 || from + wordsMax - wordsStep < words.length; from += wordsStep) {
    const piece = words.slice(from, from + wordsMax)
    pieces.push({ spelling: spellingOf(piece), meaning: meaningOf(piece, concepts) })
  }
  return pieces
}

/** Each box once. A message has hundreds of them: a mark in a small table costs less than a set. */
class Boxes {
  private readonly marks = new Uint8Array(boxes)
  private found: number[] = []

  add(mixed: number) {
    const at = box(mixed)
    if (this.marks[at] === 1) return
    this.marks[at] = 1
    this.found.push(at)
  }

  take(): number[] {
    const { found } = this
    for (const at of found) this.marks[at] = 0
    this.found = []
    return found
  }
}

const met = new Boxes()

/** Letters in threes to fives within a word, whole words, and beginnings of neighbours. */
function spellingOf(words: readonly Word[]): number[] {
  let before = '^'
  for (const word of words) {
    const forms = formsOf(word)
    for (const form of forms) {
      met.add(mixAll(form, wordStart))
      addLetters(`_${form}_`)
    }
    const start = (forms[0] ?? '').slice(0, beginning)
    met.add(mixAll(start, mixAll(' ', mixAll(before))))
    before = start
  }
  met.add(mixAll(' $', mixAll(before)))
  return met.take()
}

/** Both readings of a Latin word that may be Russian or Kazakh; the size of a number is the rules' matter. */
function formsOf(word: Word): string[] {
  if (word.value !== undefined) return ['#']
  if (!word.latin) return [word.skeleton]
  return word.skeleton === '' ? [word.text] : [word.skeleton, word.text]
}

function addLetters(word: string) {
  for (let from = 0; from + lettersMin <= word.length; from += 1) {
    let mixed = start
    const end = Math.min(word.length, from + lettersMax)
    for (let at = from; at < end; at += 1) {
      mixed = mix(mixed, word.charCodeAt(at))
      if (at - from + 1 >= lettersMin) met.add(mixed)
    }
  }
}

/** Each concept seen in the piece, and each two together: «falls» means more beside «cannot rise». */
function meaningOf(words: readonly Word[], concepts: Concepts): number[] {
  const first = words[0]?.at ?? 0
  const last = words.at(-1)?.at ?? 0
  const names = [...concepts]
    .filter(([, hits]) => hits.some(hit => hit.from >= first && hit.to <= last))
    .map(([name]) => name)
    .sort()
  const mixes = names.map(name => mixAll(name))
  for (const [index, name] of names.entries()) {
    const mixed = mixAll(name, conceptStart)
    met.add(mixed)
    for (let other = index + 1; other < mixes.length; other += 1) met.add(mix(mixed, mixes[other] ?? 0))
  }
  return met.take()
}

const start = 0x811c9dc5
const wordStart = mixAll('w')
const conceptStart = mixAll('C:')

function mix(mixed: number, next: number): number {
  return Math.imul(mixed ^ next, 0x01000193)
}

function mixAll(text: string, from = start): number {
  let mixed = from
  for (let at = 0; at < text.length; at += 1) mixed = mix(mixed, text.charCodeAt(at))
  return mixed
}

function box(mixed: number): number {
  const stirred = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  return (stirred ^ (stirred >>> 12)) & (boxes - 1)
}
