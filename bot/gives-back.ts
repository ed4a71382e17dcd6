import { fillers } from '../domain/filler-words.ts'
import { phrases, tokenize } from '../domain/words.ts'
import { keywordsOf } from './i18n.ts'

/**
 * Whether a helper plainly gives a request back. «Не могу найти адрес» and «сегодня не смогу, завтра приду» hold the
 * same words and say more: a person at the door must not lose their helper to a guess.
 */
export function givesBack(text: string): boolean {
  const sounds = tokenize(text).flatMap(({ kind, sound }) => (kind === 'word' ? [sound] : []))
  return sounds.every(
    (sound, at) => known().has(sound) && !(noes.has(sounds[at - 1] ?? '') && undone.has(sound)),
  )
}

let words: ReadonlySet<string> | undefined

function known(): ReadonlySet<string> {
  words ??= new Set([
    ...keywordsOf({ key: 'release' }).flatMap(phrase => phrases(phrase.replaceAll(' ', ', '))),
    ...beside,
    ...fillers,
  ])
  return words
}

const beside = phrases(
  'уже, никак, сожалению, извините, простите, увы, точно, вообще, сегодня, я, өкінішке, орай, кешіріңіз, бүгін, енді, sorry, unfortunately, today, really',
)
const noes = new Set(phrases('не, not, dont'))
/** Refused, these mean the opposite: «не отказываюсь». */
const undone = new Set(
  phrases('отказ, отказываюсь, откажусь, отменяется, передайте, отдайте, верните, снимите, release, give'),
)
