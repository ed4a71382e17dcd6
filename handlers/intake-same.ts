import { record } from '../db/audit.ts'
import { findOwnTwin } from '../db/merge.ts'
import { getRequest, holdRequest } from '../db/requests.ts'
import { hasten } from '../deeds/merge.ts'
import { showWords } from '../deeds/show-words.ts'
import { zoneOf } from '../domain/places.ts'
import { dueAt } from '../domain/request.ts'
import { coversRequest } from '../domain/roles.ts'
import type { Dialog } from './dialog.ts'
import type { Draft } from './intake.ts'
import { routeOfDraft } from './intake-check.ts'
import { addPiece } from './my-requests.ts'

/**
 * Who has asked for the same a few days ago is asked whether it is the same; then it is not sent twice, but what they
 * told is added to the first. Only their own requests are spoken of. False: it is to be sent.
 */
export async function joinsTwin(dialog: Dialog, draft: Draft): Promise<boolean> {
  const { store, me, at } = dialog
  const { category, phone, name } = draft
  const elder = { id: draft.elder?.id, name, phone }
  const roles = draft.enteredBy ? me.roles : undefined
  const asked = {
    requesterId: me.id,
    elder,
    category,
    route: routeOfDraft(draft),
    at,
    ...(roles && { roles }),
  }
  const twin = await dialog.once('same', async () => (await findOwnTwin(store, asked)) ?? null)
  if (!twin) return false
  const values = { num: twin.number }
  const answer = await dialog.choose('same.ask', ['same.yes', 'same.no'], { values, yesNo: true })
  if (answer === 'same.no') return false
  // Somebody may have closed it while the question stood: then this one is sent after all.
  if (!(await dialog.once('same.add', () => addTo(dialog, twin.id, draft)))) return false
  dialog.say('same.added', values)
  return true
}

async function addTo(dialog: Dialog, requestId: string, draft: Draft): Promise<boolean> {
  const { store, me, at } = dialog
  const request = await holdRequest(store, requestId)
  if (!request || !['open', 'claimed'].includes(request.status)) return false
  if (draft.enteredBy && !coversRequest(me.roles, request)) return false
  for (const piece of draft.pieces) await addPiece(dialog, request, piece)
  const { urgency } = draft
  await hasten(store, requestId, { urgency, dueAt: dueAt(urgency, at, zoneOf(request.regionId)), at })
  const fact = { actorId: draft.enteredBy ?? me.id, subjectId: requestId, regionId: request.regionId }
  await record(store, { at, act: 'request.repeated', ...fact })
  await showWords(store, await getRequest(store, requestId), at)
  return true
}
