import { findLivingAssignment } from '../db/claims.ts'
import type { Store } from '../db/client.ts'
import { moveGroup } from '../db/groups.ts'
import { dropOffer, findOffer } from '../db/offers.ts'
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
  const asked = sign && talk.scene.me.roles.length > 0 && (await answerTo(talk.scene.store, inbound))
  if (asked) return onAnswer(talk, group, asked)
  if (sign) return onSign(talk, group, sign)
  if (content.type === 'text') {
    const words = (bindCommand.exec(content.text)?.[1] ?? '').split(/\s+/).filter(Boolean)
    return react(talk, groupEvents.bind, { group, words })
  }
  return content.type === 'button' ? press(talk, group, content) : {}
}

async function press(
  talk: Talk,
  group: { id: string; title?: string },
  { data, messageId }: { data: string; messageId: string },
): Promise<Receipt> {
  const [name = '', ...words] = data.split(':')
  const tap = taps[name]
  if (!tap || !allowed(talk.scene, tap.who)) return { notice: 'act.notYours' }
  return react(talk, tap.run, { group, words, messageId })
}

/** True of a number or a yes that means none of our requests: it is people's own talk, and leaves no trace. */
export async function isOwnTalk(store: Store, inbound: Inbound): Promise<boolean> {
  const sign = signOf(inbound)
  const here = { channel: inbound.channel, chat: inbound.chat.id }
  if (!sign || (await meant(store, here, sign))) return false
  return (await answerTo(store, inbound)) === undefined
}

/** What a number chooses of the lines that a coordinator was just shown in a group. */
async function answerTo(
  store: Store,
  { channel, chat, content, quotes, at }: Inbound,
): Promise<{ data: string; messageId: string } | undefined> {
  if (content.type !== 'text' || !/^[^\p{L}\d]*\d{1,2}[^\p{L}\d]*$/u.test(content.text)) return undefined
  const offer = await findOffer(store, { channel, chat: chat.id, messageId: quotes })
  if (!offer || at.getTime() - offer.at.getTime() > askedMs) return undefined
  const number = Number(/\d+/.exec(content.text))
  const chosen = offer.options.find(option => option.number === number)
  return chosen && { data: chosen.id, messageId: offer.messageId }
}

/** Once answered, a number means a request again. */
async function onAnswer(
  talk: Talk,
  group: { id: string; title?: string },
  asked: { data: string; messageId: string },
): Promise<Receipt> {
  const receipt = await press(talk, group, asked)
  const { messageId } = asked
  if (!receipt.notice)
    await dropOffer(talk.scene.store, { channel: talk.chat.channel, chat: group.id, messageId })
  return receipt
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

/** So long a number in a group is the answer to what was asked there; later it takes a request. */
const askedMs = 10 * 60_000

const bindCommand = /^\/bind(?:@\w+)?(?:\s+(.*))?$/is
