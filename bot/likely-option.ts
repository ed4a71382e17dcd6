import { controlWords } from '../domain/control-phrases.ts'
import { soundsOf, type Token } from '../domain/words.ts'
import sayings from '../locales/sayings.json' with { type: 'json' }
import type { Option } from './prompt.ts'
import { boxesMax, signsIn } from './spelling-signs.ts'

/** What a message most likely says: an option, a word understood anywhere, or nothing that is asked here. */
export interface Likely {
  id: string
  kind: 'option' | 'control' | 'text'
  /** How far ahead of the next likeliest it is. */
  lead: number
}

/**
 * What people have said for each option is counted by its runs of letters, and a message goes to the option whose
 * sayings it resembles most and the others' least (naive Bayes). It knows no grammar and no «не»: a second opinion
 * beside the rules. More sayings in locales/sayings.json make it better, nothing else has to be run.
 */
export function findLikely(tokens: readonly Token[], options: readonly Option[]): Likely | undefined {
  const known = options.filter(option => (option.sayings?.length ?? 0) >= sayingsMin)
  const signs = signsIn(tokens.flatMap(({ kind, sound }) => (kind === 'word' ? [sound] : [])))
  if (known.length < 2 || signs.length === 0) return undefined
  const { rivals, weights } = tableOf(known)
  const scores = new Float64Array(rivals.length)
  for (const sign of signs) {
    const from = sign * scores.length
    for (let at = 0; at < scores.length; at++) scores[at] = (scores[at] ?? 0) + (weights[from + at] ?? 0)
  }
  const [first = 0, second = 0] = scores.toSorted().reverse()
  const at = scores.indexOf(first)
  const rival = rivals[at]
  return (
    rival && { ...rival, id: known[at]?.id ?? rival.id, lead: (first - second) / Math.sqrt(signs.length) }
  )
}

/** Fewer say too little to be weighed against the others. */
const sayingsMin = 20

interface Rival {
  id: string
  kind: Likely['kind']
}

/** How much each sign speaks for each rival, rival after rival: the options first, then what may be said anywhere. */
interface Table {
  rivals: readonly Rival[]
  weights: Float32Array
}

/** The same options are asked for again and again: weighed the first time, known by their lists of sayings. */
const tables = new Map<string, Table>()
const tablesMax = 100

function tableOf(options: readonly Option[]): Table {
  const name = options.map(({ sayings = [] }) => countsOf(sayings).number).join()
  const known = tables.get(name)
  if (known) return known
  if (tables.size >= tablesMax) tables.clear()
  const kinds = options.some(option => option.id.startsWith('cat.'))
  const elsewhere = anywhere().filter(({ id }) => !kinds || id !== 'need')
  const fresh = {
    rivals: [
      ...options.map(({ id }) => ({ id, kind: 'option' as const })),
      ...elsewhere.map(({ id, kind }) => ({ id, kind })),
    ],
    weights: weighed([
      ...options.map(({ sayings = [] }) => countsOf(sayings)),
      ...elsewhere.map(of => of.counts),
    ]),
  }
  tables.set(name, fresh)
  return fresh
}

/** Each rival against all the others together. */
function weighed(rivals: readonly Counts[]): Float32Array {
  const weights = new Float32Array(boxesMax * rivals.length)
  const all = rivals.reduce((sum, { total }) => sum + total, 0)
  const shares = rivals.map(({ total }) =>
    Math.log((all - total + smoothing * signsKnown) / (total + smoothing * signsKnown)),
  )
  for (let box = 0; box < boxesMax; box++) {
    const met = rivals.reduce((sum, { boxes }) => sum + (boxes[box] ?? 0), 0)
    if (met === 0) continue
    for (const [at, { boxes }] of rivals.entries()) {
      const own = boxes[box] ?? 0
      weights[box * rivals.length + at] =
        Math.log((own + smoothing) / (met - own + smoothing)) + (shares[at] ?? 0)
    }
  }
  return weights
}

const smoothing = 0.1
const signsKnown = 3000

interface Counts {
  number: number
  boxes: Uint16Array
  total: number
}

const counted = new WeakMap<readonly string[], Counts>()
let lists = 0

function countsOf(list: readonly string[]): Counts {
  const known = counted.get(list) ?? count(list.map(soundsOf))
  counted.set(list, known)
  return known
}

function count(phrases: readonly (readonly string[])[]): Counts {
  const boxes = new Uint16Array(boxesMax)
  let total = 0
  for (const phrase of phrases) {
    for (const box of signsIn(phrase)) {
      boxes[box] = (boxes[box] ?? 0) + 1
      total++
    }
  }
  return { number: lists++, boxes, total }
}

let others: (Rival & { counts: Counts })[] | undefined

/** What may be said at any question: words understood everywhere, and what answers nothing. */
function anywhere(): (Rival & { counts: Counts })[] {
  const words = (belongs: (control: string) => boolean) =>
    [...controlWords].flatMap(([words, control]) => (belongs(control) ? [words.split(' ')] : []))
  const control = (id: 'back' | 'human' | 'cancel') => ({
    id,
    kind: 'control' as const,
    counts: count([...words(name => name === id), ...sayings[id].map(soundsOf)]),
  })
  const told = new Set(['back', 'human', 'cancel'])
  const needs = Object.entries(sayings).flatMap(([key, list]) => (key.startsWith('cat.') ? list : []))
  others ??= [
    control('back'),
    control('human'),
    control('cancel'),
    { id: 'other', kind: 'text', counts: count(words(name => !told.has(name))) },
    { id: 'text', kind: 'text', counts: countsOf(sayings.text) },
    { id: 'need', kind: 'text', counts: count([...sayings.need, ...needs].map(soundsOf)) },
  ]
  return others
}
