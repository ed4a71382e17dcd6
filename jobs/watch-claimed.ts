import { record } from '../db/audit.ts'
import { endAssignment, findLivingAssignment } from '../db/claims.ts'
import type { Store } from '../db/client.ts'
import { editSent, tellPerson } from '../db/outbox.ts'
import type { Request } from '../db/requests.ts'
import { seekAnother } from '../deeds/seek-another.ts'
import { askStill } from '../domain/cards.ts'
import { type Message, part } from '../domain/message.ts'
import { stillRef } from '../domain/message-names.ts'
import type { ClaimedStep } from '../domain/watch.ts'

type Deed = (store: Store, request: Request, at: Date) => Promise<void>

/** A helper took it and is silent: a reminder, a question, and then it goes back by itself. */
export const claimedDeeds: Readonly<Record<ClaimedStep, Deed>> = {
  remind: (store, request, at) => tellHelper(store, request, at, 'silent.remind'),
  still: (store, request, at) => tellHelper(store, request, at, 'silent.still'),
  back: async (store, request, at) => {
    const assignment = await findLivingAssignment(store, { requestId: request.id })
    if (!assignment) return
    const end = { assignmentId: assignment.id, reason: 'silent', at, reopen: true }
    if (!(await endAssignment(store, end))) return
    const fact = { subjectId: request.id, regionId: request.regionId, note: { reason: 'silent' } }
    await record(store, { at, act: 'request.released', actorId: null, ...fact })
    await tellPerson(store, assignment.volunteerId, {
      message: { parts: [part('silent.back', { num: request.number })] },
      at,
    })
    await seekAnother(store, { request, assignment }, { at, notBefore: at })
  },
}

async function tellHelper(store: Store, request: Request, at: Date, key: 'silent.remind' | 'silent.still') {
  const assignment = await findLivingAssignment(store, { requestId: request.id })
  if (!assignment) return
  const asked: Message = { parts: [part('silent.below', { num: request.number })], uneditable: 'gone' }
  await editSent(store, stillRef(assignment.id), { message: asked, at, personId: assignment.volunteerId })
  const fact = { subjectId: request.id, regionId: request.regionId, note: { words: key } }
  await record(store, { at, act: 'helper.reminded', actorId: null, ...fact })
  await tellPerson(store, assignment.volunteerId, {
    message: askStill(assignment.id, request.number, key),
    at,
    ref: stillRef(assignment.id),
  })
}
