import {
  type Control,
  commands,
  controlFillers,
  controlWords,
  languageFillers,
  languageWords,
  notMisspelt,
  shrugs,
  yesNoWords,
} from './control-phrases.ts'
import { findSentence } from './control-sentences.ts'
import { courtesies } from './filler-words.ts'
import { distance, heardAs, lettersApart, lettersOf } from './likeness.ts'
import { phrases, type Token, tokenize } from './words.ts'

export { type Control, controls } from './control-phrases.ts'

/**
 * A message that is only a word understood anywhere. `spelling: 'exact'` does not forgive a wrong letter: for
 * callers that first want to compare a near miss with their own words.
 */
export function findControl(text: string, spelling: 'exact' | 'near' = 'near'): Control | undefined {
  if (text.trim().startsWith('/')) return command(text)
  const sounds = soundsOnly(text)
  if (sounds === undefined) return undefined
  const exact = only(cover(sounds, controlWords, controlFillers))
  const said = exact ?? findSentence(sounds)
  if (said !== undefined || spelling === 'exact') return said
  return only(nearest(sounds))
}

export function findLanguage(text: string): 'kk' | 'ru' | 'en' | undefined {
  const sounds = soundsOnly(text)
  return sounds && only(cover(sounds, languageWords, languageFillers))
}

export function findYesNo(text: string): 'yes' | 'no' | undefined {
  if (digit.test(text)) return undefined
  const tokens = tokenize(text)
  // Its sound is that of «и», so it cannot stand among the words.
  if (tokens.length === 1 && tokens[0]?.text === 'y') return 'yes'
  const words = tokens.filter(token => token.kind === 'word').map(word => word.sound)
  if (tokens.some(token => token.kind === 'number' || token.kind === 'measure')) return undefined
  const said = cover(words, yesNoWords, courtesies)
  if (said === undefined) return undefined
  if (said.length === 0) return signOf(tokens)
  // «Да нет», «хорошо, не надо»: the refusal comes last and counts.
  return said.at(-1) === 'no' ? 'no' : only(said)
}

/** A yes or no said with a shrug, by ear or with a wrong letter: «вроде да», «канешна», «жарайдв». */
export function leansTo(sounds: readonly string[]): 'yes' | 'no' | undefined {
  const telling = sounds.filter(sound => !courtesies.has(sound) && !softeners.has(sound))
  if (shrugs.has(sounds.join(' ')) || shrugs.has(telling.join(' '))) return 'yes'
  if (telling.length === 0 || telling.length > 4) return undefined
  const said = cover(telling, yesNoWords, courtesies) ?? cover(telling.map(heardAs), heardYesNo, courtesies)
  if (said !== undefined) return said.at(-1) === 'no' ? 'no' : only(said)
  const whole = heardAs(telling.join(' '))
  if (whole.length < 4) return undefined
  const letters = lettersOf(whole)
  const near = longYesNo.filter(known => {
    const alike = known.word[0] === whole[0] && Math.abs(known.word.length - whole.length) < 2
    return alike && lettersApart(known.letters, letters) <= 2 && distance(whole, known.word) === 1
  })
  return only(near.map(known => known.meaning))
}

/** The yes or no a longer answer begins with: «да, только вечером». */
export function beginsWithYesNo(sounds: readonly string[]): 'yes' | 'no' | undefined {
  const first = sounds.find(sound => !courtesies.has(sound))
  return first === undefined ? undefined : yesNoWords.get(first)
}

function command(text: string): Control | undefined {
  const match = /^\/([a-z]+)(?:@\w+)?(?:\s+(\S+))?$/i.exec(text.trim())
  const name = match?.[1]?.toLowerCase() ?? ''
  return match?.[2] === undefined || name === 'start' ? commands.get(name) : undefined
}

/** The words of a message without signs, or undefined when it also holds numbers. */
function soundsOnly(text: string): string[] | undefined {
  if (digit.test(text)) return undefined
  const tokens = tokenize(text)
  if (tokens.some((token: Token) => token.kind === 'number' || token.kind === 'measure')) return undefined
  return tokens.filter(token => token.kind === 'word').map(word => word.sound)
}

