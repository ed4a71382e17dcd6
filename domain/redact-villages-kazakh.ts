import { nameKey } from './name-key.ts'
import { wordSet } from './plain-words.ts'
import { isWord, type Page } from './redact-page.ts'
import { couldBePlace } from './redact-place-could.ts'

/** Written in Kazakh, on whatever keyboard. */
export const readsKazakh = (page: Page): boolean =>
  page.some(token => isWord(token) && (/[әғқңөұүһі]/iu.test(token.text) || kazakhWords.has(token.key)))

const kazakhWords = wordSet(
  'керек kerek қажет турады турамын тұрады тұрамын турамыз turamyn turady беріңіз бериниз бар жоқ жок және жане апам әжем атам анам алып келу бару',
)

const stands = /^(?:тур(?:ад|ам|ат|сам|мын|мыз|ган|ушы)|turam|turad|turat)/u
/** «тұрып жатыр», but «тұрып қалды» stood still. */
const goesOnStanding = /^(?:жат|жур|кел)/u
const thence = /(?:дан|ден|тан|тен|нан|нен)$/u
/** «Шүлбіденбіз», «Қайнарданмын»: I am from there. */
const ofThere = /[днт][ае]н(?:мин|биз)$/u
/** «Саржалдамыз»: we are there; «күтеміз» sounds the same. */
const there = /[дт][ае](?:мин|миз)?$/u
const kin =
  /^(?:апа|апке|аже|ата[мс]|ана[мс]|шеше|аке[мс]|ага[мй]|ини|карындас|синли|туыс|нагаш|кызым|улым|балам|баласы|немере|корши|куда)/u
/** «орталығында», «жанында»: inside or beside something that is said before. */
const possessed = /(?:инда|инде|унда|синда|синде|инан|инен)$/u

/** «Ақсуатта жалғыз тұрады», «Шүлбіденбіз», «Шөптікөлдегі апама», «Ертең Бегеннен …». */
export function isKazakhVillage(page: Page, at: number, kazakh: boolean): boolean {
  const token = page[at]
  if (!kazakh || !isWord(token) || token.key.length < 5 || !couldBePlace(page, at)) return false
  const key = nameKey(token.text)
  if (possessed.test(key) && !token.title) return false
  if (ofThere.test(key)) return true
  if (/[дт][ае]ги$/u.test(key)) return kin.test(page[at + 1]?.key ?? '')
  if (
    there.test(key) &&
    (standsAfter(page, at) || (token.title && isWord(page[at + 1]) && kinSoon(page, at)))
  )
    return true
  return token.title && !token.opens && (there.test(key) || thence.test(key))
}

/** «… жалғыз тұрады»: up to two words may come between. */
function standsAfter(page: Page, at: number): boolean {
  for (let ahead = at + 1; ahead <= at + 3; ahead++) {
    const token = page[ahead]
    if (!isWord(token) || token.newLine) return false
    if (stands.test(token.key)) return true
    if (token.key === 'турып') return goesOnStanding.test(page[ahead + 1]?.key ?? '')
  }
  return false
}

/** «Қарабұжырда шешем бар»: a relative is there. */
const kinSoon = (page: Page, at: number) => kin.test(page[at + 1]?.key ?? '') && !page[at + 1]?.newLine
