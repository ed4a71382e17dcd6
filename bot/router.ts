import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode, failureKind, type Store, transact } from '../db/client.ts'
import { parkMessage, receiveOnce } from '../db/inbox.ts'
import { enqueue } from '../db/outbox.ts'
import { findPersonAt, getPerson, type KnownPerson } from '../db/people.ts'
import { guessLanguage } from '../domain/language.ts'
import { part } from '../domain/message.ts'
import type { Operator, Scene } from '../handlers/dialog.ts'
import type { Inbound, Receipt } from './channel.ts'
import { concernsBot, inGroup } from './group.ts'
import { textOf } from './i18n.ts'
import type { Log } from './logger.ts'
import { inPrivate } from './private.ts'
import type { Talk } from './talk.ts'

export interface RouterParts {
  store: Store
  operator: Operator
  log: Log
  startLink(channel: string, code: string): string
  /** Called after each commit: there may be something to send. */
  wake(): void
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
    if (inbound.chat.kind === 'group' && !concernsBot(inbound.content)) return {}
    for (let attempt = 1; ; attempt++) {
      try {
        const receipt = await transact(parts.store, store => handle(parts, store, inbound))
        parts.wake()
        return receipt
      } catch (error) {
        const kind = failureKind(error)
        parts.log.warn({ attempt, kind, err: error }, 'message failed')
        if (attempt >= (kind === 'conflict' ? conflictsMax : attemptsMax)) {
          if (kind === 'outage') throw error
          return park(parts, inbound, error)
        }
        await sleep(attempt * (50 + Math.random() * 50))
      }
    }
  }
}

async function handle(parts: RouterParts, store: Store, inbound: Inbound): Promise<Receipt> {
  const { channel, sender, at } = inbound
  const known = await receiveOnce(store, {
    channel,
    messageId: inbound.externalId,
    externalId: sender.id,
    inPrivate: inbound.chat.kind === 'private',
    at,
  })
  if (!known) return {}
  const scene = sceneOf(parts, store, inbound, known.person)
  const talk: Talk = {
    scene,
    chat: { channel, id: inbound.chat.kind === 'private' ? inbound.chat.id : sender.id },
    dialog: known.dialog ?? 'none',
    reload: async () => {
      const { id, reachable } = scene.me
      return { ...scene, me: meFrom(await getPerson(store, id, inbound.at), reachable, inbound) }
    },
  }
  const receipt =
    inbound.chat.kind === 'group' ? await inGroup(talk, inbound) : await inPrivate(talk, inbound)
  return receipt.notice ? { ...receipt, notice: noticeText(talk, receipt.notice) } : receipt
}

function sceneOf(parts: RouterParts, store: Store, inbound: Inbound, person: KnownPerson): Scene {
  const { channel } = inbound
  return {
    me: meFrom(person, person.reachable, inbound),
    at: inbound.at,
    store,
    operator: parts.operator,
    inbound: { channel, messageId: inbound.externalId },
    textIn: textOf,
    startLink: code => parts.startLink(channel, code),
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

async function park(parts: RouterParts, inbound: Inbound, error: unknown): Promise<Receipt> {
  const { channel, externalId, chat, sender, at } = inbound
  const cause = error instanceof Error ? `${error.name} ${errorCode(error) ?? ''}`.trim() : 'unknown'
  const sorry = part('err.tech', { phone: parts.operator.phone })
  const language = await transact(parts.store, async store => {
    await parkMessage(store, { channel, externalId, at, cause })
    const personId = await findPersonAt(store, { channel, externalId: sender.id })
    const person = personId ? await getPerson(store, personId) : undefined
    const spoken = person?.language ?? guessLanguage(sender.language)
    if (chat.kind === 'private') {
      const message = { parts: [sorry], language: spoken }
      await enqueue(store, { channel, chat: chat.id, message, at, ...(personId && { personId }) })
    }
    return spoken
  })
  parts.log.error({ channel, cause, err: error }, 'message parked')
  parts.wake()
  return inbound.content.type === 'button' ? { notice: textOf(language, sorry) } : {}
}
