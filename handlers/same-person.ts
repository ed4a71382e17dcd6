import { record } from '../db/audit.ts'
import { enqueue } from '../db/outbox.ts'
import { findReachableAddress } from '../db/people.ts'
import { createChatCode, findJoin, findSamePhone, readChatCode, undoJoin } from '../db/same-person.ts'
import { joinChats } from '../deeds/join-chats.ts'
import { part } from '../domain/message.ts'
import type { Dialog, Reaction, Tap } from './dialog.ts'
import { guessedTooOften, recordGuess } from './guessed.ts'

const codeMinutes = 30
const undoDays = 30
const dayMs = 86_400_000

/** The same person on another messenger: a link that is opened there proves it. What was joined can be parted again. */
export async function samePerson(dialog: Dialog): Promise<void> {
  const { store, me, at } = dialog
  const joined = await dialog.once('joined', async () => (await findJoin(store, me.id, undoSince(at))) ?? '')
  const choices = joined ? (['chats.link', 'chats.part'] as const) : (['chats.link'] as const)
  const chosen = await dialog.choose('chats.ask', choices)
  if (chosen === 'chats.part') {
    await dialog.once('parted', () => partOnce(dialog, joined))
    dialog.say('chats.parted')
    return
  }
  const links = await dialog.once('links', async () => {
    const expiresAt = new Date(at.getTime() + codeMinutes * 60_000)
    const code = await createChatCode(store, { personId: me.id, at, expiresAt })
    return dialog.linksElsewhere(`s-${code}`)
  })
  if (links.length === 0) return dialog.say('chats.none')
  dialog.say('chats.open', { links: { list: links, separator: '\n' }, n: codeMinutes })
}

/** The link was opened in the other messenger: what is joined is shown before it is done. */
export const openSame: Reaction = async tap => {
  const { store, me, at } = tap
  if (await guessedTooOften(tap)) {
    tap.say('invite.tooMany')
    return undefined
  }
  const [code = ''] = tap.words
  const other = await readChatCode(store, code, { at })
  if (!other) await recordGuess(tap)
  if (!other || other === me.id) tap.say(other ? 'chats.already' : 'chats.over')
  else tap.say('chats.confirm', {}, { options: confirmOptions(code) })
  return undefined
}

/** Pressed under that question, or invented: a guess as good as a link. */
export const joinByCode: Reaction = async tap => {
  const { store, me, at } = tap
  if (await guessedTooOften(tap)) return { notice: part('invite.tooMany') }
  const [code = ''] = tap.words
  const other = await readChatCode(store, code, { at })
  if (!other) await recordGuess(tap)
  const over = !other || other === me.id || !(await readChatCode(store, code, { at, take: true }))
  if (over) return { notice: part('chats.over') }
  return join(tap, other)
}

/**
 * Both messengers vouch for the same phone. A number may have a new owner, so the chat that was there before must say
 * yes itself.
 */
export const joinByPhone: Reaction = async tap => {
  const { store, me, at } = tap
  const other = await findSamePhone(store, me.id)
  const elsewhere = other && (await findReachableAddress(store, other))
  if (!other || !elsewhere) return { notice: part('chats.over') }
  const expiresAt = new Date(at.getTime() + codeMinutes * 60_000)
  const code = await createChatCode(store, { personId: me.id, at, expiresAt })
  const message = { parts: [part('chats.confirm.phone')], options: confirmOptions(code) }
  await enqueue(store, { ...elsewhere, personId: other, message, at })
  return { notice: part('chats.asked') }
}

/** Under the message that says what was joined: everything goes back. */
export const partAgain: Reaction = async tap => {
  return { notice: part((await partOnce(tap, tap.words[0] ?? '')) ? 'chats.parted' : 'chats.over') }
}

async function join(tap: Tap, keptId: string) {
  const { store, me, at } = tap
  const elsewhere = await findReachableAddress(store, keptId)
  const id = await joinChats(store, { keptId, merged: me, at })
  // Both chats hear of it, or somebody else's act would stay unseen.
  const options = [{ id: `part:${id}`, label: { key: 'chats.part' } }]
  tap.say('chats.joined', {}, { options })
  const message = { parts: [part('chats.joined')], options }
  if (elsewhere) await enqueue(store, { ...elsewhere, personId: keptId, message, at })
  return undefined
}

async function partOnce({ store, me, at }: Pick<Tap, 'store' | 'me' | 'at'>, id: string): Promise<boolean> {
  const parted = await undoJoin(store, { id, keptId: me.id, at, since: undoSince(at) })
  if (parted) await record(store, { at, act: 'person.parted', actorId: me.id, subjectId: parted.mergedId })
  return parted !== undefined
}

function undoSince(at: Date): Date {
  return new Date(at.getTime() - undoDays * dayMs)
}

function confirmOptions(code: string) {
  return [
    { id: `same:${code}`, label: { key: 'chats.yes' } },
    { id: 'do:menu', label: { key: 'chats.no' } },
  ]
}
