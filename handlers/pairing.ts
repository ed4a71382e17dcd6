import { part } from '../domain/message.ts'
import type { Reaction } from './dialog.ts'

/** The code that pairs WhatsApp, for those who answer for the whole country: whoever has it can write as the bot. */
export const showPairing: Reaction = async tap => {
  if (!tap.me.roles.some(({ regionId, lent }) => regionId === null && !lent))
    return { notice: part('act.notYours') }
  const pairing = tap.pairing()
  if (!pairing) return { notice: part('wa.pair.none') }
  const { qr: link, page } = pairing
  if (link) tap.say('wa.pair.how', {}, { qr: { link, title: part('wa.pair.title'), where: '' } })
  tap.say('wa.pair.page', { link: page })
  return undefined
}
