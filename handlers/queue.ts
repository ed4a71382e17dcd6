import { record } from '../db/audit.ts'
import { claimRequest, endAssignment, findLivingAssignment } from '../db/claims.ts'
import { recordDisclosure } from '../db/disclosures.ts'
import { getElder, markAgreed } from '../db/elders.ts'
import { editSent, tellPerson } from '../db/outbox.ts'
import { getPerson } from '../db/people.ts'
import { countQueue, listQueue, type QueueFilter, queueFilters } from '../db/queue.ts'
import { findRequest, getRequest, listAttachments, type Request } from '../db/requests.ts'
import { listApprovedVolunteers } from '../db/volunteers.ts'
import { cardRef, categoryLabel, endedCard, placeOf, urgencyLabel } from '../domain/cards.ts'
import { type Part, part } from '../domain/message.ts'
import { zoneOf } from '../domain/places.ts'
import { outcomes } from '../domain/request.ts'
import { covers } from '../domain/roles.ts'
import { statusKey } from '../domain/status.ts'
import { tidyText, wordsCharsMax } from '../domain/words-told.ts'
import { announce } from './announce.ts'
import { handOver } from './claim.ts'
import { closeWith } from './close.ts'
import type { Accept, Dialog, Reaction, Scene } from './dialog.ts'

const pageSize = 7

/** A coordinator's queue: how many there are of each kind, a list, one request opened. */
export async function queue(dialog: Dialog): Promise<void> {
  const { store, me, at } = dialog
  const counts = await countQueue(store, me.roles, at)
  const filters = queueFilters.map(filter => ({
    id: filter,
    label: { key: `queue.${filter}`, values: { n: counts[filter] } },
  }))
  const filter = await dialog.choose('queue.ask', filters)
  const id = await pickRequest(dialog, filter)
  if (!id) return dialog.begin('queue')
  return dialog.begin('request', { request: id })
}

/** A button under a notice opens the request it speaks of. */
export const openRequest: Reaction = async tap => {
  const request = await findRequest(tap.store, tap.words[0] ?? '')
  if (!request || !maySee(tap, request)) return { notice: part('act.notYours') }
  tap.begin('request', { request: request.id })
  return undefined
}

/** One request as its coordinator sees it, and what can be done about it. */
export async function oneRequest(dialog: Dialog): Promise<void> {
  const request = await findRequest(dialog.store, dialog.given.request ?? '')
  if (!request || !maySee(dialog, request)) {
    dialog.say('act.notYours')
    return
  }
  await dialog.once('seen', () => noteSeen(dialog, request))
  const active = request.status !== 'closed'
  const elder = await getElder(dialog.store, request.elderId)
  const consent = active && !elder.agreed ? ['queue.agreed'] : []
  const acts = active ? [...consent, 'queue.assign', 'queue.close', 'queue.back'] : ['queue.back']
  const act = await dialog.choose('queue.what', acts, { above: await describe(dialog, request) })
  if (act === 'queue.assign') return assign(dialog, request)
  if (act === 'queue.close') return close(dialog, request)
  if (act === 'queue.agreed') return noteConsent(dialog, request)
  return dialog.begin('queue')
}

/** Territory and clearance, judged in one place for every act on a request. */
export function maySee(scene: Scene, request: Request): boolean {
  return scene.me.roles.some(
    role => covers(role, request) && (role.cleared || request.route !== 'restricted'),
  )
}

async function pickRequest(dialog: Dialog, filter: QueueFilter): Promise<string | undefined> {
  const { store, me, at } = dialog
  for (let n = 0; n < 200; n++) {
    const found = await listQueue(store, me.roles, filter, { at, limit: pageSize + 1, offset: n * pageSize })
    const choices = found.slice(0, pageSize).map(request => ({
      id: request.id,
      label: {
        key: 'queue.line',
        values: {
          num: request.number,
          cat: categoryLabel(request.category),
          district: { district: request.districtId },
        },
      },
    }))
    const more = found.length > pageSize ? ['cat.more'] : []
    const above = choices.length === 0 ? [part('queue.none')] : []
    const chosen = await dialog.choose(
      n === 0 ? 'queue.list' : `queue.list#${n}`,
      [...choices, ...more, 'queue.back'],
      { above },
    )
    if (chosen === 'queue.back') return undefined
    if (chosen !== 'cat.more') return chosen
  }
  return undefined
}

