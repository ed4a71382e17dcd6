import type { Category, Urgency } from './categories.ts'
import { type Message, type MessageOption, type Part, part, type Value } from './message.ts'
import { doorCode } from './request.ts'

export { confirmRef } from './message-names.ts'

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

/** Asks a helper who is silent, or reminds them: the same two answers. */
export function askStill(
  assignmentId: string,
  num: number,
  key: 'silent.remind' | 'silent.still' = 'silent.still',
): Message {
  const options = [
    { id: `still:${assignmentId}`, label: { key: 'silent.yes' } },
    { id: `release:${assignmentId}`, label: { key: 'release' } },
  ]
  return { parts: [part(key, { num })], options }
}

/** What stands in place of a message about a person whose data was erased. */
export const erasedCard: Message = { parts: [part('erase.gone')], uneditable: 'anew' }

/** The post in a volunteers' group: never a name, phone, address or village. */
export function groupPost(request: CardRequest): Message {
  const words = request.publicWords ? [part('post.words', { words: request.publicWords })] : []
  return {
    parts: [part('post', factsOf(request)), ...words],
    options: [
      { id: `claim:${request.id}`, label: { key: 'claim' }, number: request.number },
      { id: `more:${request.id}`, label: { key: 'post.more' } },
    ],
  }
}

export function takenPost(request: CardRequest, firstName: string): Message {
  return { parts: [part('post.taken', { ...factsOf(request), vol: firstName })], uneditable: 'anew' }
}

/** What the old post says when the request is posted anew. */
export function reopenedPost(request: CardRequest): Message {
  return { parts: [part('post.again', factsOf(request))], uneditable: 'gone' }
}

export function closedPost(request: CardRequest, outcome: string): Message {
  const status = { key: `st.${outcome}` }
  return { parts: [part('post.closed', { ...factsOf(request), status })], uneditable: 'anew' }
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
  request: CardRequest & { details: string; onWayAt: Date | null },
  elder: CardElder,
  assignment: { id: string; doorCode: string; pins: readonly Pin[]; notes?: readonly string[] },
): Message {
  const { helperSays } = doorCode(assignment.doorCode)
  const pins = assignment.pins.slice(0, pinsMax)
  const where = { name: elder.name, place: placeOf(elder, 'all'), phone: { phone: elder.phone } }
  const notes = { list: assignment.notes ?? [], separator: '\n' }
  return {
    parts: [
      part('claim.dm', { num: request.number, ...where }),
      ...(request.details ? [part('claim.words', { words: request.details })] : []),
      ...(notes.list.length > 0 ? [part('claim.notes', { notes })] : []),
      part('claim.door', { pair: helperSays }),
      ...(request.onWayAt ? [part('claim.onway')] : []),
    ],
    options: [
      { id: `done:${assignment.id}`, label: { key: 'done' } },
      { id: `release:${assignment.id}`, label: { key: 'release' } },
      { id: `problem:${assignment.id}`, label: { key: 'problem' } },
      // What may be missing stands last: a number that was "done" must not become "give back".
      ...(request.onWayAt ? [] : [{ id: `onway:${assignment.id}`, label: { key: 'onway' } }]),
      { id: 'map', label: { key: 'claim.map' }, url: mapLink(elder) },
      ...pins.map((pin, n) => pinOption(pin, n)),
    ],
  }
}

/** What stands in place of a card that was asked for anew. */
export function movedCard(request: { number: number }): Message {
  return { parts: [part('card.moved', { num: request.number })], uneditable: 'gone' }
}

/** What stands in place of the claim card once the address is no longer needed. */
export function endedCard(request: { number: number }, reason: 'closed' | 'released'): Message {
  return { parts: [part(`card.${reason}`, { num: request.number })], uneditable: 'anew' }
}

/** What is read where the messenger does not let a passed-on message go. */
export function removedPiece(request: { number: number }): Message {
  return { parts: [part('piece.removed', { num: request.number })] }
}

/** The name of the one a request is for, where somebody else asked for them. */
export function otherThanAsker(
  request: { requesterId: string },
  elder: { personId: string | null; name: string },
): string | undefined {
  return elder.personId === request.requesterId ? undefined : elder.name || undefined
}

/**
 * A text about a request for the one who asked. Who asked for another may be far from the door: their words name
 * that person and say what to pass on.
 */
export function toAsker(key: string, other: string | undefined, values: Record<string, Value> = {}): Part {
  return other === undefined ? part(key, values) : part(`${key}.other`, { ...values, name: other })
}

export function askConfirmation(request: { id: string; number: number }, other: string | undefined): Message {
  const option = (answer: string) => ({
    id: `confirm:${request.id}:${answer}`,
    label: { key: `req.${answer}` },
  })
  return {
    parts: [toAsker('req.confirm', other, { num: request.number })],
    options: [option('yes'), option('part'), option('no')],
  }
}

export function askRating(request: { id: string }, other: string | undefined): Message {
  const options = [5, 4, 3, 2, 1].map(n => ({ id: `rate:${request.id}:${n}`, label: { key: `rate.${n}` } }))
  return { parts: [toAsker('rate.ask', other)], options }
}

/** A question with what was answered in place of its buttons. */
export function answeredWith({ parts, options }: Message, id: string): Message {
  const [question] = parts
  const chosen = options?.find(option => option.id === id)
  return question && chosen ? { parts: [part('echo', { text: question, chosen: chosen.label })] } : { parts }
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

/** A place that was sent, as a button: a pin of its own could not be edited away. */
export function pinOption(pin: Pin, n = 0): MessageOption {
  return { id: `pin.${n}`, label: { key: 'claim.pin' }, url: pinLink(pin) }
}

function pinLink({ longitude, latitude }: Pin): string {
  return `https://2gis.kz/geo/${longitude},${latitude}`
}
