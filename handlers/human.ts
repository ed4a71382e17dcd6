import { type AlertKind, findRecentAlert, getAlert, resolveAlert } from '../db/alerts.ts'
import { record } from '../db/audit.ts'
import type { Store } from '../db/client.ts'
import { findDialog } from '../db/dialogs.ts'
import { listEldersOf } from '../db/elders.ts'
import { tellPerson } from '../db/outbox.ts'
import { findRequest } from '../db/requests.ts'
import { findVolunteer } from '../db/volunteers.ts'
import { type Called, hearersOf, raiseAndTell } from '../deeds/alert-card.ts'
import { showSettled } from '../deeds/alert-settled.ts'
import { districtOf } from '../domain/districts.ts'
import { type Part, part } from '../domain/message.ts'
import { findDistricts, zoneOf } from '../domain/places.ts'
import { isQuietHours } from '../domain/time.ts'
import { tidyText, wordsCharsMax } from '../domain/words-told.ts'
import type { Accept, Dialog, Operator, Scene } from './dialog.ts'
import { findMyAlert } from './mine.ts'

/** Calls a coordinator for this person; says when the answer comes, honestly at night too. */
export async function callHuman(scene: Scene, requestId: string | null = null): Promise<Called> {
  const { store, me, at } = scene
  // Somebody anxious presses more than once: one call is under way already.
  const since = new Date(at.getTime() - 3_600_000)
  const called = await findRecentAlert(store, me.id, 'human', { since, requestId })
  if (called) {
    const heard = (await hearersOf(store, await getAlert(store, called.id), at)).length > 0
    return { due: called.dueAt.toISOString(), night: isQuietHours(at, zoneOf('')), heard }
  }
  return alertCoordinators(scene, { kind: 'human', requestId, words: '' })
}

interface Call {
  kind: AlertKind
  requestId: string | null
  /** The person's own words; kept encrypted, shown to the coordinator. Of a restricted matter they are left out. */
  words: string
}

/** Raises an alert of this person's and tells the nearest coordinators. */
export async function alertCoordinators(scene: Scene, call: Call): Promise<Called> {
  const { store, me, at } = scene
  const place = await placeOfCall(scene, call.requestId)
  return raiseAndTell(store, { ...call, ...place, personId: me.id, at }, { actorId: me.id })
}

/** "Person": said at any step; the half-finished dialog goes on afterwards. */
export async function human(dialog: Dialog): Promise<void> {
  const { key, values } = saidOf(await dialog.once('human', () => callHuman(dialog)), dialog.operator)
  dialog.say(key, values)
}

/** Nobody understood them three times in a row: a person is called without being asked for. */
export async function bringHuman(scene: Scene): Promise<Part> {
  return saidOf(await callHuman(scene), scene.operator)
}

function saidOf({ due, night, heard }: Called, { phone, hours }: Operator): Part {
  if (!heard) return part('human.phone', { phone, hours })
  return part(night ? 'human.night' : 'human.ok', { due: { moment: due, zone: zoneOf('') } })
}

/** A coordinator's answer to a person who called, written through the bot. */
export async function reply(dialog: Dialog): Promise<void> {
  const { store, me, at } = dialog
  const alert = await findMyAlert(dialog, dialog.given.alert ?? '')
  if (!alert?.personId) {
    dialog.say('act.notYours')
    return
  }
  const { personId } = alert
  const words = await dialog.ask('reply.ask', acceptReply)
  const sent = await dialog.once('reply', async () => {
    const message = { parts: [part('reply.text', { words })] }
    // Who cannot be written to waits for a call: the alert stays.
    if (!(await tellPerson(store, personId, { message, at }))) return false
    await resolveAlert(store, alert.id, me.id, at)
    const fact = { actorId: me.id, subjectId: alert.id, regionId: alert.regionId }
    await record(store, { at, act: 'alert.answered', ...fact })
    await showSettled(store, alert, { as: 'alert.answered', by: me.id, at })
    return true
  })
  dialog.say(sent ? 'reply.sent' : 'reply.unreachable')
}

const acceptReply: Accept<string> = said => {
  const text = said.type === 'text' ? tidyText(said.text).slice(0, wordsCharsMax) : ''
  return text ? { value: text } : { retry: part('err.wantText') }
}

/**
 * Where the call belongs: the request's district; else what the half-finished request says of the place; else where
 * the older person lives whom we know of this one; else where a volunteer helps.
 */
async function placeOfCall({ store, me }: Scene, requestId: string | null) {
  const request = requestId ? await findRequest(store, requestId) : undefined
  const place = request ?? (await placeOfDraft(store, me.id)) ?? (await listEldersOf(store, me.id))[0]
  if (place) return { regionId: place.regionId, districtId: place.districtId }
  const volunteer = await findVolunteer(store, me.id)
  return { regionId: volunteer?.regionId ?? null, districtId: volunteer?.districtIds[0] ?? null }
}

async function placeOfDraft(store: Store, personId: string) {
  const draft = await findDialog<{ answers: Record<string, unknown> }>(store, personId, 'intake')
  const places = Object.entries(draft?.state.answers ?? {}).filter(([key]) => key.startsWith('place.'))
  for (const [, answer] of places.reverse()) {
    const { chosen, said } = answer as { chosen?: string; said?: unknown }
    const district = chosen
      ? districtOf(chosen)
      : typeof said === 'string'
        ? findDistricts(said)[0]
        : undefined
    if (district) return { regionId: district.region, districtId: district.id }
  }
  return undefined
}