/** A coordinator's look at an address is on record like anybody's. */
async function noteSeen(dialog: Dialog, request: Request): Promise<null> {
  const { store, me, at } = dialog
  await recordDisclosure(store, { elderId: request.elderId, requestId: request.id, personId: me.id, at })
  for (const { channel, content } of await listAttachments(store, request.id)) {
    if (content.type !== 'media') continue
    await tellPerson(store, me.id, {
      message: { parts: [], media: { channel, kind: content.kind, file: content.file } },
      at,
    })
  }
  return null
}

async function describe(dialog: Dialog, request: Request): Promise<Part[]> {
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
      name: elder.name,
      place: placeOf(elder, 'all'),
      phone: { phone: elder.phone },
    }),
    ...(request.details ? [part('claim.words', { words: request.details })] : []),
    ...(helper ? [part('claim.shown', { vol: helper.name ?? '' })] : []),
    ...(elder.agreed ? [] : [part('queue.consent')]),
  ]
}

async function assign(dialog: Dialog, request: Request): Promise<void> {
  const { store, me, at } = dialog
  const found = await listApprovedVolunteers(store, request.districtId, 8)
  if (found.length === 0) {
    dialog.say('queue.noVolunteers')
    return
  }
  const choices = found.map(({ personId, name, holding }) => ({
    id: personId,
    label: { key: 'queue.volunteer', values: { name, n: holding } },
  }))
  const volunteerId = await dialog.choose('queue.whom', choices)
  const done = await dialog.once('assign', async () => {
    const held = await findLivingAssignment(store, { requestId: request.id })
    if (held) await endHeld(dialog, request, held)
    const assignment = await claimRequest(store, {
      requestId: request.id,
      volunteerId,
      via: 'coordinator',
      at,
    })
    if (!assignment) return false
    await record(store, {
      at,
      act: 'request.assigned',
      actorId: me.id,
      subjectId: request.id,
      regionId: request.regionId,
      note: { volunteerId },
    })
    const helper = await getPerson(store, volunteerId)
    await handOver(dialog, await getRequest(store, request.id), assignment, helper)
    return true
  })
  dialog.say(done ? 'queue.assigned' : 'queue.late', { num: request.number })
}

/** The older person was asked and agreed: the request goes where others go. */
async function noteConsent(dialog: Dialog, request: Request): Promise<void> {
  const { store, me, at } = dialog
  await dialog.once('agreed', async () => {
    await markAgreed(store, request.elderId)
    await record(store, {
      at,
      act: 'elder.agreed',
      actorId: me.id,
      subjectId: request.elderId,
      regionId: request.regionId,
    })
    if (request.status === 'open') await announce(store, request, { at, elderAgreed: true })
    return null
  })
  dialog.say('queue.agreed.ok')
}

async function endHeld(dialog: Dialog, request: Request, held: { id: string; volunteerId: string }) {
  const { store, at } = dialog
  await endAssignment(store, { assignmentId: held.id, reason: 'reassigned', at, reopen: true })
  await editSent(store, cardRef(held.id), { message: endedCard(request, 'released'), at })
  await tellPerson(store, held.volunteerId, {
    message: { parts: [part('task.reassigned', { num: request.number })] },
    at,
  })
}

/** Closes on behalf: outcome, then the reason in words; the asker is told both. */
async function close(dialog: Dialog, request: Request): Promise<void> {
  const { store, at } = dialog
  const choices = outcomes.map(outcome => ({ id: outcome, label: { key: `outcome.${outcome}` } }))
  const outcome = await dialog.choose('queue.outcome', choices)
  const words = await dialog.ask('queue.reason', acceptReason)
  const closed = await dialog.once('close', async () => {
    const confirmation = outcome === 'fulfilled' ? { confirmation: 'coordinator' as const } : {}
    const done = await closeWith(dialog, request, { outcome, ...confirmation, reason: 'coordinator', words })
    const status = { key: outcome === 'fulfilled' ? 'st.done' : `st.${outcome}` }
    const message = { parts: [part('req.closed', { num: request.number, status, reason: words })] }
    if (done) await tellPerson(store, request.requesterId, { message, at })
    return done
  })
  dialog.say(closed ? 'queue.closed' : 'queue.late', { num: request.number })
}

const acceptReason: Accept<string> = said => {
  const text = said.type === 'text' ? tidyText(said.text).slice(0, wordsCharsMax) : ''
  return text ? { value: text } : { retry: part('err.wantText') }
}
