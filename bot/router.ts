import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode, type Store, transact } from '../db/client.ts'
import { parkMessage, receiveOnce } from '../db/inbox.ts'
import { enqueue } from '../db/outbox.ts'
import { getPerson, recognisePerson } from '../db/people.ts'
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

const attemptsMax = 3

/**
 * Takes one inbound message: one transaction, its effects once. A message that fails again and again is parked, so
 * that its chat goes on, and the person is told kindly. Throws only if even that could not be written down: then
 * the platform must deliver again.
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
        parts.log.warn({ attempt, code: errorCode(error), err: error }, 'message failed')
        if (attempt < attemptsMax) await sleep(attempt * 100)
        else return park(parts, inbound, error)
      }
    }
  }
}

async function handle(parts: RouterParts, store: Store, inbound: Inbound): Promise<Receipt> {
  if (!(await receiveOnce(store, inbound))) return {}
  const scene = await sceneOf(parts, store, inbound)
  const { channel } = inbound
  const talk: Talk = {
    scene,
    chat: { channel, id: inbound.chat.kind === 'private' ? inbound.chat.id : inbound.sender.id },
    reload: async () => ({ ...scene, me: await meOf(store, scene.me.id, scene.me.reachable, inbound) }),
  }
  const receipt =
    inbound.chat.kind === 'group' ? await inGroup(talk, inbound) : await inPrivate(talk, inbound)
  return receipt.notice ? { ...receipt, notice: noticeText(talk, receipt.notice) } : receipt
}

async function sceneOf(parts: RouterParts, store: Store, inbound: Inbound): Promise<Scene> {
  const { channel, sender, chat, at } = inbound
  const inPrivate = chat.kind === 'private'
  const person = await recognisePerson(store, { channel, externalId: sender.id, inPrivate, at })
  return {
    me: await meOf(store, person.id, person.reachable, inbound),
    at,
    store,
    operator: parts.operator,
    inbound: { channel, messageId: inbound.externalId },
    startLink: code => parts.startLink(channel, code),
  }
}

async function meOf(store: Store, id: string, reachable: boolean, inbound: Inbound): Promise<Scene['me']> {
  const { language, name, roles, volunteer } = await getPerson(store, id)
  const spoken = language ?? guessLanguage(inbound.sender.language)
  return { id, language: spoken, languageChosen: language !== null, name, roles, volunteer, reachable }
}

/** A notice may still be a key. */
function noticeText(talk: Talk, notice: string): string {
  return /^[a-zA-Z]+(\.[a-zA-Z]+)*$/.test(notice) ? textOf(talk.scene.me.language, part(notice)) : notice
}

async function park(parts: RouterParts, inbound: Inbound, error: unknown): Promise<Receipt> {
  const cause = error instanceof Error ? `${error.name} ${errorCode(error) ?? ''}`.trim() : 'unknown'
  await transact(parts.store, async store => {
    await parkMessage(store, {
      channel: inbound.channel,
      externalId: inbound.externalId,
      at: inbound.at,
      cause,
    })
    if (inbound.chat.kind !== 'private') return
    const language = guessLanguage(inbound.sender.language)
    const message = { parts: [part('err.tech', { phone: parts.operator.phone })], language }
    await enqueue(store, { channel: inbound.channel, chat: inbound.chat.id, message, at: inbound.at })
  })
  parts.log.error({ channel: inbound.channel, cause, err: error }, 'message parked')
  parts.wake()
  return {}
}
