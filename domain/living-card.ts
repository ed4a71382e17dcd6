import type { Mood } from './after-help.ts'
import { categoryLabel, toAsker } from './cards.ts'
import type { Category, Urgency } from './categories.ts'
import { type Message, type Part, part } from './message.ts'
import { zoneOf } from './places.ts'
import { type Confirmation, doorCode, type Outcome, type Status } from './request.ts'
import { statusKey } from './status.ts'
import { isQuietHours } from './time.ts'

export { livingRef } from './message-names.ts'

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
  /** How the helper found the older person in the end. */
  mood: Mood | null
  at: Date
}

/** Where a request stands, for who asked and for who is helped: the same message from "accepted" to "closed". */
export function livingCard(card: LivingCard): Message {
  const { request, helper } = card
  if (request.status === 'closed') return { parts: [ended(card), ...moodOf(card)], uneditable: 'anew' }
  const parts = helper ? helped(card, helper) : sought(card)
  const options = [{ id: 'do:menu', label: { key: 'menu' } }]
  return { parts, options, ...unedited(card) }
}

/**
 * Where nothing can be edited: of all that changes on the way, that the helper comes is what a family waits to hear; a
 * code that opens no door any more goes.
 */
function unedited({ request, helper }: LivingCard): Pick<Message, 'uneditable'> {
  if (request.status === 'claimed' && helper && request.onWayAt) return { uneditable: 'anew' }
  return request.status === 'open' && request.reopenedAt ? { uneditable: 'gone' } : {}
}

/** What stands in place of a card that has come anew, where it is seen. */
export function movedLiving(request: { number: number }): Message {
  return { parts: [part('living.moved', { num: request.number })], uneditable: 'gone' }
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

/** Of the older person, for the family: nobody reads about themselves how low they seemed. */
function moodOf({ elder, reader, mood }: LivingCard): Part[] {
  const other = reader.asked && elder.name ? reader.other : undefined
  return mood && other !== undefined ? [part(`living.mood.${mood}`, { name: other })] : []
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
