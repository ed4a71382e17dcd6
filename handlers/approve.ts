import { record } from '../db/audit.ts'
import { tellPerson } from '../db/outbox.ts'
import { getPerson } from '../db/people.ts'
import { findRequest } from '../db/requests.ts'
import { decide } from '../db/vetting.ts'
import type { Volunteer } from '../db/volunteers.ts'
import { afterQuietHours, earliest } from '../deeds/announce.ts'
import { suspend } from '../deeds/suspend.ts'
import { type Message, part } from '../domain/message.ts'
import type { Mine, VolunteerStatus } from '../domain/roles.ts'
import { type Decision, decisions, type Reason, reasonsFor } from '../domain/volunteer.ts'
import { tidyText } from '../domain/words-told.ts'
import type { Accept, Dialog, Reaction, Scene } from './dialog.ts'
import { showDecided } from './form.ts'
import { findMyVolunteer } from './mine.ts'

/** Under a form one press approves: somebody may be waiting for this very help. */
export const approve: Reaction = async tap => {
  const candidate = await findMyVolunteer(tap, tap.words[0] ?? '')
  if (!candidate) return { notice: part('act.notYours') }
  if (candidate.status !== 'pending') return { notice: part('approve.late') }
  const reason = { key: 'why.form' }
  if (!(await carryOut(tap, candidate, 'approve', reason, ['pending'])))
    return { notice: part('approve.late') }
  return { notice: await decided(tap, candidate, 'approved') }
}

/** Any other decision is asked for its reason first. */
export const decline: Reaction = async tap => {
  const candidate = await findMyVolunteer(tap, tap.words[0] ?? '')
  if (!candidate) return { notice: part('act.notYours') }
  if (candidate.status !== 'pending') return { notice: part('approve.late') }
  tap.begin('vet', { volunteer: candidate.personId, decision: 'decline' })
  return undefined
}

/** Why, and then it is done. The reason is for coordinators of the territory; the volunteer does not read it. */
export async function vet(dialog: Dialog): Promise<void> {
  const { given } = dialog
  const decision = readDecision(given.decision)
  const found = await findMyVolunteer(dialog, given.volunteer ?? '')
  if (!decision || !found) return dialog.say('act.notYours')
  const { name } = await getPerson(dialog.store, found.personId)
  const more = { above: [part(`vet.${decision}`, { name: name ?? '' })] }
  const answer = await dialog.askOrChoose(
    'vet.why',
    acceptReason,
    [...reasonsFor[decision], 'vet.keep'],
    more,
  )
  if ('chosen' in answer && answer.chosen === 'vet.keep') return dialog.say('vet.kept')
  const reason: Reason = 'said' in answer ? { words: answer.said } : { key: answer.chosen }
  const done = await dialog.once('decide', async () => {
    // Where they help, or whose territory it is, may have changed since the question.
    const candidate = await findMyVolunteer(dialog, found.personId)
    if (!candidate || !(await carryOut(dialog, candidate, decision, reason))) return false
    await decided(dialog, candidate, decisions[decision].to)
    return true
  })
  dialog.say(done ? `vet.${decision}.ok` : 'approve.late', { name: name ?? '' })
}

function readDecision(word: string | undefined): Decision | undefined {
  return Object.keys(decisions).find((known): known is Decision => known === word)
}

/** False if somebody else decided meanwhile, or has decided about this very coordinator. */
async function carryOut(
  scene: Scene,
  candidate: Mine<Volunteer>,
  decision: Decision,
  reason: Reason,
  from: readonly VolunteerStatus[] = decisions[decision].from,
): Promise<boolean> {
  const { store, me, at } = scene
  const { personId, regionId, decidedBy } = candidate
  // Nobody undoes what another has decided about them.
  if (personId === me.id && decidedBy && decidedBy !== me.id) return false
  const by = { by: me.id, at, reason }
  if (decision === 'suspend') return suspend(store, personId, by)
  const { to } = decisions[decision]
  if (!(await decide(store, personId, { ...by, from, status: to }))) return false
  const act = decision === 'restore' ? 'volunteer.restored' : `volunteer.${to}`
  await record(store, { at, act, actorId: me.id, subjectId: personId, regionId })
  await tellVolunteer(scene, candidate, decision === 'restore' ? 'restored' : to)
  return true
}

function decided({ store, me, at }: Scene, candidate: Volunteer, status: string) {
  return showDecided(store, candidate, { status, by: me.id, at })
}

/** The request that brought them here is offered again, if it is still open and of a district they named. */
async function tellVolunteer({ store, at }: Scene, candidate: Volunteer, status: string) {
  const { personId, regionId, wantedRequestId, districtIds } = candidate
  // News come to nobody by silence: one press, for whoever wants them.
  const news = [{ id: 'news:on', label: { key: 'news.yes' } }]
  const answer: Message = {
    parts: [part(`vol.${status}`)],
    ...(status === 'approved' && { options: news }),
  }
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
  const message = { parts: [...answer.parts, offer], options }
  await tellPerson(store, personId, { message, at, notBefore: earliest(wanted, at) })
}

const reasonCharsMax = 500

const acceptReason: Accept<string> = said => {
  const text = said.type === 'text' ? tidyText(said.text).slice(0, reasonCharsMax) : ''
  return text ? { value: text } : { retry: part('err.wantText') }
}
