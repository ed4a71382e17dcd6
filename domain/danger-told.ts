import { type Danger, findDanger } from './danger-words.ts'

/** The dangers in what a person has told, each message read by itself and all of them together. */
export function dangersIn(messages: readonly string[]): ReadonlySet<Danger> {
  const found = [...new Set([...messages, messages.join('\n')])].map(findDanger)
  return new Set(found.filter(danger => danger !== undefined))
}

/** What may be told further: without the sentences that raised the alarm, or with nothing where none can be told apart. */
export function withoutAlarms(messages: readonly string[]): string {
  const text = messages.filter(Boolean).join('\n')
  if (dangersIn(messages).size === 0) return text
  let sentences = partsOf(text, sentenceEnd).flatMap(sentence => withoutRuns(sentence))
  for (let size = 2; size <= neighboursMax; size++) sentences = withoutNeighbours(sentences, size)
  const calm = sentences.join('').trim()
  return findDanger(calm) ? '' : calm
}

const neighboursMax = 3
const clausesMax = 12
const sentenceEnd = /(?<=[.!?…;\n])/u
const clauseEnd = /(?<=[,:()—–])/u

/** «Упала, не встаёт, нужен хлеб»: the fewest clauses in a row that alarm go, the others stay. */
function withoutRuns(sentence: string): string[] {
  if (!findDanger(sentence)) return [sentence]
  const clauses = partsOf(sentence, clauseEnd)
  if (clauses.length > clausesMax) return []
  for (let size = 1; size <= clauses.length; size++)
    for (let at = 0; at + size <= clauses.length; at++)
      if (findDanger(clauses.slice(at, at + size).join(''))) clauses.splice(at--, size)
  return findDanger(clauses.join('')) ? [] : [ended(clauses.join(''), sentence)]
}

/** «Мама упала. Не встаёт.»: apart they say less than together. */
function withoutNeighbours(sentences: readonly string[], size: number): string[] {
  const kept = [...sentences]
  for (let at = 0; at + size <= kept.length; at++)
    if (findDanger(kept.slice(at, at + size).join(''))) kept.splice(at--, size)
  return kept
}

const partsOf = (text: string, end: RegExp) => text.split(end).filter(Boolean)

/** What is left of a sentence ends as a sentence does, or it would run into the next one. */
function ended(rest: string, sentence: string): string {
  const words = rest.trim().replace(/[,:(—–]+$/u, '')
  const end = /[.!?…;]*\s*$/u.exec(sentence)?.[0] || ' '
  return /\p{L}|\p{N}/u.test(words) ? words.replace(/[.!?…;\s]+$/u, '') + end : ''
}
