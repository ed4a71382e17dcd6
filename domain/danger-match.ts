import { Atoms } from './danger-atoms.ts'
import type { Word } from './danger-text.ts'

/** Where a concept was seen in a message. */
export type Hit = { from: number; to: number; sentence: number }
/** In a lenient lexicon long words may carry one slip; in an exact one they may not. */
type Lexicon = Readonly<Record<string, string>>
export type Concepts = ReadonlyMap<string, Hit[]>

/**
 * Turns a list of concepts into a finder. A concept is phrases between commas: `стем*` is a beginning, `а|б`
 * either word, `а_б` two words in one place of a choice, `а б` one after the other, `а & б` near each other in
 * any order.
 */
export function conceptFinder(exact: Lexicon, lenient: Lexicon): (words: readonly Word[]) => Concepts {
  const atoms = new Atoms()
  const phrases = [exact, lenient].flatMap(lexicon =>
    Object.entries(lexicon).flatMap(([name, text]) =>
      phrasesOf(text, source => atoms.idOf(source, lexicon === lenient)).map(groups => ({
        name,
        groups,
        lone: loneAtom(groups),
      })),
    ),
  )
  const waking = wakingAtoms(phrases)
  return words => {
    const places = placesOf(words, atoms)
    const awake = new Set<Phrase>()
    for (const id of places.keys()) for (const phrase of waking.get(id) ?? []) awake.add(phrase)
    const found = new Map<string, Hit[]>()
    for (const { name, groups, lone } of awake) {
      const whole = lone === undefined ? wholeHits(groups, places) : places.get(lone)
      if (!whole || whole.length === 0) continue
      const earlier = found.get(name)
      found.set(name, earlier ? earlier.concat(whole) : whole)
    }
    return found
  }
}

const stepMax = 2
const nearMax = 3

/** Groups in any order; a group is slots one after the other; a slot is its alternatives; a term its atoms. */
type Term = number[]
type Groups = Term[][][]
/** `lone`: it is but one atom, as most are. */
type Phrase = { name: string; groups: Groups; lone: number | undefined }
type Places = ReadonlyMap<number, Hit[]>

function phrasesOf(text: string, idOf: (source: string) => number): Groups[] {
  return text
    .replace(/\|\s+/g, '|')
    .split(',')
    .map(phrase => phrase.trim())
    .filter(phrase => phrase !== '')
    .flatMap(phrase => {
      const groups = phrase.split('&').map(group =>
        group
          .trim()
          .split(/\s+/)
          .map(slot => slot.split('|').map(term => term.split('_').map(idOf))),
      )
      const alternatives = groups.length === 1 && groups[0]?.length === 1 ? (groups[0][0] ?? []) : []
      // A bare choice falls apart into phrases of its own, so that a seen word wakes only itself.
      return alternatives.length > 0 ? alternatives.map(term => [[[term]]]) : [groups]
    })
}

/** A message holds few words, the lexicons thousands of phrases: each phrase sleeps until its rarest slot is seen. */
function wakingAtoms(phrases: readonly Phrase[]): ReadonlyMap<number, Phrase[]> {
  const uses = new Map<number, number>()
  const atomsOf = (phrase: Phrase) => phrase.groups.flat(3)
  for (const id of phrases.flatMap(atomsOf)) uses.set(id, (uses.get(id) ?? 0) + 1)
  const usesOf = (id: number) => uses.get(id) ?? 0
  const rarest = (term: Term) => term.reduce((one, id) => (usesOf(id) < usesOf(one) ? id : one))
  const waking = new Map<number, Phrase[]>()
  for (const phrase of phrases) {
    const slots = phrase.groups.flat().map(terms => terms.map(rarest))
    const busiest = (ids: number[]) => Math.max(...ids.map(usesOf))
    const slot = slots.reduce((one, ids) => (busiest(ids) < busiest(one) ? ids : one))
    for (const id of new Set(slot)) waking.set(id, [...(waking.get(id) ?? []), phrase])
  }
  return waking
}

function placesOf(words: readonly Word[], atoms: Atoms): Places {
  const places = new Map<number, Hit[]>()
  for (const word of words) {
    for (const id of atoms.idsFor(word)) {
      const hit = { from: word.at, to: word.at, sentence: word.sentence }
      const list = places.get(id)
      if (list) list.push(hit)
      else places.set(id, [hit])
    }
  }
  return places
}

function loneAtom(groups: Groups): number | undefined {
  const atoms = groups.flat(3)
  return atoms.length === 1 ? atoms[0] : undefined
}

function wholeHits(groups: Groups, places: Places): Hit[] {
  const isSeen = (term: Term) => places.has(term[0] ?? -1)
  if (!groups.every(slots => slots.every(terms => terms.some(isSeen)))) return []
  return groups.map(slots => slots.map(terms => slotHits(terms, places)).reduce(chained)).reduce(together)
}

function slotHits(terms: Term[], places: Places): Hit[] {
  const [only] = terms
  if (terms.length === 1 && only?.length === 1) return places.get(only[0] ?? -1) ?? []
  const hits: Hit[] = []
  for (const term of terms) {
    if (!term.every(id => places.has(id))) continue
    hits.push(...term.map(id => places.get(id) ?? []).reduce(chained))
  }
  return hits.sort((one, other) => one.from - other.from)
}

/** Each first hit with the nearest second one that follows it; one word may stand between. */
function chained(first: Hit[], second: Hit[]): Hit[] {
  if (second.length === 0) return []
  return first.flatMap(start => {
    const next = second.find(hit => hit.from > start.to && hit.from - start.to <= stepMax)
    return next && next.sentence === start.sentence ? [{ ...start, to: next.to }] : []
  })
}

function together(first: Hit[], second: Hit[]): Hit[] {
  if (second.length === 0) return []
  return first.flatMap(start => {
    const other = second.find(
      hit =>
        hit.sentence === start.sentence && gapBetween(start, hit) > 0 && gapBetween(start, hit) <= nearMax,
    )
    return other
      ? [
          {
            from: Math.min(start.from, other.from),
            to: Math.max(start.to, other.to),
            sentence: start.sentence,
          },
        ]
      : []
  })
}

/** Steps from the end of one hit to the start of the other; 0 when they overlap. */
export function gapBetween(one: Hit, other: Hit): number {
  return Math.max(0, one.from - other.to, other.from - one.to)
}
