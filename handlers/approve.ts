import { record } from '../db/audit.ts'
import { tellPerson } from '../db/outbox.ts'
import { findRequest } from '../db/requests.ts'
import { decideVolunteer, findVolunteer } from '../db/volunteers.ts'
import { type Message, part } from '../domain/message.ts'
import { covers } from '../domain/roles.ts'
import type { Reaction, Tap } from './dialog.ts'

export const approve: Reaction = tap => decide(tap, 'approved')
export const decline: Reaction = tap => decide(tap, 'declined')

/** A coordinator decides about a volunteer's form; the first decision counts. */
async function decide(tap: Tap, status: 'approved' | 'declined') {
  const { store, me, at } = tap
  const candidate = await findVolunteer(store, tap.words[0] ?? '')
  const mine =
    candidate &&
    me.roles.some(role =>
      candidate.districtIds.some(districtId => covers(role, { regionId: candidate.regionId, districtId })),
    )
  if (!candidate || !mine) return { notice: part('act.notYours') }
  const { personId, regionId } = candidate
  if (!(await decideVolunteer(store, personId, { status, by: me.id, at })))
    return { notice: part('approve.late') }
  await record(store, { at, act: `volunteer.${status}`, actorId: me.id, subjectId: personId, regionId })
  await tellPerson(store, personId, { message: await answerFor(tap, status, candidate.wantedRequestId), at })
  tap.say(`approve.${status}`)
  return { notice: part(`approve.${status}`) }
}

/** The request that brought them here is offered again, if it is still open. */
async function answerFor(tap: Tap, status: string, wantedRequestId: string | null): Promise<Message> {
  const parts = [part(`vol.${status}`)]
  const wanted =
    status === 'approved' && wantedRequestId ? await findRequest(tap.store, wantedRequestId) : undefined
  if (wanted?.status !== 'open') return { parts }
  const offer = part('vol.wanted', { num: wanted.number })
  return { parts: [...parts, offer], options: [{ id: `claim:${wanted.id}`, label: { key: 'claim' } }] }
}
