import { writeFileSync } from 'node:fs'
import { ruled } from '../domain/redact.ts'
import {
  besideMin,
  chancesOf,
  hideLikely,
  leaningsOf,
  letterOf,
  passedOn,
  secretMin,
  stepsMax,
} from '../domain/redact-opinion.ts'
import { type Page, writePage } from '../domain/redact-page.ts'
import { boxes, joinsOf, signsOf } from '../domain/redact-signs.ts'
import { dangerCases } from '../tests/domain/danger-words.cases.ts'
import { type RedactCase, redactCases } from '../tests/domain/redact.cases.ts'
import { redactExamples } from '../tests/domain/redact.examples.ts'
import { redactPlaceCases } from '../tests/domain/redact.place-cases.ts'
import { redactWayCases } from '../tests/domain/redact.way-cases.ts'
import { redactWordCases } from '../tests/domain/redact.word-cases.ts'
import { isRemoved, type Mark, type Marked, maskedSigns, unmarked } from './secrets.ts'
import { madeFrom } from './secrets-made.ts'

/**
 * Learns the redactor's second opinion from every labelled message and says what it is worth on messages it has not
 * seen: `node bench/secrets-train.ts` reports, `node bench/secrets-train.ts write` also replaces
 * domain/redact-weights.ts. The same rows always give the same weights. After a change of a rule it should run again.
 */
const folds = 5
const passes = 8
const rate = 0.15
const decay = 1e-3
const madeCount = 1200
/** The rules were written from the cases, so the cases flatter whatever a rule says. */
const caseShare = 0.8
const madeShare = 0.6
const share = { secret: 1.8, needed: 2, unmarked: 0.7, ruledInCase: 0.3, mask: 0.3 }

/** What the second opinion sees of one message, and what is right for each token. */
type Row = {
  page: Page
  /** Where each token stands in the message, -1 for a mask. */
  places: readonly number[]
  signs: readonly (readonly number[])[]
  joins: readonly (readonly number[])[]
  secret: readonly boolean[]
  shares: readonly number[]
}
/** Without the rules' word, with it, and read again after the first masks. */
type View = 'bare' | 'ruled' | 'masked'
type Source = 'example' | 'case' | 'made'
type Lesson = { marked: Marked; rows: readonly Row[] }

const examples = redactExamples.map(unmarked).map(marked => lessonOf(marked, 'example'))
const cases = [...redactCases, ...redactWordCases, ...redactPlaceCases, ...redactWayCases]
  .map(markedCase)
  .concat(dangerCases.map(({ text }) => ({ text, marks: [] })))
  .map(marked => lessonOf(marked, 'case'))

if (import.meta.main) {
  say(`${examples.length} examples, ${cases.length} cases, ${folds} folds`)
  if (process.argv[2] !== 'write') reportHeldOut()
  if (process.argv[2] === 'write') write(weightsFrom(examples))
}

function reportHeldOut() {
  const judged = Array.from({ length: folds }, (_, fold) => {
    const weights = weightsFrom(examples.filter((_, index) => index % folds !== fold))
    return examples.filter((_, index) => index % folds === fold).map(lesson => ({ lesson, weights }))
  }).flat()
  say(`rules alone: ${worth(judged, 2, 2)}`)
  for (const least of [0.2, secretMin, 0.5])
    for (const beside of [0.04, besideMin, 0.2])
      say(`from ${least}, beside ${beside}: ${worth(judged, least, beside)}`)
}

/** Everything the weights are learnt from: given examples, our cases, and made messages of their needs. */
export function weightsFrom(own: readonly Lesson[]): { weights: Float64Array; step: number } {
  const made = madeFrom(
    own.map(({ marked }) => marked),
    madeCount,
  ).map(marked => lessonOf(marked, 'made'))
  return rounded(learn([...own, ...cases, ...made].flatMap(({ rows }) => rows)))
}

function lessonOf(marked: Marked, source: Source): Lesson {
  const views: View[] = source === 'made' ? ['bare', 'ruled'] : ['masked', 'ruled', 'bare']
  return { marked, rows: views.map(view => rowOf(marked, source, view)) }
}

function rowOf(marked: Marked, source: Source, view: View): Row {
  const first = ruled(marked.text)
  const { linkless, page } = view === 'masked' ? ruled(writePage(first.linkless, first.page)) : first
  const places = placesOf(marked.text, linkless)
  const standing = page.map(token => (token.kind === 'mask' ? -1 : (places[token.start] ?? -1)))
  const secret: boolean[] = []
  const shares: number[] = []
  page.forEach((token, at) => {
    const from = standing[at] ?? -1
    const mark = marked.marks.find(one => one.from < from + token.text.length && one.to > from)
    secret.push(token.kind === 'mask' || (mark ? mark.secret : source === 'case' && token.hidden))
    shares.push(shareOf(token, mark, source))
    if (view === 'bare') token.hidden = false
  })
  return {
    page,
    places: standing,
    signs: signsOf(page),
    joins: page.map((_, at) => joinsOf(page, at)),
    secret,
    shares,
  }
}

function shareOf(token: Page[number], mark: Mark | undefined, source: Source): number {
  if (token.kind === 'mask') return share.mask
  const own = source === 'case' ? caseShare : source === 'made' ? madeShare : 1
  if (mark) return own * (mark.secret ? share.secret : share.needed)
  if (!token.hidden) return own * share.unmarked
  return source === 'case' ? own * share.ruledInCase : 0
}

function markedCase({ text, gone, kept }: RedactCase): Marked {
  const found = (words: readonly string[], secret: boolean): Mark[] =>
    words.flatMap(word =>
      [...text.matchAll(new RegExp(word.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'), 'gu'))].map(({ index }) => ({
        secret,
        from: index,
        to: index + word.length,
      })),
    )
  return { text, marks: [...found(kept, false), ...found(gone, true)] }
}

