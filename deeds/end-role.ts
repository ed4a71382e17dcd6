import { type Alert, findAlert } from '../db/alerts.ts'
import { record } from '../db/audit.ts'
import { listGoingOf } from '../db/broadcasts.ts'
import type { Store } from '../db/client.ts'
import { tellPerson } from '../db/outbox.ts'
import { getPerson } from '../db/people.ts'
import { isSaid, listNamesIn, removeSent } from '../db/removals.ts'
import { isLastCleared, revokeRole, type StaffRole } from '../db/staff.ts'
import { type Message, part } from '../domain/message.ts'
import { alertRef, type MessageKind, readRef } from '../domain/message-names.ts'
import { placeOfTerritory } from '../domain/news.ts'
import { covers, coversCall, type Mine, type Role } from '../domain/roles.ts'
import { hearersOf, tellAlert } from './alert-card.ts'
import { afterQuietHours } from './announce.ts'
import { stopBroadcast } from './broadcast.ts'
import { settleAbsences } from './deputies.ts'

/** `last`: nobody could be cleared for the whole country any more. */
export type RoleEnd = 'ended' | 'last'

/**
 * A coordinator's word counts in this territory no longer, from their next message on. Their rights are read anew at
 * each message, and an invitation of theirs opens nothing from now on; what else depended on them is seen to here.
 */
export async function endRole(
  store: Store,
  role: Mine<StaffRole>,
  { by, at }: { by: string; at: Date },
): Promise<RoleEnd> {
  if (await isLastCleared(store, role)) return 'last'
  const { personId, regionId, districtId, cleared } = role
  await revokeRole(store, role, at)
  const note = { districtId, cleared }
  await record(store, { at, act: 'role.ended', actorId: by, subjectId: personId, regionId, note })
  await leaveOffice(store, personId, { by, at })
  const over = { parts: [part('role.over', { where: placeOfTerritory(role) })] }
  await tellPerson(store, personId, { message: over, at, notBefore: afterQuietHours(at, regionId) })
  return 'ended'
}

/** What a coordinator no longer answers for: deputies, broadcasts under way, people's data in their chat, calls. */
export async function leaveOffice(store: Store, personId: string, { by, at }: { by: string; at: Date }) {
  await settleAbsences(store, personId, at)
  const { roles } = await getPerson(store, personId, at)
  for (const broadcast of await listGoingOf(store, personId))
    if (!roles.some(role => covers(role, broadcast))) await stopBroadcast(store, broadcast, { by, at })
  await clearChats(store, personId, roles, at)
}

/** What stands in a coordinator's chat of other people: requests, forms, calls, what flows have shown. */
const shownKinds: readonly MessageKind[] = ['seen', 'seenpiece', 'alert', 'form', 'told', 'invitation']

async function clearChats(store: Store, personId: string, roles: readonly Role[], at: Date) {
  const { language } = await getPerson(store, personId)
  const message: Message = { parts: [part('told.gone')], ...(language && { language }) }
  for (const name of await listNamesIn(store, personId, shownKinds)) {
    const { kind, id } = readRef(name)
    const alert = kind === 'alert' ? await findAlert(store, id) : undefined
    if (alert && !alert.resolvedAt && coversCall(roles, alert)) continue
    await removeSent(store, name, { message, at })
    if (alert && !alert.resolvedAt) await tellOthers(store, alert, at)
  }
}

/** A call that nobody has answered yet is heard by whoever is the nearest now. */
async function tellOthers(store: Store, alert: Alert, at: Date) {
  const notBefore = afterQuietHours(at, alert.regionId)
  for (const hearer of await hearersOf(store, alert, at))
    if (!(await isSaid(store, alertRef(alert.id, hearer))))
      await tellAlert(store, alert, hearer, { at, notBefore })
}
