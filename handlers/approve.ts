import { record } from '../db/audit.ts'
import { tellPerson } from '../db/outbox.ts'
import { findRequest } from '../db/requests.ts'
import { decideVolunteer, findVolunteer, type Volunteer } from '../db/volunteers.ts'
import { afterQuietHours } from '../deeds/announce.ts'
import { type Message, part } from '../domain/message.ts'
import { covers } from '../domain/roles.ts'
import type { Reaction, Tap } from './dialog.ts'
import { showDecided } from './form.ts'

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
  await tellVolunteer(tap, candidate, status)
  return { notice: await showDecided(store, candidate, { status, by: me.id, at }) }
}

/** The request that brought them here is offered again, if it is still open and of a district they named. */
async function tellVolunteer(tap: Tap, candidate: Volunteer, status: string) {
  const { store, at } = tap
  const { personId, regionId, wantedRequestId, districtIds } = candidate
  const answer: Message = { parts: [part(`vol.${status}`)] }
  const wanted =
    status === 'approved' && wantedRequestId ? await findRequest(store, wantedRequestId) : undefined
  if (wanted?.status !== 'open' || !districtIds.includes(wanted.districtId)) {
    await tellPerson(store, personId, { message: answer, at, notBefore: afterQuietHours(at, regionId) })
    return
  }
  const offer = part('vol.wanted', { num: wanted.number })
  const options = [
    { id: `claim:${wanted.id}`, label: { key: 'claim' } },
    { id: `more:${wanted.id}`, label: { key: 'post.more' } },
  ]
  await tellPerson(store, personId, { message: { parts: [...answer.parts, offer], options }, at })
}
