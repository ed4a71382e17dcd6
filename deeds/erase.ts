import { type Alert, getAlert, listAlertsOf, resolveAlert } from '../db/alerts.ts'
import { type Assignment, endAssignment, listLivingAssignments } from '../db/claims.ts'
import type { Store } from '../db/client.ts'
import { listAllCoordinators } from '../db/coordinators.ts'
import { listDisclosed } from '../db/disclosures.ts'
import {
  eraseAlertWords,
  eraseBonds,
  eraseElders,
  eraseIdentity,
  eraseWords,
  holdRequestsAbout,
  listRelativesOf,
  recordErasure,
  type Whom,
  withdrawConsentsFor,
} from '../db/erase.ts'
import { editSent, tellPerson } from '../db/outbox.ts'
import { getPerson } from '../db/people.ts'
import { dropDialogsQuoting, readSecrets, type Secrets, type Withheld, withholdQuotes } from '../db/quotes.ts'
import { listSentNames } from '../db/removals.ts'
import { getRequest, type Request } from '../db/requests.ts'
import { revokeRoles } from '../db/staff.ts'
import { erasedCard } from '../domain/cards.ts'
import { part } from '../domain/message.ts'
import { alertRef, formRef, readerOf, seenRef } from '../domain/message-names.ts'
import type { Receipt } from '../domain/receipt.ts'
import { alertMessage, tellAlert } from './alert-card.ts'
import { settledMessage } from './alert-settled.ts'
import { afterQuietHours, showClosed } from './announce.ts'
import { type Closer, closeWith, forgetAddress } from './close.ts'
import { leaveOffice } from './end-role.ts'
import { showLiving } from './living-card.ts'
import { seekAnother } from './seek-another.ts'
import { takeFromHelper, takePreviews, takeTold } from './take-away.ts'

/** Everything that an erasure concerns, read before anything is gone. */
interface Scope extends Whom {
  requests: Request[]
  /** Who asks for these older people, or has asked. */
  family: string[]
  alerts: Alert[]
}

/**
 * Consent is withdrawn: all that says who these people are goes at once, out of every table, out of what waits to be
 * sent, and out of the chats of helpers and coordinators. Open requests are closed, what the person had
 * promised as a helper is open again, and everybody concerned is told.
 */
export async function eraseAll(scene: Closer, whom: Whom): Promise<Receipt> {
  const { store, at } = scene
  const { personId, elderIds } = whom
  const scope = await readScope(store, whom)
  const { requests } = scope
  const held = personId ? await listLivingAssignments(store, personId) : []
  const role = personId ? await hadRole(store, personId) : false
  const secrets = await readSecrets(store, whom, {
    requests,
    alertIds: scope.alerts.filter(alert => isOwn(scope, alert)).map(({ id }) => id),
  })
  const readers = new Set(scope.family.filter(id => id !== personId))
  const about = { ids: idsOf(scope, held), readers, at }
  const withheld = await withholdQuotes(store, secrets, about)
  const ids = [...(personId ? [personId] : []), ...elderIds, ...requests.map(({ id }) => id)]
  const staff = await staffAround(store, requests, at)
  for (const name of await dropDialogsQuoting(store, secrets, { ids, family: readers, staff }))
    await takeTold(store, name, at)

  // Who they are goes first: nothing that is said from here on can name them.
  const media = await eraseWords(
    store,
    requests.map(({ id }) => id),
  )
  await eraseAlertWords(store, wordsToErase(scope, secrets))
  await withdrawConsentsFor(store, elderIds, at)
  if (personId) await eraseIdentity(store, personId, at)
  await eraseElders(store, elderIds)

  for (const request of requests) {
    // A closed one may have been looked at since.
    if (request.status === 'closed') await forgetAddress(scene, request)
    // Help that its helper calls done was given, whoever is left to confirm it.
    else if (request.status === 'done')
      await closeWith(scene, request, { outcome: 'fulfilled', confirmation: 'none', reason: 'erased' })
    else await closeWith(scene, request, { outcome: 'cancelled', reason: 'erased' })
    await takePreviews(store, request, at)
  }
  for (const assignment of held) await release(scene, assignment)
  await clearCards(scene, scope, withheld)
  if (personId && role) {
    await revokeRoles(store, personId, at)
    await leaveOffice(store, personId, { by: personId, at })
  }
  if (personId) await eraseBonds(store, personId, at)

  const counts = { requests: requests.length, media, elders: elderIds.length }
  const subjectId = personId ?? elderIds[0] ?? ''
  const number = await recordErasure(store, {
    at,
    actorId: scene.me?.id ?? null,
    subjectId,
    note: counts,
  })
  await tellFamily(store, readers, { number, at })
  return { number, at: at.toISOString(), ...counts, role }
}

