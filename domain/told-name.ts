import { fold } from './fold.ts'
import { nameKey } from './name-key.ts'
import { numberWords } from './number-words.ts'
import { kinAfter, kinBefore, plainWords, wordSet } from './plain-words.ts'
import { isMedicine } from './redact-medicines.ts'
import { isNameKey } from './redact-name-words.ts'
import { remembered } from './remember.ts'
import { isGreeting } from './small-talk.ts'

/** Surname, name, father's name, and «апа» or «қызы» behind them. */
const nameWordsMax = 4

/** The name in «меня зовут Зейнеп»: the words around it are not part of it. */
export function nameTold(text: string): string {
  return text.replace(introduction, '').trim() || text
}

const introduction =
  /^\s*(?:меня зовут|е[её] зовут|его зовут|мо[её] имя|менің (?:атым|есімім)|атым|есімім|оның (?:аты|есімі)|my name is|(?:her|his) name is)(?=\s|[:—–-])\s*[:—–-]?\s*/iu

/**
 * True of what was probably said instead of a name: a need, a call for help, a sentence, a greeting. Only a reason to
 * ask: people are called many things.
 */
export const isDoubtfulName: (text: string) => boolean = remembered(200, text => {
  const words = fold(text).match(/\p{L}{2,}/gu) ?? []
  if (words.length > nameWordsMax || text.includes('?')) return true
  return isGreeting(text) || words.every(word => numberWords.has(word)) || words.some(tellsOfNeed)
})

function tellsOfNeed(word: string): boolean {
  if (oftenerNeeds.has(word)) return true
  if (besideName.has(word) || kinBefore.has(word) || kinAfter.has(word) || isNameKey(nameKey(word)))
    return false
  return plainWords.has(word) || needBeginnings.test(word) || isMedicine(word)
}

/** Names too, but where a name is asked for more people write them as what they lack. */
const oftenerNeeds = wordSet('дәрі дәрілер шай май базар')

const besideName = wordSet('қызы қыз ұлы ұл кызы оглы углы гызы улы uly kyzy qyzy')

/** What is asked for, in whatever case form; the everyday words have only the usual ones. */
const needBeginnings =
  /^(?:продукт|лекарств|таблет|помо[гщж]|покуп|уборк|убират|комек|дари(?:л|ге|хана)|азык|тамак|medic|grocer|help)/u
