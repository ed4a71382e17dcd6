import { takeUnaskedDay } from '../db/asking.ts'
import { type Store, transact } from '../db/client.ts'
import { beginDigest } from '../db/digest-runs.ts'
import { type Given, listToThank } from '../db/hours.ts'
import { tellPerson } from '../db/outbox.ts'
import { lastMonth } from '../domain/months.ts'
import { thanksMessage } from '../domain/thanks.ts'
import { homeZone, localDay, localMinutes } from '../domain/time.ts'
import type { Job } from './job.ts'

const portion = 500
/** Requests of the day come first: who is asked for help hears no thanks before it on that day. */
const fromMinutes = 18 * 60
const toMinutes = 20 * 60
/** Who has heard from us unasked on the first already is thanked on one of the next days. */
const daysMax = 3

/** On the first of a month every volunteer who helped in the last one reads what they gave, once. */
export const thanks: Job = {
  name: 'thanks',
  cron: '0 18,19 1-3 * *',
  async run(store, at) {
    const minutes = localMinutes(at, homeZone)
    if (Number(localDay(at, homeZone).slice(8)) > daysMax) return { sent: 0 }
    if (minutes < fromMinutes || minutes >= toMinutes) return { sent: 0 }
    const { name: month, ...span } = lastMonth(at, homeZone)
    const name = `thanks-${month}`
    let sent = 0
    const failures: unknown[] = []
    for (let behind: string | null = null; ; ) {
      const found = await listToThank(store, { name, ...span }, { behind, limit: portion })
      for (const { personId, given } of found) {
        try {
          if (await transact(store, inner => thank(inner, { personId, given, name, span, at }))) sent += 1
        } catch (error) {
          failures.push(error)
        }
      }
      behind = found.at(-1)?.personId ?? null
      if (found.length < portion) break
    }
    // One volunteer's trouble does not cost the others their thanks.
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} were not thanked`)
    return { sent }
  },
}

interface Thanked {
  personId: string
  given: Given
  name: string
  span: { firstDay: string; lastDay: string }
  at: Date
}

async function thank(store: Store, { personId, given, name, span, at }: Thanked): Promise<boolean> {
  if (!(await takeUnaskedDay(store, personId, localDay(at, homeZone)))) return false
  if (!(await beginDigest(store, { personId, day: name, at }))) return false
  return tellPerson(store, personId, { message: thanksMessage(given, span), at })
}
