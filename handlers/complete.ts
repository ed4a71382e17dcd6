import { record } from '../db/audit.ts'
import {
  type Assignment,
  countWrongTry,
  endAssignment,
  findLivingAssignment,
  listLivingAssignments,
  markDone,
  triesLeft,
} from '../db/claims.ts'
import { editSent, tellPerson } from '../db/outbox.ts'
import { findRequest, getRequest, type Request, rateRequest, setRatingWords } from '../db/requests.ts'
import { askConfirmation, askRating, cardRef, endedCard } from '../domain/cards.ts'
import { part } from '../domain/message.ts'
import { doorCode, readPair } from '../domain/request.ts'
import { tidyText, wordsCharsMax } from '../domain/words-told.ts'
import { announce } from './announce.ts'
import { callAboutProblem, heldBy } from './claim.ts'
import { closeWith } from './close.ts'
import type { Accept, Dialog, Reaction, Scene, Tap } from './dialog.ts'
import { alertCoordinators } from './human.ts'

/** The helper pressed "done": the pair of digits from the older person closes it, or the asker's own word. */
export const done: Reaction = async tap => {
  const held = await heldBy(tap)
  if (!held) return { notice: part('task.notYours') }
  if (held.request.status === 'done') return { notice: part('done.waiting') }
  tap.begin('complete', { assignment: held.assignment.id })
  return undefined
}

export async function complete(dialog: Dialog): Promise<void> {
  const { store, me } = dialog
  const by = { id: dialog.given.assignment ?? '', volunteerId: me.id }
  for (let n = 0; n < 4; n++) {
    const answer = await dialog.askOrChoose(
      n === 0 ? 'done.code' : `done.code#${n}`,
      acceptPair,
      ['done.noCode'],
      {
        above: n > 0 ? [part('done.wrong')] : [],
      },
    )
    const outcome = await dialog.once(`try.${n}`, async () => {
      const assignment = await findLivingAssignment(store, by)
      if (!assignment) return 'over'
      return 'said' in answer ? tryPair(dialog, assignment, answer.said) : askRequester(dialog, assignment)
    })
    if (outcome === 'wrong') continue
    dialog.say(`done.${outcome}`)
    return
  }
}

/** A pair of digits typed without pressing anything: tried on what the volunteer holds. */
export async function typedPair(tap: Tap, text: string): Promise<boolean> {
  const pair = readPair(text)
  const held = pair ? await listLivingAssignments(tap.store, tap.me.id) : []
  const [only] = held
  const assignment =
    held.find(own => doorCode(own.doorCode).elderSays === pair) ?? (held.length === 1 ? only : undefined)
  if (!pair || !assignment) return false
  const outcome = await tryPair(tap, assignment, pair)
  tap.say(`done.${outcome}`)
  return true
}

async function tryPair(
  scene: Scene,
  assignment: Assignment,
  pair: string,
): Promise<'confirmed' | 'wrong' | 'asked' | 'over'> {
  const { store, me, at } = scene
  if ((await triesLeft(store, assignment.id)) === 0) return askRequester(scene, assignment)
  if (doorCode(assignment.doorCode).elderSays !== pair) {
    const left = await countWrongTry(store, assignment.id)
    return left > 0 ? 'wrong' : askRequester(scene, assignment)
  }
  const request = await getRequest(store, assignment.requestId)
  const closed = await closeWith(scene, request, {
    outcome: 'fulfilled',
    confirmation: 'door',
    reason: 'door',
  })
  if (!closed) return 'over'
  await record(store, {
    at,
    act: 'visit.confirmed',
    actorId: me.id,
    subjectId: request.id,
    regionId: request.regionId,
  })
  await tellPerson(store, request.requesterId, {
    message: { parts: [part('req.done', { num: request.number })] },
    at,
  })
  await tellPerson(store, request.requesterId, { message: askRating(request), at })
  return 'confirmed'
}

