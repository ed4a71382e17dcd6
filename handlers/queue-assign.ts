import { record } from '../db/audit.ts'
import { type Assignment, claimRequest, endAssignment, findLivingAssignment } from '../db/claims.ts'
import { holdCapacity } from '../db/duty.ts'
import { tellPerson } from '../db/outbox.ts'
import { getPerson } from '../db/people.ts'
import { getRequest, holdRequest, type Request } from '../db/requests.ts'
import { listApprovedVolunteers } from '../db/volunteers.ts'
import { earliest } from '../deeds/announce.ts'
import { endQuestion } from '../deeds/end-question.ts'
import { takeFromHelper } from '../deeds/take-away.ts'
import { part } from '../domain/message.ts'
import type { Mine } from '../domain/roles.ts'
import { claimsMax } from '../domain/volunteer.ts'
import { handOver } from './claim.ts'
import type { Dialog, Scene } from './dialog.ts'

const pageSize = 8
const volunteersMax = 40

/** A coordinator makes a volunteer responsible; who was it before is told and loses the address. */
export async function assign(dialog: Dialog, request: Mine<Request>): Promise<void> {
  const from = await dialog.once('from', () => holderOf(dialog, request))
  const volunteerId = await askWhom(dialog, request, from)
  if (!volunteerId) {
    dialog.say('queue.noVolunteers')
    return
  }
  const whom = { volunteerId, from, sure: false }
  let done = await dialog.once('assign', () => assignTo(dialog, request, whom))
  if (done === 'full') {
    const sure = await dialog.choose('queue.full', ['queue.full.yes', 'queue.full.no'], {
      values: { n: claimsMax },
      yesNo: true,
    })
    if (sure === 'queue.full.no') return
    done = await dialog.once('assign.sure', () => assignTo(dialog, request, { ...whom, sure: true }))
  }
  dialog.say(done === 'assigned' ? 'queue.assigned' : 'queue.late', { num: request.number })
}

async function holderOf({ store }: Scene, request: Mine<Request>): Promise<string | null> {
  return (await findLivingAssignment(store, { requestId: request.id }))?.volunteerId ?? null
}

async function askWhom(
  dialog: Dialog,
  request: Mine<Request>,
  from: string | null,
): Promise<string | undefined> {
  const { store, at } = dialog
  const found = await dialog.once('helpers', async () => {
    const all = await listApprovedVolunteers(store, request, { at, limit: volunteersMax })
    return all.filter(({ personId }) => personId !== from)
  })
  return chooseHelper(dialog, found)
}

/** One of these, paged by eight. */
export async function chooseHelper(
  dialog: Dialog,
  found: readonly { personId: string; name: string; holding: number }[],
): Promise<string | undefined> {
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

/** `full`: they hold as much as one may, and the coordinator has not said yet that they shall have it even so. */
type Assigned = 'assigned' | 'late' | 'full'

/** `from` is who had it when the coordinator decided: nobody is called back of whose claim they knew nothing. */
export async function assignTo(
  scene: Scene,
  request: Mine<Request>,
  { volunteerId, from, sure }: { volunteerId: string; from: string | null; sure: boolean },
): Promise<Assigned> {
  const { store, me, at } = scene
  await holdRequest(store, request.id)
  const held = await findLivingAssignment(store, { requestId: request.id })
  if ((held?.volunteerId ?? null) !== from) return 'late'
  // Suspended, off duty or of another district since the list was shown.
  const capacity = await holdCapacity(store, volunteerId)
  const [able] = await listApprovedVolunteers(store, request, { at, limit: 1, only: volunteerId })
  if (capacity === 'notApproved' || !able) return 'late'
  if (capacity === 'full' && !sure) return 'full'
  if (held) await takeBack(scene, request, held)
  const claim = { requestId: request.id, volunteerId, via: 'coordinator', at } as const
  const assignment = await claimRequest(store, claim)
  if (!assignment) return 'late'
  const note = { volunteerId, from }
  const fact = { actorId: me.id, subjectId: request.id, regionId: request.regionId, note }
  await record(store, { at, act: 'request.assigned', ...fact })
  const helper = await getPerson(store, volunteerId)
  // Nobody is woken for another day's help.
  const notBefore = earliest(request, at)
  await tellPerson(store, volunteerId, {
    message: { parts: [part('task.assigned', { num: request.number })] },
    at,
    notBefore,
  })
  await handOver(scene, await getRequest(store, request.id), assignment, { ...helper, notBefore })
  return 'assigned'
}

async function takeBack(scene: Scene, request: Request, held: Assignment) {
  const { store, at } = scene
  await endAssignment(store, { assignmentId: held.id, reason: 'reassigned', at, reopen: true })
  await takeFromHelper(store, held, { request, reason: 'released', at })
  await endQuestion(store, request, { status: 'st.claimed', at })
  await tellPerson(store, held.volunteerId, {
    message: { parts: [part('task.reassigned', { num: request.number })] },
    at,
    notBefore: earliest(request, at),
  })
}
