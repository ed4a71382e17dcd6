import type { Word } from './danger-text.ts'
import { skeletonOf } from './danger-text.ts'
import { fold } from './fold.ts'

type Atom = { id: number; text: string; skeleton: string; prefix: boolean; latin: boolean; lenient: boolean }

const fuzzyLettersMin = 7
const skeletonLettersMin = 6
const wordsKnownMax = 20_000

/** The single words of the lexicons, and which of them a word of a message may be. */
export class Atoms {
  private readonly known = new Map<string, Atom>()
  private readonly texts = new Spellings()
  private readonly skeletons = new Spellings()
  private readonly remembered = new Map<string, readonly number[]>()

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
    this.texts.add(atom.text, atom)
    if (!latin) this.skeletons.add(atom.skeleton, atom)
    return atom.id
  }

  /** The same words come all day, so what they are is remembered, within a limit. */
  idsFor(word: Word): readonly number[] {
    const key = word.latin ? `${word.text}:${word.skeleton}` : word.text
    const remembered = this.remembered.get(key)
    if (remembered) return remembered
    if (this.remembered.size >= wordsKnownMax) this.remembered.clear()
    const ids = this.find(word)
    this.remembered.set(key, ids)
    return ids
  }

  private find(word: Word): number[] {
    const exact = this.candidates(word, 'exact').filter(atom => fits(atom, word, startsOrEquals))
    // A word known as itself is no slip of another («отправила», «отравила»).
    const fitting =
      exact.length > 0
        ? exact
        : this.candidates(word, 'slips').filter(atom => atom.lenient && fits(atom, word, oneSlipApart))
    const english = fitting.filter(atom => atom.latin)
    const ids = (english.length > 0 ? english : fitting).map(atom => atom.id)
    return [...new Set(ids)].sort((one, other) => one - other)
  }

  private candidates(word: Word, how: 'exact' | 'slips'): Atom[] {
    return [...new Set([...this.texts[how](word.text), ...this.skeletons[how](word.skeleton)])]
  }
}

/** Finds the few stems worth comparing with a word, of the thousands there are. */
class Spellings {
  private readonly whole = new Map<string, Atom[]>()
  private readonly pieces = new Map<string, Atom[]>()

  add(spelling: string, atom: Atom) {
    put(this.whole, spelling, atom)
    if (spelling.length < fuzzyLettersMin) return
    put(this.pieces, `^${spelling.slice(0, 3)}`, atom)
    put(this.pieces, spelling.slice(4, 7), atom)
  }

  exact(word: string): Atom[] {
    const found: Atom[] = []
    for (let end = 1; end <= word.length; end += 1) found.push(...(this.whole.get(word.slice(0, end)) ?? []))
    return found
  }

  /** A slip after the third letter leaves the beginning whole; an earlier one shifts the rest by one at most. */
  slips(word: string): Atom[] {
    const keys = [`^${word.slice(0, 3)}`, word.slice(3, 6), word.slice(4, 7), word.slice(5, 8)]
    return keys.flatMap(key => this.pieces.get(key) ?? [])
  }
}

function put(index: Map<string, Atom[]>, key: string, atom: Atom) {
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