/** Where each sign of the masked text stood. */
function placesOf(text: string, masked: string): number[] {
  const gone = maskedSigns(text, masked)
  const places: number[] = []
  let from = 0
  for (const sign of masked.split(/(•••)/u)) {
    if (sign === '•••') {
      places.push(-1, -1, -1)
      while (gone[from]) from++
    } else for (let at = 0; at < sign.length; at++) places.push(from++)
  }
  return places
}

/** A chain of tokens, each secret or not, by adaptive gradient steps. */
function learn(rows: readonly Row[]): Float64Array {
  const weights = new Float64Array(boxes)
  const steepness = new Float64Array(boxes).fill(1e-3)
  const step = (signs: readonly number[], error: number) => {
    if (Math.abs(error) < 1e-4) return
    for (const box of signs) {
      const slope = error + decay * at(weights, box)
      steepness[box] = at(steepness, box) + slope * slope
      weights[box] = at(weights, box) - (rate * slope) / Math.sqrt(at(steepness, box))
    }
  }
  for (const row of shuffledAgainAndAgain(rows)) {
    const leanings = leaningsOf(row.signs, weights)
    const joins = leaningsOf(row.joins, weights)
    const chances = chancesOf(leanings, joins)
    const alike = chancesAlike(leanings, joins)
    row.signs.forEach((signs, token) => {
      step(signs, (at(chances, token) - Number(row.secret[token])) * at(row.shares, token))
    })
    row.joins.forEach((signs, token) => {
      const same = Number(row.secret[token] === row.secret[token - 1])
      step(signs, (at(alike, token) - same) * Math.min(at(row.shares, token), at(row.shares, token - 1)))
    })
  }
  return weights
}

/** How likely each token is what the one before it is. */
function chancesAlike(leanings: readonly number[], joins: readonly number[]): number[] {
  const forth: number[] = []
  for (let token = 0; token < leanings.length; token++)
    forth.push(at(leanings, token) + passedOn(forth[token - 1], at(joins, token)))
  const alike: number[] = []
  let back = 0
  for (let token = leanings.length - 1; token > 0; token--) {
    const [left, right] = [at(forth, token - 1), at(leanings, token) + back]
    const same = Math.exp(at(joins, token)) * (1 + Math.exp(left + right))
    alike[token] = same / (same + Math.exp(left) + Math.exp(right))
    back = passedOn(right, at(joins, token))
  }
  return alike
}

function rounded(weights: Float64Array): { weights: Float64Array; step: number } {
  const largest = at(
    [...weights].map(Math.abs).sort((one, other) => other - one),
    Math.floor(boxes / 2000),
  )
  const step = Number((largest / stepsMax).toPrecision(4))
  const near = weights.map(
    weight => Math.max(-stepsMax, Math.min(stepsMax, Math.round(weight / step))) * step,
  )
  return { weights: near, step }
}

type Judged = { lesson: Lesson; weights: { weights: Float64Array } }

function worth(judged: readonly Judged[], least: number, beside: number): string {
  const right = { secret: 0, needed: 0 }
  const all = { secret: 0, needed: 0 }
  for (const { lesson, weights } of judged) {
    const gone = goneFrom(lesson, weights.weights, least, beside)
    for (const mark of lesson.marked.marks) {
      const kind = mark.secret ? 'secret' : 'needed'
      all[kind]++
      const good = mark.secret
        ? isRemoved(lesson.marked.text, gone, mark)
        : !gone.slice(mark.from, mark.to).includes(true)
      if (good) right[kind]++
    }
  }
  const percent = (kind: 'secret' | 'needed') => `${((100 * right[kind]) / all[kind]).toFixed(1)} %`
  return `secrets removed ${percent('secret')}, needed kept ${percent('needed')}`
}

/** What one reading hides, rules and second opinion together. */
function goneFrom({ marked, rows }: Lesson, weights: Float64Array, least: number, beside: number): boolean[] {
  const row = rows[1]
  const gone = new Array<boolean>(marked.text.length).fill(false)
  if (!row) return gone
  const page = row.page.map(token => ({ ...token }))
  hideLikely(page, chancesOf(leaningsOf(row.signs, weights), leaningsOf(row.joins, weights)), least, beside)
  const masked = maskedSigns(marked.text, ruled(marked.text).linkless)
  page.forEach((token, index) => {
    const from = at(row.places, index)
    if (token.hidden && from >= 0) gone.fill(true, from, from + token.text.length)
  })
  return gone.map((hidden, index) => hidden || masked[index] === true)
}

function write({ weights, step }: { weights: Float64Array; step: number }) {
  const letters = Array.from(weights, weight => letterOf(Math.round(weight / step))).join('')
  const lines = letters.match(/.{1,100}/gu) ?? []
  writeFileSync(
    new URL('../domain/redact-weights.ts', import.meta.url),
    `// Written by bench/secrets-train.ts; never edited by hand.
export const step = ${step}
export const letters = [\n${lines.map(line => `  '${line}',\n`).join('')}].join('')
`,
  )
}

/** Every pass in another order, and every run in the same orders. */
function shuffledAgainAndAgain(rows: readonly Row[]): Row[] {
  let state = 1
  const next = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state
  }
  return Array.from({ length: passes }, () =>
    rows
      .map(row => ({ row, place: next() }))
      .sort((one, other) => one.place - other.place)
      .map(({ row }) => row),
  ).flat()
}

function at(numbers: ArrayLike<number>, index: number): number {
  return numbers[index] ?? 0
}

function say(line: string) {
  process.stdout.write(`${line}\n`)
}
