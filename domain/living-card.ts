import { categoryLabel, toAsker } from './cards.ts'
import type { Category, Urgency } from './categories.ts'
import { type Message, type Part, part } from './message.ts'
import { zoneOf } from './places.ts'
import { type Confirmation, doorCode, type Outcome, type Status } from './request.ts'
import { statusKey } from './status.ts'
import { isQuietHours } from './time.ts'

/** What a family's card shows of a request. */
export interface LivingRequest {
  number: number
  regionId: string
  category: Category
  urgency: Urgency
  status: Status
  outcome: Outcome | null
  confirmation: Confirmation | null
  dueAt: Date
  postedAt: Date | null
  reopenedAt: Date | null
  onWayAt: Date | null
}

export interface LivingCard {
  request: LivingRequest
  elder: { name: string; agreed: boolean }
  /** `other` is the older person's name where the reader is somebody else. */
  reader: { asked: boolean; other: string | undefined }
  /** Who holds the request now, with the door code: both sides of the door are asked for it. */
  helper: { vol: string; code: string } | undefined
  at: Date
}

/** The name of the one message that shows a person how their request goes. */
export function livingRef(requestId: string, personId: string): string {
  return `living:${requestId}:${personId}`
}

/** The name of the message that tells a person that their helper cannot come. */
export function releasedRef(requestId: string, personId: string): string {
  return `released:${requestId}:${personId}`
}

/** Where a request stands, for who asked and for who is helped: the same message from "accepted" to "closed". */
export function livingCard(card: LivingCard): Message {
  const { request, helper } = card
  if (request.status === 'closed') return { parts: [ended(card)] }
  const parts = helper ? helped(card, helper) : sought(card)
  return { parts, options: [{ id: 'do:menu', label: { key: 'menu' } }] }
}

/** What stands in place of a card that has come anew, where it is seen. */
export function movedLiving(request: { number: number }): Message {
  return { parts: [part('living.moved', { num: request.number })] }
}

function sought(card: LivingCard): Part[] {
  const { request, elder, reader } = card
  if (!reader.asked) return [part('living.forYou'), standing(card)]
  if (request.reopenedAt) return [standing(card)]
  const zone = zoneOf(request.regionId)
  const accepted = part('created', {
    num: request.number,
    due: { moment: request.dueAt.toISOString(), zone },
  })
  // Where the consent is still to come, somebody else asks in any case.
  if (!elder.agreed) return [accepted, part('created.consent', { name: elder.name })]
  return [accepted, toAsker(nextStep(card), reader.other)]
}

/** What happens next, as it is: at night nobody reads yet. */
function nextStep({ request, at }: LivingCard): string {
  if (!request.postedAt) return 'created.coordinator'
  const waits = request.urgency !== 'today' && isQuietHours(at, zoneOf(request.regionId))
  return waits ? 'created.morning' : 'created.posted'
}

function helped(card: LivingCard, { vol, code }: { vol: string; code: string }): Part[] {
  const { request, reader } = card
  const { helperSays, elderSays } = doorCode(code)
  const pairs = { first: helperSays, second: elderSays }
  if (request.status === 'done') return [standing(card, { vol, ...pairs })]
  const told = request.onWayAt
    ? toAsker('req.onway', reader.other, { vol })
    : toAsker('req.claimed', reader.other, { vol, num: request.number })
  return [told, toAsker('req.door', reader.other, pairs)]
}

function standing(
  { request, reader }: LivingCard,
  helper?: { vol: string; first: string; second: string },
): Part {
  // Whether help came is asked of the one who asked for it.
  const said = request.status === 'done' && !reader.asked
  return toAsker(helper ? 'my.helped' : 'my.status', reader.other, {
    num: request.number,
    cat: categoryLabel(request.category),
    status: { key: said ? 'living.said' : statusKey(request) },
    ...(helper ?? { due: { moment: request.dueAt.toISOString(), zone: zoneOf(request.regionId) } }),
  })
}

/** Without code and helper: whoever reads on needs neither. */
function ended({ request, elder, reader }: LivingCard): Part {
  const { number: num, outcome, confirmation } = request
  const status = part('st.line', { num, status: { key: statusKey(request) } })
  if (!elder.name) return status
  if (outcome === 'fulfilled' && confirmation === 'door') return toAsker('req.done', reader.other, { num })
  if (outcome === 'fulfilled' && confirmation === 'none')
    return toAsker('req.unconfirmed', reader.other, { num })
  return status
}
