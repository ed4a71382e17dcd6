import { findLivingAssignment } from '../db/claims.ts'
import type { Store } from '../db/client.ts'
import { moveGroup } from '../db/groups.ts'
import { findByNumberInGroup, findPostAt } from '../db/posts.ts'
import { moveChat } from '../db/sending.ts'
import { type ClaimSign, readClaimSign } from '../domain/claim-signs.ts'
import { claim, release } from '../handlers/claim.ts'
import { groupEvents, taps } from '../handlers/index.ts'
import type { Inbound, Receipt } from './channel.ts'
import { react } from './react.ts'
import { allowed, type Talk } from './talk.ts'

/** True if a message of a group is for the bot; everything else leaves no trace. */
export function concernsBot(inbound: Inbound, spoken: boolean): boolean {
  const { content } = inbound
  if (content.type === 'text' && bindCommand.test(content.text)) return true
  if (spoken && signOf(inbound)) return true
  return ['button', 'botAdded', 'botRemoved', 'chatMoved'].includes(content.type)
}

/** Where there are no buttons: a number, or a yes under a post. */
function signOf({ content, quotes }: Inbound): (ClaimSign & { about?: string }) | undefined {
  const about = content.type === 'reaction' ? content.messageId : quotes
  const text = content.type === 'reaction' ? content.emoji : content.type === 'text' ? content.text : ''
  const sign = readClaimSign(text, about !== undefined)
  return sign && { ...sign, ...(about && { about }) }
}

/** What happens in a group: buttons under posts, and tying the group to its districts. */
export async function inGroup(talk: Talk, inbound: Inbound): Promise<Receipt> {
  const { content, chat } = inbound
  const group = { id: chat.id, ...(chat.title && { title: chat.title }) }
  if (content.type === 'chatMoved') {
    await moveGroup(talk.scene.store, { channel: inbound.channel, chat: chat.id }, content.to)
    await moveChat(talk.scene.store, inbound.channel, chat.id, content.to)
    return {}
  }
  if (content.type === 'botAdded' || content.type === 'botRemoved') {
    return react(talk, groupEvents[content.type], { group })
  }
  const sign = talk.spoken ? signOf(inbound) : undefined
  if (sign) return onSign(talk, group, sign)
  if (content.type === 'text') {
    const words = (bindCommand.exec(content.text)?.[1] ?? '').split(/\s+/).filter(Boolean)
    return react(talk, groupEvents.bind, { group, words })
  }
  if (content.type !== 'button') return {}
  const [name = '', ...words] = content.data.split(':')
  const tap = taps[name]
  if (!tap || !allowed(talk.scene, tap.who)) return { notice: 'act.notYours' }
  return react(talk, tap.run, { group, words, messageId: content.messageId })
}

/** True of a number or a yes that means none of our requests: it is people's own talk, and leaves no trace. */
export async function isOwnTalk(store: Store, inbound: Inbound): Promise<boolean> {
  const sign = signOf(inbound)
  const here = { channel: inbound.channel, chat: inbound.chat.id }
  return sign !== undefined && (await meant(store, here, sign)) === undefined
}

type Sign = ClaimSign & { about?: string }

function meant(store: Store, here: { channel: string; chat: string }, { number, about = '' }: Sign) {
  return number === undefined ? findPostAt(store, here, about) : findByNumberInGroup(store, here, number)
}

async function onSign(talk: Talk, group: { id: string }, sign: Sign) {
  const { store } = talk.scene
  const requestId = await meant(store, { channel: talk.chat.channel, chat: group.id }, sign)
  if (!requestId) return {}
  if (sign.act === 'claim') return react(talk, claim, { group, words: [requestId] })
  const held = await findLivingAssignment(store, { requestId })
  return held ? react(talk, release, { group, words: [held.id] }) : {}
}

const bindCommand = /^\/bind(?:@\w+)?(?:\s+(.*))?$/is
