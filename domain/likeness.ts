/** How near two words are, both given as sounds (words.ts): 3 the same, 2 another ending, 1 the same root. */
export type Likeness = 0 | 1 | 2 | 3

export function likeness(said: string, known: string): Likeness {
  if (said === known) return 3
  const shared = sharedStart(said, known)
  if (shared < 2) return 0
  // Kazakh softens the end before a vowel: «көлік», «көлігіңіз».
  const soft =
    shared >= 3 && shared === known.length - 1 && softened.has(known.slice(shared) + said.charAt(shared))
  const saidTail = said.slice(soft ? shared + 1 : shared)
  const knownTail = soft ? '' : known.slice(shared)
  // Two letters need a real ending behind them: «суды» is «су», but «one» is not «он».
  const own = shared >= 3 || (shared === 2 && saidTail.length >= 2)
  if (knownTail === '' && own && kazakhEndings.test(saidTail)) return 2
  // Three letters are a thin root: «был» is not «білім», «басты» is not «бассейн».
  const rooted = shared >= 4 || (shared === 3 && (knownTail.length <= 1 || knownTail === 'ip'))
  // «Сырая» is no «сыр».
  const adjective = shared === 3 && knownTail === '' && adjectiveEndings.has(saidTail)
  if (rooted && !adjective && russianEndings.has(saidTail) && russianEndings.has(knownTail)) return 2
  if (shared >= (knownTail === '' ? 3 : 5) && kazakhEndings.test(saidTail) && kazakhEndings.test(knownTail))
    return 2
  if (shared >= 4 && diminutive.test(saidTail) && russianEndings.has(knownTail.replace(/^[ck]/, ''))) return 1
  // «Пожаловаться», «пожалуюсь».
  if (shared >= 4 && isOvatVerb(saidTail) && isOvatVerb(knownTail)) return 2
  if (rooted && isVerbEnding(saidTail) && isVerbEnding(knownTail)) return 2
  return sameRoot(shared, saidTail, knownTail) ? 1 : 0
}

/** Letters changed, added, lost or swapped with a neighbour between two words. */
export function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      const cheapest = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(swapped ? Math.min(cheapest, (before[j - 2] ?? 0) + 1) : cheapest)
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}

/** A word as it is heard: unstressed о and а, е and и are the same to many who write. */
export function reduced(sound: string): string {
  return sound
    .replaceAll('o', 'a')
    .replaceAll('e', 'i')
    .replace(/(.)\1+/g, '$1')
}

/** A phrase as it is spoken: beside the vowels, ends and clusters that are written one way and said another. */
export function heardAs(phrase: string): string {
  return phrase
    .replace(/iego\b/g, 'ivo')
    .replace(/ogo\b/g, 'ovo')
    .replace(/t(?:i?s)(?=ia?\b|a\b)/g, 'c')
    .replace(/qn/g, 'wn')
    .replace(/q(?=t)/g, 'w')
    .replace(/(?<=[sz])[td](?=[nlk])/g, '')
    .replace(/v(?=stv)/g, '')
    .replace(/[bvdzgj](?= |$|[ptkfshcqw])/g, letter => voiceless[letter] ?? letter)
    .replace(/i?[oa](?=$| )/g, 'a')
    .replace(/[oe]|i[ae]?/g, vowel => (vowel === 'o' ? 'a' : 'i'))
    .replace(/(.)\1+/g, '$1')
}

const voiceless: Readonly<Record<string, string>> = { b: 'p', v: 'f', d: 't', z: 's', g: 'k', j: 'w' }

/** Which letters a word has, as bits: words whose letters differ much need no closer look. */
export function lettersOf(sound: string): number {
  let bits = 0
  for (let at = 0; at < sound.length; at++) bits |= 1 << (sound.charCodeAt(at) & 31)
  return bits
}

/** In how many letters two sets of them differ; one wrong letter makes at most two. */
export function lettersApart(a: number, b: number): number {
  let apart = 0
  for (let bits = a ^ b; bits !== 0; bits &= bits - 1) apart++
  return apart
}

function sameRoot(shared: number, saidTail: string, knownTail: string): boolean {
  // A Kazakh verb turns into its opposite right behind the root: көмектесті, көмектеспеді.
  if (/^[mbp][ae](d|i|g|s|n|pt)/.test(saidTail)) return false
  if (knownTail === '') return shared >= 4 && saidTail.length <= 6
  const lost = shared >= 7 ? 3 : 2
  return shared >= 6 && knownTail.length <= lost && saidTail.length <= 4
}

function sharedStart(a: string, b: string): number {
  let length = 0
  while (length < a.length && length < b.length && a[length] === b[length]) length++
  return length
}

function isOvatVerb(tail: string): boolean {
  return /^(?:[oe]va[tlc]|u(?:iu|e|i))/.test(tail)
}

function isVerbEnding(tail: string): boolean {
  return tail === '' || kazakhVerbEndings.test(tail)
}

/** «Больничка», «укольчик», «работёнка». */
const diminutive = /^(?:[eio]?[nq]?[eio]?k|uwk|iwk|eqk|oqk|uleqk|onk|enk)(?:[aeui]|oi|ei|om|am|ami|ah|ov|u|)$/

const softened = new Set(['kg', 'pb'])

const russianEndings = new Set(
  (
    ' a o u e i ia iu oi ei iei om em am iam ah iah ov ev ami iami ie ii ai aia oe uiu iuiu ogo ego omu emu im ih ' +
    'imi ieiu oiu'
  ).split(' '),
)

const adjectiveEndings = new Set('aia oe uiu ii ogo omu ie ih imi iie'.split(' '))

/** Plural, owner, case and the like, in this order; each may be missing. */
const kazakhEndings =
  /^(?:[ldt][ae]r)?(?:i?miz|i?niz|im|m|in|s?i)?(?:[gk][ae]|n?[ae]|n?[dt][ae]n?|[nmdt]en|nan|[dtn]in?|n|[mbp]en)?(?:[gk]i)?(?:wi)?$/

/** The forms of a wish or a need: күту, күтетін, күтсе, күтіп, күтейін. */
const kazakhVerbEndings =
  /^(?:u(?:ge|ga|im|di)?|i?p|[ae]?i?tin|s[ae]|sin|[gk][ae]n|[ae]r|[ae]i?n|[ae]ik|[gk]im|[ae]di|edi|i?niz(?:d[ae]r)?(?:wi)?|[td]i)$/
