import type { Update } from 'grammy/types'
import type { Store } from '../../db/client.ts'
import { readRef } from '../../domain/message-names.ts'
import { type Asker, address, cardOf, storyIn } from './load.ts'
import {
  deedsDoneTwice,
  type Held,
  inboxOf,
  namedMessages,
  type OutboxRow,
  outboxOf,
  requestsOf,
  requestsWithLoss,
} from './rows.ts'
import { editsThatCameBack, isEdit, type Repeat, repeatsOf, type Said, saidByChat } from './seen.ts'
import type { Stage } from './stage.ts'

export interface Verdict {
  /** Every promise that was not kept, in a line each. */
  readonly faults: readonly string[]
  readonly updates: number
  readonly messages: number
  readonly edits: number
  readonly requests: number
  readonly claims: number
  /** Messages that came twice, as they may: see `repeatsOf`. */
  readonly repeats: readonly Repeat[]
  /** Of these nobody knows whether they arrived, and they must not come twice: a coordinator was told instead. */
  readonly left: number
  /** How many of those never arrived. */
  readonly neverArrived: number
}

/** Who has acted, and since when. */
export interface Measure {
  readonly updatesBefore: number
  readonly askers: readonly Asker[]
  /** Of the askers the one whose talk nothing has disturbed; without one, what most of them heard is right. */
  readonly undisturbed?: Asker
  /** How many requests there are besides theirs. */
  readonly otherRequests?: number
}

/** Judges from outside when all has come to rest: what the platform saw, and the database beside it. */
export async function judge(stage: Stage, store: Store, measure: Measure): Promise<Verdict> {
  const updates = stage.telegram.updateLog.slice(measure.updatesBefore).filter(concernsBot)
  const [rows, requests, inbox] = [await outboxOf(store), await requestsOf(store), await inboxOf(store)]
  const chats = saidByChat(stage)
  const repeats = new Map([...chats].map(([chat, said]) => [chat, repeatsOf(stage, said)]))
  const counts = [...new Set([...chats.keys(), ...rows.map(({ chat }) => chat)])].map(chat =>
    countChat(chat, { rows, said: chats.get(chat) ?? [], repeated: repeats.get(chat)?.length ?? 0 }),
  )
  const faults = [
    ...inboxFaults(updates, inbox),
    ...(await deedsDoneTwice(store)).map(what => `done twice: ${what}`),
    ...requestFaults(requests, measure),
    ...rows.flatMap(rowFault),
    ...counts.flatMap(({ fault }) => fault ?? []),
    ...secretFaults(chats, requests),
    ...talkFaults(chats, measure),
    ...(await nameFaults(stage, store, requests)),
    ...(await untoldLosses(store, rows, requests)),
    ...editsThatCameBack(stage).map(edit => `an old edit came back: ${edit}`),
  ]
  return {
    faults,
    updates: updates.length,
    messages: [...chats.values()].flat().length,
    edits: stage.telegram.calls.filter(({ ok, method }) => ok && isEdit(method)).length,
    requests: requests.length,
    claims: requests.filter(({ holders }) => holders.length > 0).length,
    repeats: [...repeats.values()].flat(),
    left: rows.filter(({ status }) => status === 'unknown').length,
    neverArrived: counts.reduce((sum, { missing }) => sum + missing, 0),
  }
}

/** Words among members of a group are not the bot's. */
function concernsBot({ message }: Update): boolean {
  return !message || message.chat.type === 'private'
}

function inboxFaults(
  updates: readonly Update[],
  inbox: readonly { id: string; parkedFor: string | null }[],
): string[] {
  const taken = new Set(inbox.map(({ id }) => id))
  const there = new Set(updates.map(({ update_id: id }) => String(id)))
  return [
    ...[...there].filter(id => !taken.has(id)).map(id => `delivered and without effect: update ${id}`),
    ...[...taken].filter(id => !there.has(id)).map(id => `nobody sent update ${id}`),
    ...inbox
      .filter(({ parkedFor }) => parkedFor)
      .map(({ id, parkedFor }) => `parked: update ${id}, ${parkedFor}`),
  ]
}

function requestFaults({ length }: readonly Held[], { askers, otherRequests = 0 }: Measure): string[] {
  const asked =
    askers.filter(({ city, said = storyIn(city).length }) => said === storyIn(city).length).length +
    otherRequests
  return length === asked ? [] : [`${length} requests in place of ${asked}`]
}

function rowFault({ id, ref, status, failure, isDue }: OutboxRow): string[] {
  const what = `message ${id} ${ref ?? ''}`
  if (isDue && (status === 'queued' || status === 'sending')) return [`decided and not sent: ${what}`]
  const harmless = failure === 'unchanged' || failure === 'withdrawn'
  return status === 'failed' && !harmless ? [`refused (${failure}): ${what}`] : []
}

