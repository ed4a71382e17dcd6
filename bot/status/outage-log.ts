import type { Log } from '../logger.ts'
import type { Witness } from './witness.ts'

/** So long after the last failure what works does not just happen to have needed no room. */
const calmMs = 3_000

const noRoom = '53100'

/** One line in the log when the database fails, and one when it works again, however many stumble over it meanwhile. */
export function logOutages(log: Log, now: () => Date): Witness {
  let begunAt: number | undefined
  let failedAt = 0
  let full = false
  return told => {
    const at = now().getTime()
    if (told.what === 'outage') {
      failedAt = at
      full = told.code === noRoom
      if (begunAt === undefined) log.error({ reason: told.code }, wordsFor(told.code))
      begunAt ??= at
    } else if (begunAt !== undefined && isDone(told, full) && at - failedAt >= calmMs) {
      log.warn({ seconds: Math.round((at - begunAt) / 1000) }, 'the database works again')
      begunAt = undefined
    }
  }
}

function wordsFor(code: string | undefined): string {
  const rest = 'nothing is lost, and all goes on by itself when it can'
  if (code === noRoom) return `the database has no room on its disk, make some: ${rest}`
  return `the database does not answer: ${rest}`
}

/** A job that has found nothing to do needs no room. */
function isDone(told: Parameters<Witness>[0], full: boolean): boolean {
  if (told.what === 'job') return told.outcome === 'done' && !full
  return told.what === 'message' && told.outcome !== 'refused'
}
