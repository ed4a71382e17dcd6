import { type Alert, getAlert, resolveAlertsOf } from '../db/alerts.ts'
import type { Store } from '../db/client.ts'
import { editSent } from '../db/outbox.ts'
import { getPerson } from '../db/people.ts'
import { listSentNames } from '../db/removals.ts'
import { findRequest } from '../db/requests.ts'
import { type Message, part } from '../domain/message.ts'
import { alertRef, readerOf } from '../domain/message-names.ts'
import { statusKey } from '../domain/status.ts'
import { hearersOf } from './alert-card.ts'

/** How a card says that nobody has to act any more. */
type Settled = 'alert.settled' | 'alert.answered'

/** In every chat that shows the alert, what was done stands in its place: no phone, no words, no buttons. */
export async function showSettled(
  store: Store,
  alert: Alert,
  how: { as: Settled; by: string | null; at: Date },
): Promise<void> {
  const message = await settledMessage(store, alert, how)
  // Who stood in for somebody when it was raised, and does so no more, has the card as well.
  const moments = [how.at, alert.createdAt]
  const told = (await Promise.all(moments.map(at => hearersOf(store, alert, at)))).flat()
  // And those above, where nobody had answered in time.
  const sent = (await listSentNames(store, alertRef(alert.id, ''))).map(readerOf)
  const readers = new Set([...told, ...sent, ...(how.by ? [how.by] : [])])
  for (const reader of readers)
    await editSent(store, alertRef(alert.id, reader), { message, at: how.at, personId: reader })
}

/** A card that was settled without its reader: shown from the queue of a wider territory, or anew meanwhile. */
export async function showSettledTo(store: Store, reader: string, alertId: string, at: Date): Promise<void> {
  const alert = await getAlert(store, alertId)
  const message = await settledMessage(store, alert, { as: 'alert.settled', by: alert.resolvedBy })
  await editSent(store, alertRef(alert.id, reader), { message, at, personId: reader })
}

/** What waited because of this request waits no more, and the cards say so. */
export async function settleAlertsOf(
  store: Store,
  requestId: string,
  resolve: { kinds: readonly Alert['kind'][]; by: string | null; at: Date },
): Promise<void> {
  for (const id of await resolveAlertsOf(store, requestId, resolve))
    await showSettled(store, await getAlert(store, id), { ...resolve, as: 'alert.settled' })
}

/** Who is named is a coordinator: an asker who has said «помогли» settles an alert too, but nobody knows them here. */
export async function settledMessage(
  store: Store,
  { personId, requestId }: Alert,
  { as, by }: { as: Settled; by: string | null },
): Promise<Message> {
  const person = personId ? await getPerson(store, personId) : undefined
  const request = requestId ? await findRequest(store, requestId) : undefined
  const coordinator = by ? await getPerson(store, by) : undefined
  const named = coordinator && coordinator.roles.length > 0 ? coordinator.name : null
  return {
    uneditable: 'anew',
    parts: [
      part(as),
      ...(person?.name ? [part('alert.who', { name: person.name })] : []),
      ...(request ? [part('st.line', { num: request.number, status: { key: statusKey(request) } })] : []),
      ...(named ? [part('alert.by', { by: named })] : []),
    ],
  }
}
