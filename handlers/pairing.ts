import { record } from '../db/audit.ts'
import { part } from '../domain/message.ts'
import type { Reaction, Tap } from './dialog.ts'

/** The code that pairs WhatsApp, for those who answer for the whole country: whoever has it can write as the bot. */
export const showPairing: Reaction = async tap => {
  if (!answersForCountry(tap)) return { notice: part('act.notYours') }
  const pairing = tap.pairing()
  if (!pairing) return { notice: part('wa.pair.none') }
  const { qr: link, page } = pairing
  if (link) tap.say('wa.pair.how', {}, { qr: { link, title: part('wa.pair.title'), where: '' } })
  tap.say('wa.pair.page', { link: page })
  return undefined
}

/** Under the message that WhatsApp has stopped for good: somebody has looked at the phone, and it begins again. */
export const resumePaired: Reaction = async tap => {
  const { store, me, at } = tap
  if (!answersForCountry(tap)) return { notice: part('act.notYours') }
  // To begin twice does no harm: this need not wait for the commit.
  if (!tap.resumePaired()) return { notice: part('wa.again.none') }
  await record(store, { at, act: 'whatsapp.resumed', actorId: me.id })
  tap.say('wa.again.begun')
  return undefined
}

function answersForCountry({ me }: Tap): boolean {
  return me.roles.some(({ regionId, lent }) => regionId === null && !lent)
}
