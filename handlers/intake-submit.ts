import { raiseAlert } from '../db/alerts.ts'
import { attach } from '../db/attachments.ts'
import { record } from '../db/audit.ts'
import { addElder, updateElder } from '../db/elders.ts'
import { setName, setPhone } from '../db/people.ts'
import { getRequest, submitRequest } from '../db/requests.ts'
import { announce } from '../deeds/announce.ts'
import { tellAccepted } from '../deeds/asker.ts'
import { dangersIn } from '../domain/danger-told.ts'
import { zoneOf } from '../domain/places.ts'
import { dueAt } from '../domain/request.ts'
import { wordsOf } from '../domain/said.ts'
import { localDay } from '../domain/time.ts'
import type { Dialog } from './dialog.ts'
import type { Draft } from './intake.ts'
import { publicWordsOf, routeOfDraft, textOf } from './intake-check.ts'

/** Writes the request and everything it brings about, once; the card tells its number and what happens next. */
export async function submitDraft(dialog: Dialog, draft: Draft): Promise<number> {
  return dialog.once('submit', () => submit(dialog, draft))
}

async function submit(dialog: Dialog, draft: Draft): Promise<number> {
  const { store, me, at } = dialog
  const { regionId, districtId } = draft.home
  const elderId = await keepElder(dialog, draft)
  const details = textOf(draft.pieces)
  const dangers = dangersIn(draft.pieces.map(wordsOf))
  const zone = zoneOf(regionId)
  const due = dueAt(draft.urgency, at, zone)
  const { id, number } = await submitRequest(store, {
    regionId,
    districtId,
    elderId,
    requesterId: me.id,
    enteredBy: draft.enteredBy,
    category: draft.category,
    route: routeOfDraft(draft),
    urgency: draft.urgency,
    details,
    publicWords: publicWordsOf(dialog, draft),
    danger: dangers.has('life') ? 'life' : dangers.has('abuse') ? 'abuse' : null,
    at,
    dueAt: due,
    year: Number(localDay(at, zone).slice(0, 4)),
  })
  for (const piece of draft.pieces) {
    if (piece.type !== 'text')
      await attach(store, { requestId: id, regionId, channel: dialog.inbound.channel, at }, piece)
  }
  await record(store, {
    at,
    act: 'request.submitted',
    actorId: draft.enteredBy ?? me.id,
    subjectId: id,
    regionId,
    note: { category: draft.category },
  })
  if (!draft.agreed) await askForConsent(dialog, draft, id)
  const request = await getRequest(store, id)
  await announce(store, request, { at, elderAgreed: draft.agreed })
  await tellAccepted(store, id, at)
  return number
}

async function keepElder(dialog: Dialog, draft: Draft): Promise<string> {
  const { store, me, at } = dialog
  const { regionId, districtId, settlement, text, location } = draft.home
  const home = { settlement, text, ...(location && { location }) }
  const elder = { regionId, districtId, name: draft.name, home, phone: draft.phone, agreed: draft.agreed }
  if (draft.self) {
    await setName(store, me.id, draft.name)
    await setPhone(store, me.id, draft.phone)
  }
  if (!draft.elder) return addElder(store, { personId: me.id, at }, { ...elder, self: draft.self })
  await updateElder(store, draft.elder.id, elder)
  return draft.elder.id
}

/** The older person has not agreed yet: a coordinator calls them, and until then nobody else hears of it. */
async function askForConsent(dialog: Dialog, draft: Draft, requestId: string) {
  const { store, me, at } = dialog
  const { regionId, districtId } = draft.home
  const due = dueAt('today', at, zoneOf(regionId))
  await raiseAlert(store, {
    kind: 'consent',
    regionId,
    districtId,
    personId: me.id,
    requestId,
    words: '',
    at,
    dueAt: due,
  })
}
