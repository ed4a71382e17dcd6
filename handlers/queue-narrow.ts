import type { Narrowed } from '../db/queue.ts'
import { categoryLabel, urgencyLabel } from '../domain/cards.ts'
import { categories, urgencies } from '../domain/categories.ts'
import { districtOf, districts } from '../domain/districts.ts'
import { type Part, part } from '../domain/message.ts'
import { covers } from '../domain/roles.ts'
import type { Dialog } from './dialog.ts'
import { askDistrict, askPlace } from './place.ts'

/** The lists show one kind of help, one district or one urgency until the coordinator wants all again. */
export async function narrow(dialog: Dialog): Promise<void> {
  const narrowed = { ...dialog.given }
  const all = ['narrow.category', 'narrow.district', 'narrow.urgency', 'narrow.none'] as const
  const by = await dialog.choose('narrow.ask', [...all, 'queue.back'])
  if (by === 'narrow.none') return dialog.begin('queue')
  if (by === 'narrow.category') narrowed.category = await askCategory(dialog)
  if (by === 'narrow.district') narrowed.district = await askOwnDistrict(dialog)
  if (by === 'narrow.urgency') narrowed.urgency = await askUrgency(dialog)
  return dialog.begin('queue', narrowed)
}

/** What a list is narrowed to, as the flow was begun with it. Anything unknown narrows nothing. */
export function narrowedOf(given: Readonly<Record<string, string>>): Narrowed {
  const category = categories.find(({ code }) => code === given.category)?.code
  const urgency = urgencies.find(known => known === given.urgency)
  const district = given.district ? districtOf(given.district) : undefined
  return {
    ...(category && { category }),
    ...(district && { districtId: district.id }),
    ...(urgency && { urgency }),
  }
}

export function tellNarrowed({ category, districtId, urgency }: Narrowed): Part[] {
  const to = [
    ...(category ? [categoryLabel(category)] : []),
    ...(districtId ? [{ district: districtId }] : []),
    ...(urgency ? [urgencyLabel[urgency]] : []),
  ]
  return to.length > 0 ? [part('queue.narrowed', { to: { list: to } })] : []
}

async function askCategory(dialog: Dialog): Promise<string> {
  const choices = categories.map(({ code }) => ({ id: code as string, label: categoryLabel(code) }))
  return dialog.choose('narrow.category.ask', choices)
}

async function askUrgency(dialog: Dialog): Promise<string> {
  return dialog.choose(
    'narrow.urgency.ask',
    urgencies.map(id => ({ id, label: urgencyLabel[id] })),
  )
}

const districtsShownMax = 12

/** A few are buttons; of many one is found by its letters. Lists show their own territory whatever is chosen here. */
async function askOwnDistrict(dialog: Dialog): Promise<string> {
  const own = districts.filter(({ id, region }) =>
    dialog.me.roles.some(role => covers(role, { regionId: region, districtId: id })),
  )
  const [regionId = '', another] = new Set(own.map(({ region }) => region as string))
  if (another) return (await askPlace(dialog, 'place.region')).districtId
  if (own.length > districtsShownMax)
    return (await askDistrict(dialog, regionId, 'place.district')).districtId
  return dialog.choose(
    'narrow.district.ask',
    own.map(({ id }) => ({ id, label: { district: id } })),
  )
}
