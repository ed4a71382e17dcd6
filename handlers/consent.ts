import { findConsent, giveConsent, withdrawConsents } from '../db/consents.ts'
import { part } from '../domain/message.ts'
import type { Dialog } from './dialog.ts'

/** Raise it when the words of the consent change: everybody is asked again. */
export const consentVersion = '2026-11'

/**
 * The person's own consent to keep and share what is needed for help. A press counts only with its evidence: who,
 * when, in which language, to which text (Law 94-V, art. 8). False if they said no.
 */
export async function consented(dialog: Dialog, kind: 'asks' | 'helps'): Promise<boolean> {
  const { me, store, at, operator, inbound } = dialog
  const given = await dialog.once('consent.known', () => findConsent(store, me.id, consentVersion))
  if (given) return true
  let question: 'consent.ask' | 'vol.consent' | 'consent.full' =
    kind === 'asks' ? 'consent.ask' : 'vol.consent'
  const values = {
    operator: operator.name,
    bin: operator.bin,
    term: operator.dataTerm,
    phone: operator.phone,
  }
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
