import { randomUUID } from 'node:crypto'
import {
  type DialogRow,
  dropDialog,
  findActiveDialog,
  findDialog,
  findDialogOfRun,
  openDialog,
  pauseDialogs,
  saveDialog,
} from '../db/dialogs.ts'
import { enqueue } from '../db/outbox.ts'
import type { ActiveDialog } from '../db/recognise.ts'
import { takeTold } from '../deeds/take-away.ts'
import { findControl } from '../domain/control-words.ts'
import type { Message, Part } from '../domain/message.ts'
import { type MessageName, toldRef } from '../domain/message-names.ts'
import type { Said } from '../domain/said.ts'
import { tellsSomething } from '../domain/small-talk.ts'
import type { Begun, Scene, Who } from '../handlers/dialog.ts'
import { bringHuman } from '../handlers/human.ts'
import { flows } from '../handlers/index.ts'
import { playFlow, type Turn } from './engine.ts'
import { hasAnswers, type Input, newSaved, type Saved, stepBack } from './saved.ts'
import type { ClaimOutcome } from './status/witness.ts'
import { understandIn } from './understand.ts'

/** One person's private talk within one message's transaction. */
export interface Talk {
  scene: Scene
  chat: { channel: string; id: string }
  /** The dialog that waits for an answer, as it came with the person; undefined once it may have changed. */
  dialog?: ActiveDialog | 'none' | undefined
  /** True where a press answers only in the chat, and options are lines of text: no toasts, no buttons to be sure of. */
  spoken?: boolean
  /** What came of this message's «I will help», if it was one. */
  claimed?: ClaimOutcome
  /** Reads the person anew after a flow has changed them. */
  reload(): Promise<Scene>
}

/** A pause after which a typed text is more likely a new beginning than the answer to an old question. */
const idleMs = 6 * 3_600_000
const flowsInARowMax = 5

/** The dialog that the next message answers. */
export async function activeDialog(talk: Talk): Promise<DialogRow<Saved> | undefined> {
  const { store, me } = talk.scene
  if (talk.dialog === 'none') return undefined
  return talk.dialog ? openDialog(store, me.id, talk.dialog) : findActiveDialog<Saved>(store, me.id)
}

/** Begins a flow; what was open waits with all its answers. `open` names the question that `input` answers. */
export async function begin(
  talk: Talk,
  flow: string,
  given: Record<string, string> = {},
  first?: { open: string; input: Input },
): Promise<Turn> {
  const saved = newSaved(given)
  if (first) saved.open = first.open
  return run(talk, { flow, run: newRun(), saved }, first?.input)
}

/**
 * Gives the active dialog an answer. A press counts only for the question it stands under. Undefined if it is no
 * answer but, after a long pause, the beginning of something new.
 */
export async function answer(talk: Talk, input: Input): Promise<Turn | undefined> {
  const active = await activeDialog(talk)
  if (!active) return undefined
  const idle = talk.scene.at.getTime() - active.updatedAt.getTime() > idleMs
  if (!idle || 'option' in input || active.flow === 'start' || controlIn(input.said))
    return run(talk, { ...active, saved: active.state }, input)
  if (!tellsSomething(input.said))
    return run(talk, { ...active, saved: active.state }, undefined, [{ key: 'err.resume.short' }])
  if (flows[active.flow]?.form) return begin(talk, 'resume', resumeOf(active.flow, input.said))
  await pause(talk)
  return undefined
}

/** A press under a question of a dialog that waits takes the dialog up again, if that question is still the next. */
export async function answerWaiting(
  talk: Talk,
  pressed: { run: string; step: string; option: string },
): Promise<Turn | undefined> {
  const waiting = await findDialogOfRun<Saved>(talk.scene.store, talk.scene.me.id, pressed.run)
  if (!waiting || String(waiting.state.step) !== pressed.step) return undefined
  return run(talk, { ...waiting, saved: waiting.state }, { option: pressed.option })
}

function controlIn(said: Said): boolean {
  return said.type === 'text' && findControl(said.text) !== undefined
}

function resumeOf(flow: string, said: Said): Record<string, string> {
  return { flow, piece: JSON.stringify(said) }
}

/** Asks the open question again, with something said above it. False if nothing is open. */
export async function askAgain(talk: Talk, above: Part[]): Promise<boolean> {
  const active = await activeDialog(talk)
  if (!active) return false
  await run(talk, { ...active, saved: active.state }, undefined, above)
  return true
}

/** Goes back one question. False at the first. */
export async function goBack(talk: Talk): Promise<boolean> {
  const active = await activeDialog(talk)
  if (!active || !stepBack(active.state, flows[active.flow]?.form ?? false)) return false
  await run(talk, { ...active, saved: active.state }, undefined)
  return true
}

/** Takes up a waiting flow where it was left. */
export async function resume(talk: Talk, flow: string): Promise<boolean> {
  const waiting = await findDialog<Saved>(talk.scene.store, talk.scene.me.id, flow)
  if (!waiting) return false
  await run(talk, { ...waiting, saved: waiting.state }, undefined)
  return true
}

