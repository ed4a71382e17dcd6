import { listAttachments } from '../db/attachments.ts'
import { record } from '../db/audit.ts'
import { findLivingAssignment, keepAlive } from '../db/claims.ts'
import type { Store } from '../db/client.ts'
import { newId } from '../db/ids.ts'
import { holdBoth, moveInto, promiseSooner } from '../db/merge.ts'
import { tellPerson } from '../db/outbox.ts'
import { addDetails, getRequest, type Request } from '../db/requests.ts'
import { urgencyLabel } from '../domain/cards.ts'
import type { Urgency } from '../domain/categories.ts'
import { part } from '../domain/message.ts'
import { pieceRef } from '../domain/message-names.ts'
import { earliest } from './announce.ts'
import { tellAsker } from './asker.ts'
import { type Closer, closeWith } from './close.ts'
import { showWords } from './show-words.ts'

/**
 * The newer of two requests that say the same closes as a repeat: its words, voices and photos go over to the older
 * one, whose helper gets them too, and its asker is told which number goes on. False if one of them has changed
 * meanwhile. Who may do this, the caller judges.
 */
export async function mergeInto(scene: Closer, ids: { newer: string; older: string }): Promise<boolean> {
  const { store, at } = scene
  const [newer, older] = await holdBoth(store, [ids.newer, ids.older])
  if (newer?.status !== 'open' || !older || !['open', 'claimed'].includes(older.status)) return false
  if (!(await closeWith(scene, newer, { outcome: 'duplicate', reason: 'merged' }))) return false
  const pieces = await listAttachments(store, newer.id)
  await moveInto(store, newer, older)
  await hasten(store, older.id, { ...newer, at })
  await addDetails(store, older.id, newOf(newer, older))
  const fact = { actorId: scene.me?.id ?? null, subjectId: newer.id, regionId: newer.regionId }
  await record(store, { at, act: 'request.merged', ...fact, note: { into: older.id } })
  const merged = await getRequest(store, older.id)
  await showWords(store, merged, at)
  await tellHolder(store, { request: merged, words: newOf(newer, older).details, pieces, at })
  const values = { num: newer.number, into: older.number }
  const notBefore = earliest(merged, at)
  await tellAsker(store, newer, { key: 'req.merged', values, at, notBefore })
  return true
}

/** The earlier of two promises counts, and whoever has taken the request hears of it. */
export async function hasten(
  store: Store,
  requestId: string,
  { urgency, dueAt, at }: { urgency: Urgency; dueAt: Date; at: Date },
) {
  if (!(await promiseSooner(store, requestId, { urgency, dueAt, at }))) return
  const request = await getRequest(store, requestId)
  const held = await findLivingAssignment(store, { requestId })
  if (!held || !(await keepAlive(store, held.id))) return
  const message = { parts: [part('task.sooner', { num: request.number, when: urgencyLabel[urgency] })] }
  await tellPerson(store, held.volunteerId, { message, at, notBefore: earliest(request, at) })
}

/** Nothing is said twice: most repeats repeat the words too. */
function newOf(newer: Request, older: Request): { details: string; publicWords: string } {
  const fresh = (told: string, known: string) => (known.includes(told.trim()) ? '' : told)
  return {
    details: fresh(newer.details, older.details),
    publicWords: fresh(newer.publicWords, older.publicWords),
  }
}

/** Whoever is on the way already gets what was added, under names that go with the address. */
async function tellHolder(
  store: Store,
  added: { request: Request; words: string; pieces: Awaited<ReturnType<typeof listAttachments>>; at: Date },
) {
  const { request, words, pieces, at } = added
  const held = await findLivingAssignment(store, { requestId: request.id })
  if (!held || !(await keepAlive(store, held.id))) return
  const num = request.number
  const notBefore = earliest(request, at)
  if (words) {
    const message = { parts: [part('task.added', { num, words })] }
    await tellPerson(store, held.volunteerId, {
      message,
      at,
      notBefore,
      ref: pieceRef(held.id, `${newId()}:words`),
    })
  }
  for (const { id, channel, content } of pieces) {
    if (content.type !== 'media') continue
    const media = { channel, kind: content.kind, file: content.file }
    const message = { parts: [part('claim.file', { num })], media }
    await tellPerson(store, held.volunteerId, { message, at, notBefore, ref: pieceRef(held.id, id) })
  }
}