async function readScope(store: Store, whom: Whom): Promise<Scope> {
  const requests = await holdRequestsAbout(store, whom)
  const elderIds = new Set(whom.elderIds)
  const askers = requests.filter(request => elderIds.has(request.elderId)).map(request => request.requesterId)
  const family = [...new Set([...(await listRelativesOf(store, whom.elderIds)), ...askers])]
  const lookers = await lookersAt(store, requests)
  const callers = new Set([
    ...family,
    ...lookers,
    ...requests.map(({ requesterId }) => requesterId),
    ...(whom.personId ? [whom.personId] : []),
  ])
  const called = await listAlertsOf(store, [...callers])
  const requestIds = new Set(requests.map(({ id }) => id))
  const inFamily = new Set(family)
  const alerts = called.filter(
    ({ personId, requestId }) =>
      personId === whom.personId ||
      (requestId ? requestIds.has(requestId) : personId !== null && inFamily.has(personId)),
  )
  return { ...whom, requests, family, alerts }
}

/** Helpers and coordinators who were shown an address for one of these requests. */
async function lookersAt(store: Store, requests: readonly Request[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (const request of requests) for (const id of await listDisclosed(store, request)) found.add(id)
  return found
}

async function staffAround(store: Store, requests: readonly Request[], at: Date): Promise<Set<string>> {
  const coordinators = await listAllCoordinators(store, at)
  return new Set([...coordinators.map(({ personId }) => personId), ...(await lookersAt(store, requests))])
}

async function hadRole(store: Store, personId: string): Promise<boolean> {
  const { roles, volunteer } = await getPerson(store, personId)
  return roles.length > 0 || volunteer !== null
}

/** Called by the person who is erased, or about a request of theirs: not merely by somebody of the family. */
function isOwn({ personId, requests }: Scope, alert: Alert): boolean {
  return alert.personId === personId || requests.some(({ id }) => id === alert.requestId)
}

function wordsToErase(scope: Scope, { names, phones }: Secrets): string[] {
  const given = [...names, ...phones]
  return scope.alerts
    .filter(alert => isOwn(scope, alert) || given.some(secret => alert.words.includes(secret)))
    .map(({ id }) => id)
}

function idsOf(
  { personId, elderIds, requests, alerts }: Scope,
  held: readonly { id: string; requestId: string }[],
): Set<string> {
  return new Set([
    ...(personId ? [personId] : []),
    ...elderIds,
    ...requests.map(({ id }) => id),
    ...alerts.map(({ id }) => id),
    ...held.flatMap(({ id, requestId }) => [id, requestId]),
  ])
}

/** A helper is gone. What they have called done waits for the asker's word all the same; else another is looked for. */
async function release(scene: Closer, assignment: Assignment) {
  const { store, at } = scene
  const request = await getRequest(store, assignment.requestId)
  if (request.status === 'done') await forgetHelper(store, request, assignment, at)
  else await reopen(scene, request, assignment)
  // What coordinators have opened names the helper.
  for (const ref of await listSentNames(store, seenRef(request.id, '')))
    await editSent(store, ref, { message: erasedCard, at })
}

/** They stay the one who helped, without a name: not in the group, and not on the family's cards. */
async function forgetHelper(store: Store, request: Request, assignment: Assignment, at: Date) {
  await takeFromHelper(store, assignment, { request, reason: 'released', at })
  await showClosed(store, request, 'done', at)
  await showLiving(store, request.id, at)
}

async function reopen({ store, at }: Closer, request: Request, assignment: Assignment) {
  await endAssignment(store, { assignmentId: assignment.id, reason: 'erased', at, reopen: true })
  const notBefore = request.urgency === 'today' ? at : afterQuietHours(at, request.regionId)
  await seekAnother(store, { request, assignment }, { at, notBefore })
}

/** What coordinators were told: calls of the person wait no more; others are shown without the name and phone. */
async function clearCards(scene: Closer, scope: Scope, withheld: readonly Withheld[]) {
  const { store, at, me } = scene
  for (const alert of scope.alerts) {
    const own = alert.personId === scope.personId
    if (own && !alert.resolvedAt && me) await resolveAlert(store, alert.id, me.id, at)
    const settled = own || alert.resolvedAt
    const message = settled
      ? await settledMessage(store, alert, { as: 'alert.settled', by: alert.resolvedBy })
      : { ...(await alertMessage(store, await getAlert(store, alert.id))), uneditable: 'anew' as const }
    for (const ref of await listSentNames(store, alertRef(alert.id, '')))
      await editSent(store, ref, { message, at, personId: readerOf(ref) })
    // A call of somebody else's that still waits must be heard all the same.
    if (settled) continue
    for (const { ref, personId, notBefore } of withheld)
      if (personId && ref === alertRef(alert.id, personId))
        await tellAlert(store, await getAlert(store, alert.id), personId, { at, notBefore })
  }
  if (!scope.personId) return
  for (const ref of await listSentNames(store, formRef(scope.personId, '')))
    await editSent(store, ref, { message: erasedCard, at, personId: readerOf(ref) })
}

/** Who asked for somebody who does not want it any more is told so, without the name. */
async function tellFamily(
  store: Store,
  readers: ReadonlySet<string>,
  { number, at }: { number: string; at: Date },
) {
  for (const personId of readers) {
    const message = { parts: [part('erase.family', { number })] }
    await tellPerson(store, personId, { message, at, notBefore: afterQuietHours(at, null) })
  }
}