/** Drops the open dialog with its answers, because the person said so. */
export async function cancel(talk: Talk) {
  const active = await activeDialog(talk)
  talk.dialog = undefined
  if (active) await dropDialog(talk.scene.store, talk.scene.me.id, active.flow)
}

export async function pause(talk: Talk) {
  talk.dialog = undefined
  await pauseDialogs(talk.scene.store, talk.scene.me.id)
}

/** Puts a message into the person's own chat. */
export async function tell(talk: Talk, message: Message, edit?: { id: string }, ref?: MessageName) {
  const { store, me, at } = talk.scene
  await enqueue(store, {
    channel: talk.chat.channel,
    chat: talk.chat.id,
    personId: me.id,
    message: { language: me.language, ...message },
    at,
    ...(edit && { editId: edit.id }),
    ...(ref && { ref }),
  })
}

/** Who may have a flow or a reaction. Territory is judged by the verbs themselves. */
export function allowed(scene: Scene, who: Who): boolean {
  if (who === 'coordinator') return scene.me.roles.length > 0
  return who === 'anyone' || scene.me.volunteer === 'approved'
}

interface Running {
  flow: string
  run: string
  saved: Saved
}

/** So often somebody may not be understood at one question before a person is called. */
const missesMax = 3

async function run(
  talk: Talk,
  running: Running,
  input: Input | undefined,
  above: Part[] = [],
): Promise<Turn> {
  const { store, me, at } = talk.scene
  talk.dialog = undefined
  const entry = flows[running.flow]
  if (!entry || !allowed(talk.scene, entry.who)) {
    await dropDialog(store, me.id, running.flow)
    await tell(talk, { parts: [{ key: 'act.notYours' }] })
    return { saved: running.saved, waiting: false }
  }
  const missesBefore = running.saved.misses
  let turn = await playFlow(entry.run, running.saved, talk.scene, understandIn(me.language), input)
  if (turn.control) return turn
  let { flow, run } = running
  let parts = [...above]
  // Coordinators are whom one would call.
  const lost = turn.saved.misses === missesMax && missesBefore < missesMax && me.roles.length === 0
  if (lost && input) parts.push(await bringHuman(talk.scene))
  for (let n = 0; turn.begin && n < flowsInARowMax; n++) {
    parts = [...parts, ...(turn.message?.parts ?? [])]
    await dropDialog(store, me.id, flow)
    talk.scene = await talk.reload()
    const next = await opened(talk, turn.begin)
    const entry = flows[next.flow]
    if (!entry || !allowed(talk.scene, entry.who)) break
    flow = next.flow
    run = next.run
    const { chosen } = turn
    turn = await playFlow(entry.run, next.state, talk.scene, understandIn(talk.scene.me.language))
    if (chosen !== undefined) turn = { ...turn, chosen }
  }
  await keep(talk, { flow, run, saved: turn.saved }, turn, { at, answered: input !== undefined })
  const ref = isFleeting(flow) ? toldRef(me.id, flow) : undefined
  for (const other of new Set([running.flow, flow]))
    if (isFleeting(other)) await takeTold(store, toldRef(me.id, other), at)
  await speak(talk, { flow, run }, turn, { above: parts, ...(ref && { ref }) })
  // What is gone keeps no answer in place of its buttons.
  return isFleeting(running.flow) ? { ...turn, chosen: undefined } : turn
}

function isFleeting(flow: string): boolean {
  return flows[flow]?.fleeting ?? false
}

/** The dialog that a flow begins or takes up again. One that is gone meanwhile leads to the menu. */
async function opened(talk: Talk, begun: Begun): Promise<Omit<DialogRow<Saved>, 'updatedAt'>> {
  const { store, me } = talk.scene
  if (!begun.resume) return { flow: begun.flow, run: newRun(), state: newSaved(begun.given) }
  const waiting = await findDialog<Saved>(store, me.id, begun.flow)
  if (!waiting) return { flow: 'start', run: newRun(), state: newSaved() }
  const asides = [...(waiting.state.asides ?? []), ...(begun.asides ?? [])]
  if (asides.length > 0) waiting.state.asides = asides
  return waiting
}

async function keep(talk: Talk, running: Running, turn: Turn, when: { at: Date; answered: boolean }) {
  const { store, me } = talk.scene
  if (!turn.waiting) return dropDialog(store, me.id, running.flow)
  return saveDialog(store, me.id, { flow: running.flow, run: running.run, state: turn.saved, ...when })
}

async function speak(
  talk: Talk,
  { flow, run }: { flow: string; run: string },
  turn: Turn,
  { above, ref }: { above: Part[]; ref?: MessageName },
) {
  const parts = [...above, ...(turn.message?.parts ?? [])]
  if (parts.length === 0) return
  if (!turn.waiting)
    return tell(talk, { parts, options: [{ id: 'do:menu', label: { key: 'menu' } }] }, undefined, ref)
  // Before the first question of all there is nothing; before that of another flow there is the menu.
  const first = flow === 'start' && !hasAnswers(turn.saved)
  const question = { run, step: turn.saved.step, controls: first ? ['human'] : ['back', 'human'] }
  return tell(talk, { ...turn.message, parts, question }, undefined, ref)
}

function newRun(): string {
  return randomUUID().slice(0, 8)
}
