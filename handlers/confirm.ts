import { record } from '../db/audit.ts'
import { endAssignment, findLivingAssignment, listLivingAssignments } from '../db/claims.ts'
import type { Store } from '../db/client.ts'
import { editSent, tellPerson } from '../db/outbox.ts'
import {
  findRequest,
  getRequest,
  listAskedOf,
  type Request,
  rateRequest,
  setRatingWords,
} from '../db/requests.ts'
import { listAskedAbout } from '../db/watch.ts'
import { helpToSayOf } from '../deeds/after-help.ts'
import { showAgain } from '../deeds/alert-card.ts'
import { announceAgain, earliest } from '../deeds/announce.ts'
import { otherOf } from '../deeds/asker.ts'
import { closeWith } from '../deeds/close.ts'
import { takeFromHelper } from '../deeds/take-away.ts'
import { askMood } from '../domain/after-help.ts'
import { answeredWith, askConfirmation, askRating, askStill, toAsker } from '../domain/cards.ts'
import { type Message, part } from '../domain/message.ts'
import { confirmRef, ratingRef } from '../domain/message-names.ts'
import { tidyText, wordsCharsMax } from '../domain/words-told.ts'
import type { Accept, Dialog, Reaction, Scene, Tap } from './dialog.ts'
import { alertCoordinators } from './human.ts'
import { offerNews } from './news.ts'

/** The asker's word after "done": yes closes, anything else opens the request again and tells the coordinator. */
export const confirm: Reaction = async tap => {
  const { store, me } = tap
  const [id = '', answer = ''] = tap.words
  const request = await findRequest(store, id)
  if (!request || request.requesterId !== me.id) return { notice: part('act.notYours') }
  if (request.status !== 'done') return { notice: part('confirm.late') }
  if (answer === 'yes') {
    const closing = { outcome: 'fulfilled', confirmation: 'requester', reason: 'confirmed' } as const
    if (!(await closeWith(tap, request, closing))) return { notice: part('confirm.late') }
    await showAnswered(tap, request, answer)
    await tellRatingQuestion(tap, request)
    return undefined
  }
  if (!(await reopen(tap, request, answer))) return { notice: part('confirm.late') }
  await showAnswered(tap, request, answer)
  const sorry = toAsker('req.sorry', await otherOf(store, request))
  tap.say(sorry.key, sorry.values)
  return undefined
}

/** The question keeps the answer, pressed or typed, in place of its buttons. */
async function showAnswered({ store, me, at }: Scene, request: Request, answer: string) {
  const question = askConfirmation(request, await otherOf(store, request))
  const message = answeredWith(question, `confirm:${request.id}:${answer}`)
  await editSent(store, confirmRef(request.id), { message, at, personId: me.id })
}

/** How good was it? Under a name, so that the answer can be written into it. */
export async function tellRatingQuestion({ store, at }: Scene, request: Request) {
  const message = askRating(request, await otherOf(store, request))
  await tellPerson(store, request.requesterId, { message, at, ref: ratingRef(request.id) })
}

/** False if the request has moved on meanwhile. */
async function reopen(tap: Tap, request: Request, answer: string): Promise<boolean> {
  const { store, me, at } = tap
  const assignment = await findLivingAssignment(store, { requestId: request.id })
  if (!assignment) return false
  const end = { assignmentId: assignment.id, reason: 'unhelped', at, reopen: true }
  if (!(await endAssignment(store, end))) return false
  await takeFromHelper(store, assignment, { request, reason: 'released', at })
  await tellPerson(store, assignment.volunteerId, {
    message: { parts: [part('task.unhelped', { num: request.number })] },
    at,
    notBefore: earliest(request, at),
  })
  await record(store, {
    at,
    act: 'request.reopened',
    actorId: me.id,
    subjectId: request.id,
    regionId: request.regionId,
    note: { answer },
  })
  await alertCoordinators(tap, { kind: 'unhelped', requestId: request.id, words: '' })
  await announceAgain(store, request.id, at)
  return true
}

const ratingOpenHours = 24

/**
 * What this person was asked under a message of its own and has not answered: was help given, are they still going to
 * help, how is the older person, how good was it. Of several that are done, the one of this request.
 */
export async function openQuestionOf(scene: Scene, requestId?: string): Promise<Message | undefined> {
  const { store, me, at } = scene
  const since = new Date(at.getTime() - ratingOpenHours * 3_600_000)
  const asked = await listAskedOf(store, me.id, since)
  const done = asked.find(({ id, status }) => status === 'done' && (requestId ?? id) === id)
  if (done) return askConfirmation(done, await otherOf(store, done))
  const asHelper = me.volunteer === 'approved' ? await askedOfHelper(scene) : undefined
  if (asHelper) return asHelper
  const unrated = asked.find(({ status }) => status === 'closed')
  return unrated && askRating(unrated, await otherOf(store, unrated))
}

async function askedOfHelper(scene: Scene): Promise<Message | undefined> {
  const still = await stillQuestion(scene.store, scene.me.id)
  if (still) return still
  const helped = await helpToSayOf(scene)
  return helped === undefined ? undefined : askMood(helped)
}

/** Of two at once nobody can tell which one is meant: only their buttons say it. */
async function stillQuestion(store: Store, helperId: string): Promise<Message | undefined> {
  const held = await listLivingAssignments(store, helperId)
  const asked = await listAskedAbout(
    store,
    held.map(({ requestId }) => requestId),
  )
  const [one, another] = held.filter(({ requestId }) => asked.includes(requestId))
  if (!one || another) return undefined
  return askStill(one.id, (await getRequest(store, one.requestId)).number)
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
  const other = await otherOf(store, request)
  const message = answeredWith(askRating(request, other), `rate:${id}:${rating}`)
  await editSent(store, ratingRef(id), { message, at, personId: me.id })
  tap.begin('rating-words', {
    request: id,
    rating: given,
    low: rating <= 2 ? 'yes' : '',
    other: other === undefined ? '' : 'yes',
  })
  return undefined
}

/** A word after the number, if they wish. */
export async function ratingWords(dialog: Dialog): Promise<void> {
  const { store, given } = dialog
  const request = await findRequest(store, given.request ?? '')
  if (request?.requesterId !== dialog.me.id) return dialog.say('act.notYours')
  // Who asked for another has often given that one's phone only: nobody promises them a call.
  const sorry = given.other ? 'rate.low.other' : 'rate.low'
  const above = [part(given.low ? sorry : 'rate.thanks')]
  const answer = await dialog.askOrChoose('rate.words', acceptWords, ['rate.enough'], { above })
  if ('said' in answer) {
    await dialog.once('words', async () => {
      await setRatingWords(store, given.request ?? '', answer.said)
      if (given.low) await showAgain(store, given.request ?? '', 'lowRating', dialog.at)
      return null
    })
  }
  if (!(await dialog.once('news', () => offerNews(dialog, Number(given.rating))))) dialog.say('rate.done')
}

const acceptWords: Accept<string> = said => {
  const text = said.type === 'text' ? tidyText(said.text).slice(0, wordsCharsMax) : ''
  return text ? { value: text } : { retry: part('err.wantText') }
}
