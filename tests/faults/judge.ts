import type { Update } from 'grammy/types'
import { textOf } from '../../bot/i18n.ts'
import type { Store } from '../../db/client.ts'
import { readRef } from '../../domain/message-names.ts'
import { type Asker, address, cardOf, questions } from './load.ts'
import {
  type Asked,
  deedsDoneTwice,
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
    claims: requests.filter(({ claims }) => claims.length > 0).length,
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

function requestFaults({ length }: readonly Asked[], { askers, otherRequests = 0 }: Measure): string[] {
  const asked =
    askers.filter(({ said = questions.length }) => said === questions.length).length + otherRequests
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
function secretFaults(chats: ReadonlyMap<string, Said[]>, requests: readonly Asked[]): string[] {
  return [...chats].flatMap(([chat, said]) => {
    const cards = said.flatMap(({ text }) => cardOf(text) ?? [])
    const posts = said.flatMap(({ text, whole }) =>
      whole.includes('claim:') ? (/^Просьба (\d+)\n/.exec(text)?.[1] ?? []) : [],
    )
    const strangers = cards.filter(
      number =>
        !requests.some(asked => asked.number === number && asked.claims.some(claim => claim.chat === chat)),
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

/** Each line was answered once and in its order, by the next question. How the request goes is told behind the last. */
function talkFaults(chats: ReadonlyMap<string, Said[]>, { askers }: Measure): string[] {
  return askers.flatMap(({ person, said = questions.length }) => {
    const all = chats.get(String(person.id)) ?? []
    const heard = all.filter(({ whole }, n) => whole !== all[n - 1]?.whole).map(({ text }) => text)
    const due = questions.slice(0, said + 1)
    const at = due.findIndex((question, n) => !asks(heard[n], question))
    if (at >= 0) return [`${person.name} heard «${heard[at]}» in place of ${due[at]}`]
    const more = said < questions.length ? heard.slice(due.length) : []
    return more.map(text => `${person.name} heard «${text}» without need`)
  })
}

function asks(text: string | undefined, question: string): boolean {
  const [beginning = ''] = textOf('ru', { key: question }).split('{')
  return text?.split('\n\n').some(part => part.startsWith(beginning)) ?? false
}

/** What has a name can be edited: it is there, and a post whose request is taken offers it no more. */
async function nameFaults({ telegram }: Stage, store: Store, requests: readonly Asked[]): Promise<string[]> {
  const open = new Set(requests.flatMap(({ status, id }) => (status === 'open' ? id : [])))
  return (await namedMessages(store)).flatMap(({ ref, chat, id }) => {
    const message = telegram.world.chats.get(Number(chat))?.messages.find(found => found.id === Number(id))
    if (message?.sender.id !== telegram.world.bot.id) return [`not there: ${ref}`]
    const { kind, id: requestId } = readRef(ref)
    const offers = JSON.stringify(message.inline ?? []).includes('claim:')
    return kind === 'post' && offers && !open.has(requestId) ? [`still offered: ${ref}`] : []
  })
}

/** Of a post or an address that may never have arrived a coordinator was told, if its request still waits for it. */
async function untoldLosses(
  store: Store,
  rows: readonly OutboxRow[],
  requests: readonly Asked[],
): Promise<string[]> {
  const told = await requestsWithLoss(store)
  return rows.flatMap(({ status, resend, ref }) => {
    if (status !== 'unknown') return []
    if (resend) return [`left although it may come twice: ${ref}`]
    const { kind, id } = readRef(ref ?? '')
    const waiting = requests.find(asked =>
      kind === 'post'
        ? asked.status === 'open' && asked.id === id
        : asked.status === 'claimed' && asked.claims.some(claim => claim.id === id),
    )
    return waiting && !told.has(waiting.id) ? [`nobody was told of ${ref}`] : []
  })
}

function twiceIn(values: readonly string[]): string[] {
  return values.filter((value, n) => values.indexOf(value) !== n)
}
