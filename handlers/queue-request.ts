import { listAttachments } from '../db/attachments.ts'
import { record } from '../db/audit.ts'
import { findLivingAssignment } from '../db/claims.ts'
import { recordDisclosure } from '../db/disclosures.ts'
import { getElder, markAgreed } from '../db/elders.ts'
import { findTwin } from '../db/merge.ts'
import { editSent, tellPerson } from '../db/outbox.ts'
import { getPerson } from '../db/people.ts'
import { removeSent } from '../db/removals.ts'
import type { Request } from '../db/requests.ts'
import { settleAlertsOf } from '../deeds/alert-settled.ts'
import { announceAgain } from '../deeds/announce.ts'
import { categoryLabel, movedCard, placeOf, removedPiece, urgencyLabel } from '../domain/cards.ts'
import { type Part, part } from '../domain/message.ts'
import { seenPieceRef, seenRef } from '../domain/message-names.ts'
import { zoneOf } from '../domain/places.ts'
import type { Mine } from '../domain/roles.ts'
import { statusKey } from '../domain/status.ts'
import type { Dialog, Reaction } from './dialog.ts'
import { findMyRequest } from './mine.ts'
import { assign } from './queue-assign.ts'
import { close } from './queue-close.ts'
import { eraseFor } from './queue-erase.ts'
import { mergeWith } from './queue-merge.ts'
import { editWords, mayEditWords } from './queue-words.ts'
import { sayWhoSawOf } from './who-saw.ts'

/** A button under a notice opens the request it speaks of. */
export const openRequest: Reaction = async tap => {
  const request = await findMyRequest(tap, tap.words[0] ?? '')
  if (!request) return { notice: part('act.notYours') }
  tap.begin('request', { request: request.id })
  return undefined
}

/** One request as its coordinator sees it, and what can be done about it. */
export async function oneRequest(dialog: Dialog): Promise<void> {
  const { store, me, given } = dialog
  const request = await findMyRequest(dialog, given.request ?? '')
  if (!request) {
    dialog.say('act.notYours')
    return
  }
  await dialog.once('seen', () => show(dialog, request))
  const { agreed } = await getElder(store, request.elderId)
  const active = request.status !== 'closed'
  const twin = await dialog.once('twin', () => findTwin(store, request, me.roles))
  // Nobody hears of the older person before they said yes, and of a restricted matter no volunteer hears at all.
  const assignable = agreed && request.route !== 'restricted'
  const acts = [
    ...(active && !agreed ? ['queue.agreed'] : []),
    ...(active && assignable ? ['queue.assign'] : []),
    ...(twin ? ['queue.merge'] : []),
    ...(mayEditWords(request) ? ['queue.words'] : []),
    ...(active ? ['queue.close'] : []),
    'my.saw',
    'queue.erase',
    'queue.back',
  ]
  const status = part('st.line', { num: request.number, status: { key: statusKey(request) } })
  const above = [status, ...(twin ? [part('queue.twin', { num: twin.number })] : [])]
  const act = await dialog.choose('queue.what', acts, { above })
  if (act === 'queue.assign') await assign(dialog, request)
  if (act === 'queue.close') await close(dialog, request)
  // Where they came from may be a search by the very name.
  if (act === 'queue.erase' && (await eraseFor(dialog, request))) return dialog.begin('queue')
  if (act === 'queue.agreed') await noteConsent(dialog, request)
  if (act === 'queue.merge' && twin) await mergeWith(dialog, request, twin.id)
  if (act === 'queue.words') await editWords(dialog, request)
  if (act === 'my.saw') await sayWhoSawOf(dialog, request)
  const { request: _, ...cameFrom } = given
  if (cameFrom.filter || cameFrom.search) return dialog.begin('queue', cameFrom)
  if (act === 'queue.back') return dialog.begin('queue')
}

/**
 * Shows name, address and words in a message of its own, which loses them when the request closes. A coordinator's
 * look at an address is on record like anybody's.
 */
async function show(dialog: Dialog, request: Mine<Request>): Promise<null> {
  const { store, me, at } = dialog
  const seen = { elderId: request.elderId, requestId: request.id, personId: me.id, at }
  await recordDisclosure(store, seen)
  const fact = { actorId: me.id, subjectId: request.id, regionId: request.regionId }
  await record(store, { at, act: 'request.opened', ...fact })
  const ref = seenRef(request.id, me.id)
  await editSent(store, ref, { message: movedCard(request), at, personId: me.id })
  const stays = { ...removedPiece(request), ...(me.language && { language: me.language }) }
  await removeSent(store, seenPieceRef(request.id, me.id, ''), { message: stays, at })
  await tellPerson(store, me.id, { message: { parts: await describe(dialog, request) }, at, ref })
  for (const { id, channel, content } of await listAttachments(store, request.id)) {
    if (content.type !== 'media') continue
    const media = { channel, kind: content.kind, file: content.file }
    const ref = seenPieceRef(request.id, me.id, id)
    await tellPerson(store, me.id, { message: { parts: [], media }, at, ref })
  }
  return null
}

async function describe(dialog: Dialog, request: Mine<Request>): Promise<Part[]> {
  const elder = await getElder(dialog.store, request.elderId)
  const assignment = await findLivingAssignment(dialog.store, { requestId: request.id })
  const helper = assignment && (await getPerson(dialog.store, assignment.volunteerId))
  const zone = zoneOf(request.regionId)
  return [
    part('queue.one', {
      num: request.number,
      cat: categoryLabel(request.category),
      when: urgencyLabel[request.urgency],
      status: { key: statusKey(request) },
      due: { moment: request.dueAt.toISOString(), zone },
      name: elder.name || { key: 'erase.nameless' },
      place: placeOf(elder, 'all'),
      phone: elder.phone ? { phone: elder.phone } : { key: 'alert.noPhone' },
    }),
    ...(request.details ? [part('claim.words', { words: request.details })] : []),
    ...(helper?.name ? [part('claim.shown', { vol: helper.name })] : []),
    ...(elder.agreed ? [] : [part('queue.consent')]),
  ]
}

/** The older person was asked and agreed: the request goes where others go. */
async function noteConsent(dialog: Dialog, request: Mine<Request>): Promise<void> {
  const { store, me, at } = dialog
  await dialog.once('agreed', async () => {
    await markAgreed(store, request.elderId)
    const fact = { actorId: me.id, subjectId: request.elderId, regionId: request.regionId }
    await record(store, { at, act: 'elder.agreed', ...fact })
    await settleAlertsOf(store, request.id, { kinds: ['consent'], by: me.id, at })
    if (request.status === 'open') await announceAgain(store, request.id, at)
    return null
  })
  dialog.say('queue.agreed.ok')
}
