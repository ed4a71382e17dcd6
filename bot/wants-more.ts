import { negations } from '../domain/filler-words.ts'
import { phrases } from '../domain/words.ts'

const feelings = phrases('боюсь, опаса, страшно, қорқ')
const fears = [
  ...feelings,
  ...phrases(
    'боязно, мошен, аферист, алаяқ, обман, развод, алдап, алдама, безопас, қауіпсіз, safe, scam, fraud, cheat, ' +
      'afraid, scared, worried',
  ),
]
const whys = new Set(phrases('почему, зачем, неге, неліктен, why'))
const forWhat = phrases('для чего')[0]
const refusals = new Set(phrases('нет, не, жоқ, емес, no, not, dont, болмасын'))

/** Whether somebody who is asked for a consent fears to be cheated, or asks what it is for. */
export function wantsMore(sounds: readonly string[]): boolean {
  const begins = (sound: string, stems: readonly string[]) => stems.some(stem => sound.startsWith(stem))
  const afraid = sounds.some(
    (sound, at) => begins(sound, fears) && !(begins(sound, feelings) && negations.has(sounds[at - 1] ?? '')),
  )
  const asks = whys.has(sounds[0] ?? '') || sounds.slice(0, 2).join(' ') === forWhat
  return afraid || (asks && !sounds.some(sound => refusals.has(sound)))
}
