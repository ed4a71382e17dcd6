import { record } from '../db/audit.ts'
import {
  type Assignment,
  countWrongTry,
  findLivingAssignment,
  listLivingAssignments,
  markDone,
  triesLeft,
} from '../db/claims.ts'
import type { Store } from '../db/client.ts'
import { getRequest } from '../db/requests.ts'
import { otherOf } from '../deeds/asker.ts'
import { closeWith } from '../deeds/close.ts'
import { showLiving } from '../deeds/living-card.ts'
import { tellOrAlert } from '../deeds/lost.ts'
import { askConfirmation, confirmRef } from '../domain/cards.ts'
import { part } from '../domain/message.ts'
import { doorCode, readPair, readUnaskedPair } from '../domain/request.ts'
import { tidyText, wordsCharsMax } from '../domain/words-told.ts'
import { callAboutProblem, heldBy } from './claim.ts'
import { tellRatingQuestion } from './confirm.ts'
import type { Accept, Dialog, Reaction, Scene, Tap } from './dialog.ts'

/** The helper pressed "done": the pair of digits from the older person closes it, or the asker's own word. */
export const done: Reaction = async tap => {
  const held = await heldBy(tap)
  if (!held) return { notice: part('task.notYours') }
  if (held.request.status === 'done') {
    if ((await triesLeft(tap.store, held.assignment.id)) > 0) return { notice: part('done.waiting') }
    // More than fits into a notice.
    tap.say('done.usedUp')
    return undefined
  }
  tap.begin('complete', { assignment: held.assignment.id })
  return undefined
}

export async function complete(dialog: Dialog): Promise<void> {
  const { store, me } = dialog
  const by = { id: dialog.given.assignment ?? '', volunteerId: me.id }
  for (let n = 0; n < 4; n++) {
    // Said once, not above the question: whatever else is answered there is no wrong pair.
    if (n > 0) dialog.say(`done.wrong#${n}`)
    const key = n === 0 ? 'done.code' : `done.code#${n}`
    const answer = await dialog.askOrChoose(key, acceptPair, ['done.noCode'])
    const outcome = await dialog.once(`try.${n}`, async () => {
      const assignment = await findLivingAssignment(store, by)
      if (!assignment) return 'over'
      return 'said' in answer ? tryPair(dialog, assignment, answer.said) : askRequester(dialog, assignment)
    })
    if (outcome === 'wrong') continue
    if (outcome !== 'confirmed') dialog.say(`done.${outcome}`)
    return
  }
}

/** A pair of digits typed without pressing anything: tried on what the volunteer holds. */
export async function typedPair(tap: Tap, text: string): Promise<boolean> {
  const { store, me } = tap
  const pair = readUnaskedPair(text)
  const held = pair ? await listLivingAssignments(store, me.id) : []
  if (!pair || held.length === 0) return false
  const [meant, another] = held.length === 1 ? held : await fitting(store, held, pair)
  if (meant && !another) {
    const outcome = await tryPair(tap, meant, pair)
    if (outcome !== 'confirmed') tap.say(`done.${outcome}`)
    return true
  }
  // Which of several they tried is not known: each loses a try, so that typing all pairs leads nowhere.
  if (!meant) for (const { id } of held) await countWrongTry(store, id)
  tap.say('done.which')
  return true
}

async function fitting(store: Store, held: readonly Assignment[], pair: string): Promise<Assignment[]> {
  const same: Assignment[] = []
  for (const assignment of held) {
    const fits = doorCode(assignment.doorCode).elderSays === pair
    if (fits && (await triesLeft(store, assignment.id)) > 0) same.push(assignment)
  }
  return same
}

/** Of `confirmed` the thanks tell, which are a message of their own. */
type Tried = 'confirmed' | 'wrong' | 'usedUp' | 'over'

async function tryPair(scene: Scene, assignment: Assignment, pair: string): Promise<Tried> {
  const { store, me, at } = scene
  if ((await triesLeft(store, assignment.id)) === 0) return askInstead(scene, assignment)
  if (doorCode(assignment.doorCode).elderSays !== pair) {
    const left = await countWrongTry(store, assignment.id)
    return left > 0 ? 'wrong' : askInstead(scene, assignment)
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
  await tellRatingQuestion(scene, request)
  return 'confirmed'
}

/** No try is left: the asker's word decides, and the helper hears why no pair counts any more, the right one too. */
async function askInstead(scene: Scene, assignment: Assignment): Promise<'usedUp' | 'over'> {
  return (await askRequester(scene, assignment)) === 'over' ? 'over' : 'usedUp'
}

async function askRequester(scene: Scene, assignment: Assignment): Promise<'asked' | 'waiting' | 'over'> {
  const { store, me, at } = scene
  if (!(await markDone(store, assignment.requestId, at)))
    return (await getRequest(store, assignment.requestId)).status === 'done' ? 'waiting' : 'over'
  const request = await getRequest(store, assignment.requestId)
  await record(store, {
    at,
    act: 'request.done',
    actorId: me.id,
    subjectId: request.id,
    regionId: request.regionId,
  })
  const message = askConfirmation(request, await otherOf(store, request))
  await tellOrAlert(store, request.requesterId, { message, at, ref: confirmRef(request.id) })
  await showLiving(store, request.id, at)
  return 'asked'
}

/** What is wrong, in the helper's words, for the coordinator. */
export async function problemWords(dialog: Dialog): Promise<void> {
  const { store, me, given } = dialog
  // Looked up at the beginning only: who loses the claim meanwhile still has something to say.
  const held = await dialog.once('held', async () =>
    (await listLivingAssignments(store, me.id)).some(({ requestId }) => requestId === given.request),
  )
  if (!held) return dialog.say('task.notYours')
  const words = await dialog.ask('problem.ask', acceptWords)
  await dialog.once('call', () => callAboutProblem(dialog, given.request ?? '', words))
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
