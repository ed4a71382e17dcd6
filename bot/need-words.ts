import { categories } from '../domain/categories.ts'
import { fillers, withoutHedges } from '../domain/filler-words.ts'
import { namesMedicine, tellsAmount } from '../domain/need-words.ts'
import type { Said } from '../domain/said.ts'
import { isGreeting } from '../domain/small-talk.ts'
import { type Token, tokenize } from '../domain/words.ts'
import { keywordsOf, valueText } from './i18n.ts'
import { findNamed } from './named-option.ts'
import { findWhole } from './option-words.ts'
import type { Option } from './prompt.ts'

/**
 * A need told in scraps, «валидол 2 пачки», «и хлеб»: too short for a story, but no answer to the question either.
 * It names a thing somebody may need, counts something, or goes on from what was said before.
 */
export function tellsNeed(said: Said, answered = false): boolean {
  const text = said.type === 'text' ? said.text : ''
  if (clock.test(text)) return true
  if (!/\p{L}{3}/u.test(text) || isGreeting(text)) return false
  const { tokens, hedged } = withoutHedges(tokenize(text))
  if (hedged || text.includes('?')) return false
  return tellsAmount(text) || namesMedicine(text) || goesOn(tokens) || namesThing(tokens, answered)
}

/** «К 9», «до 15:00»: the hour of a ride or a visit. */
const clock = /^\W*(?:к|в|до|после|с|at|by|сағат)\s*\d{1,2}(?:[:.]\d\d)?(?:\s*\p{L}{0,7})?\W*$/iu

/** Words of a need behind those which only choose its kind: «хлеб и молоко», not «нужны продукты» or a button's own. */
export function tellsMore(said: Said): boolean {
  const text = said.type === 'text' ? said.text : ''
  if (tellsAmount(text) || namesMedicine(text)) return true
  const tokens = tokenize(text)
  const sounds = tokens.filter(token => token.kind === 'word').map(token => token.sound)
  return telling(tokens).length > 1 && findWhole(sounds, kinds).length === 0
}

const telling = (tokens: readonly Token[]) =>
  tokens.filter(token => token.kind === 'word' && token.sound.length > 2 && !fillers.has(token.sound))

/** «И хлеб», «ещё соль», «көмір де», «bread too». */
function goesOn(tokens: readonly Token[]): boolean {
  const words = tokens.filter(token => token.kind === 'word')
  const [first, last] = [words[0]?.text ?? '', words.at(-1)?.text ?? '']
  return telling(words).length > 0 && words.length > 1 && (before.has(first) || behind.has(last))
}

const before = new Set('и еще также тоже плюс а жане тагы and also plus'.split(' '))
const behind = new Set('тоже также еще да де та те too also'.split(' '))

const kinds: readonly Option[] = categories.map(({ code }) => ({
  id: code,
  label: valueText('ru', { key: `cat.${code}` }),
  keywords: keywordsOf({ key: `cat.${code}` }),
}))

/** Kinds of help that are things and deeds; «другое» and «жалоба» are said of many other matters. */
const things = kinds.filter(({ id }) => !['other', 'complaint', 'safety', 'club', 'work'].includes(id))

/** Beside an answer that was understood only the very word counts: «жұма» is Friday and sounds like a thing. */
function namesThing(tokens: readonly Token[], answered: boolean): boolean {
  const named = findNamed(tokens, things)
  if (named?.kind !== 'one') return named?.kind === 'several'
  return named.exact || (!answered && (named.sure || named.guessed))
}
