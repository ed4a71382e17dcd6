import type { Word } from './danger-text.ts'
import { skeletonOf } from './danger-text.ts'
import { fold } from './fold.ts'

type Atom = { id: number; text: string; skeleton: string; prefix: boolean; latin: boolean; lenient: boolean }

const fuzzyLettersMin = 7
const skeletonLettersMin = 6

/** The single words of the lexicons, and which of them a word of a message may be. */
export class Atoms {
  private readonly known = new Map<string, Atom>()
  private readonly spellings = new Spellings()

  idOf(source: string, lenient: boolean): number {
    const known = this.known.get(source)
    if (known) {
      known.lenient ||= lenient
      return known.id
    }
    const text = fold(source.replace('*', ''))
    const latin = /^[a-z]+$/.test(text)
    const prefix = source.endsWith('*')
    const atom = { id: this.known.size, text, skeleton: skeletonOf(text), prefix, latin, lenient }
    this.known.set(source, atom)
    this.spellings.add(atom.text, atom)
    if (!latin && atom.skeleton !== atom.text) this.spellings.add(atom.skeleton, atom)
    return atom.id
  }

  idsFor(word: Word): number[] {
    const exact = this.alike(word, 'exact', startsOrEquals)
    // A word known as itself is no slip of another («отправила», «отравила»).
    const atoms =
      exact.length > 0 ? exact : this.alike(word, 'slips', oneSlipApart).filter(atom => atom.lenient)
    if (atoms.length === 0) return []
    const english = atoms.filter(atom => atom.latin)
    const ids = (english.length > 0 ? english : atoms).map(atom => atom.id)
    return [...new Set(ids)].sort((one, other) => one - other)
  }

  private alike(word: Word, how: 'exact' | 'slips', likeness: Likeness): Atom[] {
    const candidates = this.spellings[how](word.text)
    if (word.skeleton !== word.text) candidates.push(...this.spellings[how](word.skeleton))
    return candidates.filter(atom => fits(atom, word, likeness))
  }
}

/** Finds the few stems worth comparing with a word, of the thousands there are. */
class Spellings {
  /** Marks where a stem may end, by the number that the letters so far mix to: most beginnings of words are none. */
  private readonly ends = new Uint8Array(endsMax)
  private readonly stems = new Map<number, Atom[]>()
  private readonly pieces = new Map<string, Atom[]>()

  add(spelling: string, atom: Atom) {
    let mixed = 0
    for (let at = 0; at < spelling.length; at += 1) mixed = mix(mixed, spelling.charCodeAt(at))
    this.ends[endOf(mixed)] = 1
    put(this.stems, endOf(mixed), atom)
    if (spelling.length < fuzzyLettersMin) return
    put(this.pieces, `^${spelling.slice(0, 3)}`, atom)
    put(this.pieces, spelling.charAt(0) + spelling.slice(4, 7), atom)
  }

  /** All stems that the word begins with, and some that only mix to the same number. */
  exact(word: string): Atom[] {
    const found: Atom[] = []
    let mixed = 0
    for (let at = 0; at < word.length; at += 1) {
      mixed = mix(mixed, word.charCodeAt(at))
      if (this.ends[endOf(mixed)] === 1) found.push(...(this.stems.get(endOf(mixed)) ?? []))
    }
    return found
  }

  /**
   * The first letter is never the slip. One after the third leaves the beginning whole; an earlier one shifts the
   * rest by one at most.
   */
  slips(word: string): Atom[] {
    if (word.length < fuzzyLettersMin - 1) return []
    const found = [...(this.pieces.get(`^${word.slice(0, 3)}`) ?? [])]
    for (let from = 3; from <= 5; from += 1)
      found.push(...(this.pieces.get(word.charAt(0) + word.slice(from, from + 3)) ?? []))
    return found
  }
}

const endsMax = 2 ** 15

function mix(mixed: number, letter: number): number {
  return Math.imul(mixed ^ letter, 0x01000193)
}

function endOf(mixed: number): number {
  return (mixed ^ (mixed >>> 15)) & (endsMax - 1)
}

function put<Key>(index: Map<Key, Atom[]>, key: Key, atom: Atom) {
  const list = index.get(key)
  if (list) list.push(atom)
  else index.set(key, [atom])
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
