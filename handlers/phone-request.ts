import { findConsent, giveConsent } from '../db/consents.ts'
import { addPerson, findPersonByPhone, getPerson, setName } from '../db/people.ts'
import { part } from '../domain/message.ts'
import { acceptName, acceptPhone } from './accept.ts'
import { consentValues, consentVersion } from './consent.ts'
import type { Dialog } from './dialog.ts'
import { askRequest } from './intake.ts'

/**
 * A coordinator writes down a request for somebody on the phone, reading the questions aloud. Who is known by the
 * phone asks as themselves; anybody else becomes a person without a messenger, whom coordinators phone back.
 */
export async function phoneRequest(dialog: Dialog): Promise<void> {
  const name = await dialog.ask('caller.name', acceptName)
  const phone = await dialog.ask('caller.phone', acceptPhone)
  const who = await dialog.choose('caller.who', ['caller.self', 'caller.other'])
  const self = who === 'caller.self'
  if (!(await agreedAloud(dialog, phone, self))) return dialog.say('caller.declined')
  const callerId = await dialog.once('caller', () => keepCaller(dialog, { name, phone, self }))
  // Who asks is the caller; what is read, and what may be seen, is the coordinator's.
  const asCaller = { ...dialog, me: { ...dialog.me, id: callerId, name } }
  const number = await askRequest(asCaller, self, dialog.me.id)
  if (number) dialog.say('caller.entered', { num: number, name })
}

async function agreedAloud(dialog: Dialog, phone: string, self: boolean): Promise<boolean> {
  const { store } = dialog
  const known = await dialog.once('caller.agreed', async () => {
    const callerId = await findPersonByPhone(store, phone)
    return callerId !== undefined && (await findConsent(store, callerId, consentVersion))
  })
  if (known) return true
  const above = [part(questionFor(self), consentValues(dialog.operator))]
  const answer = await dialog.choose('caller.consent', ['caller.yes', 'caller.no'], { above, yesNo: true })
  return answer === 'caller.yes'
}

/** The consent that was given by voice is kept like any other, with who noted it in the record. */
async function keepCaller(
  dialog: Dialog,
  caller: { name: string; phone: string; self: boolean },
): Promise<string> {
  const { store, me, at, inbound } = dialog
  const { name, phone, self } = caller
  const known = await findPersonByPhone(store, phone)
  const callerId = known ?? (await addPerson(store, { name, phone, language: me.language, at }))
  if (known && !(await getPerson(store, known)).name) await setName(store, known, name)
  if (await findConsent(store, callerId, consentVersion)) return callerId
  await giveConsent(store, {
    personId: callerId,
    version: consentVersion,
    text: dialog.textIn(me.language, part(questionFor(self), consentValues(dialog.operator))),
    language: me.language,
    channel: 'phone',
    messageId: inbound.messageId,
    notedBy: me.id,
    at,
  })
  return callerId
}

function questionFor(self: boolean): string {
  return self ? 'consent.ask' : 'consent.ask.other'
}
