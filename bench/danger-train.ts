import { readFileSync, writeFileSync } from 'node:fs'
import { alarmsIn, conceptsIn } from '../domain/danger-alarms.ts'
import type { Weights } from '../domain/danger-opinion.ts'
import { alarmMin, letterOf, stepsMax, weigh } from '../domain/danger-opinion.ts'
import type { Signs } from '../domain/danger-signs.ts'
import { boxes, signsOf } from '../domain/danger-signs.ts'
import { wordsOf } from '../domain/danger-text.ts'
import type { Danger } from '../domain/danger-words.ts'
import { familyNames, givenNames } from '../domain/given-names.ts'
import { dangerCases } from '../tests/domain/danger-words.cases.ts'
import { dangerExamples } from '../tests/domain/danger-words.examples.ts'
import { redactCases } from '../tests/domain/redact.cases.ts'

/**
 * Learns the second opinion from every labelled message and says what it is worth on messages it has not seen:
 * `node bench/danger-train.ts` reports, `node bench/danger-train.ts write` also replaces domain/danger-weights.ts.
 * The same rows always give the same weights. After a change of a lexicon it must run again.
 */
const folds = 8
const passes = 20
const rate = 0.3
const decay = 1e-4
/** The lexicons were written from the cases, so the cases flatter every concept they hold. */
const caseShare = 0.7
const nameEach = 4
const doubtful = /код из смс|тамақ ішпеді|gas is on|буылып калды|38,5|Пульс|heating is off|ne mojet hodit/
const lineLetters = 100

type Row = { signs: Signs; pieces: Signs[]; ruled: boolean; danger: Danger | undefined; source: string }
type Judge = { alarming: Weights; hurtful: Weights }

const rows = [
  ...rowsOf('cases', dangerCases),
  ...rowsOf('examples', dangerExamples),
  ...rowsOf('names', namesTold()),
  ...rowsOf('requests', requestsTold()),
  ...rowsOf('screens', ['kk', 'ru', 'en'].flatMap(screensIn)),
]

say(`${rows.length} rows; recall / precision of an alarm of any kind`)
report(
  '8 folds, all rows',
  heldOut(index => index % folds),
)
report(
  'examples, learnt from the cases only',
  heldOut(index => (rows[index]?.source === 'cases' ? 0 : 1)),
)
if (process.argv[2] === 'write') write(learn(rows))

function rowsOf(source: string, labelled: readonly { text: string; danger: Danger | undefined }[]): Row[] {
  return labelled.flatMap(({ text, danger }) => {
    const words = wordsOf(text)
    const concepts = conceptsIn(words)
    const pieces = signsOf(words, concepts)
    const [signs] = pieces
    const ruled = alarmsIn(words, concepts).length > 0
    return signs ? [{ signs, pieces, ruled, danger, source }] : []
  })
}

/** Every person tells a name, and letters of names are like letters of anything. */
function namesTold(): { text: string; danger: undefined }[] {
  const given = givenNames.match(/\p{L}+/gu) ?? []
  const family = familyNames.match(/\p{L}+/gu) ?? []
  return given
    .map((name, index) => `${family[index % family.length] ?? ''} ${name}`)
    .filter((_, index) => index % nameEach === 0)
    .map(text => ({ text, danger: undefined }))
}

/** Everyday requests full of names and addresses, but for those that may be about a danger. */
function requestsTold(): { text: string; danger: undefined }[] {
  return redactCases
    .filter(({ text }) => {
      const words = wordsOf(text)
      return !doubtful.test(text) && alarmsIn(words, conceptsIn(words)).length === 0
    })
    .map(({ text }) => ({ text, danger: undefined }))
}

/** The bot's own calm words teach what plain words look like; those about danger are left out. */
function screensIn(language: string): { text: string; danger: undefined }[] {
  const file = new URL(`../locales/${language}.json`, import.meta.url)
  const texts: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'))
  return Object.entries(texts)
    .filter(([key]) => !/^(sos|safety)|danger|abuse/.test(key))
    .flatMap(([, text]) => text.split(/(?<=[.?!])\s+|\n/))
    .map(text => ({ text: text.replace(/\{\w+\}/g, ''), danger: undefined }))
}

function learn(from: readonly Row[]): Judge {
  return {
    alarming: fitted(from, row => row.danger !== undefined),
    hurtful: fitted(
      from.filter(row => row.danger !== undefined),
      row => row.danger === 'abuse',
    ),
  }
}

