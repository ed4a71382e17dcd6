import { record } from '../db/audit.ts'
import { setName, setPhone } from '../db/people.ts'
import { applyAsVolunteer, findVolunteer } from '../db/volunteers.ts'
import { afterQuietHours } from '../deeds/announce.ts'
import { categories } from '../domain/categories.ts'
import { part } from '../domain/message.ts'
import type { VolunteerStatus } from '../domain/roles.ts'
import { acceptName } from './accept.ts'
import { consented } from './consent.ts'
import type { Dialog } from './dialog.ts'
import { listDeciders, tellForm } from './form.ts'
import { askOwnPhone } from './intake-home.ts'
import { approveInvited } from './invited.ts'
import { askDistrict, askPlace, type FoundPlace } from './place.ts'
import { askLanguage } from './start.ts'

const districtsMax = 5

/** Somebody wants to help: a form that a coordinator approves. */
export async function volunteer(dialog: Dialog): Promise<void> {
  const { me } = dialog
  const status = await dialog.once('status', async () => me.volunteer)
  if (status === 'approved' || status === 'suspended') {
    dialog.say(`vol.${status}`)
    return
  }
  // Who was led here by a post in a group has not been asked for a language yet.
  if (!me.languageChosen || dialog.noted('language')) await askLanguage(dialog)
  if (!(await consented(dialog, 'helps'))) return
  if ((await dialog.choose('vol.age', ['yes', 'no'], { yesNo: true })) === 'no') {
    dialog.say('vol.young')
    return
  }
  const name = await dialog.ask('vol.name', acceptName)
  const phone = await askOwnPhone(dialog, 'vol.phone')
  const places = await askDistricts(dialog)
  const skills = await askCategories(dialog)
  if ((await dialog.choose('vol.rules', ['vol.promise', 'vol.refuse'], { yesNo: true })) === 'vol.refuse') {
    dialog.say('vol.refused')
    return
  }
  const decided = await dialog.once('apply', () => apply(dialog, { name, phone, places, skills }))
  dialog.say(`vol.${decided}`)
}

interface Form {
  name: string
  phone: string
  places: FoundPlace[]
  skills: string[]
}

async function apply(dialog: Dialog, form: Form): Promise<VolunteerStatus> {
  const { store, me, at } = dialog
  const regionId = form.places[0]?.regionId ?? ''
  const kept = await applyAsVolunteer(store, {
    personId: me.id,
    regionId,
    districtIds: form.places.map(place => place.districtId),
    categories: form.skills,
    wantedRequestId: dialog.given.request ?? null,
    at,
  })
  if (!kept) return me.volunteer ?? 'pending'
  await setName(store, me.id, form.name)
  await setPhone(store, me.id, form.phone)
  await record(store, { at, act: 'volunteer.applied', actorId: me.id, subjectId: me.id, regionId })
  const candidate = await findVolunteer(store, me.id)
  if (!candidate) throw new Error('The form was not kept')
  const { invitation } = dialog.given
  if (invitation && (await approveInvited(dialog, candidate, invitation))) return 'approved'
  // Behind a post somebody waits for this very help: that is told at night too.
  const notBefore = dialog.given.request ? at : afterQuietHours(at, regionId)
  for (const coordinatorId of await listDeciders(store, candidate, at))
    await tellForm(store, candidate, { coordinatorId, at, notBefore })
  return 'pending'
}

/** One district or several, all of one region: the region's coordinators answer for the volunteer. */
async function askDistricts(dialog: Dialog): Promise<FoundPlace[]> {
  const first = await askPlace(dialog, 'vol.where')
  const places = [first]
  for (let n = 1; n < districtsMax; n++) {
    const chosen = places.map(place => ({ district: place.districtId }))
    const above = [part('vol.where.now', { districts: { list: chosen } })]
    const more = await dialog.choose(`vol.where.more#${n}`, ['vol.where.enough', 'vol.where.add'], { above })
    if (more === 'vol.where.enough') break
    const place = await askDistrict(dialog, first.regionId, `place.district#${n}`)
    if (!places.some(other => other.districtId === place.districtId)) places.push(place)
  }
  return places
}

/** The kinds of help that volunteers are asked for; a press adds one or takes it away. Empty means anything. */
async function askCategories(dialog: Dialog): Promise<string[]> {
  const all = categories.filter(entry => entry.route === 'group').map(entry => entry.code as string)
  let chosen: string[] = []
  for (let n = 0; n < 20; n++) {
    const above =
      chosen.length > 0
        ? [part('vol.skills.now', { skills: { list: chosen.map(code => ({ key: `cat.${code}` })) } })]
        : []
    const choices = ['vol.skills.enough', ...all.map(code => `cat.${code}`)]
    const answer = await dialog.choose(n === 0 ? 'vol.skills' : `vol.skills#${n}`, choices, { above })
    if (answer === 'vol.skills.enough') break
    const code = answer.slice('cat.'.length)
    chosen = chosen.includes(code) ? chosen.filter(other => other !== code) : [...chosen, code]
  }
  return chosen
}
