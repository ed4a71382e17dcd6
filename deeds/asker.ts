import type { Store } from '../db/client.ts'
import { getElder } from '../db/elders.ts'
import { tellPerson } from '../db/outbox.ts'
import type { Request } from '../db/requests.ts'
import { otherThanAsker, toAsker } from '../domain/cards.ts'
import type { Value } from '../domain/message.ts'

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
  return tellPerson(store, request.requesterId, { message, ...when })
}
