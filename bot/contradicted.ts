import { controlWords } from '../domain/control-phrases.ts'
import { courtesies, fillers, negations } from '../domain/filler-words.ts'
import { phrases, type Token } from '../domain/words.ts'
import { findHits } from './heard-option.ts'
import type { Option } from './prompt.ts'

/** «Может, смогу, а может, нет», «мне, нет маме, нет мне»: who goes to and fro has not chosen. */
export function wavers(tokens: readonly Token[]): boolean {
  const sounds = tokens.flatMap(({ kind, sound }) => (kind === 'sign' ? [] : [sound]))
  if (sounds.length > wordsMax) return false
  const telling = sounds.filter(sound => !courtesies.has(sound)).join(' ')
  return (
    yesAndNo.has(telling) ||
    / (?:i|no|birak|but|and) (?:net|jok|no)$/.test(telling) ||
    saidTwice(sounds, wavering) ||
    sounds.some((sound, at) => returns(sound, at, sounds))
  )
}

/** Who says a thing and its contrary: nobody may choose for them. */
export function contradictsItself(tokens: readonly Token[], options: readonly Option[]): boolean {
  const words = tokens.filter(({ kind }) => kind !== 'sign')
  const sounds = words.map(({ sound }) => sound)
  if (sounds.length > wordsMax) return false
  return (
    sounds.some((sound, at) => deniesInKazakh(sound, at, sounds)) ||
    isDeniedToo(words, options) ||
    (words.length <= wordsBesideCancelMax && cancelsToo(words, options))
  )
}

/** Beyond this it is a story, in which much may come twice. */
const wordsMax = 15

/** «Да нет» is a no in Russian; these are nothing. */
const yesAndNo = new Set(
  phrases(
    'иә жоқ, ия жоқ, yes no, no yes, нет да, жоқ иә, и то и другое, то и другое, и то и это, и так и так',
  ),
)
const wavering = new Set(phrases('может, ли, хоть, либо, бәлкім, мүмкін, maybe, perhaps'))
const noes = new Set(phrases('нет, жоқ, no'))
const yeses = new Set(phrases('да, иә, yes'))

/** «То ли помогли, то ли нет», «хоть сегодня, хоть завтра». */
function saidTwice(sounds: readonly string[], among: ReadonlySet<string>): boolean {
  return sounds.some((sound, at) => among.has(sound) && sounds.indexOf(sound) < at)
}

const yesNoWordsMax = 4

/** «Мне, нет маме, нет мне», «да, нет, да». */
function returns(sound: string, at: number, sounds: readonly string[]): boolean {
  if (noes.has(sound) || sounds.lastIndexOf(sound) === at) return false
  const between = sounds.slice(at, sounds.lastIndexOf(sound)).filter(other => noes.has(other))
  if (yeses.has(sound)) return sounds.length <= yesNoWordsMax && between.length > 0
  return says(sound) && between.length > 1
}

/** «Келісемін, келіспеймін»: the same verb in the same message, once with its denying syllable. */
function deniesInKazakh(sound: string, at: number, sounds: readonly string[]): boolean {
  const root = denied.exec(sound)?.[1]
  const said = root && new RegExp(`^${root}(?:d|t|[ae]m|[ae]d[iy]|g[ae]n)`)
  return said ? sounds.some((other, place) => place !== at && other !== sound && said.test(other)) : false
}

const denied = /^(.{3,}?)[mbp][ae](?:d[iy]|[iy]m[iy]n|[iy]d[iy]|g[ae]n|[iy]m)/

/** «Помогли, не помогли», «верно, но неверно»; but «мне не нужно, нужно маме». */
function isDeniedToo(words: readonly Token[], options: readonly Option[]): boolean {
  const isDenied = (at: number) => negations.has(words[at - 1]?.sound ?? '')
  const plain = new Set(words.flatMap(({ sound }, at) => (isDenied(at) ? [] : [sound])))
  const both = words
    .map(({ sound }, at) => (isDenied(at) ? sound : sound.replace(/^ne/, '')))
    .filter((sound, at) => (isDenied(at) || sound !== words[at]?.sound) && plain.has(sound))
    .filter(says)
  return both.length > 0 && findHits(words, options).some(({ at }) => both.includes(words[at]?.sound ?? ''))
}

/** «У меня» said twice tells nothing, «мне» does. */
const says = (sound: string) => selves.has(sound) || !fillers.has(sound)
const selves = new Set(phrases('мне, маған'))

/** «Отправить, отменить». */
function cancelsToo(words: readonly Token[], options: readonly Option[]): boolean {
  const cancels = ({ sound }: Token) => controlWords.get(sound) === 'cancel'
  if (!words.some(cancels) || words.some(({ sound }) => negations.has(sound))) return false
  const others = words.filter(word => !cancels(word))
  return findHits(others, options).some(({ likeness, weak }) => likeness > 1 && !weak)
}

const wordsBesideCancelMax = 3
