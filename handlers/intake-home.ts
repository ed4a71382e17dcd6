import type { Elder } from '../db/elders.ts'
import { findOwnPhone } from '../db/people.ts'
import { districtOf } from '../domain/districts.ts'
import { acceptAddress, acceptLine, acceptPhone, type Place } from './accept.ts'
import type { Dialog } from './dialog.ts'
import { askPlace, type FoundPlace } from './place.ts'

export interface Home extends FoundPlace {
  settlement: string
  text: string
  location?: { latitude: number; longitude: number }
}

/**
 * Where the help is to come. The village is asked for apart from the street, so that a volunteer can be shown the
 * one without the other. What is known of the elder is not asked again.
 */
export async function askHome(
  dialog: Dialog,
  knownPlace: Elder | undefined,
  knownAddress: Elder | undefined,
): Promise<Home> {
  const place = knownPlace ?? (await askPlace(dialog, 'place.region'))
  const { regionId, districtId } = place
  const settlement = knownAddress?.home.settlement ?? (await askSettlement(dialog, districtId))
  const address: Place = knownAddress?.home ?? (await askAddress(dialog, settlement === ''))
  const location = 'location' in address && address.location ? { location: address.location } : {}
  return { regionId, districtId, settlement, text: address.text, ...location }
}

export async function askPhone(dialog: Dialog, self: boolean): Promise<string> {
  return self
    ? askOwnPhone(dialog, 'phone.ask')
    : dialog.ask('phone.other', acceptPhone, { requests: ['contact'] })
}

/** Nobody types a number that we or the messenger know already. */
export async function askOwnPhone(dialog: Dialog, key: string): Promise<string> {
  const own = await dialog.once(
    'phone.own',
    async () => (await findOwnPhone(dialog.store, dialog.me.id)) ?? '',
  )
  if (!own) return dialog.ask(key, acceptPhone, { requests: ['contact'] })
  const answer = await dialog.askOrChoose(key, acceptPhone, [{ id: 'own', label: { phone: own } }])
  return 'chosen' in answer ? own : answer.said
}

async function askSettlement(dialog: Dialog, districtId: string): Promise<string> {
  const rural = districtOf(districtId)?.kind === 'district'
  if (!rural) return ''
  const { text } = await dialog.ask('place.settlement', acceptLine)
  return text
}

/** A pin shows the house but not the flat: the words are asked for as well. */
async function askAddress(dialog: Dialog, inCity: boolean): Promise<Place> {
  const key = inCity ? 'place.address' : 'place.street'
  const place = await dialog.ask(key, acceptAddress, { requests: ['location'] })
  if (!('location' in place)) return place
  const words = await dialog.ask('place.flat', acceptLine)
  return { text: words.text, location: place.location }
}
