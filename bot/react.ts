import { enqueue } from '../db/outbox.ts'
import type { Message } from '../domain/message.ts'
import { claim } from '../handlers/claim.ts'
import type { Reaction, Tap, TapReply } from '../handlers/dialog.ts'
import type { Receipt } from './channel.ts'
import { textOf } from './i18n.ts'
import type { ClaimOutcome } from './status/witness.ts'
import { begin, type Talk, tell } from './talk.ts'

export interface Tapped {
  words?: readonly string[]
  messageId?: string
  /** Where it was pressed; the person's private chat if not said. */
  group?: { id: string; title?: string }
  /** True where nothing was pressed, as behind a start link: a notice is then said in the chat. */
  spoken?: boolean
}

/** Runs a one-tap reaction and carries out what it asked for: words into the same chat, a flow begun. */
export async function react(talk: Talk, reaction: Reaction, tapped: Tapped = {}): Promise<Receipt> {
  const said: Message[] = []
  let begun: { flow: string; given: Record<string, string> } | undefined
  const { channel } = talk.chat
  talk.dialog = undefined
  const tap: Tap = {
    ...talk.scene,
    chat: tapped.group
      ? { channel, kind: 'group', ...tapped.group }
      : { channel, kind: 'private', id: talk.chat.id },
    words: tapped.words ?? [],
    ...(tapped.messageId && { messageId: tapped.messageId }),
    say: (key, values, more) => said.push({ ...more, parts: [values ? { key, values } : { key }] }),
    begin: (flow, given = {}) => {
      begun = { flow, given }
    },
  }
  const reply = await reaction(tap)
  if (reaction === claim) talk.claimed = claimOutcome(reply)
  for (const message of said) {
    if (tapped.group) await tellGroup(talk, tapped.group.id, message)
    else await tell(talk, message)
  }
  const next = begun as { flow: string; given: Record<string, string> } | undefined
  if (next) {
    talk.scene = await talk.reload()
    await begin(talk, next.flow, next.given)
  }
  // In the chat it is said only where nothing else was: a toast beside the answer says it twice.
  const needless = talk.spoken && (said.length > 0 || next !== undefined)
  const notice = needless ? undefined : reply?.notice
  if (notice && tapped.spoken) {
    const menu = { id: 'do:menu', label: { key: 'menu' } }
    await tell(talk, { parts: [notice], options: [menu] })
  }
  const shown = notice && !tapped.spoken ? textOf(talk.scene.me.language, notice) : undefined
  return { ...(shown && { notice: shown }), ...(reply?.openPrivate && { openPrivate: reply.openPrivate }) }
}

function claimOutcome(reply: TapReply | undefined): ClaimOutcome {
  return claimOutcomes[reply?.notice?.key ?? ''] ?? 'refused'
}

const claimOutcomes: Readonly<Record<string, ClaimOutcome>> = {
  'claim.yours': 'won',
  'claim.taken': 'taken',
  'claim.gone': 'gone',
}

async function tellGroup(talk: Talk, chat: string, message: Message) {
  const { store, at, me } = talk.scene
  await enqueue(store, {
    channel: talk.chat.channel,
    chat,
    message: { language: me.language, ...message },
    at,
  })
}
