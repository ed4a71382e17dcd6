import { fillers } from '../domain/filler-words.ts'
import { isNumberEnding, mentionIn } from '../domain/numerals.ts'
import { phrases, type Token, tokenize } from '../domain/words.ts'
import { findNamed } from './named-option.ts'
import { vocabularyOf } from './option-words.ts'
import { labelWords, numbersOf, type Option } from './prompt.ts'

export type Numbered =
  | { kind: 'choice'; id: string }
  | { kind: 'confirm'; id: string }
  | { kind: 'ambiguous' }
  | { kind: 'outOfRange' }

interface NumberSaid {
  at: number
  value: number
  firm: boolean
}

/** The option chosen by its number, or undefined when no number of the message was meant so. */
export function findNumber(tokens: readonly Token[], options: readonly Option[]): Numbered | undefined {
  const lookAlike = loneLookAlike(tokens)
  if (lookAlike !== undefined) return byNumber(lookAlike, options)
  const { said, read } = numbersIn(tokens, options)
  if (said.reduce((digits, number) => digits + String(number.value).length, 0) > 4) return undefined
  const others = tokens.filter((_, at) => !read.has(at))
  const telling = others.filter(token => isTelling(token))
  const last = telling.length > 0 && telling.every(token => lastWords.has(token.sound))
  if (last && said.length === 0) return at(options.length - 1, options)
  if (telling.every(token => together.has(token.sound))) return alone(said, telling, tokens, options)
  const ownNumbers = options.every(option => labelWords(option.label) !== option.label)
  const values = new Set(said.filter(number => number.firm || ownNumbers).map(number => number.value))
  const [value] = values
  return values.size === 1 && value !== undefined
    ? besideWords(value, said, tokens, others, options)
    : undefined
}

/** Nothing but numbers and small words. */
function alone(
  said: readonly NumberSaid[],
  telling: readonly Token[],
  tokens: readonly Token[],
  options: readonly Option[],
) {
  if (telling.length > 0) {
    const bare = said.length === 0 && tokens.filter(token => token.kind === 'word').length <= 2
    return bare ? ({ kind: 'ambiguous' } as const) : undefined
  }
  const [first] = said
  if (first === undefined) return undefined
  if (new Set(said.map(number => number.value)).size > 1) return { kind: 'ambiguous' } as const
  // «Бірге» is also a label's word, «один» too: the words of the options come first.
  const firm = said.some(number => number.firm || isPointedAt(number.at, tokens))
  const placed = byNumber(first.value, options)
  // «Три» is no «trip»: only a word just as it is known counts before a number.
  const named = firm || placed.kind === 'confirm' ? undefined : findNamed(tokens, options)
  if (named?.kind === 'one' && named.exact) return undefined
  return placed
}

/** A number among words of its own meaning: «2, продукты», «номер 2 для мамы», but not «2 кг». */
function besideWords(
  value: number,
  said: readonly NumberSaid[],
  tokens: readonly Token[],
  others: readonly Token[],
  options: readonly Option[],
): Numbered | undefined {
  const chosen = options[numbersOf(options).indexOf(value)]
  const ownNumbers = options.every(option => labelWords(option.label) !== option.label)
  const position = said.find(number => number.value === value)?.at ?? 0
  const pointed = isPointedAt(position, tokens)
  if (chosen && ownNumbers && said.length === 1 && (pointed || isAtEdge(position, tokens)))
    return { kind: 'choice', id: chosen.id }
  const named = findNamed(others, options)
  if (named?.kind === 'one') {
    const inLabel = numbersIn(tokenize(labelWords(named.option.label)), []).said.some(
      number => number.value === value,
    )
    if (chosen === undefined && !inLabel) return undefined
    if (named.option === chosen || inLabel) return { kind: 'choice', id: named.option.id }
    return pointed ? { kind: 'ambiguous' } : { kind: 'confirm', id: named.option.id }
  }
  return chosen && pointed ? { kind: 'choice', id: chosen.id } : undefined
}

/** By its place or own number. A number that another label also holds («три дня») is asked about. */
export function byNumber(value: number, options: readonly Option[]): Numbered {
  const placed = options[numbersOf(options).indexOf(value)]
  const bearing = options.filter(option => option !== placed && vocabularyOf(option).numbers.has(value))
  if (placed) return { kind: bearing.length > 0 ? 'confirm' : 'choice', id: placed.id }
  const [option] = bearing
  return bearing.length === 1 && option ? { kind: 'choice', id: option.id } : { kind: 'outOfRange' }
}

