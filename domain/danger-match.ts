import type { Word } from './danger-text.ts'
import { skeletonOf } from './danger-text.ts'
import { fold } from './fold.ts'

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
  const atoms = new AtomIndex()
  const concepts = [exact, lenient].flatMap(lexicon =>
    Object.entries(lexicon).map(([name, text]) => ({
      name,
      phrases: phrasesOf(text, source => atoms.idOf(source, lexicon === lenient)),
    })),
  )
  return words => {
    const places = atoms.placesIn(words)
    const found = new Map<string, Hit[]>()
    for (const { name, phrases } of concepts) {
      const hits = phrases.flatMap(phrase => phraseHits(phrase, places))
      if (hits.length > 0) found.set(name, hits)
    }
    return found
  }
}

const stepMax = 2
const nearMax = 3
const fuzzyLettersMin = 7
const skeletonLettersMin = 6

type Atom = { id: number; text: string; skeleton: string; prefix: boolean; latin: boolean; lenient: boolean }
/** Groups in any order; a group is slots one after the other; a slot is its alternatives; a term its atoms. */
type Term = number[]
type Phrase = { groups: Term[][][] }
type Places = ReadonlyMap<number, Hit[]>

class AtomIndex {
  private readonly known = new Map<string, Atom>()
  private readonly byLetter = new Map<string, Atom[]>()

  idOf(source: string, lenient: boolean): number {
    const known = this.known.get(source)
    if (known) {
      known.lenient ||= lenient
      return known.id
    }
    const text = fold(source.replace('*', ''))
    const atom = {
      id: this.known.size,
      text,
      skeleton: skeletonOf(text),
      prefix: source.endsWith('*'),
      latin: /^[a-z]+$/.test(text),
      lenient,
    }
    this.known.set(source, atom)
    for (const letter of new Set([text.charAt(0), atom.skeleton.charAt(0)])) {
      this.byLetter.set(letter, [...(this.byLetter.get(letter) ?? []), atom])
    }
    return atom.id
  }

  placesIn(words: readonly Word[]): Places {
    const idsByWord = new Map<string, number[]>()
    const places = new Map<number, Hit[]>()
    for (const word of words) {
      const ids = idsByWord.get(word.text) ?? this.idsFor(word)
      idsByWord.set(word.text, ids)
      for (const id of ids) {
        const hit = { from: word.at, to: word.at, sentence: word.sentence }
        const list = places.get(id)
        if (list) list.push(hit)
        else places.set(id, [hit])
      }
    }
    return places
  }

  private idsFor(word: Word): number[] {
    const letters = new Set([word.text.charAt(0), word.skeleton.charAt(0)])
    const candidates = [...letters].flatMap(letter => this.byLetter.get(letter) ?? [])
    const exact = candidates.filter(atom => fits(atom, word, startsOrEquals))
    // A word known as itself is no slip of another («отправила», «отравила»).
    const fitting =
      exact.length > 0 ? exact : candidates.filter(atom => atom.lenient && fits(atom, word, oneSlipApart))
    const english = fitting.filter(atom => atom.latin)
    return [...new Set((english.length > 0 ? english : fitting).map(atom => atom.id))]
  }
}

type Likeness = (stem: string, word: string, prefix: boolean) => boolean

function fits(atom: Atom, word: Word, alike: Likeness): boolean {
  if (atom.latin) return word.latin && alike(atom.text, word.text, atom.prefix)
  if (word.latin) return word.skeleton !== '' && alike(atom.skeleton, word.skeleton, atom.prefix)
  if (alike(atom.text, word.text, atom.prefix)) return true
  // Short words differ by one letter too often («быть» and «бить»), so only long ones are compared by sound.
  return atom.text.length >= skeletonLettersMin && alike(atom.skeleton, word.skeleton, atom.prefix)
}

function startsOrEquals(stem: string, word: string, prefix: boolean): boolean {
  return prefix ? word.startsWith(stem) : word === stem
}

/** One letter wrong, missing, extra, or two swapped; never the last letters, which are grammar. */
function oneSlipApart(stem: string, word: string, prefix: boolean): boolean {
  if (stem.length < fuzzyLettersMin) return false
  let same = 0
  while (same < stem.length && stem[same] === word[same]) same += 1
  if (same === 0 || same >= stem.length - 1) return false
  const rest = (tail: string, at: number) =>
    prefix ? word.startsWith(tail, at) : word.length === at + tail.length && word.endsWith(tail)
  const swapped = stem[same] === word[same + 1] && stem[same + 1] === word[same]
  return (
    rest(stem.slice(same + 1), same + 1) ||
    rest(stem.slice(same + 1), same) ||
    rest(stem.slice(same), same + 1) ||
    (swapped && rest(stem.slice(same + 2), same + 2))
  )
}

function phrasesOf(text: string, idOf: (source: string) => number): Phrase[] {
  return text
    .replace(/\|\s+/g, '|')
    .split(',')
    .map(phrase => phrase.trim())
    .filter(phrase => phrase !== '')
    .map(phrase => ({
      groups: phrase.split('&').map(group =>
        group
          .trim()
          .split(/\s+/)
          .map(slot => slot.split('|').map(term => term.split('_').map(idOf))),
      ),
    }))
}

function phraseHits(phrase: Phrase, places: Places): Hit[] {
  const groups = phrase.groups.map(slots => slots.map(terms => slotHits(terms, places)).reduce(chained))
  return groups.reduce(together)
}

function slotHits(terms: Term[], places: Places): Hit[] {
  return terms.flatMap(term => term.map(id => places.get(id) ?? []).reduce(chained))
}

/** Each first hit with the nearest second one that follows it; one word may stand between. */
function chained(first: Hit[], second: Hit[]): Hit[] {
  return first.flatMap(start => {
    const next = second.find(hit => hit.from > start.to && hit.from - start.to <= stepMax)
    return next && next.sentence === start.sentence ? [{ ...start, to: next.to }] : []
  })
}

function together(first: Hit[], second: Hit[]): Hit[] {
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
