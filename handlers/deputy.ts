import { type Absence, endAbsence } from '../db/absences.ts'
import { listPossibleDeputies } from '../db/coordinators.ts'
import { closeAbsence, getHolder, type Holder, nameDeputy } from '../deeds/deputies.ts'
import { part, type Value } from '../domain/message.ts'
import { placeOfTerritory } from '../domain/news.ts'
import { homeZone, localDay } from '../domain/time.ts'
import type { Dialog, Reaction } from './dialog.ts'
import { findMyGap } from './mine.ts'

const pageSize = 7

/** The button under "your deputy cannot any more". */
export const deputy: Reaction = async tap => {
  const gap = await findMyGap(tap, tap.words[0] ?? '')
  if (!gap) return { notice: part('absence.gone') }
  tap.begin('deputy', { absence: gap.id })
  return undefined
}

/** Another deputy for the days that are left: by who is away, or by who answers for them. */
export async function otherDeputy(dialog: Dialog): Promise<void> {
  const { store, me, given } = dialog
  const gap = await findMyGap(dialog, given.absence ?? '')
  if (!gap) return dialog.say('absence.gone')
  const holder = await dialog.once('holder', () => getHolder(store, gap.personId))
  const chosen = await askDeputy(dialog, holder)
  if (!chosen) return dialog.say('absence.nobody')
  const named = await dialog.once('named', () => relieve(dialog, gap, chosen.id))
  if (typeof named === 'string') return dialog.say(`absence.${named}`)
  if (holder.personId !== me.id) dialog.say('absence.keptFor', { name: named.name, who: holder.name })
}

/** `gone`: the days are past, or somebody stands in by now. `nobody`: the one who was chosen cannot any more. */
async function relieve(
  dialog: Dialog,
  gap: Absence,
  deputyId: string,
): Promise<{ name: string } | 'gone' | 'nobody'> {
  const { store, me, at } = dialog
  const now = await findMyGap(dialog, gap.id)
  if (!now) return 'gone'
  const { fromDay, toDay } = now
  const holder = await getHolder(store, now.personId)
  const kept = await nameDeputy(store, holder, { deputyId, fromDay, toDay, by: me.id, at })
  if (!kept) return 'nobody'
  // Whoever only could not be reached stands in no longer.
  if (await endAbsence(store, gap.id, { day: localDay(at, homeZone), at })) await closeAbsence(store, gap, at)
  return kept
}

/** Who could stand in for the holder, the nearest first. Undefined if nobody could. */
export async function askDeputy(
  dialog: Dialog,
  holder: Holder,
): Promise<{ id: string; name: string } | undefined> {
  const able = await dialog.once('able', () => listPossibleDeputies(dialog.store, holder))
  if (able.length === 0) return undefined
  const question = holder.personId === dialog.me.id ? 'absence.who' : 'absence.whoFor'
  const pages = Math.ceil(able.length / pageSize)
  for (let n = 0; ; n++) {
    const page = n % pages
    const shown = able.slice(page * pageSize, (page + 1) * pageSize).map(({ personId, name, territory }) => ({
      id: personId,
      label: { key: 'absence.deputy', values: { name, where: placeOfTerritory(territory) } } satisfies Value,
    }))
    const key = n === 0 ? question : `${question}#${n}`
    const more = { values: { name: holder.name } }
    const chosen = await dialog.choose<string>(key, [...shown, ...(pages > 1 ? ['cat.more'] : [])], more)
    const found = able.find(({ personId }) => personId === chosen)
    if (found) return { id: found.personId, name: found.name }
  }
}