/** It stands in none of these words: an address, a phone, an amount need not be read word by word. */
const digit = /\d/

/** What the phrases of a message mean, longest first, or undefined if any other word is in it. */
function cover<T>(
  sounds: readonly string[],
  known: ReadonlyMap<string, T>,
  ignored: ReadonlySet<string>,
): T[] | undefined {
  const meanings: T[] = []
  for (let at = 0; at < sounds.length; ) {
    const length = [4, 3, 2, 1].find(size => known.has(sounds.slice(at, at + size).join(' ')))
    const asked = length ? undefined : known.get(politeStems.get(unasked(sounds[at] ?? '') ?? '') ?? '')
    if (length === undefined && asked === undefined && !ignored.has(sounds[at] ?? '')) return undefined
    const meaning = length ? known.get(sounds.slice(at, at + length).join(' ')) : asked
    if (meaning) meanings.push(meaning)
    at += length ?? 1
  }
  return meanings
}

/** The root of a Kazakh request: «тоқтатыңыз», «тоқтатыңдаршы» and «тоқтатсаңызшы» ask for the same. */
function unasked(sound: string): string | undefined {
  const root = sound.replace(
    /(?:(?:sa)?i?niz(?:d[ae]r)?|(?:i?n)?d[ae]r|i?n)(?:wi)$|(?:(?:sa)?i?niz(?:d[ae]r)?|i?nd[ae]r)$/,
    '',
  )
  return root.length > 2 && root !== sound ? root : undefined
}

function only<T>(meanings: readonly T[] | undefined): T | undefined {
  return meanings?.every(meaning => meaning === meanings[0]) ? meanings[0] : undefined
}

function nearest(sounds: readonly string[]): Control[] | undefined {
  const rest = sounds.filter(sound => !controlFillers.has(sound))
  const said = rest[0] ?? ''
  if (rest.length !== 1 || said.length < 5 || notMisspelt.has(said)) return undefined
  const letters = lettersOf(said)
  const near = longWords.filter(
    known =>
      Math.abs(known.word.length - said.length) < 2 &&
      lettersApart(known.letters, letters) <= 2 &&
      distance(said, known.word) === 1,
  )
  return near.map(known => known.control)
}

/** They make a yes or a no less sure. */
const softeners = new Set(
  phrases(
    'пока, сейчас, еще, лучше, таки, все, наверное, наверно, вроде, пожалуй, кажется, в, принципе, общем, вобщем, вообще, целом, так, уж, это, конечно, думаю, что, ' +
      'скорее, всего, видимо, может, быть, как, бы, я, мы, мне, меня, то, скорей, шығар, болар, сияқты, мен, біз, деп, ' +
      'ойлаймын, i, think, guess, suppose, maybe, probably, perhaps, kind, of, its, that, is, very',
  ),
)

const heardYesNo: ReadonlyMap<string, 'yes' | 'no'> = new Map(
  [...yesNoWords].flatMap(([word, meaning]) => (word.length > 3 ? [[heardAs(word), meaning] as const] : [])),
)

const longYesNo = [...heardYesNo]
  .filter(([word]) => word.length > 3)
  .map(([word, meaning]) => ({ word, meaning, letters: lettersOf(word) }))

const politeStems = new Map(
  [...controlWords.keys(), ...yesNoWords.keys()].flatMap(word => {
    const root = word.includes(' ') ? undefined : unasked(word)
    return root ? [[root, word] as const] : []
  }),
)

const longWords = [...controlWords]
  .filter(([word]) => word.length >= 5)
  .map(([word, control]) => ({ word, control, letters: lettersOf(word) }))

function signOf(tokens: readonly Token[]): 'yes' | 'no' | undefined {
  const signs = tokens.map(token => token.text).join('')
  const yes = /^\++$|👍|✅|✔|☑|👌|🆗/u.test(signs)
  const no = /^[-−–—]$|👎|❌|✖|🚫|🙅/u.test(signs)
  return yes === no ? undefined : yes ? 'yes' : 'no'
}
