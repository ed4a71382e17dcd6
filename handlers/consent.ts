import { findConsent, giveConsent } from '../db/consents.ts'
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
  const question = kind === 'asks' ? 'consent.ask' : 'vol.consent'
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
    answer = await dialog.choose('consent.full', ['consent.yes', 'consent.no'], { values, yesNo: true })
  }
  if (answer === 'consent.no') {
    dialog.say('consent.declined', { phone: operator.phone })
    return false
  }
  await dialog.once('consent.given', () =>
    giveConsent(store, {
      personId: me.id,
      version: consentVersion,
      text: question,
      language: me.language,
      channel: inbound.channel,
      messageId: inbound.messageId,
      at,
    }),
  )
  dialog.say('safe.never')
  return true
}
