import { fold } from './fold.ts'

/** One piece of a message: a word, a number, or a run of other signs (punctuation, emoji). */
export interface Token {
  kind: 'word' | 'number' | 'sign' | 'measure'
  text: string
  /** How the word sounds, written the same for Cyrillic and Latin spellings; empty for signs. */
  sound: string
  /** Written right after a number without a space: the ending of «2-ге» or «3rd». */
  attached: boolean
}

const pieces = /\d+:\d+|\d+\.\d{2,}|\d+|\p{L}[\p{L}\p{M}'’ʼ`]*|[^\s\p{L}\d]+/gu

/** Several readers look at the same message one after another: the last one is kept. */
export function tokenize(text: string): readonly Token[] {
  if (text !== last.text) last = { text, tokens: read(text) }
  return last.tokens
}

let last: { text: string; tokens: readonly Token[] } = { text: '', tokens: [] }

function read(text: string): Token[] {
  const folded = fold(text.replaceAll('🔟', ' 10 '))
  const tokens: Token[] = []
  let end = 0
  for (const match of folded.matchAll(pieces)) {
    const piece = match[0]
    const touches = match.index === end
    const kind = kindOf(piece)
    const behind = tokens.at(-1)
    const hyphen = behind?.kind === 'sign' && /^[-–—‑]$/.test(behind.text) && tokens.at(-2)?.kind === 'number'
    const attached = kind === 'word' && touches && (behind?.kind === 'number' || hyphen)
    tokens.push({ kind, text: piece, sound: kind === 'word' ? soundOf(piece) : '', attached })
    end = match.index + piece.length
  }
  return tokens
}

/** «Бүгін не ертең»: in Kazakh a «не» between two words is an «или». */
export function withKazakhOr(tokens: readonly Token[], text: string): readonly Token[] {
  if (!/[әғқңөұүһі]/iu.test(text)) return tokens
  return tokens.map((token, at) => {
    const between = at > 0 && tokens[at - 1]?.kind === 'word' && tokens[at + 1]?.kind === 'word'
    const or = between && token.text === 'не' && !needs.has(tokens[at + 1]?.text ?? '')
    return or ? { ...token, text: 'немесе', sound: 'nemese' } : token
  })
}

const needs = new Set(['надо', 'нужно', 'деп', 'болды', 'ушин', 'нарсе', 'истейм', 'истеу'])

/** The words of a phrase as sounds: «Бас тарту» and "bas tartu" give the same. */
export function soundsOf(phrase: string): string[] {
  return tokenize(phrase).flatMap(token => (token.kind === 'word' ? [token.sound] : []))
}

/** A comma-separated list of phrases as sets of sounds, joined by a space. */
export function phrases(list: string): string[] {
  return list.split(',').flatMap(phrase => spellings(phrase).map(spelling => soundsOf(spelling).join(' ')))
}

/** On a Russian keyboard ә becomes а for some people and э for others. */
export function spellings(phrase: string): string[] {
  const lower = phrase.trim().toLowerCase()
  return lower.includes('ә') ? [lower, lower.replaceAll('ә', 'э')] : [lower]
}

/**
 * A rough sound of a word. Cyrillic and every usual Latin spelling of it (several Kazakh alphabets, Russian
 * without rules) fall together; the letters of the result are codes, not meant for reading.
 */
function soundOf(word: string): string {
  return lettersOf(latinCodes(word))
    .replaceAll('ts', 'c')
    .replaceAll('ng', 'n')
    .replace(/(.)\1+/gu, '$1')
}

/** By its code, since a letter beside Latin costs a string each time. */
function lettersOf(word: string): string {
  let letters = ''
  for (let at = 0; at < word.length; at++) {
    const place = word.charCodeAt(at) - firstCode
    letters += (place < 0 ? undefined : cyrillicCodes[place]) ?? word[at]
  }
  return letters
}

function latinCodes(word: string): string {
  if (/^[а-я]+$/.test(word)) return word
  if (!/\p{Script=Latin}/u.test(word)) return word.replace(/['’ʼ`]/gu, '')
  return word
    .replaceAll('ş', 'sh')
    .replaceAll('ç', 'ch')
    .replaceAll('ı', 'i')
    .replaceAll('ə', 'a')
    .normalize('NFD')
    .replace(/[\p{M}'’ʼ`]/gu, '')
    .replaceAll('w', 'u')
    .replaceAll('q', 'k')
    .replace(/shch|sch|sh/gu, 'w')
    .replaceAll('ch', 'q')
    .replaceAll('zh', 'j')
    .replaceAll('kh', 'h')
    .replaceAll('gh', 'g')
    .replaceAll('x', 'h')
    .replaceAll('y', 'i')
}

function kindOf(piece: string): Token['kind'] {
  if (/^\d/.test(piece)) return /^\d+$/.test(piece) ? 'number' : 'measure'
  return /^\p{L}/u.test(piece) ? 'word' : 'sign'
}

const firstCode = 'а'.charCodeAt(0)
/** From «а» to «я». */
const cyrillicCodes: readonly string[] =
  'a b v g d e j z i i k l m n o p r s t u f h c q w w  i  e iu ia'.split(' ')
