import { release, still } from './claim.ts'
import { confirm, openQuestionOf, rate } from './confirm.ts'
import type { Begun, Dialog, Reaction, Tap } from './dialog.ts'
import { mood } from './mood.ts'

const reactions: Readonly<Record<string, Reaction>> = { confirm, mood, rate, release, still }

interface Deed {
  said: { key: string; values?: Parameters<Tap['say']>[1] }[]
  begun: Pick<Begun, 'flow' | 'given'> | null
}

/**
 * Words that may have answered a question which stands under a message of its own, but not surely: it is asked
 * again here, so that «Да» to "Did you mean …?" means just that.
 */
export async function meant(dialog: Dialog): Promise<void> {
  const question = await openQuestionOf(dialog, dialog.given.request)
  if (!question?.options) return dialog.begin('start')
  const choices = [...question.options, 'meant.other']
  const yesNo = question.options[0]?.id.startsWith('still:') ?? false
  const chosen: string = await dialog.choose('meant', choices, { above: question.parts, yesNo })
  if (chosen === 'meant.other') return dialog.begin('start')
  const { said, begun } = await dialog.once('deed', () => carryOut(dialog, chosen))
  for (const { key, values } of said) dialog.say(key, values)
  if (begun) await dialog.begin(begun.flow, begun.given)
}

/** What a press under that message would have done. */
async function carryOut(dialog: Dialog, chosen: string): Promise<Deed> {
  const [name = '', ...words] = chosen.split(':')
  const deed: Deed = { said: [], begun: null }
  const { channel } = dialog.inbound
  const tap: Tap = {
    ...dialog,
    chat: { channel, kind: 'private', id: '' },
    words,
    say: (key, values) => deed.said.push(values ? { key, values } : { key }),
    begin: (flow, given = {}) => {
      deed.begun = { flow, given }
    },
  }
  const reply = await reactions[name]?.(tap)
  // A press shows it on the spot; typed, it is said, unless the same was said already.
  if (reply?.notice && deed.said.length === 0) deed.said.push(reply.notice)
  return deed
}
