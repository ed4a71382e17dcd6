import { type Disclosure, listDisclosures } from '../db/disclosures.ts'
import { getElder, listFamilyOf } from '../db/elders.ts'
import { listNotes } from '../db/notes.ts'
import type { Request } from '../db/requests.ts'
import { firstNameOf } from '../domain/cards.ts'
import type { Value } from '../domain/message.ts'
import { zoneOf } from '../domain/places.ts'
import { coversRequest, type Mine } from '../domain/roles.ts'
import { localDay } from '../domain/time.ts'
import type { Dialog } from './dialog.ts'

const readMax = 200
const shownMax = 20

/** Who was shown the address of the one who asks, or of somebody they ask for, and when. */
export async function whoSaw(dialog: Dialog): Promise<void> {
  const family = await listFamilyOf(dialog.store, dialog.me.id)
  const [only] = family
  if (!only) return dialog.say('saw.nobody')
  const elderId = family.length === 1 ? only.id : await askWhose(dialog, family)
  return sayWhoSaw(dialog, elderId)
}

/** The same of one older person, for the family. */
export async function sayWhoSaw(dialog: Dialog, elderId: string): Promise<void> {
  const { store, me } = dialog
  const family = await listFamilyOf(store, me.id)
  if (!family.some(({ id }) => id === elderId)) return dialog.say('act.notYours')
  const seen = await listDisclosures(store, elderId, readMax)
  // What is for cleared people only is nobody's at home but theirs who told it.
  const theirs = seen.filter(({ route, requesterId }) => route !== 'restricted' || requesterId === me.id)
  await say(dialog, elderId, theirs, firstNameOf)
  // What helpers wrote about them belongs to the same question, and can be deleted there.
  if ((await listNotes(store, elderId, 1)).length > 0) return dialog.begin('notes')
}

/** The same for a coordinator of the request's territory: whole names, and only what lies in theirs. */
export async function sayWhoSawOf(dialog: Dialog, request: Mine<Request>): Promise<void> {
  const { store, me } = dialog
  const seen = await listDisclosures(store, request.elderId, readMax)
  const mine = seen.filter(disclosure => coversRequest(me.roles, disclosure))
  await say(dialog, request.elderId, mine, name => name ?? '')
}

function askWhose(dialog: Dialog, family: readonly { id: string; name: string }[]): Promise<string> {
  return dialog.choose(
    'saw.whose',
    family.map(({ id, name }) => ({ id, label: name })),
  )
}

async function say(
  dialog: Dialog,
  elderId: string,
  seen: readonly Disclosure[],
  nameOf: (name: string | null) => string,
) {
  const { name } = await getElder(dialog.store, elderId)
  if (seen.length === 0) return dialog.say('saw.none', { name })
  const lines = oncePerDay(seen)
    .slice(0, shownMax)
    .map((one): Value => {
      const vol = nameOf(one.name) || { key: 'saw.erased' }
      const when = { moment: one.at.toISOString(), zone: zoneOf(one.regionId ?? '') }
      if (one.number === null) return { key: 'saw.called', values: { when, vol } }
      const key = one.helped ? 'saw.helper' : 'saw.coordinator'
      return { key, values: { when, vol, num: one.number } }
    })
  dialog.say('saw.list', { name, lines: { list: lines, separator: '\n' } })
}

/** Who opens the same request five times a day has seen it once. */
function oncePerDay(seen: readonly Disclosure[]): Disclosure[] {
  const dayOf = ({ personId, number, regionId, at }: Disclosure) =>
    `${personId} ${regionId} ${number} ${localDay(at, zoneOf(regionId ?? ''))}`
  return [...Map.groupBy(seen, dayOf).values()].flatMap(([last]) => last ?? [])
}
