import type { Category, Urgency } from './categories.ts'
import { type Message, part, type Value } from './message.ts'
import { doorCode } from './request.ts'

/** What the messages about a request need of it. */
export interface CardRequest {
  id: string
  number: number
  districtId: string
  category: Category
  urgency: Urgency
  publicWords: string
  reopenedAt: Date | null
}

export interface CardElder {
  name: string
  phone: string
  districtId: string
  home: { settlement: string; text: string; location?: Pin }
}

export interface Pin {
  latitude: number
  longitude: number
}

const pinsMax = 2

export const urgencyLabel: Record<Urgency, { key: string }> = {
  today: { key: 'when.today' },
  soon: { key: 'when.3days' },
  planned: { key: 'when.later' },
}

export function categoryLabel(category: Category): { key: string } {
  return { key: `cat.${category}` }
}

/** The name of a group's post about a request, to edit it later. */
export function postRef(requestId: string, groupId: string): string {
  return `post:${requestId}:${groupId}`
}

/** The name of the message that shows a volunteer the address. */
export function cardRef(assignmentId: string): string {
  return `card:${assignmentId}`
}

/** The post in a volunteers' group: never a name, phone, address or village. */
export function groupPost(request: CardRequest): Message {
  const words = request.publicWords ? [part('post.words', { words: request.publicWords })] : []
  return {
    parts: [part('post', factsOf(request)), ...words],
    options: [
      { id: `claim:${request.id}`, label: { key: 'claim' } },
      { id: `more:${request.id}`, label: { key: 'post.more' } },
    ],
  }
}

export function takenPost(request: CardRequest, firstName: string): Message {
  return { parts: [part('post.taken', { ...factsOf(request), vol: firstName })] }
}

/** What the old post says when the request is posted anew. */
export function reopenedPost(request: CardRequest): Message {
  return { parts: [part('post.again', factsOf(request))] }
}

export function closedPost(request: CardRequest, outcome: string): Message {
  return { parts: [part('post.closed', { ...factsOf(request), status: { key: `st.${outcome}` } })] }
}

/** What an approved volunteer may see before the claim: the village, but neither name nor address. */
export function preview(request: CardRequest, elder: CardElder): Message {
  return {
    parts: [
      part('post.preview', { ...factsOf(request), settlement: placeOf(elder, 'settlement') }),
      ...(request.publicWords ? [part('post.words', { words: request.publicWords })] : []),
    ],
    options: [{ id: `claim:${request.id}`, label: { key: 'claim' } }],
  }
}

/**
 * All that the winner of a claim needs, and only they. Places that were sent as pins are buttons of this card: a pin
 * of its own could not be edited away with the address.
 */
export function claimCard(
  request: CardRequest & { details: string },
  elder: CardElder,
  assignment: { id: string; doorCode: string; pins: readonly Pin[] },
): Message {
  const { helperSays } = doorCode(assignment.doorCode)
  const pins = assignment.pins.slice(0, pinsMax)
  const where = { name: elder.name, place: placeOf(elder, 'all'), phone: { phone: elder.phone } }
  return {
    parts: [
      part('claim.dm', { num: request.number, ...where }),
      ...(request.details ? [part('claim.words', { words: request.details })] : []),
      part('claim.door', { pair: helperSays }),
    ],
    options: [
      { id: `onway:${assignment.id}`, label: { key: 'onway' } },
      { id: `done:${assignment.id}`, label: { key: 'done' } },
      { id: `release:${assignment.id}`, label: { key: 'release' } },
      { id: `problem:${assignment.id}`, label: { key: 'problem' } },
      { id: 'map', label: { key: 'claim.map' }, url: mapLink(elder) },
      ...pins.map((pin, n) => ({ id: `pin.${n}`, label: { key: 'claim.pin' }, url: pinLink(pin) })),
    ],
  }
}

/** What stands in place of a card that was asked for anew. */
export function movedCard(request: { number: number }): Message {
  return { parts: [part('card.moved', { num: request.number })] }
}

/** What stands in place of the claim card once the address is no longer needed. */
export function endedCard(request: { number: number }, reason: 'closed' | 'released'): Message {
  return { parts: [part(`card.${reason}`, { num: request.number })] }
}

/** Told to the asker's side at the claim: who comes, and the door code. */
export function claimedNotice(request: { number: number }, firstName: string, code: string): Message {
  const { helperSays, elderSays } = doorCode(code)
  return {
    parts: [
      part('req.claimed', { vol: firstName, num: request.number }),
      part('req.door', { first: helperSays, second: elderSays }),
    ],
  }
}

/** The name of a volunteer's form in a coordinator's chat. */
export function formRef(volunteerId: string, coordinatorId: string): string {
  return `form:${volunteerId}:${coordinatorId}`
}

/** The name of the message that shows a coordinator a request with its address. */
export function seenRef(requestId: string, coordinatorId: string): string {
  return `seen:${requestId}:${coordinatorId}`
}

export function askConfirmation(request: { id: string; number: number }): Message {
  const option = (answer: string) => ({
    id: `confirm:${request.id}:${answer}`,
    label: { key: `req.${answer}` },
  })
  return {
    parts: [part('req.confirm', { num: request.number })],
    options: [option('yes'), option('part'), option('no')],
  }
}

export function askRating(request: { id: string }): Message {
  const options = [5, 4, 3, 2, 1].map(n => ({ id: `rate:${request.id}:${n}`, label: { key: `rate.${n}` } }))
  return { parts: [part('rate.ask')], options }
}

/** Where the person lives, as much of it as the reader may see. */
export function placeOf(elder: CardElder, extent: 'settlement' | 'all'): Value {
  const { settlement, text } = elder.home
  const rest = extent === 'all' ? [settlement, text] : [settlement]
  return { list: [{ district: elder.districtId }, ...rest.filter(Boolean)] }
}

/** A first name is all that the other side learns of a person before they meet. */
export function firstNameOf(name: string | null): string {
  return (name ?? '').trim().split(/\s+/)[0] ?? ''
}

function factsOf(request: CardRequest): Record<string, Value> {
  return {
    num: request.number,
    cat: categoryLabel(request.category),
    when: urgencyLabel[request.urgency],
    district: { district: request.districtId },
  }
}

function mapLink(elder: CardElder): string {
  const { location, settlement, text } = elder.home
  if (location) return pinLink(location)
  return `https://2gis.kz/search/${encodeURIComponent([settlement, text].filter(Boolean).join(', '))}`
}

function pinLink({ longitude, latitude }: Pin): string {
  return `https://2gis.kz/geo/${longitude},${latitude}`
}
