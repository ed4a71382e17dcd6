import { record } from '../db/audit.ts'
import { type Assignment, claimRequest, endAssignment, findLivingAssignment } from '../db/claims.ts'
import { tellPerson } from '../db/outbox.ts'
import { getPerson } from '../db/people.ts'
import { getRequest, type Request } from '../db/requests.ts'
import { isApproved, listApprovedVolunteers } from '../db/volunteers.ts'
import { takeFromHelper } from '../deeds/take-away.ts'
import { part } from '../domain/message.ts'
import { handOver } from './claim.ts'
import type { Dialog } from './dialog.ts'

const pageSize = 8
const volunteersMax = 40

/** A coordinator makes a volunteer responsible; who was it before is told and loses the address. */
export async function assign(dialog: Dialog, request: Request): Promise<void> {
  const volunteerId = await askWhom(dialog, request)
  if (!volunteerId) {
    dialog.say('queue.noVolunteers')
    return
  }
  const done = await dialog.once('assign', () => assignTo(dialog, request, volunteerId))
  dialog.say(done ? 'queue.assigned' : 'queue.late', { num: request.number })
}

async function askWhom(dialog: Dialog, request: Request): Promise<string | undefined> {
  const { store } = dialog
  const found = await dialog.once('helpers', async () => {
    const held = await findLivingAssignment(store, { requestId: request.id })
    const all = await listApprovedVolunteers(store, request, volunteersMax)
    return all.filter(({ personId }) => personId !== held?.volunteerId)
  })
  if (found.length === 0) return undefined
  const pages = Math.ceil(found.length / pageSize)
  for (let n = 0; ; n++) {
    const start = (n % pages) * pageSize
    const choices = found.slice(start, start + pageSize).map(({ personId, name, holding }) => ({
      id: personId,
      label: { key: 'queue.volunteer', values: { name, n: holding } },
    }))
    const more = pages > 1 ? ['cat.more'] : []
    const chosen = await dialog.choose(n === 0 ? 'queue.whom' : `queue.whom#${n}`, [...choices, ...more])
    if (chosen !== 'cat.more') return chosen
  }
}

async function assignTo(dialog: Dialog, request: Request, volunteerId: string): Promise<boolean> {
  const { store, me, at } = dialog
  // Suspended since the list was shown.
  if (!(await isApproved(store, volunteerId))) return false
  const held = await findLivingAssignment(store, { requestId: request.id })
  if (held) await takeBack(dialog, request, held)
  const claim = { requestId: request.id, volunteerId, via: 'coordinator', at } as const
  const assignment = await claimRequest(store, claim)
  if (!assignment) return false
  const note = { volunteerId, from: held?.volunteerId ?? null }
  const fact = { actorId: me.id, subjectId: request.id, regionId: request.regionId, note }
  await record(store, { at, act: 'request.assigned', ...fact })
  const helper = await getPerson(store, volunteerId)
  await tellPerson(store, volunteerId, {
    message: { parts: [part('task.assigned', { num: request.number })] },
    at,
  })
  await handOver(dialog, await getRequest(store, request.id), assignment, helper)
  return true
}

async function takeBack(dialog: Dialog, request: Request, held: Assignment) {
  const { store, at } = dialog
  await endAssignment(store, { assignmentId: held.id, reason: 'reassigned', at, reopen: true })
  await takeFromHelper(store, held, { request, reason: 'released', at })
  await tellPerson(store, held.volunteerId, {
    message: { parts: [part('task.reassigned', { num: request.number })] },
    at,
  })
}