/** Logistic regression by adaptive gradient steps; the rarer side counts as much as the commoner. */
function fitted(from: readonly Row[], isYes: (row: Row) => boolean): Weights {
  const weights = new Float64Array(boxes)
  const steepness = new Float64Array(boxes).fill(1e-8)
  let bias = 0
  let biasSteepness = 1e-8
  const yeses = from.filter(isYes).length
  for (const row of shuffledAgainAndAgain(from)) {
    const parts = [row.signs.spelling, row.signs.meaning].map(signs => ({
      signs,
      share: 1 / Math.sqrt(signs.length || 1),
    }))
    const seen = parts.map(
      ({ signs, share }) => share * signs.reduce((sum, box) => sum + at(weights, box), 0),
    )
    const chance = 1 / (1 + Math.exp(-seen.reduce((sum, part) => sum + part, bias)))
    const yes = isYes(row)
    const own = row.source === 'cases' ? caseShare : 1
    const error = (chance - Number(yes)) * own * (from.length / 2 / (yes ? yeses : from.length - yeses))
    for (const { signs, share } of parts) {
      for (const box of signs) {
        const slope = error * share + decay * at(weights, box)
        steepness[box] = at(steepness, box) + slope * slope
        weights[box] = at(weights, box) - (rate * slope) / Math.sqrt(at(steepness, box))
      }
    }
    biasSteepness += error * error
    bias -= (rate * error) / Math.sqrt(biasSteepness)
  }
  return rounded(weights, bias)
}

function rounded(weights: Float64Array, bias: number): Weights {
  const largest = [...weights].map(Math.abs).sort((a, b) => b - a)[Math.floor(boxes / 1000)] ?? 1
  const step = Number((largest / stepsMax).toPrecision(4))
  const letters = Array.from(weights, weight =>
    letterOf(Math.max(-stepsMax, Math.min(stepsMax, Math.round(weight / step)))),
  ).join('')
  return { letters, step, bias: Number(bias.toFixed(4)) }
}

/** Each row judged by what was learnt without its own group. */
function heldOut(groupOf: (index: number) => number): { row: Row; alarm: number; abuse: boolean }[] {
  const groups = [...new Set(rows.map((_, index) => groupOf(index)))]
  return groups.flatMap(group => {
    const judge = learn(rows.filter((_, index) => groupOf(index) !== group))
    return rows
      .filter((_, index) => groupOf(index) === group)
      .map(row => ({
        row,
        alarm: Math.max(...row.pieces.map(signs => weigh(signs, judge.alarming))),
        abuse: weigh(row.signs, judge.hurtful) > 0,
      }))
  })
}

function report(title: string, judged: ReturnType<typeof heldOut>) {
  const judgedFalse = (source: string, least: number) => {
    const own = judged.filter(({ row }) => row.source === source)
    return (own.filter(({ alarm }) => alarm >= least).length / own.length).toFixed(3)
  }
  for (const source of ['cases', 'examples']) {
    const own = judged.filter(({ row }) => row.source === source)
    const rate = (alarmed: (one: (typeof own)[number]) => boolean) => {
      const hits = own.filter(one => alarmed(one) && one.row.danger).length
      const recall = hits / own.filter(one => one.row.danger).length
      return `${recall.toFixed(3)} / ${(hits / own.filter(alarmed).length).toFixed(3)}`
    }
    say(`\n${title}: ${source}\n  rules ${rate(one => one.row.ruled)}`)
    for (const least of [-1, alarmMin, 0, 0.5, 1]) {
      const model = rate(one => one.alarm >= least)
      const falsely = ['names', 'requests', 'screens']
        .map(other => `${other} ${judgedFalse(other, least)}`)
        .join(', ')
      say(
        `  from ${least}: model ${model}, both ${rate(one => one.row.ruled || one.alarm >= least)}; ${falsely}`,
      )
    }
    const dangerous = own.filter(one => one.row.danger && one.alarm >= alarmMin)
    const right = dangerous.filter(one => one.abuse === (one.row.danger === 'abuse')).length
    say(`  the right kind ${(right / dangerous.length).toFixed(3)}`)
  }
}

function write({ alarming, hurtful }: Judge) {
  const table = (name: string, { letters, step, bias }: Weights) => {
    const lines = letters.match(new RegExp(`.{1,${lineLetters}}`, 'g')) ?? []
    return `export const ${name}: Weights = {
  step: ${step},
  bias: ${bias},
  letters: [\n${lines.map(line => `    '${line}',\n`).join('')}  ].join(''),
}\n`
  }
  writeFileSync(
    new URL('../domain/danger-weights.ts', import.meta.url),
    `import type { Weights } from './danger-opinion.ts'

// Written by bench/danger-train.ts; never edited by hand.
${table('alarming', alarming)}\n${table('hurtful', hurtful)}`,
  )
}

/** Every pass in another order, and every run in the same orders. */
function shuffledAgainAndAgain(from: readonly Row[]): Row[] {
  let state = 1
  const next = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state
  }
  const shuffled = () =>
    from
      .map(row => ({ row, place: next() }))
      .sort((one, other) => one.place - other.place)
      .map(({ row }) => row)
  return Array.from({ length: passes }, shuffled).flat()
}

function at(numbers: Float64Array, index: number): number {
  return numbers[index] ?? 0
}

function say(line: string) {
  process.stdout.write(`${line}\n`)
}
