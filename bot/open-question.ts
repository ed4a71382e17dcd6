import type { MessageOption } from '../domain/message.ts'
import type { Said } from '../domain/said.ts'
import { phrases, soundsOf } from '../domain/words.ts'
import { typedPair } from '../handlers/complete.ts'
import { openQuestionOf } from '../handlers/confirm.ts'
import { taps } from '../handlers/index.ts'
import { givesBack } from './gives-back.ts'
import { halfDone } from './half-done.ts'
import { tellsNeed } from './need-words.ts'
import { react } from './react.ts'
import { activeDialog, begin, type Talk } from './talk.ts'
import { understandIn } from './understand.ts'

/** A helper's pair of digits, where nothing or only the main menu is open: no answer there has two digits. */
export async function triedPair(talk: Talk, text: string): Promise<boolean> {
  if (talk.scene.me.volunteer !== 'approved') return false
  const active = await activeDialog(talk)
  if (active && active.flow !== 'start') return false
  let tried = false
  await react(talk, async tap => {
    tried = await typedPair(tap, text)
    return undefined
  })
  return tried
}

/**
 * «Да, помогли», «5» or «не смогу», typed instead of pressed, where nothing or only the main menu is open. What may
 * be an answer is asked about rather than taken for a new need.
 */
export async function answersOpenQuestion(talk: Talk, text: string): Promise<boolean> {
  const active = await activeDialog(talk)
  if (active && active.flow !== 'start') return false
  const question = await openQuestionOf(talk.scene)
  if (!question?.options) return false
  const said: Said = { type: 'text', text }
  const understood = readOpenAnswer(talk, said, question.options)
  const released = 'chosen' in understood && understood.chosen.startsWith('release:')
  if (released && !givesBack(text)) {
    await begin(talk, 'meant')
    return true
  }
  if ('retry' in understood && understood.maybe && (halfDone(text) || !tellsNeed(said))) {
    await begin(talk, 'meant', {}, { open: 'meant', input: { said } })
    return true
  }
  if (!('chosen' in understood)) return false
  const [name = '', ...words] = understood.chosen.split(':')
  const tap = taps[name]
  if (!tap || (name === 'mood' && nods.has(soundsOf(text).join(' ')))) return false
  await react(talk, tap.run, { words, spoken: name === 'still' || name === 'mood' })
  return true
}

/** Said to our thanks: not how somebody else feels. */
const nods = new Set(phrases('хорошо, жақсы, good, ok, ок, окей, да, иә, yes'))

/** Under "are you still going to help?" a digit is an hour and chooses nothing: «приду в 2» releases nobody. */
function readOpenAnswer(talk: Talk, said: Said & { type: 'text' }, options: readonly MessageOption[]) {
  const asksStill = options[0]?.id.startsWith('still:') ?? false
  const text = asksStill ? said.text.replace(/\d+/g, ' ') : said.text
  const more = { yesNo: asksStill, free: false, keywords: new Map<string, readonly string[]>() }
  return understandIn(talk.scene.me.language)({ type: 'text', text }, options, more)
}
