import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode, failureKind, type Store, transact } from '../db/client.ts'
import { wakeGroup } from '../db/groups.ts'
import { newId } from '../db/ids.ts'
import { parkMessage } from '../db/inbox.ts'
import { enqueue, tellPerson } from '../db/outbox.ts'
import { findPersonAt, getPerson, type KnownPerson } from '../db/people.ts'
import { type Hearing, recogniseOnce } from '../db/recognise.ts'
import { wakeChat } from '../db/undelivered.ts'
import { guessLanguage, type Language } from '../domain/language.ts'
import { part } from '../domain/message.ts'
import type { Operator, Scene } from '../handlers/dialog.ts'
import { accountOf } from './account.ts'
import type { Capabilities, ChannelName, Inbound, Receipt } from './channel.ts'
import { mayBeLeft, tellOfFlood } from './flood.ts'
import { concernsBot, inGroup, isOwnTalk } from './group.ts'
import { textOf } from './i18n.ts'
import type { Log } from './logger.ts'
import { inPrivate } from './private.ts'
import type { ClaimOutcome, Witness } from './status/witness.ts'
import type { Talk } from './talk.ts'

export interface RouterParts {
  store: Store
  operator: Operator
  log: Log
  startLink(channel: string, code: string): string
  /** Links as above that lead to the other channels. */
  linksElsewhere?(channel: string, code: string): string[]
  /** False where groups shall be left alone; they are heard if not said. */
  hearsGroups?(channel: ChannelName): boolean
  /** See `Scene`. */
  pairing?(language: Language): ReturnType<Scene['pairing']>
  /** What the channel can; buttons and free words at any time, if not said. */
  capabilitiesOf?(channel: ChannelName): Pick<Capabilities, 'options' | 'freeHours'> | undefined
  /** How much of what one person sends is heard; all if not said. */
  heard?: Hearing
  /** Called after each commit: there may be something to send. */
  wake(): void
  witness?: Witness
}

/** A message that fails by its own fault is not tried more often than this. */
const attemptsMax = 3
/** Two transactions in each other's way are nobody's fault: one of them comes through in the end. */
const conflictsMax = 10

/**
 * Takes one inbound message: one transaction, its effects once. A message that fails again and again is parked, so
 * that its chat goes on, and the person is told kindly. Throws if the database is out of reach: then nothing is
 * written down, and the platform must deliver again.
 */
export function createRouter(parts: RouterParts): (inbound: Inbound) => Promise<Receipt> {
  return async inbound => {
    if (inbound.chat.kind === 'group' && !concerns(parts, inbound)) return {}
    const told = newTelling(parts, inbound)
    for (let attempt = 1; ; attempt++) {
      try {
        const { receipt, seen, claimed } = await transact(parts.store, store => handle(parts, store, inbound))
        parts.wake()
        told(seen ? 'seen' : 'taken', { claimed })
        return receipt
      } catch (error) {
        const kind = failureKind(error)
        parts.log[kind === 'outage' ? 'debug' : 'warn']({ attempt, kind, err: error }, 'message failed')
        if (attempt >= (kind === 'conflict' ? conflictsMax : attemptsMax)) {
          const parked = kind === 'outage' ? undefined : await tryToPark(parts, inbound, error)
          told(parked ? 'parked' : 'refused', { code: errorCode(error) })
          if (!parked) throw error
          return parked
        }
        await sleep(attempt * (50 + Math.random() * 50))
      }
    }
  }
}

/** What came of a message is told once it is committed, or given up. */
function newTelling({ witness }: RouterParts, { channel }: Inbound) {
  const begunAt = performance.now()
  return (
    outcome: 'taken' | 'seen' | 'parked' | 'refused',
    { claimed, code }: { claimed?: ClaimOutcome | undefined; code?: string | undefined },
  ) => {
    witness?.({ what: 'message', channel, outcome, ms: performance.now() - begunAt })
    if (claimed) witness?.({ what: 'claim', channel, outcome: claimed })
    if (outcome === 'refused') witness?.({ what: 'outage', code })
  }
}

function concerns(parts: RouterParts, inbound: Inbound): boolean {
  return (parts.hearsGroups?.(inbound.channel) ?? true) && concernsBot(inbound, isSpoken(parts, inbound))
}

/** True where nothing can be shown on the spot and options are lines of text. */
function isSpoken({ capabilitiesOf }: RouterParts, { channel }: Inbound): boolean {
  return (capabilitiesOf?.(channel)?.options ?? 'rows') !== 'rows'
}

interface Handled {
  receipt: Receipt
  /** True of what was delivered before. */
  seen?: true
  claimed?: ClaimOutcome | undefined
}

