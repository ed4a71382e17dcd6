import { record } from '../db/audit.ts'
import { noteMood } from '../db/notes.ts'
import { helpGiven, showAnswered } from '../deeds/after-help.ts'
import { showLiving } from '../deeds/living-card.ts'
import { moods } from '../domain/after-help.ts'
import { part } from '../domain/message.ts'
import type { Reaction } from './dialog.ts'
import { alertCoordinators } from './human.ts'

/** How the helper found the older person: their family reads it on the card, and of a low mood a coordinator hears. */
export const mood: Reaction = async tap => {
  const { store, me, at } = tap
  const [requestId = '', said] = tap.words
  const help = await helpGiven(tap, requestId)
  const found = moods.find(mood => mood === said)
  if (!help || !found) return { notice: part('note.late') }
  if (!(await noteMood(store, { requestId, volunteerId: me.id, mood: found })))
    return { notice: part('confirm.late') }
  const fact = { actorId: me.id, subjectId: requestId, regionId: help.regionId }
  await record(store, { at, act: 'mood.noted', ...fact })
  await showAnswered(tap, requestId)
  await showLiving(store, requestId, at)
  if (found === 'low') await alertCoordinators(tap, { kind: 'lowMood', requestId, words: '' })
  return { notice: part(found === 'low' ? 'mood.low.kept' : 'mood.kept') }
}
