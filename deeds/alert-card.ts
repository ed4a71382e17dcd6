import {
  type Alert,
  type AlertKind,
  findAlertAbout,
  getAlert,
  type NewAlert,
  raiseAlert,
  watchAlert,
} from '../db/alerts.ts'
import { record } from '../db/audit.ts'
import type { Store } from '../db/client.ts'
import { listCoordinatorsAbove, listCoordinatorsOf } from '../db/coordinators.ts'
import { recordDisclosure } from '../db/disclosures.ts'
import { listEldersOf } from '../db/elders.ts'
import { editSent, tellPerson } from '../db/outbox.ts'
import { findPhone, getPerson } from '../db/people.ts'
import { findRequest, type Request } from '../db/requests.ts'
import { type Message, type Part, part } from '../domain/message.ts'
import { alertRef } from '../domain/message-names.ts'
import { zoneOf } from '../domain/places.ts'
import { covers, coversRequest } from '../domain/roles.ts'
import { statusKey } from '../domain/status.ts'
import { isQuietHours, nextLocalTime } from '../domain/time.ts'
import { afterQuietHours } from './announce.ts'

const answerWithinHours = 2

/** For these a coordinator is woken; the person who writes at night learns that others wait until morning. */
const urgentKinds: readonly AlertKind[] = ['danger', 'abuse', 'problem']

export interface Called {
  due: string
  night: boolean
  /** False if there is no coordinator whom the bot could tell. */
  heard: boolean
}

/** Raises an alert and tells the nearest coordinators, with the person's name and phone as far as known. */
export async function raiseAndTell(
  store: Store,
  call: Omit<NewAlert, 'dueAt' | 'watchAt'>,
  { actorId, urgent = urgentKinds.includes(call.kind) }: { actorId: string | null; urgent?: boolean },
): Promise<Called> {
  const { at, kind, regionId } = call
  const zone = zoneOf(regionId ?? '')
  const night = isQuietHours(at, zone)
  const soon = new Date(at.getTime() + answerWithinHours * 3_600_000)
  const due = night ? nextLocalTime(at, zone, '09:00') : soon
  // What wakes a coordinator does not wait for the morning if that one sleeps on.
  const watchAt = urgentKinds.includes(kind) ? soon : afterQuietHours(due, regionId)
  const subjectId = await raiseAlert(store, { ...call, dueAt: due, watchAt })
  await record(store, { at, act: 'alert.raised', actorId, subjectId, regionId, note: { kind } })
  const alert = await getAlert(store, subjectId)
  const hearers = await hearersOf(store, alert, at)
  const notBefore = urgent ? at : afterQuietHours(at, regionId)
  for (const personId of hearers) await tellAlert(store, alert, personId, { at, notBefore })
  // Nobody waits two hours for nobody: the clock looks at once, and the operator hears of it.
  if (hearers.length === 0) await watchAlert(store, subjectId, at)
  return { due: due.toISOString(), night, heard: hearers.length > 0 }
}

/**
 * Nobody has answered in time: those one level above hear of it, and with nobody there the nearest once more. Says how
 * many heard.
 */
export async function tellAbove(store: Store, alert: Alert, at: Date): Promise<number> {
  const { id: subjectId, kind, regionId } = alert
  const above = await listCoordinatorsAbove(store, alert, { at, clearedOnly: alert.restricted })
  const hearers = above.length > 0 ? above : await hearersOf(store, alert, at)
  const act = hearers.length > 0 ? 'alert.escalated' : 'alert.unheard'
  await record(store, { at, act, actorId: null, subjectId, regionId, note: { kind } })
  const notBefore = urgentKinds.includes(kind) ? at : afterQuietHours(at, regionId)
  for (const personId of hearers) {
    await editSent(store, alertRef(subjectId, personId), { message: movedBelow, at, personId })
    await tellAlert(store, alert, personId, { at, notBefore }, [part('alert.late')])
  }
  return hearers.length
}

/** A chat holds one copy of a card, so that one edit can settle it. */
export const movedBelow: Message = { parts: [part('alert.moved')], uneditable: 'gone' }

