import { findConsent, giveConsent, withdrawConsents } from '../db/consents.ts'
import { part, type Value } from '../domain/message.ts'
import { remembered } from '../domain/remember.ts'
import { readDate } from '../domain/time.ts'
import type { Dialog, Operator } from './dialog.ts'

/** Raise it when the words of the consent change: everybody is asked again. */
export const consentVersion = '2026-11-2'

/** Who asks for another reads of that person's address, not of their own. */
const questions = { asks: 'consent.ask', asksForOther: 'consent.ask.other', helps: 'vol.consent' } as const

/**
 * The person's own consent to keep and share what is needed for help. A press counts only with its evidence: who,
 * when, in which language, to which text (Law 94-V, art. 8). False if they said no.
 */
export async function consented(dialog: Dialog, kind: keyof typeof questions): Promise<boolean> {
  const { me, store, at, operator, inbound } = dialog
  const given = await dialog.once('consent.known', () => findConsent(store, me.id, consentVersion))
  if (given) return true
  let question: (typeof questions)[typeof kind] | 'consent.full' = questions[kind]
  const values = consentValues(operator)
  let answer = await dialog.choose(question, ['consent.yes', 'consent.no', 'consent.more'], {
    values,
    yesNo: true,
  })
  if (answer === 'consent.more') {
    question = 'consent.full'
    answer = await dialog.choose(question, ['consent.yes', 'consent.no'], { values, yesNo: true })
  }
  if (answer === 'consent.no') {
    // An earlier version may have been agreed to; a no counts for it too.
    await dialog.once('consent.withdrawn', () => withdrawConsents(store, me.id, at))
    dialog.say('consent.declined', { phone: operator.phone })
    return false
  }
  await dialog.once('consent.given', () =>
    giveConsent(store, {
      personId: me.id,
      version: consentVersion,
      text: dialog.textIn(me.language, part(question, values)),
      language: me.language,
      channel: inbound.channel,
      messageId: inbound.messageId,
      at,
    }),
  )
  dialog.say('safe.never')
  return true
}

/** What the words of the consent name. */
export function consentValues(operator: Operator): Record<string, Value> {
  const { name, bin, dataTerm, phone } = operator
  return { operator: name, bin, term: termOf(dataTerm), phone }
}

/** The setting stays, and a flow is played again on every message. */
const dateIn = remembered(4, readDate)

/** A date in the operator's setting is told as a date; other words are told as they stand. */
function termOf(setting: string): Value {
  const date = dateIn(setting)
  return date ? { date } : setting
}
