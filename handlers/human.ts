import { type AlertKind, findAlert, findRecentAlert, raiseAlert, resolveAlert } from '../db/alerts.ts'
import { record } from '../db/audit.ts'
import type { Store } from '../db/client.ts'
import { listCoordinatorsOf } from '../db/coordinators.ts'
import { findDialog } from '../db/dialogs.ts'
import { listEldersOf } from '../db/elders.ts'
import { tellPerson } from '../db/outbox.ts'
import { findRequest } from '../db/requests.ts'
import { findVolunteer } from '../db/volunteers.ts'
import { districtOf } from '../domain/districts.ts'
import { part } from '../domain/message.ts'
import { findDistricts, zoneOf } from '../domain/places.ts'
import { covers } from '../domain/roles.ts'
import { isQuietHours, nextLocalTime } from '../domain/time.ts'
import { tidyText, wordsCharsMax } from '../domain/words-told.ts'
import { alertMessage } from './alert-card.ts'
import { afterQuietHours } from './announce.ts'
import type { Accept, Dialog, Scene } from './dialog.ts'

const answerWithinHours = 2

/** For these a coordinator is woken; the person who writes at night learns that others wait until morning. */
const urgentKinds: readonly AlertKind[] = ['danger', 'abuse', 'problem']

export interface Called {
  due: string
  night: boolean
  /** False if there is no coordinator whom the bot could tell. */
  heard: boolean
}

/** Calls a coordinator for this person; says when the answer comes, honestly at night too. */
export async function callHuman(scene: Scene, requestId: string | null = null): Promise<Called> {
  const { store, me, at } = scene
  // Somebody anxious presses more than once: one call is under way already.
  const since = new Date(at.getTime() - 3_600_000)
  const called = await findRecentAlert(store, me.id, 'human', { since, requestId })
  if (called) return { due: called.dueAt.toISOString(), night: isQuietHours(at, zoneOf('')), heard: true }
  return alertCoordinators(scene, { kind: 'human', requestId, words: '' })
}

export interface Call {
  kind: AlertKind
  requestId: string | null
  /** The person's own words; kept encrypted, shown to the coordinator. Of a restricted matter they are left out. */
  words: string
}

/** Raises an alert and tells the nearest coordinators, with the person's name and phone as far as known. */
export async function alertCoordinators(scene: Scene, call: Call): Promise<Called> {
  const { store, me, at } = scene
  const place = await placeOfCall(scene, call.requestId)
  const zone = zoneOf(place.regionId ?? '')
  const night = isQuietHours(at, zone)
  const due = night
    ? nextLocalTime(at, zone, '09:00')
    : new Date(at.getTime() + answerWithinHours * 3_600_000)
  const alertId = await raiseAlert(store, { ...call, ...place, personId: me.id, at, dueAt: due })
  await record(store, {
    at,
    act: 'alert.raised',
    actorId: me.id,
    subjectId: alertId,
    regionId: place.regionId,
    note: { kind: call.kind },
  })
  const message = await alertMessage(store, { ...call, id: alertId, personId: me.id })
  const notBefore = urgentKinds.includes(call.kind) ? at : afterQuietHours(at, place.regionId)
  const told = await listCoordinatorsOf(store, place, call.kind === 'abuse')
  for (const personId of told) await tellPerson(store, personId, { message, at, notBefore })
  return { due: due.toISOString(), night, heard: told.length > 0 }
}

/** "Person": said at any step; the half-finished dialog goes on afterwards. */
export async function human(dialog: Dialog): Promise<void> {
  const { due, night, heard } = await dialog.once('human', () => callHuman(dialog))
  if (!heard) {
    dialog.say('human.phone', { phone: dialog.operator.phone, hours: dialog.operator.hours })
    return
  }
  dialog.say(night ? 'human.night' : 'human.ok', { due: { moment: due, zone: zoneOf('') } })
}

/** A coordinator's answer to a person who called, written through the bot. */
export async function reply(dialog: Dialog): Promise<void> {
  const { store, me, at } = dialog
  const alert = await findAlert(store, dialog.given.alert ?? '')
  if (!alert?.personId || !mayAnswer(dialog, alert)) {
    dialog.say('act.notYours')
    return
  }
  const { personId } = alert
  const words = await dialog.ask('reply.ask', acceptReply)
  const sent = await dialog.once('reply', async () => {
    await resolveAlert(store, alert.id, me.id, at)
    await record(store, {
      at,
      act: 'alert.answered',
      actorId: me.id,
      subjectId: alert.id,
      regionId: alert.regionId,
    })
    return tellPerson(store, personId, { message: { parts: [part('reply.text', { words })] }, at })
  })
  dialog.say(sent ? 'reply.sent' : 'reply.unreachable')
}

export function mayAnswer(
  scene: Scene,
  alert: { kind: string; regionId: string | null; districtId: string | null },
): boolean {
  const { regionId, districtId } = alert
  return scene.me.roles.some(role => {
    if (alert.kind === 'abuse' && !role.cleared) return false
    return regionId && districtId ? covers(role, { regionId, districtId }) : !regionId || !role.districtId
  })
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
