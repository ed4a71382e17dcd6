import type { Store } from '../db/client.ts'
import { getElder } from '../db/elders.ts'
import { editSent, tellPerson } from '../db/outbox.ts'
import type { Request } from '../db/requests.ts'
import { otherThanAsker, toAsker } from '../domain/cards.ts'
import { movedLiving } from '../domain/living-card.ts'
import type { Value } from '../domain/message.ts'
import { livingRef, releasedRef } from '../domain/message-names.ts'
import { afterQuietHours } from './announce.ts'
import { livingCardsOf } from './living-card.ts'
import { tellOrAlert } from './lost.ts'
import { tellOrPhone } from './phone-task.ts'

/** The name of the one this request is for, where somebody else asked for them. */
export async function otherOf(store: Store, request: Request): Promise<string | undefined> {
  return otherThanAsker(request, await getElder(store, request.elderId))
}

/** Tells the asker how their request goes: in words about themselves, or about the one they asked for. */
export async function tellAsker(
  store: Store,
  request: Request,
  told: { key: string; values?: Record<string, Value>; at: Date; notBefore?: Date },
): Promise<boolean> {
  const { key, values, ...when } = told
  const message = { parts: [toAsker(key, await otherOf(store, request), values)] }
  return tellOrPhone(store, request, { message, ...when })
}

/** The request was taken down: its cards begin. The older person's own can wait for the morning. */
export async function tellAccepted(store: Store, requestId: string, at: Date) {
  for (const { personId, request, reader, message } of await livingCardsOf(store, requestId, at)) {
    const waits = !reader.asked && request.urgency !== 'today'
    const notBefore = waits ? afterQuietHours(at, request.regionId) : at
    await tellPerson(store, personId, { message, at, notBefore, ref: livingRef(requestId, personId) })
  }
}

/**
 * A helper is found, which must be heard: the cards come anew at the end of their chats, with the door code. If the
 * asker cannot be reached, a coordinator hears of it.
 */
export async function tellFound(store: Store, requestId: string, at: Date) {
  for (const { personId, request, reader, message } of await livingCardsOf(store, requestId, at)) {
    const ref = livingRef(requestId, personId)
    const moved = { message: movedLiving(request), at, personId }
    await editSent(store, ref, moved)
    // That somebody is looked for is true no more, least of all if it waits to be said in the morning.
    if (request.reopenedAt) await editSent(store, releasedRef(requestId, personId), moved)
    if (reader.asked && request.enteredBy) await tellOrPhone(store, request, { message, at, ref })
    else if (reader.asked) await tellOrAlert(store, personId, { message, at, ref })
    else await tellPerson(store, personId, { message, at, ref })
  }
}

/** The helper cannot come, which must be heard too: nobody shall wait at the door. */
export async function tellReleased(store: Store, requestId: string, when: { at: Date; notBefore: Date }) {
  for (const { personId, request, reader } of await livingCardsOf(store, requestId, when.at)) {
    const message = { parts: [toAsker('req.released', reader.other, { num: request.number })] }
    const entry = { message, ...when, ref: releasedRef(requestId, personId) }
    await (reader.asked ? tellOrPhone(store, request, entry) : tellPerson(store, personId, entry))
  }
}
