import { record } from '../db/audit.ts'
import { listFamilyOf } from '../db/elders.ts'
import { addNote, deleteNote, findNote, listNotes } from '../db/notes.ts'
import { helpGiven, showAnswered } from '../deeds/after-help.ts'
import { refreshCards } from '../deeds/helper-card.ts'
import { part } from '../domain/message.ts'
import { noteCharsMax } from '../domain/volunteer.ts'
import { hideIin, tidyText } from '../domain/words-told.ts'
import type { Accept, Dialog, Reaction, Scene } from './dialog.ts'

/** After a help: is there something the next helper should know? An entrance code, a dog, hard of hearing. */
export const note: Reaction = async tap => {
  const requestId = tap.words[0] ?? ''
  if (!(await helpGiven(tap, requestId))) return { notice: part('note.late') }
  tap.begin('note', { request: requestId })
  return undefined
}

/** The helper's words, for whoever holds a claim on this older person next; no group and nobody else reads them. */
export async function writeNote(dialog: Dialog): Promise<void> {
  const { store, me, at } = dialog
  const requestId = dialog.given.request ?? ''
  const words = await dialog.ask('note.words', acceptNote)
  const kept = await dialog.once('note', async () => {
    const help = await helpGiven(dialog, requestId)
    if (!help) return false
    const { elderId, regionId } = help
    await addNote(store, { elderId, regionId, requestId, writtenBy: me.id, words, at })
    await showAnswered(dialog, requestId)
    await refreshCards(store, help.elderId, at)
    const fact = { actorId: me.id, subjectId: help.elderId, regionId: help.regionId }
    await record(store, { at, act: 'note.added', ...fact })
    return true
  })
  dialog.say(kept ? 'note.kept' : 'note.late')
}

/** What helpers noted about the older person, for themselves and those who stand behind them, who may delete it. */
export async function elderNotes(dialog: Dialog): Promise<void> {
  const { store, me } = dialog
  for (let n = 0; ; n++) {
    const found = await dialog.once(`notes.${n}`, () => notesFor(dialog, me.id))
    if (found.length === 0) return dialog.say(n === 0 ? 'notes.none' : 'notes.noneLeft')
    const above = found.map(({ words, name }, index) => part('notes.one', { n: index + 1, name, words }))
    const choices = found.map(({ id }, index) => ({
      id,
      label: { key: 'notes.delete', values: { n: index + 1 } },
    }))
    const chosen = await dialog.choose(n === 0 ? 'notes.ask' : `notes.ask#${n}`, [...choices, 'notes.keep'], {
      above,
    })
    if (chosen === 'notes.keep') return dialog.begin('start')
    await dialog.once(`delete.${n}`, () => remove(dialog, chosen))
  }

  async function remove(scene: Scene, id: string): Promise<boolean> {
    const found = await findNote(store, id)
    const mine = found && (await listFamilyOf(store, me.id)).some(elder => elder.id === found.elderId)
    if (!found || !mine || !(await deleteNote(store, id))) return false
    await refreshCards(store, found.elderId, scene.at)
    await record(store, { at: scene.at, act: 'note.deleted', actorId: me.id, subjectId: found.elderId })
    return true
  }
}

const notesMax = 6

async function notesFor({ store }: Scene, personId: string) {
  const all: { id: string; words: string; name: string }[] = []
  for (const { id: elderId, name } of await listFamilyOf(store, personId))
    for (const { id, words } of await listNotes(store, elderId, notesMax)) all.push({ id, words, name })
  return all.slice(0, notesMax)
}

const acceptNote: Accept<string> = said => {
  if (said.type !== 'text') return { retry: part('err.wantText') }
  const { text } = hideIin(tidyText(said.text))
  if (!text) return { retry: part('err.wantText') }
  if (text.length > noteCharsMax) return { retry: part('note.long', { n: noteCharsMax }) }
  return { value: text }
}
