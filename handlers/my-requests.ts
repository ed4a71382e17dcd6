import { attach } from '../db/attachments.ts'
import { findLivingAssignment, keepAlive } from '../db/claims.ts'
import { getElder } from '../db/elders.ts'
import { newId } from '../db/ids.ts'
import { tellPerson } from '../db/outbox.ts'
import { getPerson } from '../db/people.ts'
import { addDetails, findRequest, listRequestsOf, type Request } from '../db/requests.ts'
import { earliest } from '../deeds/announce.ts'
import { otherOf } from '../deeds/asker.ts'
import { closeForRequester } from '../deeds/close.ts'
import { categoryLabel, firstNameOf, pinOption, toAsker } from '../domain/cards.ts'
import { dangersIn } from '../domain/danger-told.ts'
import { type Message, type Part, part } from '../domain/message.ts'
import { pieceRef } from '../domain/message-names.ts'
import { zoneOf } from '../domain/places.ts'
import { publicWords } from '../domain/public-words.ts'
import { doorCode } from '../domain/request.ts'
import { wordsOf } from '../domain/said.ts'
import { statusKey } from '../domain/status.ts'
import { acceptPiece, type Piece } from './accept.ts'
import type { Dialog, Scene } from './dialog.ts'
import { callHuman } from './human.ts'
import { sayWhoSaw } from './who-saw.ts'

const shownMax = 8

/** A person's own requests: where each stands, and what can be done about it. */
export async function myRequests(dialog: Dialog): Promise<void> {
  const { store, me } = dialog
  const requests = await listRequestsOf(store, me.id, shownMax)
  if (requests.length === 0) {
    dialog.say('my.none')
    return dialog.begin('start')
  }
  const choices = requests.map(request => ({
    id: request.id,
    label: { key: 'my.line', values: { num: request.number, status: { key: statusKey(request) } } },
  }))
  const id = await dialog.choose('my.ask', choices)
  const request = await findRequest(store, id)
  if (!request || request.requesterId !== me.id) return dialog.begin('start')
  await showOne(dialog, request)
}

async function showOne(dialog: Dialog, request: Request): Promise<void> {
  const always = ['my.human', 'my.saw']
  const open = ['my.add', 'my.cancel', ...always]
  const done = request.status === 'done' ? ['my.answer'] : []
  const acts = request.status === 'closed' ? always : [...done, ...open]
  const act = await dialog.choose('my.what', acts, { above: [await statusPart(dialog, request)] })
  // The question stands under a message of its own, perhaps far above.
  if (act === 'my.answer') return dialog.begin('meant', { request: request.id })
  if (act === 'my.add') return addWords(dialog, request)
  if (act === 'my.cancel') return cancel(dialog, request)
  if (act === 'my.saw') return sayWhoSaw(dialog, request.elderId)
  const { due, night } = await dialog.once('human', () => callHuman(dialog, request.id))
  dialog.say(night ? 'human.night' : 'human.ok', { due: { moment: due, zone: zoneOf(request.regionId) } })
}

async function statusPart(dialog: Dialog, request: Request): Promise<Part> {
  const { store } = dialog
  const other = await otherOf(store, request)
  const assignment =
    request.status === 'closed' ? undefined : await findLivingAssignment(store, { requestId: request.id })
  const helper = assignment ? await getPerson(store, assignment.volunteerId) : undefined
  const values = {
    num: request.number,
    status: { key: statusKey(request) },
    cat: categoryLabel(request.category),
    due: { moment: request.dueAt.toISOString(), zone: zoneOf(request.regionId) },
  }
  if (!assignment || !helper?.name) return toAsker('my.status', other, values)
  const { helperSays, elderSays } = doorCode(assignment.doorCode)
  const code = { first: helperSays, second: elderSays }
  return toAsker('my.helped', other, { ...values, vol: firstNameOf(helper.name), ...code })
}

/** More words or a photo; the helper who is on the way gets them too. */
async function addWords(dialog: Dialog, request: Request): Promise<void> {
  const piece = await dialog.ask('my.add.ask', acceptPiece)
  const added = await dialog.once('add', () => addPiece(dialog, request, piece))
  dialog.say(added ? 'my.added' : 'cancel.late', { num: request.number })
}

/** Adds to what was told. False if the request is closed: then nobody would read it. */
export async function addPiece(scene: Scene, request: Request, piece: Piece): Promise<boolean> {
  if (request.status === 'closed') return false
  const { store, at, inbound } = scene
  const words = wordsOf(piece)
  // A cry for help against somebody is a call of its own, for cleared people: no helper reads it.
  if (dangersIn([words]).has('abuse')) return true
  const elder = await getElder(store, request.elderId)
  const places = [elder.home.settlement, elder.home.text].filter(Boolean)
  if (words)
    await addDetails(store, request.id, {
      details: words,
      publicWords: publicWords([words], { names: [elder.name], places }),
    })
  const target = { requestId: request.id, regionId: request.regionId, channel: inbound.channel, at }
  const pieceId = piece.type === 'text' ? newId() : await attach(store, target, piece)
  await tellHelper(scene, request, { ...piece, id: pieceId })
  return true
}

/** Each part under a name of its own: all of it goes from the helper's chat with the address. */
async function tellHelper(scene: Scene, request: Request, piece: Piece & { id: string }) {
  const { store, at, inbound } = scene
  const assignment = await findLivingAssignment(store, { requestId: request.id })
  if (!assignment || !(await keepAlive(store, assignment.id))) return
  const words = wordsOf(piece)
  const news = words
    ? part('task.added', { num: request.number, words })
    : part('task.addedFile', { num: request.number })
  const options = piece.type === 'location' ? [pinOption(piece)] : []
  const notBefore = earliest(request, at)
  const tell = (message: Message, id: string) =>
    tellPerson(store, assignment.volunteerId, { message, at, notBefore, ref: pieceRef(assignment.id, id) })
  await tell({ parts: [news], options }, `${piece.id}:words`)
  if (piece.type !== 'media') return
  const { kind, file } = piece
  const media = { channel: inbound.channel, kind, file }
  await tell({ parts: [part('claim.file', { num: request.number })], media }, piece.id)
}

async function cancel(dialog: Dialog, request: Request): Promise<void> {
  const reasons = ['cancel.solved', 'cancel.later', 'cancel.mistake', 'cancel.other'] as const
  const answer = await dialog.choose('cancel.ask', [...reasons, 'cancel.keep'], {
    values: { num: request.number },
  })
  if (answer === 'cancel.keep') return dialog.begin('my-requests')
  const done = await dialog.once('close', () => closeForRequester(dialog, request, answer))
  if (!done) return dialog.say('cancel.late', { num: request.number })
  const { key, values } = toAsker('cancel.ok', await otherOf(dialog.store, request), { num: request.number })
  dialog.say(key, values)
}
