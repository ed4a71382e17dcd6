import type { Store } from '../db/client.ts'
import { bindGroup, noteGroup } from '../db/groups.ts'
import { setLanguage, setName } from '../db/people.ts'
import { recognisePerson } from '../db/recognise.ts'
import { applyAsVolunteer, decideVolunteer } from '../db/volunteers.ts'

/** Where all of it happens: Semey. */
export const place = { regionId: '10', districtId: '10-semei-city' }
export const groupChat = '-1001'

/** A district at work: approved volunteers `v0` … and their group, registered by the database's own verbs. */
export async function settle(store: Store, volunteers: number, channel = 'telegram') {
  const at = new Date()
  const ids: string[] = []
  for (let n = 0; n < volunteers; n++) {
    const from = { channel, externalId: `v${n}`, inPrivate: true, at }
    const { id } = await recognisePerson(store, from)
    await setLanguage(store, id, 'ru')
    await setName(store, id, `Тимур ${n}`)
    const form = { personId: id, regionId: place.regionId, districtIds: [place.districtId] }
    await applyAsVolunteer(store, { ...form, categories: [], wantedRequestId: null, at })
    await decideVolunteer(store, id, { status: 'approved', by: id, at })
    ids.push(id)
  }
  const group = await noteGroup(store, { channel, chat: groupChat }, { language: 'ru', at })
  const [by = ''] = ids
  await bindGroup(store, group.id, { districtId: place.districtId, by, language: 'ru' })
}
