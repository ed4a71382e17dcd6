import type { Store } from '../db/client.ts'
import { listCoordinatorsOf } from '../db/coordinators.ts'
import { editSent, tellPerson } from '../db/outbox.ts'
import { findPhone, getPerson } from '../db/people.ts'
import { listSentNames } from '../db/removals.ts'
import { listSkills, type Volunteer } from '../db/volunteers.ts'
import { type Message, type Part, part, type Value } from '../domain/message.ts'
import { formRef, readerOf } from '../domain/message-names.ts'

/** Shows a volunteer's form to a coordinator, with the buttons that decide. */
export async function tellForm(
  store: Store,
  { personId, districtIds }: Volunteer,
  to: { coordinatorId: string; at: Date; notBefore: Date },
) {
  const { coordinatorId, at, notBefore } = to
  const { name } = await getPerson(store, personId)
  const phone = (await findPhone(store, personId)) ?? ''
  const codes = await listSkills(store, personId)
  const districts: Value = { list: districtIds.map(district => ({ district })) }
  const skills: Value =
    codes.length > 0 ? { list: codes.map(code => ({ key: `cat.${code}` })) } : { key: 'vol.anything' }
  const message = {
    parts: [part('approve.ask', { name: name ?? '', phone: { phone }, districts, skills })],
    options: [
      { id: `approve:${personId}`, label: { key: 'approve.yes' } },
      { id: `decline:${personId}`, label: { key: 'approve.no' } },
    ],
  }
  const ref = formRef(personId, coordinatorId)
  await editSent(store, ref, {
    message: { parts: [part('approve.moved', { name: name ?? '' })], uneditable: 'gone' },
    at,
  })
  await tellPerson(store, coordinatorId, { message, at, notBefore, ref })
}

/** Those who decide about a volunteer: the nearest coordinators of the first district they named. */
export async function listDeciders(store: Store, volunteer: Volunteer, at: Date): Promise<string[]> {
  const [districtId = null] = volunteer.districtIds
  return listCoordinatorsOf(store, { regionId: volunteer.regionId, districtId }, { at })
}

/** In every chat that shows the form, the decision stands in its place: no phone, no buttons. */
export async function showDecided(
  store: Store,
  volunteer: Volunteer,
  decision: { status: string; by: string; at: Date },
): Promise<Part> {
  const { name } = await getPerson(store, volunteer.personId)
  const decided = part(`approve.${decision.status}`, { name: name ?? '' })
  // Whoever has opened it from their queue, or stood in for somebody then, has it as well.
  const sent = (await listSentNames(store, formRef(volunteer.personId, ''))).map(readerOf)
  const deciders = await listDeciders(store, volunteer, decision.at)
  const readers = new Set([...deciders, ...sent, decision.by])
  for (const reader of readers) {
    // Who decided is told so in any case.
    const message: Message = { parts: [decided], uneditable: reader === decision.by ? 'gone' : 'anew' }
    await editSent(store, formRef(volunteer.personId, reader), { message, at: decision.at })
  }
  return decided
}