async function handle(parts: RouterParts, store: Store, inbound: Inbound): Promise<Handled> {
  const { channel, sender, at } = inbound
  // What is said of a press is read before what came of it: a card to be answered is the last in its chat.
  const noticeId = newId()
  const saidInGroup = inbound.chat.kind === 'group' && ['text', 'reaction'].includes(inbound.content.type)
  if (saidInGroup && isSpoken(parts, inbound)) {
    await wakeGroup(store, { channel, chat: inbound.chat.id })
    if (await isOwnTalk(store, inbound)) return { receipt: {} }
  }
  const known = await recogniseOnce(store, {
    channel,
    messageId: inbound.externalId,
    externalId: sender.id,
    inPrivate: inbound.chat.kind === 'private',
    at,
    heard: parts.heard,
  })
  if (!known) return { receipt: {}, seen: true }
  // What waited for this person to write may go out now.
  const waits = parts.capabilitiesOf?.(channel)?.freeHours !== undefined
  if (inbound.chat.kind === 'private' && waits) await wakeChat(store, { channel, chat: inbound.chat.id }, at)
  const account = await accountOf(store, inbound, known)
  const scene = sceneOf(parts, store, inbound, account.person)
  const talk: Talk = {
    scene,
    chat: { channel, id: inbound.chat.kind === 'private' ? inbound.chat.id : account.chat },
    dialog: account.dialog,
    spoken: isSpoken(parts, inbound),
    reload: async () => {
      const { id, reachable } = scene.me
      return { ...scene, me: meFrom(await getPerson(store, id, inbound.at), reachable, inbound) }
    },
  }
  const receipt = await answerTo(talk, inbound, known.floods)
  const told = receipt.notice ? { ...receipt, notice: noticeText(talk, receipt.notice) } : receipt
  const said = talk.spoken ? await speak(talk, inbound, { ...told, noticeId }) : told
  return { receipt: said, claimed: talk.claimed }
}

async function answerTo(talk: Talk, inbound: Inbound, floods: boolean): Promise<Receipt> {
  if (floods && (await mayBeLeft(talk.scene, inbound))) return tellOfFlood(talk, inbound)
  return inbound.chat.kind === 'group' ? inGroup(talk, inbound) : inPrivate(talk, inbound)
}

/** Where nothing can be shown on the spot, it is said in the chat. A group is not told what one person did wrong. */
async function speak(
  talk: Talk,
  inbound: Inbound,
  { notice, openPrivate, noticeId: id }: Receipt & { noticeId: string },
): Promise<Receipt> {
  const { at, store, startLink, me } = talk.scene
  if (notice && (inbound.chat.kind === 'private' || me.reachable)) {
    const message = { parts: [part('notice', { text: notice })], language: me.language }
    await enqueue(store, { id, channel: inbound.channel, chat: talk.chat.id, personId: me.id, message, at })
  }
  if (!openPrivate || inbound.chat.kind === 'private') return {}
  // Nobody is written to who did not write first: the group is told how, of each request once in a while.
  await enqueue(store, {
    channel: inbound.channel,
    chat: inbound.chat.id,
    message: { parts: [part('group.writeFirst', { link: startLink(openPrivate) })] },
    at,
    dedupeKey: `writefirst:${inbound.chat.id}:${openPrivate}:${Math.floor(at.getTime() / writeFirstEveryMs)}`,
  })
  return {}
}

const writeFirstEveryMs = 3_600_000

function sceneOf(parts: RouterParts, store: Store, inbound: Inbound, person: KnownPerson): Scene {
  const { channel } = inbound
  const me = meFrom(person, person.reachable, inbound)
  return {
    me,
    at: inbound.at,
    store,
    operator: parts.operator,
    // WhatsApp's ids hold the phone; a keyed hash proves the same message and tells nothing.
    inbound: {
      channel,
      messageId:
        channel === 'whatsapp' ? parts.store.keys.blindIndex(inbound.externalId) : inbound.externalId,
    },
    textIn: textOf,
    startLink: code => parts.startLink(channel, code),
    linksElsewhere: code => parts.linksElsewhere?.(channel, code) ?? [],
    pairing: () => parts.pairing?.(me.language),
  }
}

function meFrom(
  person: Awaited<ReturnType<typeof getPerson>>,
  reachable: boolean,
  inbound: Inbound,
): Scene['me'] {
  const { id, language, name, roles, volunteer } = person
  const spoken = language ?? guessLanguage(inbound.sender.language)
  return { id, language: spoken, languageChosen: language !== null, name, roles, volunteer, reachable }
}

/** A notice may still be a key. */
function noticeText(talk: Talk, notice: string): string {
  return /^[a-zA-Z]+(\.[a-zA-Z]+)*$/.test(notice) ? textOf(talk.scene.me.language, part(notice)) : notice
}

function tryToPark(parts: RouterParts, inbound: Inbound, error: unknown): Promise<Receipt | undefined> {
  return park(parts, inbound, error).catch((failure: unknown) => {
    parts.log.error({ err: failure }, 'a message could not even be parked')
    return undefined
  })
}

async function park(parts: RouterParts, inbound: Inbound, error: unknown): Promise<Receipt> {
  const { channel, externalId, chat, sender, at } = inbound
  const cause = error instanceof Error ? `${error.name} ${errorCode(error) ?? ''}`.trim() : 'unknown'
  const sorry = part('err.tech', { phone: parts.operator.phone })
  const language = await transact(parts.store, async store => {
    await parkMessage(store, { channel, externalId, at, cause })
    const personId = await findPersonAt(store, { channel, externalId: sender.id })
    const person = personId ? await getPerson(store, personId) : undefined
    const spoken = person?.language ?? guessLanguage(sender.language)
    const message = { parts: [sorry], language: spoken }
    if (chat.kind === 'private')
      await enqueue(store, { channel, chat: chat.id, message, at, ...(personId && { personId }) })
    else if (isSpoken(parts, inbound) && personId) await tellPerson(store, personId, { message, at })
    return spoken
  })
  parts.log.error({ channel, cause, err: error }, 'message parked')
  parts.wake()
  return inbound.content.type === 'button' ? { notice: textOf(language, sorry) } : {}
}
