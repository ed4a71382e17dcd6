import { moveGroup } from '../db/groups.ts'
import { moveChat } from '../db/sending.ts'
import { groupEvents, taps } from '../handlers/index.ts'
import type { Content, Inbound, Receipt } from './channel.ts'
import { react } from './react.ts'
import { allowed, type Talk } from './talk.ts'

/** True if a message of a group is for the bot; everything else leaves no trace. */
export function concernsBot(content: Content): boolean {
  if (content.type === 'text') return bindCommand.test(content.text)
  return ['button', 'botAdded', 'botRemoved', 'chatMoved'].includes(content.type)
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

const bindCommand = /^\/bind(?:@\w+)?(?:\s+(.*))?$/is
