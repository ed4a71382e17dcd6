import { findCertificate } from '../db/certificates.ts'
import { editSent, tellPerson } from '../db/outbox.ts'
import { findPhone, getPerson } from '../db/people.ts'
import {
  countVolunteers,
  findVolunteerCard,
  type Listed,
  listVolunteers,
  vettingFilters,
} from '../db/vetting.ts'
import { listSkills, type Volunteer } from '../db/volunteers.ts'
import { readCertificateNumber } from '../domain/certificate.ts'
import { type Part, part, type Value } from '../domain/message.ts'
import { formRef } from '../domain/message-names.ts'
import { zoneOf } from '../domain/places.ts'
import type { Mine, VolunteerStatus } from '../domain/roles.ts'
import { type Decision, decisions, isOnDuty } from '../domain/volunteer.ts'
import { tidyText } from '../domain/words-told.ts'
import type { Accept, Dialog } from './dialog.ts'
import { findMyVolunteer } from './mine.ts'

const pageSize = 7
const pagesMax = 200

/** The volunteers of a coordinator's territory: by state, or by a name typed as it is remembered. */
export async function volunteers(dialog: Dialog): Promise<void> {
  const { store, me } = dialog
  const counts = await countVolunteers(store, me.roles)
  const choices = vettingFilters.map(status => ({
    id: status,
    label: { key: `vols.${status}`, values: { n: counts[status] } },
  }))
  const answer = await dialog.askOrChoose('vols.ask', acceptQuery, choices)
  const number = 'said' in answer ? readCertificateNumber(answer.said) : undefined
  if (number) return verify(dialog, number)
  const which = 'said' in answer ? { name: answer.said } : { status: answer.chosen as VolunteerStatus }
  for (let n = 0; n < pagesMax; n++) {
    const found = await dialog.once(`page.${n}`, () =>
      listVolunteers(store, me.roles, which, { limit: pageSize + 1, offset: n * pageSize }),
    )
    if (found.length === 0) {
      dialog.say('vols.none')
      return dialog.begin('volunteers')
    }
    const more = found.length > pageSize ? ['cat.more'] : []
    const shown = found.slice(0, pageSize).map(choiceOf)
    const key = n === 0 ? 'vols.list' : `vols.list#${n}`
    const chosen = await dialog.choose(key, [...shown, ...more, 'vols.back'])
    if (chosen === 'vols.back') return dialog.begin('volunteers')
    if (chosen !== 'cat.more') return dialog.begin('volunteer-card', { volunteer: chosen })
  }
}

/** Somebody shows a certificate: what it says must be what was put on record. */
async function verify(dialog: Dialog, number: string): Promise<never> {
  const found = await dialog.once('certificate', async () => {
    const issued = await findCertificate(dialog.store, number)
    if (!issued || !(await findMyVolunteer(dialog, issued.personId))) return null
    return { ...issued, name: (await getPerson(dialog.store, issued.personId)).name ?? '' }
  })
  if (!found) dialog.say('cert.unknown', { number })
  else {
    const { name, helps, hours, firstDay, lastDay } = found
    const days = { from: { date: firstDay }, to: { date: lastDay } }
    dialog.say('cert.valid', { number, name, helps, hours, ...days })
  }
  return dialog.begin('volunteers')
}

function choiceOf({ personId, name, status }: Listed) {
  return { id: personId, label: { key: 'vols.line', values: { name, status: { key: `vols.is.${status}` } } } }
}

/** One volunteer: who they are, what they hold and have done, why they are in this state, and what can be decided. */
export async function volunteerCard(dialog: Dialog): Promise<void> {
  const candidate = await findMyVolunteer(dialog, dialog.given.volunteer ?? '')
  if (!candidate) return dialog.say('act.notYours')
  const { personId, status } = candidate
  await dialog.once('card', () => tellCard(dialog, candidate))
  const possible = Object.keys(decisions).filter((name): name is Decision => {
    const from: readonly VolunteerStatus[] = decisions[name as Decision].from
    return from.includes(status)
  })
  const acts = possible.map(decision => ({ id: decision, label: { key: `vols.${decision}` } }))
  const chosen = await dialog.choose('vols.what', [...acts, { id: 'back', label: { key: 'vols.back' } }])
  if (chosen === 'back') return dialog.begin('volunteers')
  return dialog.begin('vet', { volunteer: personId, decision: chosen })
}

/** In a message of its own: once something is decided, or it is shown anew, the phone goes from the old one. */
async function tellCard(dialog: Dialog, candidate: Mine<Volunteer>): Promise<null> {
  const { store, me, at } = dialog
  const parts = await describe(dialog, candidate)
  const name = parts[0]?.values?.name ?? ''
  const ref = formRef(candidate.personId, me.id)
  await editSent(store, ref, {
    message: { parts: [part('approve.moved', { name })], uneditable: 'gone' },
    at,
    personId: me.id,
  })
  await tellPerson(store, me.id, { message: { parts }, at, ref })
  return null
}

async function describe({ store, at }: Dialog, { personId, districtIds }: Volunteer): Promise<Part[]> {
  const card = await findVolunteerCard(store, personId)
  if (!card) return []
  const codes = await listSkills(store, personId)
  const zone = zoneOf(card.regionId)
  const day = (moment: Date | null): Value =>
    moment ? { day: moment.toISOString(), zone } : { key: 'vols.never' }
  const skills: Value =
    codes.length > 0 ? { list: codes.map(code => ({ key: `cat.${code}` })) } : { key: 'vol.anything' }
  const holding: Value =
    card.holding.length > 0 ? { list: card.holding.map(num => `№ ${num}`) } : { key: 'vols.nothing' }
  const about = part('vols.card', {
    name: card.name,
    status: { key: `vols.is.${card.status}` },
    phone: { phone: (await findPhone(store, personId)) ?? '' },
    districts: { list: districtIds.map(district => ({ district })) },
    skills,
    holding,
    done: card.done,
    asked: day(card.askedAt),
  })
  return [
    about,
    ...(isOnDuty(card, at) ? [] : [part('vols.off')]),
    ...(card.decidedAt
      ? [part('vols.decided', { by: card.decidedBy ?? { key: 'vols.unknown' }, day: day(card.decidedAt) })]
      : []),
    ...(card.reason
      ? [part('vols.reason', { reason: 'key' in card.reason ? { key: card.reason.key } : card.reason.words })]
      : []),
  ]
}

const acceptQuery: Accept<string> = said => {
  const name = said.type === 'text' ? tidyText(said.text).slice(0, 60) : ''
  return name ? { value: name } : { retry: part('err.wantText') }
}