async function askRequester(scene: Scene, assignment: Assignment): Promise<'asked' | 'over'> {
  const { store, me, at } = scene
  if (!(await markDone(store, assignment.requestId, at))) return 'over'
  const request = await getRequest(store, assignment.requestId)
  await record(store, {
    at,
    act: 'request.done',
    actorId: me.id,
    subjectId: request.id,
    regionId: request.regionId,
  })
  await tellPerson(store, request.requesterId, { message: askConfirmation(request), at })
  return 'asked'
}

/** The asker's word after "done": yes closes, anything else opens the request again and tells the coordinator. */
export const confirm: Reaction = async tap => {
  const { store, me } = tap
  const [id = '', answer = ''] = tap.words
  const request = await findRequest(store, id)
  if (!request || request.requesterId !== me.id) return { notice: part('act.notYours') }
  if (request.status !== 'done') return { notice: part('confirm.late') }
  if (answer === 'yes') {
    await closeWith(tap, request, { outcome: 'fulfilled', confirmation: 'requester', reason: 'confirmed' })
    tap.say('rate.ask', undefined, { options: askRating(request).options ?? [] })
    return undefined
  }
  await reopen(tap, request, answer)
  tap.say('req.sorry')
  return undefined
}

async function reopen(tap: Tap, request: Request, answer: string) {
  const { store, me, at } = tap
  const assignment = await findLivingAssignment(store, { requestId: request.id })
  if (assignment) {
    await endAssignment(store, { assignmentId: assignment.id, reason: 'unhelped', at, reopen: true })
    await editSent(store, cardRef(assignment.id), { message: endedCard(request, 'released'), at })
    await tellPerson(store, assignment.volunteerId, {
      message: { parts: [part('task.unhelped', { num: request.number })] },
      at,
    })
  }
  await record(store, {
    at,
    act: 'request.reopened',
    actorId: me.id,
    subjectId: request.id,
    regionId: request.regionId,
    note: { answer },
  })
  await alertCoordinators(tap, { kind: 'unhelped', requestId: request.id, words: '' })
  await announce(store, await getRequest(store, request.id), { at, elderAgreed: true })
}

export const rate: Reaction = async tap => {
  const { store, me, at } = tap
  const [id = '', given = ''] = tap.words
  const request = await findRequest(store, id)
  const rating = Number(given)
  if (!request || request.requesterId !== me.id || ![1, 2, 3, 4, 5].includes(rating))
    return { notice: part('act.notYours') }
  if (!(await rateRequest(store, id, rating, at))) return { notice: part('rate.late') }
  await record(store, {
    at,
    act: 'request.rated',
    actorId: me.id,
    subjectId: id,
    regionId: request.regionId,
    note: { rating },
  })
  if (rating <= 2) await alertCoordinators(tap, { kind: 'lowRating', requestId: id, words: '' })
  tap.begin('rating-words', { request: id, low: rating <= 2 ? 'yes' : '' })
  return undefined
}

/** A word after the number, if they wish. */
export async function ratingWords(dialog: Dialog): Promise<void> {
  const { store, given } = dialog
  const above = [part(given.low ? 'rate.low' : 'rate.thanks')]
  const answer = await dialog.askOrChoose('rate.words', acceptWords, ['rate.enough'], { above })
  if ('said' in answer) {
    await dialog.once('words', async () => {
      await setRatingWords(store, given.request ?? '', answer.said)
      return null
    })
  }
  dialog.say('rate.done')
}

/** What is wrong, in the helper's words, for the coordinator. */
export async function problemWords(dialog: Dialog): Promise<void> {
  const words = await dialog.ask('problem.ask', acceptWords)
  await dialog.once('call', () => callAboutProblem(dialog, dialog.given.request ?? '', words))
  dialog.say('problem.ok')
}

const acceptPair: Accept<string> = said => {
  const pair = said.type === 'text' ? readPair(said.text) : undefined
  return pair ? { value: pair } : { retry: part('done.twoDigits') }
}

const acceptWords: Accept<string> = said => {
  const text = said.type === 'text' ? tidyText(said.text).slice(0, wordsCharsMax) : ''
  return text ? { value: text } : { retry: part('err.wantText') }
}