/** As many messages as were decided, besides those that may have come twice and those that were left. */
function countChat(
  chat: string,
  { rows, said, repeated }: { rows: readonly OutboxRow[]; said: readonly Said[]; repeated: number },
): { fault?: string; missing: number } {
  const own = rows.filter(row => row.chat === chat && !row.isEdit)
  const sent = own.filter(({ status }) => status === 'sent').length
  const left = own.filter(({ status }) => status === 'unknown').length
  const arrived = said.length - repeated
  const counted = `${sent} sent and ${left} left, ${arrived} arrived`
  if (arrived < sent) return { fault: `lost in chat ${chat}: ${counted}`, missing: 0 }
  if (arrived > sent + left) return { fault: `doubled in chat ${chat}: ${counted}`, missing: 0 }
  return { missing: sent + left - arrived }
}

/** An address goes to who holds the request, once; a post to a group, once. */
function secretFaults(chats: ReadonlyMap<string, Said[]>, requests: readonly Held[]): string[] {
  return [...chats].flatMap(([chat, said]) => {
    const cards = said.flatMap(({ text }) => cardOf(text) ?? [])
    const posts = said.flatMap(({ text, whole }) =>
      whole.includes('claim:') ? (/^Просьба (\d+)\n/.exec(text)?.[1] ?? []) : [],
    )
    const strangers = cards.filter(
      number => !requests.some(request => request.number === number && request.holders.includes(chat)),
    )
    return [
      ...twiceIn(cards).map(number => `the address of ${number} came twice`),
      ...twiceIn(posts).map(number => `${number} was posted twice`),
      ...strangers.map(number => `the address of ${number} came to who does not hold it`),
      ...(Number(chat) < 0 && said.some(({ text }) => text.includes(address))
        ? ['an address in a group']
        : []),
    ]
  })
}

/**
 * Each line was answered once and in its order: what an asker heard is the beginning of what most of them heard. Behind
 * the last question it is told how the request goes, which is not the same for all.
 */
function talkFaults(chats: ReadonlyMap<string, Said[]>, { askers, undisturbed }: Measure): string[] {
  const talks = askers.map(({ person, city, said = storyIn(city).length }) => {
    const heard = chats.get(String(person.id)) ?? []
    const texts = heard.filter(({ whole }, n) => whole !== heard[n - 1]?.whole).map(({ text }) => text)
    const questions = texts.slice(0, storyIn(city).length).map(text => text.replaceAll(city, '…'))
    return { person, lines: Math.min(said + 1, storyIn(city).length), questions }
  })
  const all = Math.max(...talks.map(({ questions }) => questions.length))
  const whole = talks.filter(({ person, questions }) => {
    return questions.length === all && (!undisturbed || person === undisturbed.person)
  })
  const right = mostOften(whole.map(({ questions }) => questions.join('¶'))).split('¶')
  return talks.flatMap(({ person, lines, questions }) => {
    const expected = right.slice(0, lines)
    const at = expected.findIndex((text, n) => questions[n] !== text)
    if (at < 0 && questions.length === lines) return []
    return [`${person.name}, line ${at} of ${lines}: «${questions[at]}» in place of «${expected[at]}»`]
  })
}

function mostOften(values: readonly string[]): string {
  const counts = Map.groupBy(values, value => value)
  return [...counts].sort(([, one], [, other]) => other.length - one.length)[0]?.[0] ?? ''
}

/** What has a name can be edited: it is there, and a post whose request is taken offers it no more. */
async function nameFaults({ telegram }: Stage, store: Store, requests: readonly Held[]): Promise<string[]> {
  const open = new Set(requests.flatMap(({ status, requestId }) => (status === 'open' ? requestId : [])))
  return (await namedMessages(store)).flatMap(({ ref, chat, id }) => {
    const message = telegram.world.chats.get(Number(chat))?.messages.find(found => found.id === Number(id))
    if (message?.sender.id !== telegram.world.bot.id) return [`not there: ${ref}`]
    const { kind, id: requestId } = readRef(ref)
    const offers = JSON.stringify(message.inline ?? []).includes('claim:')
    return kind === 'post' && offers && !open.has(requestId) ? [`still offered: ${ref}`] : []
  })
}

async function untoldLosses(
  store: Store,
  rows: readonly OutboxRow[],
  requests: readonly Held[],
): Promise<string[]> {
  const told = await requestsWithLoss(store)
  return rows.flatMap(({ status, resend, ref, chat }) => {
    if (status !== 'unknown') return []
    if (resend) return [`left although it may come twice: ${ref}`]
    const { kind, id } = readRef(ref ?? '')
    const waiting =
      kind === 'post'
        ? requests.find(request => request.requestId === id && request.status === 'open')
        : requests.find(({ status, holders }) => status === 'claimed' && holders.includes(chat))
    return kind === 'post' && waiting && !told.has(waiting.requestId) ? [`nobody was told of ${ref}`] : []
  })
}

function twiceIn(values: readonly string[]): string[] {
  return values.filter((value, n) => values.indexOf(value) !== n)
}
