import { tellDigest, tellWeek } from '../deeds/digest.ts'
import { otherLists, readDatedList } from '../domain/digest.ts'
import { part } from '../domain/message.ts'
import type { Dialog, Reaction } from './dialog.ts'

/** The day of the coordinator's territory, at any time they ask. */
export async function digest(dialog: Dialog): Promise<void> {
  const { store, me, at } = dialog
  await dialog.once('digest', () => tellDigest(store, { personId: me.id, roles: me.roles, at }))
}

/** The last seven days beside those before them, for whoever coordinates more than a district. */
export async function week(dialog: Dialog): Promise<void> {
  const { store, me, at } = dialog
  const told = await dialog.once('week', () => tellWeek(store, { personId: me.id, roles: me.roles, at }))
  if (!told) dialog.say('dg.week.none')
}

/** A line of a digest opens its list: what was counted then, as far as it lies in their territories now. */
export const openList: Reaction = async tap => {
  const [name = ''] = tap.words
  const other = otherLists.find(known => known === name)
  if (other === 'forgotten') tap.begin('fairness')
  else if (other ?? readDatedList(name)) tap.begin('queue', { filter: name })
  else return { notice: part('act.notYours') }
  return undefined
}
