import { takeUnaskedDays } from '../db/asking.ts'
import { record } from '../db/audit.ts'
import {
  type Broadcast,
  behindAll,
  copyKey,
  countFate,
  countIdleWaiting,
  endBroadcast,
  holdCopies,
  listReaders,
  noteWritten,
  type Reader,
  takeGoing,
  withdrawCopies,
} from '../db/broadcasts.ts'
import type { Store } from '../db/client.ts'
import { editSent, enqueue, writeWaiting } from '../db/outbox.ts'
import type { Message } from '../domain/message.ts'
import { broadcastRef } from '../domain/message-names.ts'
import { newsMessage, progressMessage, wordsFor } from '../domain/news.ts'
import { zoneOf } from '../domain/places.ts'
import { isQuietHours, localDay, nextLocalTime } from '../domain/time.ts'

/**
 * What waits in the outbox at the most: more than a sender can send between two looks of the clock, so that it never
 * stands still, and so little that it is gone within the minute before the quiet hours.
 */
const waitingMax = 600
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const daysAheadMax = 7

/**
 * Writes the next portion of a broadcast into the outbox, and its last line when all has gone. How many were
 * written. Nobody hears from us twice in a day: who already has reads it in the morning of the next free one.
 */
export async function feed(store: Store, id: string, at: Date): Promise<number> {
  const broadcast = await takeGoing(store, id)
  if (!broadcast) return 0
  const zone = zoneOf(broadcast.regionId ?? '')
  if (isQuietHours(at, zone) || isQuietHours(new Date(at.getTime() + minuteMs), zone)) {
    await holdCopies(store, id, nextLocalTime(at, zone, '08:00'))
    return 0
  }
  const room = waitingMax - (await countIdleWaiting(store, at))
  if (room <= 0) return 0
  const readers = broadcast.cursor === behindAll ? [] : await listReaders(store, broadcast, room)
  const last = readers.at(-1)
  if (!last) {
    await finish(store, broadcast, at)
    return 0
  }
  const count = await write(store, broadcast, readers, at, zone)
  await noteWritten(store, id, { count: readers.length, cursor: last.personId })
  const tenths = (written: number) => Math.floor((written * 10) / Math.max(1, broadcast.total))
  if (tenths(broadcast.written) < tenths(broadcast.written + readers.length))
    await showProgress(store, broadcast, 'going', at)
  return count
}

async function write(
  store: Store,
  broadcast: Broadcast,
  readers: readonly Reader[],
  at: Date,
  zone: string,
): Promise<number> {
  const times = await takeFreeDays(store, readers, at, zone)
  let count = 0
  for (const { personId, language, channel, chat } of readers) {
    const words = wordsFor(broadcast.words, language)
    const notBefore = times.get(personId)
    if (!words || !notBefore) continue
    count += 1
    const message = newsMessage(words, broadcast)
    const dedupeKey = copyKey(broadcast.id, personId)
    await enqueue(store, { channel, chat, personId, message, at, notBefore, dedupeKey, idle: true })
  }
  await writeWaiting(store)
  return count
}

/** When each of these reads it. Who has no free day within a week is left out. */
async function takeFreeDays(
  store: Store,
  readers: readonly Reader[],
  at: Date,
  zone: string,
): Promise<Map<string, Date>> {
  const times = new Map<string, Date>()
  let others = readers.map(({ personId }) => personId)
  for (let n = 0; n < daysAheadMax && others.length > 0; n++) {
    const free = await takeUnaskedDays(store, others, localDay(new Date(at.getTime() + n * dayMs), zone))
    const morning = nextLocalTime(new Date(at.getTime() + (n - 1) * dayMs), zone, '08:00')
    for (const personId of free) times.set(personId, n === 0 ? at : morning)
    others = others.filter(personId => !free.has(personId))
  }
  return times
}

/** Everybody is written for. It ends when the last copy has gone, and until then it can be stopped. */
async function finish(store: Store, broadcast: Broadcast, at: Date) {
  const fate = await countFate(store, broadcast, at)
  if (fate.waiting > 0) return
  if (fate.later > 0) return showLater(store, broadcast, at)
  if (!(await endBroadcast(store, broadcast.id, { status: 'done', at }))) return
  await showProgress(store, broadcast, 'done', at)
  const { sent, failed } = fate
  await put(store, broadcast, { act: 'broadcast.ended', actorId: null, at, note: { sent, failed } })
}

/** Today's have gone: said once, with how many follow. */
async function showLater(store: Store, broadcast: Broadcast, at: Date) {
  if (broadcast.cursor === behindAll) return
  await noteWritten(store, broadcast.id, { count: 0, cursor: behindAll })
  await showProgress(store, broadcast, 'going', at)
}

/** Stops it at once: what has not gone yet does not go. False if it was over before. */
export async function stopBroadcast(
  store: Store,
  broadcast: Broadcast,
  { by, at }: { by: string; at: Date },
): Promise<boolean> {
  if (!(await endBroadcast(store, broadcast.id, { status: 'stopped', at }))) return false
  await withdrawCopies(store, broadcast.id, at)
  await showProgress(store, broadcast, 'stopped', at)
  await put(store, broadcast, { act: 'broadcast.stopped', actorId: by, at })
  return true
}

/** Into the one message that shows how it goes. */
async function showProgress(
  store: Store,
  broadcast: Broadcast,
  status: 'going' | 'done' | 'stopped',
  at: Date,
) {
  const progress = progressMessage(broadcast, status, await countFate(store, broadcast, at))
  const message: Message = status === 'going' ? progress : { ...progress, uneditable: 'anew' }
  await editSent(store, broadcastRef(broadcast.id), { message, at, personId: broadcast.createdBy })
}

function put(
  store: Store,
  { id, regionId }: Broadcast,
  fact: Omit<Parameters<typeof record>[1], 'subjectId'>,
) {
  return record(store, { ...fact, subjectId: id, regionId })
}