function at(index: number, options: readonly Option[]): Numbered | undefined {
  const option = options[index]
  return option && { kind: 'choice', id: option.id }
}

/** The numbers of a message and every place where one was read, also those that do not count by themselves. */
function numbersIn(
  tokens: readonly Token[],
  options: readonly Option[],
): { said: NumberSaid[]; read: Set<number> } {
  const said: NumberSaid[] = []
  const read = new Set<number>()
  for (const [at, token] of tokens.entries()) {
    const mention = mentionIn(token)
    if (mention === undefined || isQuantity(at, tokens)) continue
    read.add(at)
    const before = said.at(-1)
    const total = said.length > 0 && isOutOf(tokens[at - 1], options) && isHighest(mention.value, options)
    const ten = before?.value === 10 && !before.firm && before.at === at - 1 && mention.value < 10
    if (ten) before.value += mention.value
    else if (!total) said.push({ at, ...mention })
  }
  // «The second one», «the last one».
  const counting = said.filter(number => tokens[number.at]?.text !== 'one')
  const pronoun = counting.length > 0 || tokens.some(token => lastWords.has(token.sound))
  return { said: pronoun ? counting : said, read }
}

/** Letters glued to a digit make it a measure («2кг», «2-комнатная») unless they are an ending («2-ге»). */
function isQuantity(at: number, tokens: readonly Token[]): boolean {
  const behind = tokens.slice(at + 1, at + 3).find(token => token.attached)
  return behind !== undefined && !isNumberEnding(behind.sound) && !markers.has(behind.sound)
}

function isTelling(token: Token): boolean {
  if (token.kind === 'measure') return true
  if (token.kind !== 'word' || fillers.has(token.sound)) return token.kind === 'number'
  return !(token.attached && isNumberEnding(token.sound))
}

/** Said with «номер», or first and set apart by a sign. */
function isPointedAt(position: number, tokens: readonly Token[]): boolean {
  const around = [tokens[position - 1], tokens[position + 1]]
  if (around.some(token => token !== undefined && markers.has(token.sound))) return true
  const first = tokens.findIndex(token => token.kind !== 'sign' && !fillers.has(token.sound))
  return first === position && tokens[position + 1]?.kind === 'sign'
}

function isAtEdge(position: number, tokens: readonly Token[]): boolean {
  const words = tokens.flatMap((token, at) => (token.kind === 'sign' || fillers.has(token.sound) ? [] : [at]))
  return words[0] === position || words.at(-1) === position
}

/** «4 из 5», and «4/5» where the labels bear the numbers. */
function isOutOf(before: Token | undefined, options: readonly Option[]): boolean {
  if (outOf.has(before?.sound ?? '')) return true
  return before?.text === '/' && options.every(option => labelWords(option.label) !== option.label)
}

function isHighest(value: number, options: readonly Option[]): boolean {
  return value === Math.max(...numbersOf(options))
}

/** «l», «I», «|» for 1, Roman numerals, and the Russian letter that looks like 3. */
function loneLookAlike(tokens: readonly Token[]): number | undefined {
  const telling = tokens.filter(token => token.kind !== 'sign' || token.text === '|')
  return telling.length === 1 ? lookAlikes.get(telling[0]?.text ?? '') : undefined
}

const lookAlikes = new Map([
  ...['l', 'i', '|'].map(sign => [sign, 1] as const),
  ...['ii', 'iii', 'iv', 'v'].map((roman, index) => [roman, index + 2] as const),
  ['з', 3] as const,
])
const outOf = new Set(phrases('из, of, ішінен'))
const together = new Set(
  phrases('оба, обе, все, всё, екеуі, екеуін, екеуі де, барлығы, барлығын, бәрі, бәрін, both, all'),
)
const lastWords = new Set(
  phrases('последний, последнее, последняя, последнюю, соңғы, соңғысы, соңғысын, last'),
)
const markers = new Set(
  phrases(
    'номер, номером, цифра, цифру, цифрой, вариант, пункт, пункту, кнопка, кнопку, нөмір, нөмірі, сан, саны, цифр, ' +
      'нұсқа, нұсқасы, number, option, оценка, баға, балл, балла, баллов',
  ),
)
