import type { PlaceKind, PlaceQuery } from './place-query.ts'
import { edits, type Word, withoutDoubles, wordOf } from './place-spelling.ts'

export interface PlaceName {
  readonly words: readonly Word[]
  /** Undefined fits whatever the person calls it. */
  readonly kind?: PlaceKind
  /** Less is better among names that match equally well; always below the step between two grades. */
  readonly weight: number
}

export interface Place<Id> {
  readonly id: Id
  readonly names: readonly PlaceName[]
  /** Words that may stand beside the name because they say where the place is. */
  readonly around: readonly (readonly Word[])[]
}

/** How well a place matches: exact 0, other case 10, beginning 20, one typo 30, two 40; among other words 100 more. */
export interface Match<Id> {
  readonly id: Id
  readonly score: number
  /** Whether it is what the person called it: a city for «г. Абай», a district for «Абайский район». */
  readonly fits: boolean
}

export const grades = { exact: 0, form: 10, start: 20, typo: 30, typos: 40, among: 100 } as const
const partPenalty = 10
const explainedPenalty = 3

/** The best matches first; equal ones keep the order of the data; far worse ones are left out. */
export function rank<Id>(places: readonly Place<Id>[], query: PlaceQuery): Match<Id>[] {
  if (query.words.length === 0) return []
  const found: Match<Id>[] = []
  for (const place of places) {
    const match = bestName(place, query)
    if (match !== undefined) found.push({ id: place.id, ...match })
  }
  found.sort((one, other) => one.score - other.score)
  const best = found[0]?.score ?? 0
  const near = found.filter(match => match.score < limitFor(best))
  const equal = near.filter(match => match.fits && gradeOf(match.score) === gradeOf(best))
  // Whoever says «г. Аксу» has finished typing the name, so longer names that begin like it are not meant.
  return query.kind !== undefined && equal.length > 0 ? equal : near
}

/** The grade of the best match, which compares two rankings. */
export function bestGrade(matches: readonly Match<unknown>[]): number {
  const [best] = matches
  return best === undefined ? Number.POSITIVE_INFINITY : gradeOf(best.score)
}

function gradeOf(score: number): number {
  return Math.floor(score / 10) * 10
}

function limitFor(best: number): number {
  const place = best % grades.among
  return best - place + (place < grades.typo ? grades.typo : gradeOf(place) + 10)
}

function bestName<Id>(place: Place<Id>, query: PlaceQuery): { score: number; fits: boolean } | undefined {
  let best: { score: number; fits: boolean } | undefined
  for (const name of place.names) {
    const score = scoreOf(name, place, query.words)
    if (score === undefined) continue
    const fits = query.kind === undefined || name.kind === undefined || name.kind === query.kind
    const better = best === undefined || score < best.score || (fits && !best.fits && score - best.score < 3)
    if (better) best = { score, fits }
  }
  return best
}

function scoreOf<Id>(name: PlaceName, place: Place<Id>, words: readonly Word[]): number | undefined {
  const picked = pick(name.words, words)
  if (picked !== undefined) return picked + name.weight
  if (words.length <= name.words.length) return undefined
  const mentioned = mention(name.words, words)
  if (mentioned === undefined) return undefined
  const explained = mentioned.rest.every(word =>
    place.around.some(around => pick(around, [word]) !== undefined),
  )
  return mentioned.score + name.weight + (explained ? explainedPenalty : grades.among)
}

/** All that was typed belongs to the name: a few letters, one word of it, or all of it. */
function pick(name: readonly Word[], words: readonly Word[]): number | undefined {
  const joined = words.length + name.length > 2 ? compare(inOne(words), inOne(name)) : undefined
  const free = [...name]
  let worst: number = grades.exact
  for (const word of words) {
    const scores = free.map(candidate => compare(word, candidate) ?? Number.POSITIVE_INFINITY)
    const best = Math.min(...scores)
    worst = Math.max(worst, best)
    if (free.length > 0) free.splice(scores.indexOf(best), 1)
  }
  const apart = worst + (free.length > 0 && worst < grades.start ? partPenalty : 0)
  const score = Math.min(apart, joined ?? Number.POSITIVE_INFINITY)
  return Number.isFinite(score) ? score : undefined
}

/** The whole name stands somewhere in a longer text. Here a beginning is no match: «май» is in too many words. */
function mention(name: readonly Word[], words: readonly Word[]): { score: number; rest: Word[] } | undefined {
  const rest = [...words]
  let worst: number = grades.exact
  for (const wanted of name) {
    const scores = rest.map(word => compare(word, wanted, true) ?? Number.POSITIVE_INFINITY)
    const best = Math.min(...scores)
    if (!Number.isFinite(best)) return undefined
    worst = Math.max(worst, best)
    rest.splice(scores.indexOf(best), 1)
  }
  return { score: worst, rest }
}

/** «Алма-Ата» and «Алмата», «Катон-Карагай» and «Катонқарағай». */
function inOne(words: readonly Word[]): Word {
  const known = joined.get(words) ?? wordOf(withoutDoubles(words.map(word => word.sounds).join('')))
  joined.set(words, known)
  return known
}
const joined = new WeakMap<readonly Word[], Word>()

/** A region's words stand around all of its districts: a typed word is compared with each word once. */
function compare(typed: Word, name: Word, whole = false): number | undefined {
  const known = comparisons.get(typed) ?? { part: new Map(), whole: new Map() }
  comparisons.set(typed, known)
  const grades = whole ? known.whole : known.part
  const before = grades.get(name)
  if (before !== undefined || grades.has(name)) return before
  const grade = gradeBetween(typed, name, whole)
  grades.set(name, grade)
  return grade
}
type Grades = Map<Word, number | undefined>
const comparisons = new WeakMap<Word, { part: Grades; whole: Grades }>()

function gradeBetween(typed: Word, name: Word, whole: boolean): number | undefined {
  if (typed.sounds === name.sounds) return grades.exact
  if (sharesForm(typed, name)) return grades.form
  if (!whole && typed.sounds.length >= 2 && name.sounds.startsWith(typed.sounds)) return grades.start
  return typoGrade(typed.forms, name, whole ? 6 : 4)
}

/** Three letters are found behind a plain ending only: «Сал» is not meant by «салем», nor «Нур» by «Нура». */
function sharesForm(typed: Word, name: Word): boolean {
  const short = name.sounds.length <= 3
  const declined = /(?:d[ae]|t[ae]|sk.*)$/u.test(typed.sounds)
  return (!short || declined) && typed.forms.some(form => name.forms.includes(form))
}

function typoGrade(typed: readonly string[], name: Word, least: number): number | undefined {
  let fewest = 3
  typed.forEach((form, index) => {
    // A stem has lost its ending and looks like many words, so it must be longer before it may be wrong.
    const extra = index === 0 ? 0 : 2
    const most = form.length >= 8 + extra ? 2 : form.length >= least + extra ? 1 : 0
    const others = index === 0 ? [name.sounds] : name.forms
    if (most > 0)
      for (const other of others) fewest = Math.min(fewest, allowed(edits(form, other, most), most))
  })
  if (fewest === 1) return grades.typo
  return fewest === 2 ? grades.typos : undefined
}

function allowed(count: number, most: number): number {
  return count <= most ? count : Number.POSITIVE_INFINITY
}
