import type { AlertKind } from '../db/alerts.ts'
import type { Store } from '../db/client.ts'
import { listEldersOf } from '../db/elders.ts'
import { findPhone, getPerson } from '../db/people.ts'
import { findRequest } from '../db/requests.ts'
import { type Message, part } from '../domain/message.ts'
import { statusKey } from '../domain/status.ts'

export interface Waiting {
  id: string
  kind: AlertKind
  personId: string | null
  requestId: string | null
  words: string
}

/** What a coordinator sees of something that waits: who, about what, and what can be done. */
export async function alertMessage(store: Store, alert: Waiting): Promise<Message> {
  const { id, kind, personId, requestId, words } = alert
  const person = personId ? await getPerson(store, personId) : undefined
  const phone = personId ? await findPhone(store, personId) : undefined
  const request = requestId ? await findRequest(store, requestId) : undefined
  // Who asks for another has often told only the other's name and phone: better than none.
  const [elder] = personId && (!person?.name || !phone) ? await listEldersOf(store, personId) : []
  const values = {
    name: person?.name ?? elder?.name ?? { key: 'alert.noName' },
    phone: phone ? { phone } : elder?.phone ? { phone: elder.phone } : { key: 'alert.noPhone' },
    // Words about abuse stand in the request only, where its clearance guards them.
    words: kind !== 'abuse' && words ? words : { key: 'alert.noWords' },
  }
  const about = request ? [part('st.line', { num: request.number, status: { key: statusKey(request) } })] : []
  return {
    parts: [part(`alert.${kind}`, values), ...about],
    options: [
      ...(personId ? [{ id: `reply:${id}`, label: { key: 'alert.reply' } }] : []),
      ...(request ? [{ id: `open:${request.id}`, label: { key: 'queue.show' } }] : []),
      { id: `resolve:${id}`, label: { key: 'alert.resolve' } },
    ],
  }
}