/** Something was added to what coordinators were told of: its card comes anew, where it is seen. */
export async function showAgain(store: Store, requestId: string, kind: AlertKind, at: Date): Promise<void> {
  const alert = await findAlertAbout(store, requestId, kind)
  if (!alert) return
  const notBefore = afterQuietHours(at, alert.regionId)
  for (const personId of await hearersOf(store, alert, at)) {
    await editSent(store, alertRef(alert.id, personId), { message: movedBelow, at, personId })
    await tellAlert(store, alert, personId, { at, notBefore })
  }
}

/** The nearest; and whoever wrote the request down for somebody on the phone goes on phoning them. */
export async function hearersOf(store: Store, alert: Alert, at: Date): Promise<string[]> {
  const nearest = await listCoordinatorsOf(store, alert, { at, clearedOnly: alert.restricted })
  const request =
    alert.kind === 'toPhone' && alert.requestId ? await findRequest(store, alert.requestId) : undefined
  if (!request?.enteredBy || nearest.includes(request.enteredBy)) return nearest
  const { roles } = await getPerson(store, request.enteredBy, at)
  return coversRequest(roles, request) ? [...nearest, request.enteredBy] : nearest
}

/** The card in a coordinator's chat. If it shows an older person's own phone, that look is on record like any other. */
export async function tellAlert(
  store: Store,
  alert: Alert,
  personId: string,
  when: { at: Date; notBefore?: Date },
  above: readonly Part[] = [],
): Promise<void> {
  const caller = await readCaller(store, alert)
  const card = messageOf(alert, caller)
  const message = { ...card, parts: [...above, ...card.parts] }
  const told = await tellPerson(store, personId, { message, ...when, ref: alertRef(alert.id, personId) })
  const { exposed, request } = caller
  if (!told || !exposed) return
  const about = { elderId: exposed, requestId: request?.id ?? alert.id }
  await recordDisclosure(store, { ...about, personId, at: when.at })
}

/** What a coordinator sees of something that waits: who, about what, and what can be done. */
export async function alertMessage(store: Store, alert: Alert): Promise<Message> {
  return messageOf(alert, await readCaller(store, alert))
}

interface Caller {
  request: Request | undefined
  name: string | undefined
  phone: string | undefined
  /** The older person whose own phone it is. */
  exposed: string | undefined
}

/**
 * Who called. Who asks for another has often told only the other's name and phone: better than none, but of nobody who
 * lives elsewhere than where the call is heard.
 */
async function readCaller(store: Store, alert: Alert): Promise<Caller> {
  const { personId, requestId } = alert
  const request = requestId ? await findRequest(store, requestId) : undefined
  if (!personId) return { request, name: undefined, phone: undefined, exposed: undefined }
  const { name } = await getPerson(store, personId)
  const own = await findPhone(store, personId)
  const elder = (await listEldersOf(store, personId)).find(({ id, ...home }) =>
    request ? id === request.elderId : covers(alert, home),
  )
  const phone = own ?? (elder?.phone || undefined)
  const exposed = phone && (!own || elder?.personId === personId) ? elder?.id : undefined
  return { request, name: name ?? (elder?.name || undefined), phone, exposed }
}

function messageOf(
  { id, kind, personId, restricted, words: called }: Alert,
  { request, name, phone }: Caller,
): Message {
  const words = kind === 'lowRating' && request ? request.ratingWords : called
  const values = {
    name: name ?? { key: 'alert.noName' },
    phone: phone ? { phone } : { key: 'alert.noPhone' },
    // Words about abuse stand in their request, where its clearance guards them; without one this card, which only
    // cleared people get, is the one place where anybody can read them.
    words: restricted && request ? { key: 'alert.inRequest' } : words || { key: 'alert.noWords' },
  }
  const notice: Part[] = kind === 'toPhone' && words ? JSON.parse(words) : []
  const about = request ? [part('st.line', { num: request.number, status: { key: statusKey(request) } })] : []
  return {
    parts: [part(`alert.${kind}`, values), ...notice, ...about],
    options: [
      ...(personId && kind !== 'toPhone' ? [{ id: `reply:${id}`, label: { key: 'alert.reply' } }] : []),
      ...(request ? [{ id: `open:${request.id}`, label: { key: 'queue.show' } }] : []),
      { id: `resolve:${id}`, label: { key: 'alert.resolve' } },
    ],
  }
}
